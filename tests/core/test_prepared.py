"""The SQL of a query is learned once, and filled in with the arguments of each call."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet, Value
from django.db.models.fields import CharField
from django.utils import timezone, translation
from django.utils.translation import gettext

from barriers.models import Barrier, BarrierState, Statement
from meetings.models import Meeting
from taskforce.core.prepared import PrepareError, prepared
from taskforce.members.models import Viewer
from tests.factories import make_barrier, make_statement

STRANGER = AnonymousUser()


@prepared
def statements(viewer: Viewer, barrier: int) -> QuerySet[Statement]:
    found = Statement.objects.visible_to(viewer).filter(barrier=barrier)
    return found.select_related("organisation")


def test_rows_are_those_of_the_arguments_with_one_query_each(
    db: None, django_assert_num_queries: Any
):
    said = [make_statement(make_barrier()) for _number in range(3)]

    with django_assert_num_queries(3):
        found = [statements(STRANGER, one.barrier_id) for one in said]
        names = [[row.organisation.name for row in rows] for rows in found]

    assert found == [[one] for one in said]
    assert names == [[one.organisation.name] for one in said]


def test_a_query_is_made_once_for_one_shape_of_arguments(db: None):
    made = []

    @prepared
    def titled(title: str, *, state: BarrierState | None = None) -> QuerySet[Barrier]:
        made.append(state)
        named = Barrier.objects.filter(title=title)
        return named.filter(state=state) if state else named

    barriers = [make_barrier(title) for title in ("One", "Two")]

    found = [titled(title) for title in ("One", "Two", "Three")]

    assert found == [[barriers[0]], [barriers[1]], []]
    assert made == [None, None]
    assert titled("One", state=BarrierState.RESOLVED) == []
    assert titled("One", state=BarrierState.OPEN) == [barriers[0]]


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5])
def test_several_values_are_filled_in(db: None, number: int):
    made = []

    @prepared
    def chosen(keys: tuple[int, ...]) -> QuerySet[Barrier]:
        made.append(len(keys))
        return Barrier.objects.filter(pk__in=keys).order_by("pk")

    barriers = [make_barrier() for _number in range(5)]

    found = chosen(tuple(row.pk for row in barriers[:number]))

    assert found == barriers[:number]
    assert made == [{3: 4, 5: 8}.get(number, number)] * 2


def test_dictionaries_and_slices_are_rows_too(db: None):
    @prepared
    def names(viewer: Viewer) -> QuerySet[Barrier, tuple[str]]:
        return Barrier.objects.visible_to(viewer).order_by("pk").values_list("title")[:1]

    make_barrier("First")
    make_barrier("Second")

    assert names(STRANGER) == [("First",)]


def test_what_can_have_no_rows_has_none(db: None):
    @prepared
    def nothing(number: int) -> QuerySet[Barrier]:
        return Barrier.objects.none().filter(pk=number)

    assert nothing(make_barrier().pk) == []


def test_each_language_has_its_own_words(db: None):
    @prepared
    def words() -> QuerySet[Barrier, tuple[str]]:
        word = Value(gettext("Open"), output_field=CharField())
        return Barrier.objects.values_list(word)

    make_barrier()

    found = []
    for language in ("da", "en"):
        with translation.override(language):
            found += words()

    assert found == [("Åben",), ("Open",)]


def refused(make: Any, *args: Any) -> str:
    with pytest.raises(PrepareError) as caught:
        prepared(make)(*args)
    return str(caught.value)


def test_a_query_of_the_clock_is_refused(db: None):
    def today() -> QuerySet[Meeting]:
        return Meeting.objects.filter(date=timezone.localdate())

    def now() -> QuerySet[Barrier]:
        return Barrier.objects.filter(hidden_at__gt=timezone.now())

    assert "are not the arguments" in refused(today)
    assert "are not the arguments" in refused(now)


def test_a_query_of_changed_arguments_is_refused(db: None):
    def starts(title: str) -> QuerySet[Barrier]:
        return Barrier.objects.filter(title__startswith=title)

    def other(number: int) -> QuerySet[Barrier]:
        chosen = Barrier.objects.filter(pk=number)
        return chosen.order_by("title") if number < 31_500 else chosen

    assert "are not the arguments" in refused(starts, "One")
    assert "are of the same arguments" in refused(other, 1)


def test_a_query_of_rows_is_refused(db: None):
    barrier = make_barrier()

    assert "neither a value nor a choice" in refused(Statement.objects.filter, barrier)


def test_a_query_with_another_behind_it_is_refused(db: None):
    def behind(viewer: Viewer) -> QuerySet[Barrier]:
        seen = Statement.objects.visible_to(viewer)
        return Barrier.objects.prefetch_related(Prefetch("statements", seen))

    assert "prefetched" in refused(behind, STRANGER)
