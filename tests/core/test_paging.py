"""Lists cut into pages."""

from typing import Any

import pytest
from django.test import RequestFactory

from taskforce.core import paging
from taskforce.core.paging import page_of
from taskforce.members.models import Organisation
from tests.factories import make_organisation


@pytest.fixture
def names(db: None) -> list[str]:
    """Make 49 organisations: two full pages and one row on the third."""
    return [make_organisation(f"{number:02}").name for number in range(49)]


def page(rf: RequestFactory, query: str = "") -> Any:
    return page_of(Organisation.objects.order_by("name"), rf.get(f"/{query}"))


def test_first_page_leads_on_and_not_back(rf: RequestFactory, names: list[str]):
    first = page(rf)

    assert [row.name for row in first.rows] == names[:24]
    assert (first.number, first.total, first.earlier, first.later) == (1, 49, "", "?side=2")


def test_page_between_leads_both_ways_and_keeps_the_filter(rf: RequestFactory, names: list[str]):
    second = page(rf, "?q=vi+og&side=2")

    assert [row.name for row in second.rows] == names[24:48]
    assert (second.earlier, second.later) == ("?q=vi+og&side=1", "?q=vi+og&side=3")


def test_last_page_leads_back_and_not_on(rf: RequestFactory, names: list[str]):
    last = page(rf, "?side=3")

    assert [row.name for row in last.rows] == names[48:]
    assert (last.earlier, last.later) == ("?side=2", "")


def test_full_last_page_leads_nowhere(rf: RequestFactory, names: list[str]):
    Organisation.objects.filter(name="48").delete()

    assert page(rf, "?side=2").later == ""


def test_page_behind_the_last_is_empty(rf: RequestFactory, names: list[str]):
    behind = page(rf, "?side=9")

    assert (behind.rows, behind.earlier, behind.later) == ([], "?side=8", "")


@pytest.mark.parametrize("asked", ["", "0", "-1", "x", "1.5", "٣", "1" * 7, "²"])
def test_nonsense_gives_the_first_page(rf: RequestFactory, names: list[str], asked: str):
    assert page(rf, f"?side={asked}").number == 1


@pytest.mark.parametrize(("counted", "total", "is_over"), [(49, 49, False), (48, 49, True)])
def test_counting_stops_one_above_the_bound(
    rf: RequestFactory, names: list[str], monkeypatch, counted: int, total: int, is_over: bool
):
    monkeypatch.setattr(paging, "COUNTED", counted)
    make_organisation("one more") if is_over else None

    first = page(rf)

    assert (first.total, first.is_over) == (total, is_over)


def test_page_takes_two_queries(rf: RequestFactory, names: list[str], django_assert_num_queries):
    with django_assert_num_queries(2):
        page(rf, "?side=2")
