"""Each number is that of the list which it opens, however much there is."""

from datetime import date, timedelta
from statistics import median
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from barriers.models import BarrierState
from calls.models import Openness, Outcome
from initiatives.models import InitiativeState
from taskforce.results.counting import IN_ALL, Counts, count, rows_behind
from taskforce.results.measures import BY_KEY, MEASURES
from tests.factories import make_barrier, make_call, make_consortium, make_initiative
from tests.growing import Growth
from tests.world import World

TODAY = timezone.localdate()


def of_list(key: str, year: int) -> Any:
    """Return what the rows of a list come to."""
    measure = BY_KEY[key]
    rows: QuerySet[Any, Any] = rows_behind(measure, year)
    if measure.value is None:
        return rows.count()
    values = [row.counts_for for row in rows]
    return median(values) if key == "dage-til-svar" else sum(values)


def differences(counts: Counts) -> dict[Any, Any]:
    found = {at: (one.number, of_list(*at)) for at, one in counts.items()}
    return {at: pair for at, pair in found.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("rows", [2, 30])
def test_every_number_is_that_of_its_list(world: World, rows: int):
    something_of_everything()
    Growth(world, rows)

    counts = count()

    assert {key for key, _year in counts} == {measure.key for measure in MEASURES}
    assert differences(counts) == {}
    assert counts["barrierer-rejst", IN_ALL].number > rows


def something_of_everything() -> None:
    """Make what the world has none of, some of it years ago."""
    long_ago = date(TODAY.year - 3, 2, 1)
    for days in (10, 15, 400):
        ends = {"resolved_on": long_ago + timedelta(days=days), "answer": "Det er løst."}
        make_barrier(state=BarrierState.RESOLVED, raised_on=long_ago, **ends)
    make_barrier(state=BarrierState.DROPPED, raised_on=long_ago, resolved_on=TODAY, answer="Væk.")
    make_barrier(state=BarrierState.ADDRESSED, raised_on=long_ago)
    for state in (InitiativeState.DONE, InitiativeState.STOPPED):
        make_initiative(state=state, ended_on=TODAY, outcome="Det kom der ud af det.")
    make_initiative(state=InitiativeState.RUNNING)
    for outcome, amount in (
        *((Outcome.GRANTED, 4_000_000), (Outcome.GRANTED, None), (Outcome.APPLIED, 300_000)),
        (Outcome.REJECTED, None),
    ):
        make_consortium(
            make_call(day=long_ago),
            outcome=outcome,
            outcome_amount=amount,
            openness=Openness.CLOSED,
        )


def test_a_number_on_the_page_opens_a_list_with_as_many_rows(world: World):
    something_of_everything()
    browser = world.browser("stranger")
    page = browser.get("/resultater/").context

    figures = [one for section in page["sections"] for one in section["figures"] if one.url]
    found = {one.url: browser.get(one.url).context["page"].total for one in figures}

    assert len(figures) > 10
    assert found == {
        f"/resultater/tal/{key}/": one.rows
        for (key, year), one in count().items()
        if year == IN_ALL and f"/resultater/tal/{key}/" in found
    }
