"""Forms of rounds: the draft of a round, and a ballot on the screen."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone, translation

from barriers.models import BallotDraft, Barrier, PrioritisationRound
from barriers.rounds.forms import BallotForm, RoundForm
from barriers.rounds.voting import OwnBallot, voter_of
from taskforce.members.models import Member
from tests.barriers.rounds.rounds import draft
from tests.factories import make_barrier, make_round


@pytest.fixture
def ballot(member: Member, barriers: list[Barrier]) -> OwnBallot:
    """A ballot with three places."""
    voter = voter_of(make_round(*barriers), member)
    assert voter is not None
    return OwnBallot(voter, member)


def pressed(ballot: OwnBallot, act: str, *choices: object, **more: object) -> BallotForm:
    data = QueryDict(mutable=True)
    data.update({"act": act, "version": "0", **{name: str(value) for name, value in more.items()}})
    data.setlist("choice", [str(choice) for choice in choices])
    return BallotForm(data, ballot=ballot)


def chosen(form: BallotForm) -> list[int]:
    assert form.is_valid(), form.errors
    choices: list[int] = form.cleaned_data["choice"]
    return choices


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        ("save", "ba", "ba"),
        ("save", "aab", "ab"),
        ("add:c", "ab", "abc"),
        ("add:b", "ab", "ab"),
        ("add:b", "abc", "abc"),  # full, but it is on it already
        ("remove:a", "abc", "bc"),
        ("remove:c", "ab", "ab"),
        ("up:c", "abc", "acb"),
        ("up:a", "abc", "abc"),
        ("down:a", "abc", "bac"),
        ("down:c", "abc", "abc"),
        ("down:d", "abc", "abc"),
        ("send", "a", "a"),
        ("abstain", "a", "a"),
    ],
)
def test_button_arranges_the_ballot(ballot, barriers, act: str, before: str, after: str):
    keys = {letter: barriers[place].pk for place, letter in enumerate("abcdefg")}
    name, _colon, letter = act.partition(":")
    button = f"{name}:{keys[letter]}" if letter else name

    assert chosen(pressed(ballot, button, *(keys[one] for one in before))) == [
        keys[one] for one in after
    ]


@pytest.mark.parametrize(
    ("act", "places", "message"),
    [
        (
            "add:3",
            [0, 1, 2],
            "The ballot has 3 places, and all are filled. Remove a barrier first.",
        ),
        (
            "save",
            [0, 1, 2, 3],
            "The ballot has 3 places, and all are filled. Remove a barrier first.",
        ),
        ("add:x", [], "A barrier is not on the list of this round."),
        (
            "send",
            [],
            "Choose at least one barrier, or press “We abstain” if you want none of them.",
        ),
        ("jump", [], "There is no such button."),
        ("add", [], "There is no such button."),
        ("add:1:2", [], "There is no such button."),
    ],
)
def test_button_says_why_it_does_nothing(ballot, barriers, act: str, places, message: str):
    button = act.replace(":3", f":{barriers[3].pk}").replace(":x", ":999999")
    choices = [barriers[place].pk for place in places]

    with translation.override("en"):
        form = pressed(ballot, button, *choices)
        assert not form.is_valid()
        assert form.messages == [message]
    assert form.on_screen == choices


def test_ballot_with_one_place_says_so_in_the_singular(ballot, barriers):
    ballot.round.ballot_size = 1

    with translation.override("en"):
        form = pressed(ballot, "save", barriers[0].pk, barriers[1].pk)
        assert form.messages == [
            "The ballot has 1 place, and it is filled. Remove a barrier first."
        ]


def test_ballot_shows_what_was_sent_as_far_as_it_can(ballot, barriers):
    a, b, *_rest = barriers
    form = pressed(ballot, "save", b.pk, "x", "9" * 19, 0, "²", b.pk, a.pk)

    assert not form.is_valid()
    assert form.on_screen == [b.pk, a.pk]


@pytest.mark.parametrize(
    ("attempted", "choices"), [("", []), ("-", [[]]), ("7", [[7]]), ("7,8 - 9", [[7, 8], [], [9]])]
)
def test_attempt_that_got_no_answer_is_read(ballot, attempted: str, choices: list[list[int]]):
    form = pressed(ballot, "save", attempted=attempted)

    assert form.is_valid()
    assert form.cleaned_data["attempted"] == choices


@pytest.mark.parametrize("attempted", ["1;2", ",", "1,", "x", "--", "9" * 19])
def test_attempt_that_is_no_ballot_is_an_error(ballot, attempted: str):
    with translation.override("en"):
        assert pressed(ballot, "save", attempted=attempted).messages == ["This is not a ballot."]


def test_ballot_to_cast_has_the_barriers_in_order_and_none_where_it_abstains(ballot, barriers):
    a, b, *_rest = barriers
    sent, abstaining = pressed(ballot, "send", b.pk, a.pk), pressed(ballot, "abstain", b.pk)

    assert sent.is_valid()
    assert abstaining.is_valid()
    assert (sent.to_cast, abstaining.to_cast) == ([b, a], [])


def test_ballot_remembers_what_a_colleague_saved_first(ballot):
    form = pressed(ballot, "save")
    assert form.theirs is None

    draft_of_colleague = BallotDraft(voter=ballot.voter)
    form.show_conflict(draft_of_colleague)

    assert form.theirs is draft_of_colleague


# The draft of a round


def filled_in(planned: PrioritisationRound | None = None, **changed: Any) -> RoundForm:
    empty = RoundForm(instance=planned, is_example=False)
    data = {name: empty[name].value() for name in empty.fields} | {"title": "Autumn"} | changed
    filled = {name: "" if value is None else value for name, value in data.items()}
    return RoundForm(filled, instance=planned, is_example=False)


@pytest.mark.parametrize(("asked", "size"), [("", 2), (1, 1), (2, 2)])
def test_round_has_as_many_places_as_asked_and_at_most_a_third(barriers, member, asked, size):
    form = filled_in(ballot_size=asked)

    assert form.is_valid()
    assert form.cleaned_data["ballot_size"] == size


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        (7, "At most 2 places, a third of the list."),
        (3, "At most 1 place, a third of the list."),
    ],
)
def test_round_with_too_many_places_is_an_error(barriers, member, listed: int, message: str):
    with translation.override("en"):
        form = filled_in(ballot_size=4, listed=[one.pk for one in barriers[:listed]])
        assert form.errors == {"ballot_size": [message]}


@pytest.mark.parametrize(
    ("opens", "closes", "message"),
    [
        (-2, -1, "That time has passed."),
        (2, 1, "The round closes before it opens."),
        (1, 1, "The round closes before it opens."),
    ],
)
def test_round_closes_after_it_opens_and_not_in_the_past(barriers, member, opens, closes, message):
    now = timezone.now()

    with translation.override("en"):
        form = filled_in(
            opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
        )
        assert form.errors == {"closes_at": [message]}


def test_new_round_opens_now_and_closes_at_noon_in_two_weeks(barriers, member):
    initial = RoundForm(is_example=False).initial

    assert timezone.now() - initial["opens_at"] < timedelta(minutes=2)
    closes = timezone.localtime(initial["closes_at"])
    assert (closes.date() - timezone.localdate(), closes.hour) == (timedelta(days=14), 12)


def test_draft_shows_its_own_lists(barriers, member, secretary):
    planned = draft(*barriers[:2])
    planned.left_out.add(member.organisation)

    initial = RoundForm(instance=planned, is_example=False).initial

    assert {*initial["listed"]} == {one.pk for one in barriers[:2]}
    assert initial["voting"] == [secretary.organisation_id]


def test_conflict_shows_the_lists_that_somebody_else_saved(barriers, member, secretary):
    planned = draft(*barriers[:2], ballot_size=1)
    listed = [one.pk for one in barriers[1:]]
    form = filled_in(planned, listed=listed, voting=[member.organisation_id])
    assert form.is_valid(), form.errors

    with translation.override("en"):
        form.show_conflict(PrioritisationRound.objects.get())

    titles = [f"{one}" for one in barriers[:2]]
    assert form.theirs == [
        ("Title", "Vote"),
        ("Barriers to choose from", "\n".join(titles)),
        ("Who votes", "Odense Kommune\nSekretariatet"),
    ]


def test_conflict_leaves_out_lists_that_were_not_changed(barriers, member):
    planned = draft(*barriers, ballot_size=1)
    form = filled_in(planned, title="Mine")
    assert form.is_valid(), form.errors

    form.show_conflict(PrioritisationRound.objects.get())

    assert [value for _label, value in form.theirs] == ["Vote"]


def test_barrier_to_list_is_named_with_its_theme(member):
    barrier = make_barrier("Udbud")

    choices = RoundForm(is_example=False)["listed"].field.choices

    assert [label for _value, label in choices] == [f"Udbud ({barrier.theme})"]
