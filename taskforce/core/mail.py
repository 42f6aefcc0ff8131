"""Mail from templates: `emails/NAME.subject.txt` and `emails/NAME.txt`."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

Attachment = tuple[str, bytes, str]  # file name, content, media type


def send(
    name: str,
    *,
    to: str,
    context: dict[str, Any],
    reply_to: str = "",
    attachments: Sequence[Attachment] = (),
    alternatives: Sequence[tuple[str, str]] = (),
) -> None:
    """Put a mail in the outbox, in Danish, in the transaction of the change that it is about."""
    with translation.override("da"):
        context = {"site": settings.SITE_URL, **context}
        subject = render_to_string(f"emails/{name}.subject.txt", context)
        body = render_to_string(f"emails/{name}.txt", context)
    # An alternative is the same letter for a program, such as an invitation for a calendar.
    # A line break in a subject would start another header.
    message = EmailMultiAlternatives(
        " ".join(subject.split()),
        body,
        to=[to],
        reply_to=[reply_to] if reply_to else [],
        attachments=attachments,
    )
    for content, kind in alternatives:
        message.attach_alternative(content, kind)
    message.send()
