"""Open, extend and end a review: what each act changes, whom it notifies, when it refuses."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from meetings.models import AttendanceStatus, ChangeState, Minutes, MinutesState, ReviewScope
from meetings.review import reviewing
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_member,
    make_proposed_change,
    make_secretary,
)
from tests.meetings.planning.plans import body
from tests.meetings.review.reviews import (
    attend,
    let_everything_stand,
    make_in_review,
    make_ready,
    publish,
)
from tests.racing import at_once

NOT_IN_REVIEW = "Referatet er ikke til gennemsyn."


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def test_start_opens_a_review_and_keeps_a_version(secretary: Member) -> None:
    draft = let_everything_stand(make_ready(), secretary)
    (entry,) = draft.entries.all()

    minutes = reviewing.start(minutes=draft, days=10, scope=ReviewScope.OWN, by=secretary)

    draft.refresh_from_db()
    assert minutes == draft
    assert (draft.state, draft.review_scope) == (MinutesState.IN_REVIEW, ReviewScope.OWN)
    assert draft.review_ends_on == in_days(10)
    version = draft.versions.get()
    assert (version.number, version.state) == (1, MinutesState.IN_REVIEW)
    assert version.frozen_by == secretary.user
    assert [row["text"] for row in version.content["entries"]] == [entry.text]
    activity = Activity.objects.get()
    assert (activity.verb, activity.actor) == (Verb.OPENED, secretary.user)


def test_start_refuses_while_the_check_has_doubts(secretary: Member) -> None:
    draft = let_everything_stand(make_ready(), secretary)
    make_agenda_item(draft.meeting, "Uden tekst")

    with pytest.raises(Refused) as refused:
        reviewing.start(minutes=draft, days=7, scope=ReviewScope.DRAFT, by=secretary)

    sentence = "Der mangler måske noget. Ret det, eller skriv, hvorfor det kan blive stående."
    assert str(refused.value) == sentence
    draft.refresh_from_db()
    assert draft.state == MinutesState.DRAFT
    assert not draft.versions.exists()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            make_in_review,
            "Referatet er til gennemsyn. Det, der skal ændres, foreslås dér.",
        ),
        (
            lambda: publish(make_ready()),
            "Referatet er offentliggjort. Det, der var forkert, ændres med en rettelse.",
        ),
    ],
)
def test_start_refuses_minutes_that_are_no_draft(
    secretary: Member, make: Callable[[], Minutes], sentence: str
) -> None:
    minutes = make()
    state, count = minutes.state, minutes.versions.count()

    with pytest.raises(Refused) as refused:
        reviewing.start(minutes=minutes, days=7, scope=ReviewScope.DRAFT, by=secretary)

    assert str(refused.value) == sentence
    minutes.refresh_from_db()
    assert (minutes.state, minutes.versions.count()) == (state, count)


def test_start_of_two_at_once_opens_one_review_and_notifies_who_was_there_once(
    mailbox: Mailbox,
) -> None:
    draft, by = make_ready(text="<p>Hemmeligt indhold.</p>"), make_secretary()
    there = attend(draft)
    attend(draft, make_member(to_date=timezone.localdate()))
    make_attendance(draft.meeting)  # a guest has no address
    away = make_member()
    make_attendance(draft.meeting, member=away, status=AttendanceStatus.COMING)
    let_everything_stand(draft, by)

    def start() -> Minutes:
        return reviewing.start(minutes=draft, days=7, scope=ReviewScope.DRAFT, by=by)

    answers = at_once(start, start)

    assert {type(answer) for answer in answers} == {Minutes, Refused}
    assert draft.versions.count() == 1
    (letter,) = mailbox.letters
    assert letter["to"] == there.user.email
    assert "http://localhost:8000/moeder/3/referat/gennemsyn/" in body(letter)
    assert "Hemmeligt" not in body(letter)


def test_extend_moves_the_last_day_and_notifies_who_was_there(mailbox: Mailbox) -> None:
    minutes, by = make_in_review(), make_secretary()
    reader = attend(minutes)
    Minutes.objects.update(review_ends_on=in_days(3))

    assert reviewing.extend(minutes=minutes, days=4, by=by) == minutes

    minutes.refresh_from_db()
    assert (minutes.state, minutes.review_ends_on) == (MinutesState.IN_REVIEW, in_days(4))
    assert Activity.objects.get().verb == Verb.CHANGED
    assert [letter["to"] for letter in mailbox.letters] == [reader.user.email]


def test_extend_opens_a_review_that_is_over(secretary: Member) -> None:
    minutes = make_in_review()
    Minutes.objects.update(review_ends_on=in_days(-3))

    reviewing.extend(minutes=minutes, days=1, by=secretary)

    minutes.refresh_from_db()
    assert minutes.is_open_to_changes


@pytest.mark.parametrize("days", [2, 3])
def test_extend_refuses_to_shorten_a_review(secretary: Member, days: int) -> None:
    minutes = make_in_review()
    Minutes.objects.update(review_ends_on=in_days(3))

    with pytest.raises(Refused) as refused:
        reviewing.extend(minutes=minutes, days=days, by=secretary)

    assert str(refused.value) == "Vælg en senere dag end den, gennemsynet allerede varer til."
    minutes.refresh_from_db()
    assert minutes.review_ends_on == in_days(3)


def test_take_back_makes_a_draft_and_keeps_proposed_changes(secretary: Member) -> None:
    minutes = make_in_review()
    change = make_proposed_change(minutes.entries.get())

    assert reviewing.take_back(minutes=minutes, by=secretary) == minutes

    minutes.refresh_from_db()
    change.refresh_from_db()
    assert (minutes.state, minutes.review_ends_on) == (MinutesState.DRAFT, None)
    assert change.state == ChangeState.WAITING
    assert Activity.objects.get().verb == Verb.RETURNED


@pytest.mark.parametrize("make", [make_ready, lambda: publish(make_ready())])
def test_extend_and_take_back_refuse_minutes_that_are_not_in_review(
    secretary: Member, make: Callable[[], Minutes]
) -> None:
    minutes = make()
    state = minutes.state
    calls = [
        lambda: reviewing.extend(minutes=minutes, days=7, by=secretary),
        lambda: reviewing.take_back(minutes=minutes, by=secretary),
    ]

    for call in calls:
        with pytest.raises(Refused) as refused:
            call()
        assert str(refused.value) == NOT_IN_REVIEW
    minutes.refresh_from_db()
    assert minutes.state == state
