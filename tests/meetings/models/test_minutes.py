"""Minutes: who reads them, their passages and their outcomes, from draft to published."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings.models import (
    Minutes,
    MinutesEntry,
    MinutesState,
    Outcome,
    OutcomeKind,
    Waiver,
)
from taskforce.activity.models import Verb
from taskforce.members.models import NameVisibility, Viewer
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_outcome,
)
from tests.meetings.models.viewers import (
    DRAFT,
    EVERYBODY,
    OWN,
    PUBLISHED,
    STATES,
    WHOLE,
    make_minutes_in,
    make_viewers,
)

# Who reads minutes in each state; of a whole draft, its passages and outcomes too.
READERS = {
    DRAFT: {"secretary"},
    WHOLE: {"secretary", "present"},
    OWN: {"secretary", "present"},
    PUBLISHED: EVERYBODY,
}
READERS_OF_OTHERS = READERS | {OWN: {"secretary"}}


@pytest.mark.parametrize("state", STATES)
def test_who_reads_minutes(db: None, state: str):
    minutes = make_minutes_in(state)
    viewers = make_viewers(minutes.meeting)

    def sees(viewer: Viewer) -> bool:
        return minutes in Minutes.objects.visible_to(viewer)

    assert viewers.who(sees) == READERS[state]


@pytest.mark.parametrize("state", STATES)
def test_who_reads_what_others_said(db: None, state: str):
    minutes = make_minutes_in(state)
    viewers = make_viewers(minutes.meeting)
    entries = [
        make_entry(minutes),
        make_entry(minutes, speaker=make_attendance(minutes.meeting, member=make_member())),
        make_entry(minutes, speaker=make_attendance(minutes.meeting)),  # a guest
    ]

    def sees(entry: MinutesEntry) -> set[str]:
        return viewers.who(lambda viewer: entry in MinutesEntry.objects.visible_to(viewer))

    assert [sees(entry) for entry in entries] == [READERS_OF_OTHERS[state]] * 3


@pytest.mark.parametrize("state", STATES)
def test_who_reads_what_they_said_themselves(db: None, state: str):
    minutes = make_minutes_in(state)
    viewers = make_viewers(minutes.meeting)
    own = {
        row.member.user: make_entry(minutes, speaker=row)
        for row in minutes.meeting.attendances.select_related("member__user")
    }
    said = {name: own.get(viewer) for name, viewer in vars(viewers).items()}
    assert {name for name, entry in said.items() if entry} == {"invited", "former", "present"}

    def sees(viewer: Viewer) -> bool:
        return own.get(viewer) in MinutesEntry.objects.visible_to(viewer)

    # Who was not present reads nothing, even if minutes name them as a speaker.
    expected = {
        DRAFT: set(),
        WHOLE: {"present"},
        OWN: {"present"},
        PUBLISHED: {"invited", "former", "present"},
    }
    assert viewers.who(sees) == expected[state]


@pytest.mark.parametrize("state", STATES)
def test_who_reads_outcomes(db: None, state: str):
    minutes = make_minutes_in(state)
    viewers = make_viewers(minutes.meeting)
    outcome = make_outcome(make_agenda_item(minutes.meeting))

    def sees(viewer: Viewer) -> bool:
        return outcome in Outcome.objects.visible_to(viewer)

    assert viewers.who(sees) == READERS_OF_OTHERS[state]


@pytest.mark.parametrize("state", STATES)
def test_who_downloads_minutes(db: None, state: str):
    minutes = make_minutes_in(state)
    viewers = make_viewers(minutes.meeting)

    def has(viewer: Viewer) -> bool:
        return minutes in Minutes.objects.on_paper_for(viewer)

    assert viewers.who(has) == (EVERYBODY if state == PUBLISHED else {"secretary"})


def test_each_row_is_read_once(db: None):
    """A member's rows on other lists double nothing."""
    member, minutes = make_member(), make_minutes_in(WHOLE)
    for meeting in (minutes.meeting, make_meeting()):
        make_attendance(meeting, member=member)
    make_attendance(minutes.meeting, member=make_member())
    entry, outcome = make_entry(minutes), make_outcome(make_agenda_item(minutes.meeting))

    assert Minutes.objects.visible_to(member.user).get() == minutes
    assert MinutesEntry.objects.visible_to(member.user).get() == entry
    assert Outcome.objects.visible_to(member.user).get() == outcome


def test_member_reads_published_minutes_beside_a_review_elsewhere(db: None):
    member = make_member()
    published, in_review, other = (make_minutes_in(state) for state in (PUBLISHED, WHOLE, WHOLE))
    make_attendance(in_review.meeting, member=member)
    make_attendance(published.meeting, member=member)

    assert {*Minutes.objects.visible_to(member.user)} == {published, in_review}
    assert other not in Minutes.objects.visible_to(member.user)


def test_published_and_unpublished_part_the_minutes(db: None):
    found = [make_minutes_in(state) for state in STATES]

    assert [*Minutes.objects.published()] == found[3:]
    assert {*Minutes.objects.unpublished()} == {*found[:3]}


@pytest.mark.parametrize(
    ("state", "days", "is_open"),
    [
        (MinutesState.IN_REVIEW, 1, True),
        (MinutesState.IN_REVIEW, 0, True),
        (MinutesState.IN_REVIEW, -1, False),
        (MinutesState.IN_REVIEW, None, False),
        (MinutesState.DRAFT, 1, False),
        (MinutesState.PUBLISHED, 1, False),
    ],
)
def test_changes_are_proposed_until_the_last_day_of_the_review(
    state: MinutesState, days: int | None, is_open: bool
):
    ends_on = None if days is None else timezone.localdate() + timedelta(days=days)

    assert Minutes(state=state, review_ends_on=ends_on).is_open_to_changes is is_open


def test_published_minutes_show_publication_and_corrections_alone():
    draft, published = Minutes(), Minutes(state=MinutesState.PUBLISHED)

    shown = {verb for verb in Verb if published.shows_activity(verb)}

    assert shown == {Verb.PUBLISHED, Verb.CORRECTED}
    assert all(draft.shows_activity(verb) for verb in Verb)
    assert (draft.is_published, published.is_published) == (False, True)


def test_speaker_shows_as_the_name_s_owner_agreed(db: None):
    minutes = make_minutes(published=True)
    for visibility in NameVisibility:
        speaker = make_attendance(
            minutes.meeting,
            name=f"navn-{visibility}",
            name_visibility=visibility,
            organisation_name="Comdia",
        )
        make_entry(minutes, speaker=speaker)
    make_entry(minutes)

    def names(viewer: Viewer) -> list[str]:
        found = minutes.entries.with_speaker(viewer)
        assert [entry.speaker_organisation for entry in found] == ["Comdia"] * 3 + [None]
        return sorted(entry.speaker_name for entry in found if entry.speaker_name)

    viewers = make_viewers(minutes.meeting)
    assert names(viewers.stranger) == names(viewers.former) == ["navn-public"]
    assert names(viewers.present) == ["navn-members", "navn-public"]
    assert names(viewers.secretary) == ["navn-members", "navn-nobody", "navn-public"]


def test_rows_say_what_they_are(db: None):
    minutes = make_minutes(make_meeting(3))
    item = make_agenda_item(minutes.meeting)
    plain, headed = make_entry(minutes), make_entry(minutes, heading="Udbud")
    noted = make_outcome(item)
    decided = Outcome(kind=OutcomeKind.DECIDED, decision="Vi køber socialt.")

    assert str(minutes) == str(plain) == "Referat af 3. møde"
    assert (str(headed), str(noted), str(decided)) == (
        "Udbud",
        "Taget til efterretning",
        "Vi køber socialt.",
    )
    assert str(Waiver(doubt="empty:7")) == "empty:7"
    assert minutes.get_absolute_url() == "/moeder/3/#referat"
    assert headed.get_absolute_url() == f"/moeder/3/#afsnit-{headed.pk}"
    assert noted.get_absolute_url() == f"/moeder/3/#punkt-{item.pk}"


def test_passage_is_saved_as_clean_html(db: None):
    entry = make_entry(make_minutes(), "<p onclick='x()'>Hej<script>bad()</script></p>")

    assert entry.text == "<p>Hej</p>"


def test_decision_takes_its_text(db: None):
    minutes = make_minutes()
    outcome = Outcome(
        minutes=minutes, agenda_item=make_agenda_item(minutes.meeting), kind=OutcomeKind.DECIDED
    )

    with pytest.raises(ValidationError) as error:
        outcome.full_clean()

    assert error.value.messages == ["Skriv, hvad der blev besluttet."]
