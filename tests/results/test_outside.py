"""Figures from outside: what may be added up, and what not."""

from datetime import date
from typing import Any

import pytest

from taskforce.results.models import Figure
from taskforce.results.outside import series, shown


def figure(year: int, number: int, **fields: Any) -> Figure:
    words = {"what": "Job i virksomhederne", "unit": "job", "known": "counted", "source": "Rapport"}
    days = {"from_on": date(year, 1, 1), "to_on": date(year, 12, 31), "source_on": date(2026, 1, 1)}
    return Figure(pk=year, number=number, **{**words, **days, **fields})


def totals(*figures: Figure) -> list[int | None]:
    return [one.total for one in series([shown(row) for row in figures])]


def test_the_same_in_two_years_is_added_up():
    assert totals(figure(2024, 80), figure(2025, 12, what="job i  virksomhederne")) == [92]


def test_one_alone_has_no_total():
    assert totals(figure(2024, 80)) == [None]


@pytest.mark.parametrize(
    "other", [{"unit": "praktikpladser"}, {"known": "estimated"}, {"what": "Job i alt"}]
)
def test_what_differs_is_not_added_up(other: dict[str, Any]):
    assert totals(figure(2024, 80), figure(2025, 12, **other)) == [None, None]


def test_overlapping_periods_are_not_added_up():
    (found,) = series(
        [shown(figure(2024, 80)), shown(figure(2025, 12, from_on=date(2024, 12, 31)))]
    )

    assert (found.total, found.overlaps) == (None, True)


def test_a_total_says_how_many_reported_or_that_it_is_not_known():
    of_8 = figure(2024, 80, reported=5, asked=8)
    told = series([shown(of_8), shown(figure(2025, 12, reported=8, asked=8))])
    untold = series([shown(of_8), shown(figure(2025, 12))])

    assert [one.reported for one in (*told, *untold)] == ["8/8, 5/8", ""]
