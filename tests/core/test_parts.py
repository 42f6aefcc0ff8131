"""Parts are kept under the stamp of a request that reads, and never beyond."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connections, transaction
from django.utils import timezone, translation

from barriers.models import Barrier
from taskforce.core import parts

LATER = timezone.now() + timedelta(days=9_000)


@dataclass(frozen=True)
class Stamp:
    value: str = "a"
    until: datetime = LATER


class Watched:
    def __init__(self) -> None:
        self.are_public = True

    def __call__(self, execute: Any, statement: str, *asked: Any) -> Any:
        self.are_public = self.are_public and "django_session" not in statement
        return execute(statement, *asked)


class Part:
    """A part that notes what it was made of."""

    def __init__(self) -> None:
        self.made: list[tuple[Any, ...]] = []
        self.shown = parts.kept(self.make)

    def make(self, *args: Any, **kwargs: Any) -> int:
        self.made.append((*args, *kwargs.items()))
        return len(self.made)


@pytest.fixture
def part(transactional_db: None) -> Part:
    return Part()


@pytest.fixture
def asked(part: Part) -> Iterator[None]:
    with parts.kept_under(Stamp, Watched):
        yield


def test_a_part_is_made_once(part: Part, asked: None):
    assert [part.shown(1, a=2), part.shown(1, a=2)] == [1, 1]
    assert part.made == [(1, ("a", 2))]


def test_arguments_and_language_make_other_parts(part: Part, asked: None):
    part.shown(1)
    part.shown(2)
    with translation.override("en"):
        part.shown(1)

    assert part.made == [(1,), (2,), (1,)]


def test_other_functions_make_other_parts(part: Part, asked: None):
    other = Part()
    part.shown()
    other.shown()

    assert (part.made, other.made) == ([()], [()])


def test_the_next_request_shares_it_until_the_stamp_changes(part: Part):
    for value in ("a", "a", "b"):
        with parts.kept_under(lambda value=value: Stamp(value), Watched):  # type: ignore[misc]
            part.shown()

    assert len(part.made) == 2


def test_the_stamp_is_read_once_and_only_if_a_part_asks(part: Part):
    read: list[int] = []

    def stamp() -> Stamp:
        read.append(1)
        return Stamp()

    with parts.kept_under(stamp, Watched):
        assert read == []
        part.shown(1)
        part.shown(2)

    assert read == [1]


def test_outside_of_a_request_it_is_made_each_time(part: Part, asked: None):
    part.shown()
    thread = threading.Thread(target=part.shown)
    thread.start()
    thread.join(5)

    assert len(part.made) == 2


def test_after_a_request_nothing_is_kept(part: Part):
    with pytest.raises(ValueError, match="fault"), parts.kept_under(Stamp, Watched):
        part.shown()
        raise ValueError("fault")
    part.shown()

    assert len(part.made) == 2


def test_without_a_stamp_it_is_made_each_time(part: Part):
    with parts.kept_under(lambda: None, Watched):
        part.shown()
        part.shown()

    assert len(part.made) == 2


def test_within_a_transaction_it_is_made_each_time(part: Part, asked: None):
    part.shown()
    with transaction.atomic():
        part.shown()
        part.shown()
    part.shown()

    assert len(part.made) == 3


def test_after_its_moment_it_is_made_each_time(part: Part, time_machine: Any):
    now = timezone.now()
    with parts.kept_under(lambda: Stamp(until=now + timedelta(hours=1)), Watched):
        part.shown()
        part.shown()
        time_machine.move_to(now + timedelta(hours=1))
        part.shown()
        part.shown()

    assert len(part.made) == 3


def test_what_reads_a_private_table_is_not_kept(transactional_db: None):
    made: list[int] = []

    @parts.kept
    def part() -> int:
        made.append(Session.objects.count())
        return len(made)

    @parts.kept
    def around() -> int:
        return part() + Barrier.objects.count()

    with parts.kept_under(Stamp, Watched):
        assert [around(), around()] == [1, 2]


def test_a_fault_is_not_kept(asked: None):
    @parts.kept
    def part() -> None:
        raise ValueError("fault")

    for _turn in range(2):
        with pytest.raises(ValueError, match="fault"):
            part()


@pytest.mark.parametrize("made", [Barrier.objects.all(), iter([1]), Barrier()])
def test_what_threads_cannot_share_is_refused(made: Any, asked: None):
    with pytest.raises(TypeError):
        parts.kept(lambda: made)()


def test_what_is_least_asked_for_is_dropped(part: Part, asked: None):
    room = parts.MOST // parts.LEAST
    for number in range(room):
        part.shown(number)
    part.shown(0)
    part.shown(room)
    made = len(part.made)
    part.shown(0)
    assert len(part.made) == made
    part.shown(1)
    assert len(part.made) == made + 1


def test_long_texts_take_the_room_of_many(part: Part, asked: None):
    part.shown()
    half = parts.kept(lambda number: {"text": "x" * 500 * parts.MOST})
    half(1)
    part.shown()
    half(2)
    part.shown()
    assert len(part.made) == 1
    half(3)
    half(4)
    part.shown()
    assert len(part.made) == 2


def test_parts_of_another_stamp_are_dropped(part: Part):
    for value in ("a", "b", "a"):
        with parts.kept_under(lambda value=value: Stamp(value), Watched):  # type: ignore[misc]
            assert part.shown() == part.shown()

    assert len(part.made) == 3


def test_many_who_ask_at_once_have_it_made_once(transactional_db: None):
    made: list[int] = []
    began = threading.Barrier(4)

    @parts.kept
    def part() -> int:
        made.append(Barrier.objects.count())
        return len(made)

    def ask() -> None:
        try:
            with parts.kept_under(Stamp, Watched):
                began.wait(5)
                part()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert made == [0]
