"""Rounds as tests need them: a draft, one whose time has come, and one that was held."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from barriers.models import Barrier, PrioritisationRound
from barriers.rounds import prioritisation
from taskforce.members.models import Kind
from tests.factories import make_member, make_organisation, make_round, make_voter

DAY = timedelta(days=1)
Ballots = tuple[str, list[int]]  # a kind of organisation, and places in the list of barriers
MUNICIPALITIES = [(Kind.MUNICIPALITY, [0, 1])] * 3
COMPANIES = [(Kind.COMPANY, [2, 1])] * 3


def three(kind: str, places: list[int]) -> list[Ballots]:
    """Return the same ballot of three voters: fewer make no ranking."""
    return [(kind, places)] * 3


def draft(*barriers: Barrier, **fields: Any) -> PrioritisationRound:
    later = timezone.now() + DAY
    fields = {"title": "Vote", "opens_at": later, "closes_at": later + DAY} | fields
    planned: PrioritisationRound = make_round(*barriers, **fields)
    return planned


def make_late(planned: PrioritisationRound, **fields: Any) -> None:
    """Let the time come at which a round opens."""
    past = timezone.now() - timedelta(minutes=1)
    PrioritisationRound.objects.filter(pk=planned.pk).update(opens_at=past, **fields)


def hold(title: str, barriers: list[Barrier], *ballots: Ballots, **fields: Any) -> Any:
    """Open a round, cast the ballots and count it."""
    held = make_round(*barriers, title=title, **fields)
    for kind, places in ballots:
        voter = make_voter(held, make_member(make_organisation(kind=kind)))
        choices = [barriers[place] for place in places]
        prioritisation.cast(voting_round=held, by=voter, choices=choices)
    return prioritisation.close(voting_round=held)
