"""Write to an organisation: it reaches somebody there, whose address stands nowhere."""

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from taskforce.members.models import Member, Organisation
from tests.conftest import LogIn
from tests.factories import make_member, make_organisation

WRITTEN = {"name": "Mai", "email": "mai@example.org", "words": "Hvad koster et brød?"}
PAGE = "/organisationer/bageren/skriv/"


@pytest.fixture
def baker(db: None) -> Member:
    member = make_member(make_organisation("Bageren"))
    Organisation.objects.update(contact=member)
    return member


def test_message_reaches_the_contact_and_a_reply_the_sender(baker: Member, client: Client):
    page = client.post(PAGE, WRITTEN)

    assert page.url == "/organisationer/bageren/"
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert list(letters) == [baker.user.email, "mai@example.org"]
    assert letters[baker.user.email].reply_to == ["mai@example.org"]
    assert "Hvad koster et brød?" in letters[baker.user.email].body
    receipt = letters["mai@example.org"]
    assert baker.user.email not in f"{receipt.body} {receipt.reply_to}"
    assert "Hvad koster et brød?" not in receipt.body  # anybody could send anything to anybody so


def test_somebody_logged_in_gets_their_words_back(baker: Member, log_in: LogIn):
    who = make_member()

    log_in(who).post(PAGE, {"words": "Hvad koster et brød?"})

    assert [letter.to[0] for letter in mail.outbox] == [baker.user.email, who.user.email]
    assert all("Hvad koster et brød?" in letter.body for letter in mail.outbox)


@pytest.mark.parametrize("why", ["left", "inactive", "moved", "nobody"])
def test_secretariat_gets_it_where_no_contact_is(baker: Member, client: Client, why: str):
    if why == "left":
        Member.objects.update(to_date=baker.from_date)
    elif why == "inactive":
        baker.user.is_active = False
        baker.user.save()
    elif why == "moved":
        Member.objects.update(organisation=make_organisation())
    else:
        Organisation.objects.update(contact=None)

    client.post(PAGE, WRITTEN)

    assert mail.outbox[0].to == [settings.SECRETARIAT_EMAIL]
    assert "Ingen dér er kontaktperson" in mail.outbox[0].body


def test_mailbox_gets_it_where_no_contact_is(baker: Member, client: Client):
    Organisation.objects.update(contact=None, mailbox="brød@example.org")

    page = client.get(PAGE).content.decode()
    client.post(PAGE, WRITTEN)

    assert mail.outbox[0].to == ["brød@example.org"]
    assert "brød@example.org" not in page
    assert "går til dem på mail" in page


def test_page_shows_no_address(baker: Member, client: Client):
    assert baker.user.email not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "typed", [{"email": "nonsense"}, {"words": ""}, {"words": "x" * 4001}, {"name": ""}]
)
def test_bad_input_is_told_at_its_field_and_sends_nothing(
    baker: Member, client: Client, typed: dict[str, str]
):
    page = client.post(PAGE, {**WRITTEN, **typed})

    assert list(page.context["form"].errors) == list(typed)
    assert mail.outbox == []


def test_trap_sends_nothing(baker: Member, client: Client):
    assert client.post(PAGE, {**WRITTEN, "homepage": "x"}).status_code == 200
    assert mail.outbox == []


def test_sixth_message_in_an_hour_is_refused_and_kept_in_the_form(baker: Member, client: Client):
    for _ in range(5):
        assert client.post(PAGE, WRITTEN).status_code == 302
    mail.outbox.clear()

    page: Any = client.post(PAGE, WRITTEN)

    assert "Prøv igen om en time" in page.context["form"].non_field_errors()[0]
    assert "Hvad koster et brød?" in page.content.decode()
    assert mail.outbox == []


def test_organisation_outside_the_directory_is_not_written_to(db: None, client: Client):
    make_organisation("Bageren", in_taskforce=False)

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, WRITTEN).status_code == 404
