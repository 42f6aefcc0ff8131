"""The doctor tells each fault of a server in a sentence, and ends with 1 if there is one."""

import io
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from taskforce.ops.doctor import examining, mirror, proxy
from taskforce.ops.health import Fact

SAFE = {"referrer-policy": "same-origin"}
SEEN = {"scheme": "https", "host": "taskforce.example", "address": "203.0.113.9"}


def faults(found: Iterator[Fact]) -> list[str]:
    return [fact.said for fact in found if not fact.is_well]


def judged(headers: dict[str, str] = SAFE, **seen: str) -> list[str]:
    return faults(proxy.judge("https", "taskforce.example", SEEN | seen, headers))


# The proxy


def test_request_that_arrives_as_it_was_sent_is_well():
    assert judged() == []


@pytest.mark.parametrize(
    ("seen", "word"),
    [
        ({"scheme": "http"}, "X-Forwarded-Proto"),
        ({"host": "web:8000"}, "Host header"),
        ({"address": proxy.INVENTED}, "claim any address"),
        ({"address": ""}, "tells no address"),
    ],
)
def test_what_the_proxy_changes_is_one_fault(seen: dict[str, str], word: str):
    (said,) = judged(**seen)

    assert word in said
    assert said.endswith(".")


def test_policy_of_the_proxys_own_is_a_fault():
    (said,) = judged({"referrer-policy": "no-referrer"})

    assert "Referrer-Policy" in said


def test_portal_without_tls_is_a_fault():
    found = proxy.judge("http", "taskforce.example", SEEN | {"scheme": "http"}, SAFE)

    assert faults(found) == ["Visitors come without TLS: no log-in holds in production."]


class Answers(BaseHTTPRequestHandler):
    status, body = 200, b""

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere/")
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def answers() -> Iterator[Any]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def answering(status: int, body: bytes = b"") -> str:
        Answers.status, Answers.body = status, body
        return f"http://127.0.0.1:{server.server_port}"

    yield answering
    server.shutdown()
    server.server_close()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize(
    ("status", "body", "word"),
    [
        (400, b"", "ALLOWED_HOSTS"),
        (404, b"", "SECRET_KEY"),
        (502, b"", "does not reach"),
        (301, b"", "answers 301"),
        (418, b"", "answers 418"),
        (200, b"<html>", "cannot be asked"),
        (200, b"[]", "cannot be asked"),
        (200, b'{"scheme": "http"}', "cannot be asked"),
    ],
)
def test_answer_of_another_is_one_fault(answers: Any, status: int, body: bytes, word: str):
    (said,) = faults(proxy.look_at(answers(status, body)))

    assert word in said


@pytest.mark.parametrize(
    "url", ["taskforce.example", "ftp://taskforce.example", "https://", "file:///etc"]
)
def test_what_is_no_address_is_not_asked(url: str):
    (said,) = faults(proxy.look_at(url))

    assert said == f"{url} is no address: write https://taskforce.example."


def test_address_that_nobody_answers_at_is_one_fault():
    (said,) = faults(proxy.look_at("http://127.0.0.1:1"))

    assert "Connection refused" in said


# The mirror


def mirrored(client: Client, key: str, **headers: str) -> Any:
    return client.get(f"/{mirror.PATH}", {"noegle": key}, headers=headers)


def test_mirror_tells_what_the_portal_sees(db: None, client: Client):
    answer = mirrored(client, mirror.key())

    assert answer.json() == {"scheme": "http", "host": "testserver", "address": "127.0.0.1"}
    assert "no-store" in answer["Cache-Control"]


def test_mirror_reads_what_the_proxy_added(db: None, client: Client, settings: Any):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.77, 203.0.113.9"}

    told = mirrored(client, mirror.key(), **headers).json()

    assert (told["scheme"], told["address"]) == ("https", "203.0.113.9")


def test_address_that_is_none_is_told_as_none(db: None, client: Client, settings: Any):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    told = mirrored(client, mirror.key(), **{"X-Forwarded-For": "nonsense"}).json()

    assert told["address"] == ""


@pytest.mark.parametrize("key", ["", "mirror", "mirror:1abc:forged"])
def test_stranger_sees_no_mirror(db: None, client: Client, key: str):
    assert mirrored(client, key).status_code == 404


def test_key_of_the_mirror_fits_for_a_minute(db: None, client: Client, time_machine: Any):
    key = mirror.key()
    time_machine.move_to(timezone.now() + timedelta(seconds=65))

    assert mirrored(client, key).status_code == 404


def test_mirror_takes_no_post(db: None, client: Client):
    assert client.post(f"/{mirror.PATH}").status_code == 405


# The rest


def examined(part: Iterator[Fact]) -> str:
    return "\n".join(faults(part))


def test_settings_of_development_are_a_fault(db: None, settings: Any):
    settings.DEBUG = True

    assert "those of development" in examined(examining._settings())


@pytest.mark.parametrize(
    ("allowed", "is_missing"),
    [(["a.example"], False), ([".example"], False), (["*"], False), (["example"], True)],
)
def test_host_of_links_is_one_that_is_allowed(settings: Any, allowed: list[str], is_missing: bool):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://a.example:8443", allowed

    assert examining.host_is_missing() is is_missing


@pytest.mark.parametrize("is_told", [True, False])
def test_host_of_whoever_asks_is_a_fault(db: None, settings: Any, is_told: bool):
    settings.DEBUG = settings.DEMO = False
    settings.ALLOWED_HOSTS = ["*"] if is_told else [".example"]

    assert ("ALLOWED_HOSTS is *" in examined(examining._settings())) is is_told


def test_key_that_is_short_is_a_fault(db: None, settings: Any):
    settings.DEBUG = settings.DEMO = False
    settings.SECRET_KEY = "short"

    assert "security.W009" in examined(examining._settings())


def test_sender_without_an_address_is_a_fault(db: None, settings: Any):
    settings.DEFAULT_FROM_EMAIL = "Taskforce"

    assert "DEFAULT_FROM_EMAIL is no mail address: Taskforce" in examined(examining._settings())


def test_folder_that_cannot_be_written_to_is_a_fault(settings: Any, tmp_path: Path):
    (tmp_path / "file").touch()
    settings.VAR, settings.MEDIA_ROOT = tmp_path, tmp_path / "file" / "uploads"
    settings.STATIC_ROOT = tmp_path

    assert examined(examining._folders()).splitlines() == [
        f"Nothing can be written to {tmp_path}/file/uploads: Not a directory.",
        f"There are no static files in {tmp_path}: run collectstatic.",
    ]


def test_old_postgres_a_missing_extension_and_a_wrong_clock_are_faults(
    db: None, monkeypatch: Any, time_machine: Any
):
    monkeypatch.setattr(examining, "OLDEST_POSTGRES", 99)
    monkeypatch.setattr(examining, "EXTENSIONS", {"pg_trgm", "postgis"})
    time_machine.move_to(timezone.now() + timedelta(hours=1))

    old, missing, clock = examined(examining._postgres(timezone.now())).splitlines()

    assert "is too old: the portal needs 99 or later." in old
    assert missing.startswith("The extension postgis is missing")
    assert clock.startswith("Its clock says")


def test_postgres_of_today_is_well(db: None):
    assert examined(examining._postgres(timezone.now())) == ""


def test_mail_server_that_does_not_answer_is_a_fault(settings: Any):
    settings.OUTBOX_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    fact = examining._mail()

    assert (fact.said, fact.is_well) == (
        "The mail server 127.0.0.1:1 cannot be used: Connection refused.",
        False,
    )


def test_mail_server_that_answers_is_well(mailbox: Any, settings: Any):
    settings.OUTBOX_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert examining._mail().is_well


@pytest.mark.parametrize(("is_real", "is_well"), [(True, False), (False, True)])
def test_mail_in_a_folder_is_a_fault_in_production(settings: Any, is_real: bool, is_well: bool):
    settings.OUTBOX_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.PRODUCTION = is_real

    assert examining._mail().is_well is is_well


def run(monkeypatch: Any, found: list[Fact], **options: Any) -> str:
    monkeypatch.setattr(
        "taskforce.ops.management.commands.doctor.examine", lambda _now: iter(found)
    )
    said = io.StringIO()
    call_command("doctor", stdout=said, **options)
    return said.getvalue()


def test_doctor_that_finds_nothing_ends_well(monkeypatch: Any):
    assert run(monkeypatch, [Fact("Disk", "Is empty.")]) == "ok    Disk: Is empty.\n"


def test_doctor_counts_faults_and_ends_with_an_error(monkeypatch: Any):
    found = [Fact("Disk", "Is empty."), Fact("Mail", "Is away.", is_well=False)]

    with pytest.raises(CommandError, match=r"^1 fault\.$") as ended:
        run(monkeypatch, found, quiet=True)

    assert ended.value.returncode == 1


def test_doctor_looks_at_the_address(monkeypatch: Any):
    with pytest.raises(CommandError, match=r"^1 fault\.$"):
        run(monkeypatch, [], url="nowhere")


def test_doctor_tells_everything_in_english(db: None, capsys: Any):
    with pytest.raises(CommandError, match="faults"):
        call_command("doctor")

    told = capsys.readouterr().out
    assert "Worker: None has started: no mail is sent." in told  # and not in Danish
