"""A meeting as search engines read it: schema.org/Event."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from meetings.models import Format, Meeting, MeetingState, Precision
from taskforce.core import linked_data
from taskforce.core.linked_data import Thing, absolute

SCHEMA = "https://schema.org/"
MODES = {
    Format.ONLINE: "OnlineEventAttendanceMode",
    Format.IN_PERSON: "OfflineEventAttendanceMode",
    Format.HYBRID: "MixedEventAttendanceMode",
}


def event(meeting: Meeting) -> Thing:
    """Return a meeting with what everybody reads of it: never its link."""
    is_off = meeting.state == MeetingState.CANCELLED
    mode = MODES.get(Format(meeting.format)) if meeting.format else None
    return linked_data.thing(
        "Event",
        name=f"{meeting} · {linked_data.NAME}",
        url=absolute(meeting.get_absolute_url()),
        startDate=_moment(meeting, meeting.starts),
        endDate=_moment(meeting, meeting.ends) if meeting.ends else None,
        eventStatus=SCHEMA + ("EventCancelled" if is_off else "EventScheduled"),
        eventAttendanceMode=SCHEMA + mode if mode else None,
        location=_places(meeting),
        organizer=linked_data.portal(),
        inLanguage="da",
    )


def _moment(meeting: Meeting, clock: time | None) -> date | datetime | str:
    if meeting.date_precision == Precision.MONTH:
        return f"{meeting.date:%Y-%m}"
    if clock is None:
        return meeting.date
    return timezone.make_aware(datetime.combine(meeting.date, clock))


def _places(meeting: Meeting) -> list[Any]:
    page = absolute(meeting.get_absolute_url())
    places = []
    if meeting.place:
        places.append(linked_data.thing("Place", name=meeting.place, address=meeting.place))
    if meeting.format in (Format.ONLINE, Format.HYBRID):
        places.append(linked_data.thing("VirtualLocation", url=page))
    return places
