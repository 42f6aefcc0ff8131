"""Expect an act to refuse: with which sentence, in English, and at which field of its form."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.utils import translation

from taskforce.core.acts import Conflict, Refused


@contextmanager
def refused(sentence: str, *, field: str | None = None, already: bool = False) -> Iterator[None]:
    """Fail unless the block raises Refused with exactly this sentence."""
    with translation.override("en"), pytest.raises(Refused) as raised:
        yield
    found = raised.value
    assert (found.sentence, found.field, found.already) == (sentence, field, already)


@contextmanager
def conflict(current: Any) -> Iterator[None]:
    """Fail unless the block raises Conflict with this row."""
    with pytest.raises(Conflict) as raised:
        yield
    assert raised.value.current == current


def answers(results: Iterable[Any]) -> list[str]:
    """Return the names of the classes of what `at_once` returned, sorted."""
    return sorted(type(result).__name__ for result in results)
