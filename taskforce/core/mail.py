"""Mail from templates: `emails/NAME.subject.txt` and `emails/NAME.txt`."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from taskforce.core import unasked

Attachment = tuple[str, bytes, str]  # file name, content, media type


def send(
    name: str,
    *,
    to: str,
    context: dict[str, Any],
    reply_to: str = "",
    attachments: Sequence[Attachment] = (),
    alternatives: Sequence[tuple[str, str]] = (),
    stop: str = "",
) -> None:
    """Put a mail in the outbox, in Danish, in the transaction of the change that it is about.

    `stop` is the path that stops such mail, where the letter has one of its own and names it.
    What its reader stopped is not sent.
    """
    kind = unasked.subscription(name, to)
    if kind and kind.is_stopped:
        return
    with translation.override("da"):
        context = {"site": settings.SITE_URL, "stop": stop, **context}
        subject = render_to_string(f"emails/{name}.subject.txt", context)
        body = render_to_string(f"emails/{name}.txt", context)
        if kind:
            stop = kind.path
            context |= {"kind": kind.kind.label, "stop": stop}
            body += render_to_string("emails/stop_mail.txt", context)
    # An alternative is the same letter for a program, such as an invitation for a calendar.
    # A line break in a subject would start another header.
    message = EmailMultiAlternatives(
        " ".join(subject.split()),
        body,
        to=[to],
        reply_to=[reply_to] if reply_to else [],
        attachments=attachments,
        headers=_one_click(stop) if stop else {},
    )
    for content, media_type in alternatives:
        message.attach_alternative(content, media_type)
    message.send()


def _one_click(path: str) -> dict[str, str]:
    """Return the headers by which a mail program stops mail with one click (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{settings.SITE_URL}{path}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
