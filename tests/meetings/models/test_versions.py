"""Versions, corrections and proposed changes: who reads them, and what they are called."""

from datetime import UTC, date, datetime

import pytest

from meetings.models import (
    ChangeState,
    Correction,
    Minutes,
    MinutesState,
    MinutesVersion,
    ProposedChange,
)
from taskforce.members.models import Viewer
from tests.factories import make_entry, make_meeting, make_minutes, make_proposed_change
from tests.meetings.models.viewers import (
    DRAFT,
    EVERYBODY,
    PUBLISHED,
    STATES,
    make_minutes_in,
    make_viewers,
)


def make_version(minutes: Minutes, state: str, number: int = 1) -> MinutesVersion:
    return MinutesVersion.objects.create(minutes=minutes, number=number, state=state, content={})


@pytest.mark.parametrize("state", STATES)
def test_who_reads_versions(db: None, state: str):
    minutes = make_minutes_in(state)
    viewers = make_viewers(minutes.meeting)
    reviewed = make_version(minutes, MinutesState.IN_REVIEW)
    published = make_version(minutes, MinutesState.PUBLISHED, 2)

    def sees(version: MinutesVersion) -> set[str]:
        return viewers.who(lambda viewer: version in MinutesVersion.objects.visible_to(viewer))

    assert sees(reviewed) == {"secretary"}
    assert sees(published) == (EVERYBODY if state == PUBLISHED else {"secretary"})


@pytest.mark.parametrize("state", [DRAFT, PUBLISHED])
def test_who_reads_corrections(db: None, state: str):
    minutes = make_minutes_in(state)
    viewers = make_viewers(minutes.meeting)
    correction = Correction.objects.create(
        minutes=minutes, corrected_on=date(2026, 5, 5), text="x" * 100
    )

    def sees(viewer: Viewer) -> bool:
        return correction in Correction.objects.visible_to(viewer)

    assert viewers.who(sees) == (EVERYBODY if state == PUBLISHED else {"secretary"})
    assert str(correction) == "x" * 80


def test_who_reads_proposed_changes(db: None):
    minutes = make_minutes(make_meeting(3))
    viewers = make_viewers(minutes.meeting)
    entry = make_entry(minutes, heading="Udbud")
    author = minutes.meeting.attendances.get(member__user=viewers.present).member
    change = make_proposed_change(entry, proposed_by=author)

    def sees(viewer: Viewer) -> bool:
        return change in ProposedChange.objects.visible_to(viewer)

    assert viewers.who(sees) == {"present", "secretary"}
    assert (str(change), change.get_absolute_url()) == ("Udbud", entry.get_absolute_url())


def test_change_waits_until_it_is_answered(db: None):
    entry = make_entry(make_minutes())
    waiting, answered = make_proposed_change(entry), make_proposed_change(entry)
    answered.state = ChangeState.ACCEPTED
    answered.save()

    assert [*ProposedChange.objects.waiting()] == [waiting]


def test_version_has_number_day_and_state_in_words(db: None):
    version = MinutesVersion(
        minutes=make_minutes(make_meeting(3)),
        number=2,
        frozen_at=datetime(2026, 5, 5, 22, 30, tzinfo=UTC),  # past midnight in Copenhagen
        state=MinutesState.PUBLISHED,
    )

    assert version.in_words == "2: 6. maj 2026, offentliggjort"
    assert str(version) == "Referat af 3. møde (2)"
