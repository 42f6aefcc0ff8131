"""What of meetings can be followed, and what is told of them."""

from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from meetings.models import Correction, Meeting, MeetingState, Minutes
from taskforce.activity.models import Activity, Verb
from taskforce.following.events import Event, event
from taskforce.following.kinds import Kind
from taskforce.following.novelty import Part, stands_on
from taskforce.following.things import followable

followable(Meeting, Kind.MEETINGS)
stands_on(Meeting, Part(Minutes, "meeting", lambda n: now("the minutes"), "referat"))

OF_MINUTES: dict[str, Any] = {
    "about": lambda minutes: [minutes.meeting],
    "names": lambda minutes: {"title": minutes.meeting},
    "stands": lambda minutes: minutes.is_published,
    "new": Kind.NEW_MINUTES,
    "reads": ("meeting",),
}

OF_A_MEETING: dict[str, Any] = {
    "names": lambda meeting: {"title": meeting, "when": meeting.when},
    "new": Kind.NEW_MEETINGS,
}


def _is_planned(meeting: Meeting) -> bool:
    return meeting.state == MeetingState.PLANNED


def _correction(minutes: Minutes, record: Activity) -> Correction:
    """Return the correction of a moment: the latest whose version was kept by then."""
    kept = {row.number for row in minutes.versions.all() if row.frozen_at <= record.at}
    made = [row for row in minutes.corrections.all() if row.version in kept]
    return made[-1] if made else Correction(minutes=minutes)


event(
    Meeting,
    Verb.ADDED,
    Event(_("New meeting: %(title)s, %(when)s"), stands=_is_planned, **OF_A_MEETING),
)
event(
    Meeting,
    Verb.MOVED,
    Event(
        _("Another time or place for %(title)s: %(when)s"),
        stands=_is_planned,
        mailing="meeting_moved",
        **OF_A_MEETING,
    ),
)
event(
    Meeting,
    Verb.CANCELLED,
    Event(_("%(title)s, %(when)s, is cancelled"), mailing="meeting_cancelled", **OF_A_MEETING),
)
event(
    Minutes,
    Verb.PUBLISHED,
    Event(
        _("The minutes of the %(title)s are published"), mailing="minutes_published", **OF_MINUTES
    ),
)
event(
    Minutes,
    Verb.CORRECTED,
    Event(
        _("The minutes of the %(title)s have been corrected"),
        words=lambda correction: correction.text,
        part=_correction,
        **OF_MINUTES
        | {
            "names": lambda correction: {"title": correction.minutes.meeting},
            "reads": ("meeting", "corrections", "versions"),
        },
    ),
)
