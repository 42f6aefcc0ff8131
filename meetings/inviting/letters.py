"""Letters about meetings; a reply reaches the secretariat.

Each letter about one meeting carries the reader's own links to answer by and the calendar entry.
"""

from collections.abc import Iterable
from textwrap import indent
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from meetings.agenda import schedule
from meetings.calendar.ical import Method, enclosure
from meetings.inviting import answer_links
from meetings.inviting.answers import Answer
from meetings.models import Attendance, Meeting, Precision
from taskforce.core import mail
from taskforce.core.mailing import Inside, LeftOut, Letters, Reader
from taskforce.core.rich_text import as_html, as_text
from taskforce.members.models import Member, NameVisibility


def write_to(member: Member, name: str, *, about: models.Model, **context: Any) -> None:
    """Put a letter in the outbox, unless the person is a former member; needs the user."""
    if member.is_current:
        to, secretariat = member.user.email, settings.SECRETARIAT_EMAIL
        mail.send(name, to=to, about=about, reply_to=secretariat, context=context)


def readers(rows: Iterable[Attendance]) -> tuple[list[Reader], list[LeftOut]]:
    """Return who of a meeting's list gets mail, and who does not and why; needs the users."""
    found: list[Reader] = []
    without: list[LeftOut] = []
    for row in rows:
        member = row.member
        if member and member.is_current:
            user = member.user
            found.append(Reader(user.name, user.email, row.organisation_name, user.pk, row))
        elif member is None and row.email:
            found.append(Reader(row.name, row.email, row.organisation_name, of=row))
        else:
            why = _("is no longer a member") if member else _("guest without an e-mail")
            without.append(LeftOut(row.name, row.organisation_name, why))
    return found, without


def invite(meeting: Meeting, rows: Iterable[Attendance], **sent: Any) -> list[Attendance]:
    return _send("meeting_invitation", meeting, rows, sent, agenda=_agenda(meeting))


def send_agenda(meeting: Meeting, **sent: Any) -> list[Attendance]:
    return _send("meeting_agenda", meeting, _listed(meeting), sent, agenda=_agenda(meeting))


def remind(meeting: Meeting, rows: Iterable[Attendance]) -> list[Attendance]:
    """Ask those who have not answered once more."""
    return _send("meeting_reminder", meeting, rows, {})


def notify_moved(*, before: Meeting, meeting: Meeting, **sent: Any) -> list[Attendance]:
    """Tell everybody invited the new time and place, and the old.

    Where only the month is known by now, the old day is freed in calendars.
    """
    if meeting.date_precision == Precision.MONTH:
        before.sequence = meeting.sequence
        freed: dict[str, Any] = {"method": Method.CANCEL, "entry_of": before}
    else:
        freed = {}
    return _send("meeting_moved", meeting, _listed(meeting), sent, before=before, **freed)


def notify_cancelled(meeting: Meeting, **sent: Any) -> list[Attendance]:
    """Tell everybody invited that the meeting is cancelled, and free the time."""
    return _send("meeting_cancelled", meeting, _listed(meeting), sent, method=Method.CANCEL)


def notify_answered(
    meeting: Meeting, attendance: Attendance, answer: Answer, *, by: Member
) -> None:
    """Tell somebody invited what another person answered for them."""
    by_name = "" if by.name_visibility == NameVisibility.NOBODY else by.user.name
    told = {"meeting": meeting, "answer": answer, "by": by, "by_name": by_name}
    for reader in readers([attendance])[0]:
        with translation.override("da"):
            links = answer_links.of(attendance, meeting)
        mail.send(
            "meeting_answered",
            to=reader.email,
            greeted=reader.name,
            reply_to=settings.SECRETARIAT_EMAIL,
            about=meeting,
            context={**told, "links": links},
        )


def _listed(meeting: Meeting) -> QuerySet[Attendance]:
    return meeting.attendances.select_related("member__user").order_by("organisation_name", "name")


def _agenda(meeting: Meeting) -> list[dict[str, Any]]:
    """Return the agenda with its times as a stranger may read it, since mail is passed on."""
    items = [*meeting.agenda.with_responsible(AnonymousUser())]
    begins = schedule.beginnings(meeting, items)
    return [
        {
            "item": item,
            "at": f"{begins[item.pk]:%H.%M}" if begins.get(item.pk) else f"{number}.",
            "length": _length(item.minutes),
            "who": ", ".join(filter(None, (item.responsible_name, item.responsible_organisation))),
            "details": indent(as_text(as_html(item.details)), "    "),
        }
        for number, item in enumerate(items, start=1)
    ]


def _length(minutes: int | None) -> Any:
    """Return " (10 minutes)" in the language of the letter; "" where nobody knows."""
    if not minutes:
        return ""
    return ngettext_lazy(" (%(n)s minute)", " (%(n)s minutes)", "n") % {"n": minutes}


def _send(
    name: str,
    meeting: Meeting,
    rows: Iterable[Attendance],
    sent: dict[str, Any],
    *,
    method: Method = Method.REQUEST,
    entry_of: Meeting | None = None,
    **context: Any,
) -> list[Attendance]:
    """Send a letter to those of a list who get mail; return their rows. `sent`: a note, and by."""

    def inside(reader: Reader) -> Inside:
        entry = enclosure(entry_of or meeting, to=reader, method=method)
        with translation.override("da"):
            links = answer_links.of(reader.of, meeting)
        return Inside(
            {"meeting": meeting, "attendance": reader.of, "links": links, **context},
            # As an attachment, programs would show a file in place of an invitation.
            alternatives=[(entry.decode(), f"text/calendar; method={method}")],
        )

    found, without = readers(rows)
    letters = Letters(name, meeting, found, inside, without)
    return [reader.of for reader in letters.send(**sent)]
