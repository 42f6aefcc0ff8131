"""Letters about minutes: their review, and their publication."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from meetings.models import Attendance, Minutes
from taskforce.core.mailing import Inside, LeftOut, Letters, Reader
from taskforce.members.models import Member


def about_minutes(
    name: str, minutes: Minutes, members: Iterable[Member], rest: Iterable[Attendance] = ()
) -> Letters:
    """Return a letter to members about minutes; `rest` was there and has nothing to log in with."""
    meeting = minutes.meeting
    inside = Inside({"minutes": minutes, "meeting": meeting})
    readers = [
        Reader(member.user.name, member.user.email, str(member.organisation), member.user_id)
        for member in members
    ]
    why = _("is no member, and cannot log in")
    without = [LeftOut(row.name, row.organisation_name, why) for row in rest]
    return Letters(name, meeting, readers, lambda _reader: inside, without)
