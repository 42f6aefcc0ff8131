"""Fetch topics by real requests from a server of our own in the EU portal's place."""

import ssl
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings as project
from django.utils import translation

from calls import fetching
from calls.reader.topic import BIGGEST
from taskforce.core.acts import Refused
from tests.calls.portal import TOPIC, Portal, served, topic
from tests.calls.reader.test_documents import refusal, run

AWAY = "The EU portal does not answer."
SLOW = "The EU portal did not answer in time."
UNKNOWN = "The EU portal knows no topic of that identifier."
ERROR = "The EU portal answers with an error."
ELSEWHERE = "The EU portal sends us to another address, which we do not follow."
TOO_BIG = "The EU portal's answer is larger than a topic ever is."


def fault() -> str:
    """Return the sentence with which fetching is refused."""
    with translation.override("en"), pytest.raises(Refused) as raised:
        fetching.fetch(TOPIC)
    return raised.value.sentence


def test_address_is_at_the_eus_host_over_tls():
    assert project.EU_TOPICS_URL.startswith("https://ec.europa.eu/info/funding-tenders/")
    assert fetching.address("SMP-A/../B?x").endswith("/topicDetails/smp-a%2F..%2Fb%3Fx.json")


def test_fetch_asks_for_the_identifier_in_lower_case(eu_portal: Portal):
    found = fetching.fetch(TOPIC)

    assert (found.identifier, found.budget) == (TOPIC, 1_300_000)
    assert eu_portal.asked == [f"/topics/{TOPIC.lower()}.json"]


def test_command_fetches_by_identifier_or_link(eu_portal: Portal):
    link = f"https://ec.europa.eu/x/topic-details/{TOPIC.lower()};callCode=null"

    for source in (TOPIC, TOPIC.lower(), link):
        assert f'"identifier": "{TOPIC}"' in run(source)
    eu_portal.answer(404)
    assert refusal(TOPIC) == "The EU portal knows no topic of that identifier."


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, UNKNOWN), (403, ERROR), (500, ERROR), (204, ERROR)],
)
def test_fetch_refuses_an_error(eu_portal: Portal, status: int, expected: str):
    eu_portal.answer(status)

    assert fault() == expected


def test_fetch_refuses_what_is_no_json(eu_portal: Portal):
    eu_portal.answer(200, b"<!doctype html><title>Funding</title>")

    assert fault() == "The document is not JSON, as the EU portal writes topics."


def test_fetch_refuses_a_huge_answer(eu_portal: Portal):
    eu_portal.answer(200, b"[" + b" " * (2 * BIGGEST))

    assert fault() == TOO_BIG


def test_fetch_refuses_a_redirect_to_another_host(eu_portal: Portal):
    with served() as elsewhere:
        eu_portal.answer(302, Location=f"{elsewhere.address}topic.json")
        assert fault() == ELSEWHERE
        assert elsewhere.asked == []

    eu_portal.answer(302, Location="file:///etc/passwd")
    assert fault() == ELSEWHERE


def test_fetch_gives_up_after_two_redirects(eu_portal: Portal):
    eu_portal.answer(301, Location="/topics/again.json")

    assert fault() == ERROR
    assert len(eu_portal.asked) == 3


def test_fetch_gives_up_a_slow_answer(eu_portal: Portal, monkeypatch: Any):
    monkeypatch.setattr(fetching, "PATIENCE", 0.6)
    eu_portal.pause = 0.1  # a byte now and then: no single wait is too long

    began = time.monotonic()
    assert fault() == SLOW
    assert time.monotonic() - began < 3


def test_fetch_refuses_where_no_server_answers(settings: Any):
    with served() as gone:
        settings.EU_TOPICS_URL = gone.address

    assert fault() == AWAY


# Over TLS


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Return a certificate of our own for this machine, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "localhost.pem"
    plain = serialization.NoEncryption()
    encoded = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain
    )
    path.write_bytes(encoded + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_fetch_trusts_no_unknown_certificate(certificate: Path, settings: Any, monkeypatch: Any):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with served(context) as portal:
        settings.EU_TOPICS_URL = portal.address
        assert fault() == AWAY
        assert portal.asked == []

        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        portal.answer(200, topic())
        assert fetching.fetch(TOPIC).title == "Workshops and buyers"
