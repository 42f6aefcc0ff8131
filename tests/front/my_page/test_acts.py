"""What members change about themselves."""

import pytest

from meetings.checking import consent
from meetings.models import MeetingState
from taskforce.front.my_page import acts
from taskforce.members.forms import ProfileForm
from taskforce.members.models import Member, NameVisibility
from tests.factories import make_attendance, make_meeting


def profile_form(member: Member, **changes: str) -> ProfileForm:
    sent = {"name": "Ea Ny", "title": "Indkøber", "name_visibility": "public"}
    form = ProfileForm(sent | changes, instance=member)
    assert form.is_valid()
    return form


def test_change_profile_saves_name_title_and_visibility(member: Member):
    changed = acts.change_profile(form=profile_form(member))

    assert changed == member
    member = Member.objects.get(pk=member.pk)
    assert (member.user.name, member.title, member.name_visibility) == (
        "Ea Ny",
        "Indkøber",
        NameVisibility.PUBLIC,
    )


def test_change_profile_shows_at_meetings_to_come_and_not_at_past_ones(member: Member):
    coming = make_attendance(make_meeting(state=MeetingState.PLANNED), member=member, name="Ea")
    past = make_attendance(make_meeting(state=MeetingState.HELD), member=member, name="Ea")

    acts.change_profile(form=profile_form(member))

    for row in (coming, past):
        row.refresh_from_db()
    assert (coming.name, coming.name_visibility) == ("Ea Ny", NameVisibility.PUBLIC)
    assert (past.name, past.name_visibility) == ("Ea", NameVisibility.NOBODY)


def test_change_profile_is_whole_or_not_at_all(member: Member, monkeypatch: pytest.MonkeyPatch):
    name = member.user.name

    def fail(**_kept: Member) -> None:
        raise OSError

    monkeypatch.setattr(consent, "follow_profile", fail)

    with pytest.raises(OSError):
        acts.change_profile(form=profile_form(member))

    assert Member.objects.get(pk=member.pk).user.name == name
