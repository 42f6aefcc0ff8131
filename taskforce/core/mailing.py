"""Letters of one kind to several people: shown before they are sent, and kept with who got them.

An act gathers them in a `Letters` and calls `send`. A page that asks first lets `rehearse` rehearse
the same act: everything of it is rolled back but the letters, so what is shown is what is sent.
"""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taskforce.core import bounces, mail, unasked
from taskforce.core.acts import Refused
from taskforce.core.html_letters import without_ways
from taskforce.core.models import Mailing, MailingCopy

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Reader:
    """Somebody whom a letter is for. Only who logs in has a key."""

    name: str
    email: str
    organisation: str = ""
    user: int | None = None
    of: Any = None  # what the letter is made from, such as a row of a meeting's list


@dataclass(frozen=True)
class LeftOut:
    """Somebody who gets no letter, and why."""

    name: str
    organisation: str
    why: str


@dataclass(frozen=True)
class Inside:
    """What a letter says to one reader.

    An alternative is the same letter for a program, such as an invitation for a calendar.
    """

    context: dict[str, Any]
    alternatives: Sequence[tuple[str, str]] = ()
    rich: str = ""  # the clean HTML of a text that the secretariat wrote


@dataclass(frozen=True)
class Letters:
    """The letters of one act; `name` is their template, `about` the thing that they tell of."""

    name: str
    about: Any
    everybody: Sequence[Reader]
    inside: Callable[[Reader], Inside]
    without: Sequence[LeftOut] = field(default=())

    @cached_property
    def _stopped(self) -> set[int | str]:
        return unasked.stopped(self.name)

    @cached_property
    def _withheld(self) -> set[str]:
        can_wait = self.name in unasked.CAN_WAIT
        return bounces.withheld_among(one.email for one in self.everybody) if can_wait else set()

    def _why_not(self, reader: Reader) -> str:
        """Return why somebody gets none; "" where they get one."""
        if (reader.user or reader.email.lower()) in self._stopped:
            return _("does not want this kind of mail")
        if reader.email.lower() in self._withheld:
            return _("the mail server takes no mail for the address")
        return ""

    @property
    def readers(self) -> list[Reader]:
        """Return who gets one."""
        return [reader for reader in self.everybody if not self._why_not(reader)]

    @property
    def left_out(self) -> list[LeftOut]:
        """Return who gets none."""
        found = ((reader, self._why_not(reader)) for reader in self.everybody)
        others = [LeftOut(one.name, one.organisation, why) for one, why in found if why]
        return [*self.without, *others]

    def letter(self, reader: Reader, inside: Inside, note: str) -> mail.Letter:
        """Write one, with the note that the secretariat adds to all."""
        return mail.compose(
            self.name,
            to=reader.email,
            context=inside.context,
            about=self.about,
            greeted=reader.name,
            kind=unasked.of(self.name, reader.user, reader.email),
            note=note,
            rich=inside.rich,
        )

    def shown(self, note: str = "") -> "Preview":
        """Return what a page shows of them before they are sent."""
        if not (readers := self.readers):
            return Preview([], self.left_out)
        inside = self.inside(readers[0])
        letter, bare = (self.letter(readers[0], inside, words) for words in (note, ""))
        return Preview(readers, self.left_out, letter, bare.text)

    def send(self, *, note: str = "", by: Any = None) -> list[Reader]:
        """Put them in the outbox, keep who got them, and return these readers.

        In a rehearsal they are only kept for `rehearse`.
        """
        if (rehearsed := _rehearsed.get()) is not None:
            rehearsed.append((self, note))
            return self.readers
        readers, messages = self.readers, []
        for reader in readers:
            inside = self.inside(reader)
            letter = self.letter(reader, inside, note)
            message = letter.message(reply_to=[settings.SECRETARIAT_EMAIL])
            for content, media_type in inside.alternatives:
                message.attach_alternative(content, media_type)
            messages.append(message)
        if readers:
            subject = str(messages[0].subject)
            page = self.about.get_absolute_url() if self.about else ""
            kept = Mailing.objects.create(
                name=self.name, about=page, subject=subject[:120], note=note, sent_by=by
            )
            copies = MailingCopy.objects.bulk_create(_copy(kept, reader) for reader in readers)
            for message, copy in zip(messages, copies, strict=True):
                message.copy = copy.pk
                message.send()
        return readers


_rehearsed: ContextVar[list[tuple[Letters, str]] | None] = ContextVar("rehearsed", default=None)


def _copy(mailing: Mailing, reader: Reader) -> MailingCopy:
    guest = {} if reader.user else {"name": reader.name, "email": reader.email}
    return MailingCopy(mailing=mailing, user_id=reader.user, **guest)


@dataclass(frozen=True)
class Preview:
    """What a page shows before anything is sent: the letter to the first reader, and who gets it.

    Its links lead nowhere, since they answer for somebody else.
    """

    readers: list[Reader]
    left_out: list[LeftOut]
    letter: mail.Letter | None = None
    bare: str = ""  # the letter's text without the note

    @property
    def mark(self) -> str:
        """Return what tells this letter and its readers from any other, the note apart."""
        said = [self.bare, *(one.email for one in self.readers)]
        return sha256("\n".join(said).encode()).hexdigest()[:16]

    @property
    def content(self) -> str:
        return without_ways(self.letter.content) if self.letter else ""

    @property
    def first(self) -> Reader | None:
        return self.readers[0] if self.readers else None


def rehearse(act: Callable[[], Any]) -> Preview | None:
    """Rehearse an act, and return what it would mail; None where it sends nothing, or refuses."""
    token = _rehearsed.set([])
    try:
        with transaction.atomic():
            try:
                act()
            except Refused:
                return None
            finally:
                transaction.set_rollback(True)
            return next((found.shown(note) for found, note in _rehearsed.get() or []), None)
    finally:
        _rehearsed.reset(token)


class NoteForm(forms.Form):
    """A note of one's own, in every letter of an act."""

    note = forms.CharField(
        label=gettext_lazy("A note of your own"),
        help_text=gettext_lazy("It stands first in the letter, right under the greeting."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "da"}),
    )


class ShowForm(forms.Form):
    """Tells whether the button was pressed that only shows the letter."""

    show = forms.BooleanField(required=False)


def only_shows(request: Any) -> bool:
    """Tell whether a form was sent to see the letter again, and not yet to send it."""
    return bool(ShowForm(request.POST)["show"].value())


def noted(form: forms.Form) -> str:
    """Return the note that was typed into a form, valid or not."""
    return str(form["note"].value() or "").strip()
