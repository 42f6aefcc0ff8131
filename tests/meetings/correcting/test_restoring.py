"""Keep versions of a draft and restore them."""

from collections.abc import Callable

import pytest

from meetings.correcting import restoring
from meetings.models import Minutes, MinutesEntry, MinutesVersion, OutcomeKind
from meetings.review import publishing
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_entry,
    make_outcome,
    make_secretary,
)
from tests.meetings.review.reviews import make_in_review, make_ready, publish
from tests.racing import at_once


@pytest.fixture
def minutes(db: None) -> Minutes:
    """A draft with one item, its passage and its outcome."""
    return make_ready()


def numbers(minutes: Minutes) -> list[int]:
    return [*minutes.versions.order_by("number").values_list("number", flat=True)]


def test_keep_freezes_the_draft(minutes: Minutes, secretary: Member) -> None:
    version = restoring.keep(minutes=minutes, by=secretary)

    assert minutes.versions.get() == version
    assert (version.number, version.frozen_by) == (1, secretary.user)
    assert version.content == publishing.content(minutes)


def test_keep_returns_the_newest_version_where_nothing_changed(
    minutes: Minutes, secretary: Member
) -> None:
    first = restoring.keep(minutes=minutes, by=secretary)
    MinutesEntry.objects.update(text="<p>Nyt.</p>")
    second = restoring.keep(minutes=minutes, by=secretary)

    assert restoring.keep(minutes=minutes, by=secretary) == second != first
    assert numbers(minutes) == [1, 2]


def test_keep_of_two_at_once_keeps_one_version(transactional_db: None) -> None:
    minutes, by = make_ready(), make_secretary()

    first, second = at_once(*[lambda: restoring.keep(minutes=minutes, by=by)] * 2)

    assert first == second == minutes.versions.get()


def test_restore_restores_passages_and_outcomes_as_a_new_version(
    minutes: Minutes, secretary: Member
) -> None:
    entry, outcome = minutes.entries.get(), minutes.outcomes.get()
    version = restoring.keep(minutes=minutes, by=secretary)
    MinutesEntry.objects.update(text="<p>Andet.</p>", heading="H", agenda_item=None, version=2)
    outcome.kind, outcome.decision = OutcomeKind.DECIDED, "Ja."
    outcome.save()

    made = restoring.restore(version=version, by=secretary)

    before = entry
    entry = minutes.entries.get()
    assert (entry.pk, entry.version) == (before.pk, 3)
    assert (entry.text, entry.heading) == (before.text, "")
    assert entry.agenda_item == before.agenda_item
    kinds = [*minutes.outcomes.values_list("kind", "decision", "agenda_item")]
    assert kinds == [("noted", "", entry.agenda_item_id)]
    assert numbers(minutes) == [1, 2, 3]
    kept = minutes.versions.get(number=2).content
    assert [row["text"] for row in kept["entries"]] == ["<p>Andet.</p>"]
    assert [row["decision"] for row in kept["outcomes"]] == ["Ja."]
    assert (made.number, made.content) == (3, publishing.content(minutes))
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor) == (Verb.CHANGED, secretary.user)


def test_restore_makes_removed_passages_anew(minutes: Minutes, secretary: Member) -> None:
    speaker = make_attendance(minutes.meeting)
    removed = make_entry(minutes, "<p>Fjernet.</p>", heading="H", speaker=speaker)
    version = restoring.keep(minutes=minutes, by=secretary)
    removed.delete()

    restoring.restore(version=version, by=secretary)

    first, again = minutes.entries.all()
    assert (first.order, first.text) == (1, "<p>Vi mødtes.</p>")
    assert again.pk != removed.pk
    assert (again.order, again.text, again.version) == (2, "<p>Fjernet.</p>", 1)
    assert (again.heading, again.speaker) == ("H", speaker)


def test_restore_removes_newer_passages_that_no_row_refers_to(
    minutes: Minutes, secretary: Member
) -> None:
    first = minutes.entries.get()
    version = restoring.keep(minutes=minutes, by=secretary)
    make_entry(minutes, "<p>Nyere.</p>")
    kept = make_entry(minutes, "<p>Med aftale.</p>")
    make_action_point(minutes.meeting, entry=kept)

    restoring.restore(version=version, by=secretary)

    assert [*minutes.entries.values_list("pk", "order")] == [(first.pk, 1), (kept.pk, 2)]


def test_restore_leaves_out_what_no_longer_belongs_to_the_meeting(
    minutes: Minutes, secretary: Member
) -> None:
    item = make_agenda_item(minutes.meeting, "Væk")
    make_outcome(item)
    guest = make_attendance(minutes.meeting)
    make_entry(minutes, "<p>Hos ingen.</p>", agenda_item=item, speaker=guest)
    version = restoring.keep(minutes=minutes, by=secretary)
    item.delete()
    guest.delete()

    restoring.restore(version=version, by=secretary)

    loose = minutes.entries.get(text="<p>Hos ingen.</p>")
    assert (loose.agenda_item, loose.speaker) == (None, None)
    assert [outcome.agenda_item.title for outcome in minutes.outcomes.all()] == ["Nyt"]


def test_restore_of_an_early_version_leaves_outcomes_as_they_are(
    minutes: Minutes, secretary: Member
) -> None:
    version = restoring.keep(minutes=minutes, by=secretary)
    version.content = {"entries": version.content["entries"]}
    version.save()
    outcome = minutes.outcomes.get()

    restoring.restore(version=version, by=secretary)

    assert minutes.outcomes.get() == outcome


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (make_in_review, "Referatet er til gennemsyn. Det, der skal ændres, foreslås dér."),
        (
            lambda: publish(make_ready()),
            "Referatet er offentliggjort. Det, der var forkert, ændres med en rettelse.",
        ),
    ],
)
def test_keep_and_restore_refuse_minutes_that_are_no_draft(
    secretary: Member, make: Callable[[], Minutes], sentence: str
) -> None:
    minutes = make()
    version = publishing.freeze(minutes, by=None)
    MinutesEntry.objects.update(text="<p>Nu.</p>")
    count = MinutesVersion.objects.count()

    for call in (
        lambda: restoring.keep(minutes=minutes, by=secretary),
        lambda: restoring.restore(version=version, by=secretary),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert str(refused.value) == sentence
    assert minutes.entries.get().text == "<p>Nu.</p>"
    assert MinutesVersion.objects.count() == count
