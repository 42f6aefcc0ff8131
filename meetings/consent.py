"""Consent in minutes: whose name may show, and whose was written into the text all the same."""

from django.db import transaction
from django.utils.html import strip_tags

from meetings.models import Attendance, Minutes
from taskforce.members.models import Member, NameVisibility, User


@transaction.atomic
def take_name_off(*, user: User) -> None:
    """Hide a person's name everywhere it shows as a name, in past meetings too."""
    Member.objects.filter(user=user).update(name_visibility=NameVisibility.NOBODY)
    Attendance.objects.filter(member__user=user).update(name_visibility=NameVisibility.NOBODY)


def names_in_text(minutes: Minutes) -> list[str]:
    """Return names that stand in the text though their owners did not agree to show them.

    Text is not taken apart by any rule of visibility, so a person must look before publishing.
    """
    passages = (f"{entry.heading} {strip_tags(entry.text)}" for entry in minutes.entries.all())
    agreed = minutes.meeting.action_points.values_list("what", flat=True)
    decided = minutes.outcomes.values_list("decision", flat=True)
    text = " ".join((*passages, *agreed, *decided)).casefold()
    return sorted(name for name in _hidden_names(minutes) if name and name.casefold() in text)


def _hidden_names(minutes: Minutes) -> set[str]:
    at_meeting = minutes.meeting.attendances.exclude(name_visibility=NameVisibility.PUBLIC)
    members = Member.objects.exclude(name_visibility=NameVisibility.PUBLIC)
    return {
        *at_meeting.values_list("name", flat=True),
        *members.values_list("user__name", flat=True),
    }
