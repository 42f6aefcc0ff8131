"""The outbox: no mail for what did not happen, and none lost while the mail server is away."""

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from taskforce.core import outbox
from taskforce.core.mail import Message
from taskforce.core.models import RefusedAddress, SoftRefusal
from taskforce.core.outbox import pack
from tests.conftest import Mailbox
from tests.factories import make_mailing

LETTER = {"subject": "Hej", "body": "Æøå", "to": ["ea@example.org"], "reply_to": ["bo@example.org"]}


def waiting() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, attempts FROM procrastinate_jobs WHERE queue_name = 'mail'"
        )
        return cursor.fetchall()


def test_mail_arrives_as_it_was_written(mailbox: Mailbox):
    EmailMessage(**LETTER).send()

    (letter,) = mailbox.letters
    assert (letter["subject"], letter["to"]) == ("Hej", "ea@example.org")
    assert letter["reply-to"] == "bo@example.org"
    assert letter.get_content().strip() == "Æøå"


def test_change_that_is_rolled_back_sends_nothing(mailbox: Mailbox):
    with pytest.raises(RuntimeError), transaction.atomic():
        EmailMessage(**LETTER).send()
        raise RuntimeError

    assert mailbox.letters == []
    assert waiting() == []


def test_mail_waits_while_the_mail_server_is_away(mailbox: Mailbox, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nobody listens there
    EmailMessage(**LETTER).send()
    assert mailbox.letters == []
    assert waiting() == [("todo", 1)]

    settings.EMAIL_PORT = port
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")

    assert len(mailbox.letters) == 1


def test_attachments_arrive_byte_for_byte(mailbox: Mailbox):
    message = EmailMessage(**LETTER)
    message.attach("møde.ics", "SUMMARY:Æøå\r\n".encode(), "text/calendar")
    message.attach("noter.pdf", b"%PDF\xff", "application/pdf")
    message.send()

    (letter,) = mailbox.letters
    first, second = letter.iter_attachments()
    assert (first.get_filename(), first.get_content_type()) == ("møde.ics", "text/calendar")
    assert first.get_payload(decode=True).decode().splitlines() == ["SUMMARY:Æøå"]
    assert second.get_payload(decode=True) == b"%PDF\xff"


def refuse(mailbox: Mailbox, answer: str) -> None:
    """Let the mail server answer so to every address that a letter goes to."""

    async def handle_RCPT(*_about: object) -> str:  # noqa: N802  # the server's own name for it
        return answer

    mailbox.catcher.handle_RCPT = handle_RCPT  # type: ignore[attr-defined]


def test_address_that_is_refused_for_good_is_noted_and_not_tried_again(mailbox: Mailbox):
    refuse(mailbox, "550 No such user")
    EmailMessage(**LETTER | {"to": ["Ea@example.org"]}).send()

    assert mailbox.letters == []
    noted = RefusedAddress.objects.get()
    assert (noted.address, noted.said) == ("ea@example.org", "550 No such user")
    assert waiting() == [("succeeded", 1)]


def test_address_that_is_refused_for_now_is_tried_again(mailbox: Mailbox):
    refuse(mailbox, "450 Mailbox busy")
    EmailMessage(**LETTER).send()

    assert mailbox.letters == []
    assert RefusedAddress.objects.count() == 0
    assert waiting() == [("todo", 1)]


def test_address_is_forgotten_once_a_letter_is_taken(mailbox: Mailbox):
    RefusedAddress.objects.create(address="ea@example.org", said="550 Full")
    kept = RefusedAddress.objects.create(address="bo@example.org", said="550 Full")
    EmailMessage(**LETTER).send()

    assert len(mailbox.letters) == 1
    assert [*RefusedAddress.objects.standing()] == [kept]


def try_until_the_last(mailbox: Mailbox) -> None:
    """Let the worker try what waits as often as it ever does."""
    for _attempt in range(outbox.MOST + 1):
        assert mailbox.letters == []
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")


def test_refusals_for_now_count_once_all_attempts_are_used_up(mailbox: Mailbox):
    refuse(mailbox, "452 Mailbox full")
    EmailMessage(**LETTER).send()

    try_until_the_last(mailbox)

    assert [(row.address, row.said) for row in SoftRefusal.objects.all()] == [
        ("ea@example.org", "452 Mailbox full")
    ]
    assert waiting() == [("succeeded", outbox.MOST + 1)]


def test_letter_that_no_attempt_got_rid_of_counts_for_now_whatever_was_said(mailbox: Mailbox):
    async def handle_DATA(*_about: object) -> str:  # noqa: N802  # the server's own name for it
        return "554 Looks like spam"

    mailbox.catcher.handle_DATA = handle_DATA  # type: ignore[attr-defined]
    EmailMessage(**LETTER).send()

    try_until_the_last(mailbox)

    assert [row.said for row in SoftRefusal.objects.all()] == ["554 Looks like spam"]
    assert not RefusedAddress.objects.exists()


def test_copy_that_was_tried_to_the_last_says_why_it_is_not_sent(mailbox: Mailbox):
    refuse(mailbox, "452 Mailbox full")
    copy = make_mailing().copies.create(name="Ida", email="ea@example.org")
    message = Message(**LETTER)
    message.copy = copy.pk
    message.send()

    try_until_the_last(mailbox)

    copy.refresh_from_db()
    assert (copy.refused, copy.sent_at) == ("452 Mailbox full", None)


def test_nothing_is_asked_of_the_database_once_a_letter_is_taken(mailbox: Mailbox, monkeypatch):
    """What could fail then would send the letter again."""
    asked: list[int] = []
    send = EmailMessage.send

    def sent(message: EmailMessage) -> int:
        number = send(message)
        asked.append(len(queries))
        return number

    monkeypatch.setattr(EmailMessage, "send", sent)
    with CaptureQueriesContext(connection) as queries:
        outbox._send(pack(EmailMessage(**LETTER)))

    assert asked == [len(queries)]
