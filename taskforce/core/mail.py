"""Mail from templates: `emails/NAME.subject.txt` and `emails/NAME.txt`, inside `letter.txt`.

Each letter has its HTML twin (`taskforce.core.html_letters`), made from the same text.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from taskforce.core import bounces, html_letters, mail_headers, unasked


class Message(EmailMultiAlternatives):
    """A mail; `copy` is the key of the row that keeps whether it was sent.

    `quotes` is the row whose words it carries, by the label of its model and its key.
    """

    copy: int | None = None
    quotes: tuple[str, int] | None = None


@dataclass(frozen=True)
class Letter:
    """One letter as its reader gets it; `content` is the HTML of its text."""

    to: str
    subject: str
    text: str
    content: SafeString
    headers: dict[str, str] = field(default_factory=dict)

    def message(self, **parts: Any) -> Message:
        """Return it as a mail: the plain text, and its HTML twin."""
        message = Message(self.subject, self.text, to=[self.to], headers=self.headers, **parts)
        message.attach_alternative(self._twin(), "text/html")
        return message

    def _twin(self) -> str:
        return html_letters.page(self.subject, self.content, self.text)


def send(
    name: str,
    *,
    to: str,
    context: dict[str, Any],
    about: models.Model | None = None,
    greeted: str = "",
    reply_to: str = "",
    stop: str = "",
    quotes: models.Model | None = None,
) -> None:
    """Put a mail in the outbox, in Danish, in the transaction of the change that it is about.

    Letters `about` one thing are one thread. It greets the user who has the address by name, or
    else whom `greeted` names: nothing that a stranger typed, since anybody could send anything to
    any address so. `stop` is the path that stops mail about this thing, which its reader follows;
    `choices` in the context is that of all that they follow. It `quotes` the words of a row that
    has `visible_to`: where its reader may not read it any more when the mail leaves, it does not
    leave. What its reader stopped is not sent, nor what can wait to an address that takes no mail.
    """
    kind = unasked.subscription(name, to)
    if kind and kind.is_stopped:
        return
    if name in unasked.CAN_WAIT and bounces.withheld(to):
        return
    letter = compose(
        name, to=to, context=context, about=about, greeted=greeted, kind=kind, stop=stop
    )
    message = letter.message(reply_to=[reply_to] if reply_to else [])
    message.quotes = (quotes._meta.label, quotes.pk) if quotes else None
    message.send()


def compose(
    name: str,
    *,
    to: str,
    context: dict[str, Any],
    about: models.Model | None = None,
    greeted: str = "",
    kind: unasked.Subscription | None = None,
    stop: str = "",
    note: str = "",
    rich: str = "",
) -> Letter:
    """Write a letter, in Danish, and send it to nobody.

    `note` stands first in it. `rich` is the clean HTML of what its template says, where there is
    such a text.
    """
    with translation.override("da"):
        context = {"site": settings.SITE_URL, **context}
        subject = render_to_string(f"emails/{name}.subject.txt", context)
        around = {
            "site": settings.SITE_URL,
            "greeted": greeted or _name_of(to),
            "note": note.strip(),
            "body": render_to_string(f"emails/{name}.txt", context).strip(),
            "secretariat": "" if to == settings.SECRETARIAT_EMAIL else settings.SECRETARIAT_EMAIL,
            "kind": kind.kind.label if kind else "",
            "why": str(context.get("why", "")),
            "is_member": bool(kind and kind.reader.user),
            "stop": (stop := kind.path if kind else stop),
            "choices": str(context.get("choices", "")),
        }
        letter = render_to_string("emails/letter.txt", around)
        # Parts that are left out leave no gap.
        text = re.sub(r"\n{3,}", "\n\n", letter).strip() + "\n"
        content = html_letters.as_content(text)
        if rich:
            before, _body, after = letter.partition(str(around["body"]))
            parts = map(html_letters.as_content, (before, after))
            content = SafeString(html_letters.absolute(rich).join(parts))
        # A line break in a subject would start another header.
        headers = _headers(name, about, kind, stop)
        return Letter(to, " ".join(subject.split()), text, content, headers)


def _headers(
    name: str, about: models.Model | None, kind: unasked.Subscription | None, stop: str
) -> dict[str, str]:
    """Return the thread of a letter, and the list that it is of where one click stops it."""
    found = mail_headers.thread(about)
    if stop:
        of_list = kind.kind.value if kind else mail_headers.of_thing(about) or name
        found |= mail_headers.mailing_list(of_list) | mail_headers.one_click(stop)
    return found


def _name_of(address: str) -> str:
    """Return whom a letter to an address greets; nothing where nobody logs in with it."""
    if address == settings.SECRETARIAT_EMAIL:
        return _("secretariat")
    users = get_user_model().objects.filter(email=address.lower())
    return users.values_list("name", flat=True).first() or ""
