"""The outbox: no mail for what did not happen, and none lost while the mail server is away."""

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction

from tests.conftest import Mailbox

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
