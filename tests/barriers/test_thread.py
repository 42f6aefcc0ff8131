"""What leads from a barrier to the forms of the floors above, and back."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone, translation

from barriers import thread
from barriers.models import Barrier, BarrierState
from taskforce.members.models import Viewer
from tests.factories import make_barrier, make_entry, make_meeting, make_minutes

START = ("Start an initiative", "/en/indsatser/ny/?barriere=udbud")
CASE = ("Send in an example", "/en/eksempler/ny/?barriere=udbud")
CALL = ("Add a call", "/en/opslag/ny/?barriere=udbud")


@pytest.fixture
def barrier(db: None) -> Barrier:
    return make_barrier("Udbud")


def links(barrier: Barrier, viewer: Viewer) -> dict[str, tuple[str, str]]:
    with translation.override("en"):
        found = thread.add_links(barrier, viewer)
        return {step: (str(link.label), link.url) for step, link in found.items()}


def test_stranger_adds_nothing(barrier):
    assert links(barrier, AnonymousUser()) == {}


def test_member_starts_an_initiative_and_sends_an_example(barrier, member):
    assert links(barrier, member.user) == {"initiatives": START, "cases": CASE}


def test_secretariat_adds_a_call_too(barrier, secretary):
    assert links(barrier, secretary.user) == {"initiatives": START, "cases": CASE, "calls": CALL}


@pytest.mark.parametrize(
    ("state", "is_settled"),
    [
        (BarrierState.OPEN, False),
        (BarrierState.ADDRESSED, False),
        (BarrierState.RESOLVED, True),
        (BarrierState.MERGED, True),
    ],
)
def test_no_initiative_starts_on_a_settled_barrier(barrier, member, state, is_settled):
    barrier.state = state

    assert ("initiatives" not in links(barrier, member.user)) is is_settled


def came_from(query: str) -> Barrier | None:
    return thread.came_from(QueryDict(query))


def test_came_from_finds_the_barrier_of_the_address(barrier):
    assert came_from("barriere=udbud") == barrier


def test_came_from_finds_the_kept_barrier_for_a_merged_one(barrier):
    make_barrier("Gone", state=BarrierState.MERGED, merged_into=barrier)

    assert came_from("barriere=gone") == barrier


@pytest.mark.parametrize("query", ["", "barriere=", "barriere=nothing", "indsats=udbud"])
def test_came_from_finds_nothing_in_nonsense(barrier, query: str):
    assert came_from(query) is None


def test_came_from_finds_no_hidden_barrier(db):
    kept = make_barrier("Kept", hidden_at=timezone.now())
    make_barrier("Gone", state=BarrierState.MERGED, merged_into=kept)

    assert came_from("barriere=kept") is None
    assert came_from("barriere=gone") is None


def test_came_from_finds_no_barrier_of_draft_minutes(db):
    meeting = make_meeting()
    make_entry(make_minutes(meeting))
    make_barrier("Untold", raised_at=meeting)

    assert came_from("barriere=untold") is None
