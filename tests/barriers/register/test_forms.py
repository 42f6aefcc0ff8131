"""Forms to add a barrier and to edit it."""

import pytest
from django.http import QueryDict

from barriers.register.forms import NewBarrierForm
from tests.factories import make_member, make_theme


@pytest.fixture
def sent(db: None) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"title": "Udbud", "theme": str(make_theme().pk), "description": ""})
    return data


def stops(data: QueryDict, *likely: int) -> tuple[bool, list[int], str]:
    """Return whether the form stops, what it shows, and what it sends along as seen."""
    form = NewBarrierForm(data, by=make_member())
    assert form.is_valid()
    stopped = form.stops_at([{"pk": pk} for pk in likely])
    return stopped, [row["pk"] for row in form.alike], form["seen"].value() or ""


def test_new_barrier_goes_on_where_nothing_is_like_it(sent):
    assert stops(sent) == (False, [], "")


def test_new_barrier_stops_at_doubles_that_were_not_seen(sent):
    assert stops(sent, 7, 8) == (True, [7, 8], "7,8")


def test_new_barrier_goes_on_where_all_doubles_were_seen(sent):
    sent["seen"] = "7,8,9"

    assert stops(sent, 8, 7) == (False, [], "7,8,9")


def test_new_barrier_stops_where_one_double_was_not_seen(sent):
    sent["seen"] = "7"

    assert stops(sent, 7, 8) == (True, [7, 8], "7,8")
