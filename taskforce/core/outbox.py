"""Outgoing mail: stored with the change that it is about, sent by the worker, tried again.

A message is a job in the same database transaction. If the change is rolled back, nothing is sent;
if the mail server is away, the worker tries again for about a day and nothing is lost.
"""

import base64
from collections.abc import Callable, Sequence
from email.utils import make_msgid
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from taskforce.core import bounces
from taskforce.core.jobs import fresh_connection
from taskforce.core.mail_headers import BY_ITSELF, DOMAIN
from taskforce.core.models import MailingCopy
from taskforce.core.text import clean

FOR_GOOD = 500  # from this answer of a mail server on, it will not take the letter later either

Letter = dict[str, Any]  # a message as JSON


class Backend(BaseEmailBackend):
    """Django's mail backend that puts messages in the outbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            # Who is told of it (`taskforce.core.mailing`), and whose words it carries.
            found = {name: getattr(message, name, None) for name in ("copy", "quotes")}
            given = {name: value for name, value in found.items() if value}
            deliver.defer(letter=pack(message), **given)
        return len(email_messages)


def pack(message: EmailMessage) -> Letter:
    """Return a message as JSON, its attachments in base64."""
    alternatives = getattr(message, "alternatives", [])
    return {
        "subject": message.subject,
        "body": message.body,
        "from_email": message.from_email,
        "to": list(message.to),
        "reply_to": list(message.reply_to),
        # The same id in every attempt, so that a program knows a letter that came twice.
        "headers": {"Message-ID": make_msgid(domain=DOMAIN), **BY_ITSELF, **message.extra_headers},
        "alternatives": [[str(content), kind] for content, kind in alternatives],
        "attachments": [_packed(*attachment) for attachment in message.attachments],
    }


def _packed(name: str, content: str | bytes, kind: str) -> list[str]:
    data = content.encode() if isinstance(content, str) else content
    return [name, base64.b64encode(data).decode("ascii"), kind]


MOST = 8  # attempts; waits of 4, 16, 64 … seconds: about a day in all


@app.task(
    queue="mail", pass_context=True, retry=RetryStrategy(max_attempts=MOST, exponential_wait=4)
)
@fresh_connection
def deliver(
    context: JobContext,
    letter: Letter,
    copy: int | None = None,
    quotes: tuple[str, int] | None = None,
) -> None:
    """Send one letter by the mail server in the settings; note an address that it refuses.

    It may have waited for hours: what its reader may not read any more is not sent.
    """
    if quotes and not _may_read(letter["to"][0], *quotes):
        return
    if copy is None:
        _send(letter, is_last(context))
    else:
        deliver_copy(copy, lambda _copy: letter, is_last(context))


def _may_read(address: str, label: str, pk: int) -> bool:
    """Tell whether somebody with an address may read a row now, or everybody may."""
    user = get_user_model().objects.filter(email=address.lower()).first()
    rows: Any = apps.get_model(label)._default_manager
    return bool(rows.visible_to(user or AnonymousUser()).filter(pk=pk).exists())


def is_last(context: JobContext) -> bool:
    """Tell whether a letter is tried for the last time."""
    return context.job is not None and context.job.attempts >= MOST


def deliver_copy(
    pk: int, write: Callable[[MailingCopy], Letter | str], is_last: bool = False
) -> None:
    """Send a kept copy once, and note that. `write` returns the letter, or why none is sent."""
    with transaction.atomic():
        rows = MailingCopy.objects.select_for_update(of=["self"]).select_related("mailing", "user")
        copy = rows.filter(pk=pk, sent_at=None, refused="").first()
        if copy is None:  # it is sent, or its reader is erased
            return
        letter = write(copy)
        copy.refused = letter if isinstance(letter, str) else _send(letter, is_last)
        copy.sent_at = None if copy.refused else timezone.now()
        copy.save(update_fields=["sent_at", "refused"])


def _send(letter: Letter, is_last: bool = False) -> str:
    """Send a letter; return what the server said where it does not take it, now or ever."""
    attachments = letter.pop("attachments", [])
    message = EmailMultiAlternatives(**letter, connection=get_connection(settings.OUTBOX_BACKEND))
    for name, data, kind in attachments:
        message.attach(name, base64.b64decode(data), kind)
    # Asked first: what follows the mail server's yes may fail, and the letter would come twice.
    refused_before = bounces.known(message.to)
    try:
        message.send()
    except (SMTPRecipientsRefused, SMTPDataError) as refused:
        answers = _answers(refused, message.to)
        if not is_last and not all(is_for_good for is_for_good, _said in answers.values()):
            raise
        return _note(answers)
    if refused_before:
        bounces.start_afresh(refused_before)
    return ""


Answers = dict[str, tuple[bool, str]]  # by address: whether it is refused for good, and the words


def _answers(refused: SMTPRecipientsRefused | SMTPDataError, to: list[str]) -> Answers:
    """Return what a mail server said of each address."""
    if isinstance(refused, SMTPDataError):  # it speaks of the letter, so nothing is for good
        return dict.fromkeys(to, (False, _words(refused.smtp_code, refused.smtp_error)))
    return {
        address: (code >= FOR_GOOD, _words(code, said))
        for address, (code, said) in refused.recipients.items()
    }


def _words(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return clean(f"{code} {text}")[:300]


def _note(answers: Answers) -> str:
    """Keep what was said of each address; return all of it."""
    for address, (is_for_good, said) in answers.items():
        note = bounces.note_for_good if is_for_good else bounces.note_for_now
        note(address, said)
    return " ".join(said for _is_for_good, said in answers.values())[:300]
