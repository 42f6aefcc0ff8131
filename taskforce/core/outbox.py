"""Outgoing mail: stored with the change that it is about, sent by the worker, tried again.

A message is a job in the same database transaction. If the change is rolled back, nothing is sent;
if the mail server is away, the worker tries again for about a day and nothing is lost.
"""

import base64
from collections.abc import Sequence
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

# The same in every attempt to send a letter, so that a program knows one that came twice.
DOMAIN = urlsplit(settings.SITE_URL).hostname or "localhost"

Letter = dict[str, Any]  # a message as JSON


class Backend(BaseEmailBackend):
    """Django's mail backend that puts messages in the outbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            deliver.defer(letter=pack(message))
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
        "headers": {"Message-ID": make_msgid(domain=DOMAIN), **message.extra_headers},
        "alternatives": [[str(content), kind] for content, kind in alternatives],
        "attachments": [_packed(*attachment) for attachment in message.attachments],
    }


def _packed(name: str, content: str | bytes, kind: str) -> list[str]:
    data = content.encode() if isinstance(content, str) else content
    return [name, base64.b64encode(data).decode("ascii"), kind]


# Waits of 4, 16, 64 … seconds: about a day in all.
@app.task(queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def deliver(letter: Letter) -> None:
    """Send one letter by the mail server in the settings."""
    attachments = letter.pop("attachments", [])
    message = EmailMultiAlternatives(**letter, connection=get_connection(settings.OUTBOX_BACKEND))
    for name, data, kind in attachments:
        message.attach(name, base64.b64decode(data), kind)
    message.send()
