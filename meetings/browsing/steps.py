"""How far a meeting is from planned to published minutes, and what the secretariat does next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.checking.doubts import Doubt, open_doubts
from meetings.inviting.acts import can_invite
from meetings.models import (
    ChangeState,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    ProposedChange,
)
from taskforce.members.models import Viewer

MOST_DOUBTS = 4  # the page of the check has them all
PLANNED, AGENDA, HELD, DRAFT, REVIEW, PUBLISHED = range(6)


@dataclass(frozen=True)
class Step:
    name: str
    note: str = ""
    is_past: bool = False
    is_current: bool = False


@dataclass(frozen=True)
class Act:
    words: str
    url: str


@dataclass(frozen=True)
class Next:
    """The next thing to do: its button, another beside it, and what is still open."""

    title: str
    text: str
    act: Act
    other: Act | None = None
    doubts: list[Doubt] = field(default_factory=list)
    more_doubts: int = 0


def section(meeting: Meeting, minutes: Minutes | None, viewer: Viewer) -> dict[str, Any]:
    """Return the steps and the next one; nothing once the minutes are published or it is off."""
    if meeting.state == MeetingState.CANCELLED or (minutes and minutes.is_published):
        return {}
    return {"steps": steps(meeting, minutes), "next": next_step(meeting, minutes, viewer)}


def steps(meeting: Meeting, minutes: Minutes | None) -> list[Step]:
    reached = _reached(meeting, minutes)
    sent, ends_on = meeting.agenda_sent_at, minutes and minutes.review_ends_on
    is_in_review = minutes and minutes.state == MinutesState.IN_REVIEW
    names = [
        (_("Planned"), ""),
        (_("Agenda"), date_format(timezone.localdate(sent)) if sent else ""),
        (_("Held"), meeting.when),
        (_("Draft"), ""),
        (_("Review"), _("until %s") % date_format(ends_on) if ends_on and is_in_review else ""),
        (_("Published"), ""),
    ]
    return [
        Step(name, note, place < reached, place == reached)
        for place, (name, note) in enumerate(names)
    ]


def _reached(meeting: Meeting, minutes: Minutes | None) -> int:
    if minutes:
        return REVIEW if minutes.state == MinutesState.IN_REVIEW else DRAFT
    if meeting.state == MeetingState.HELD or meeting.has_begun:
        return DRAFT
    return HELD if meeting.agenda_sent_at else AGENDA


def next_step(meeting: Meeting, minutes: Minutes | None, viewer: Viewer) -> Next:
    def act(words: str, name: str, place: str = "") -> Act:
        return Act(words, reverse(f"meetings:{name}", args=[meeting.number]) + place)

    if minutes:
        is_draft = minutes.state == MinutesState.DRAFT
        return _to_review(minutes, viewer, act) if is_draft else _to_publish(minutes, act)
    if meeting.state == MeetingState.HELD or meeting.has_begun:
        return Next(
            _("Write the minutes"),
            _("They begin with the agenda and the news for the round table."),
            act(_("Write the minutes"), "write_minutes"),
        )
    return _to_the_meeting(meeting, act)


def _to_the_meeting(meeting: Meeting, act: Callable[..., Act]) -> Next:
    arrange, invite = act(_("Arrange the agenda"), "agenda"), act(_("Invite"), "invite")
    number = meeting.agenda.count()
    if not meeting.invited_at and not can_invite(meeting):
        edit = act(_("Edit"), "edit")
        text = _("Only the month is known. Nobody can be invited before.")
        return Next(_("Set the day"), text, edit, arrange)
    if not number:
        text = _("It can be begun from earlier meetings and from what members propose.")
        return Next(_("Arrange the agenda"), text, arrange, None if meeting.invited_at else invite)
    items = ngettext("The agenda has %d item.", "The agenda has %d items.", number) % number
    if not meeting.invited_at:
        return Next(_("Invite the members"), items, invite, arrange)
    answers = act(_("Who is invited"), "invite")
    if not meeting.agenda_sent_at:
        send = act(_("Send the agenda"), "agenda", "#send")
        return Next(_("Send the agenda"), items, send, answers)
    write = act(_("Write the minutes"), "write_minutes")
    return Next(_("Invitation and agenda are sent"), items, answers, write)


def _to_review(minutes: Minutes, viewer: Viewer, act: Callable[..., Act]) -> Next:
    write = act(_("Write on"), "write_minutes")
    if not minutes.meeting.has_begun:
        text = _("They can be reviewed once the meeting is held.")
        return Next(_("The minutes are begun"), text, write)
    found = open_doubts(minutes, viewer)
    present = minutes.meeting.attendances.present().count()
    title = ngettext(
        "Look at %d thing, and send the draft to review",
        "Look at %d things, and send the draft to review",
        len(found),
    ) % len(found)
    return Next(
        title if found else _("Send the draft to review"),
        ngettext(
            "The one who was there gets a mail and can propose changes.",
            "The %(n)d who were there get a mail and can propose changes.",
            present,
        )
        % {"n": present}
        if present
        else "",
        act(_("Check before review"), "check_minutes"),
        write,
        found[:MOST_DOUBTS],
        max(0, len(found) - MOST_DOUBTS),
    )


def _to_publish(minutes: Minutes, act: Callable[..., Act]) -> Next:
    review, publish = act(_("The review"), "review"), act(_("Publish the minutes"), "publish")
    waiting = ProposedChange.objects.filter(
        entry__minutes=minutes, state=ChangeState.WAITING
    ).count()
    ends = date_format(minutes.review_ends_on) if minutes.review_ends_on else ""
    if waiting:
        title = ngettext("Answer %d proposed change", "Answer %d proposed changes", waiting)
        see = act(_("See the proposals"), "review")
        return Next(title % waiting, _("The review lasts until %s.") % ends, see, publish)
    if minutes.is_open_to_changes:
        text = _("No proposed change waits for an answer.")
        return Next(_("The review lasts until %s") % ends, text, review, publish)
    return Next(_("Publish the minutes"), _("The review ended %s.") % ends, publish, review)
