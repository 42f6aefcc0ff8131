"""Reasons of higher floors against a merge, such as a round in which both vote."""

from collections.abc import Callable

from django.db.models import Model

# Each takes the row that is given up and the one that is kept, two organisations or two members,
# and returns a sentence, or "" where it has nothing against it.
Objection = Callable[[Model, Model], str]
objections: list[Objection] = []


def against(gone: Model, kept: Model) -> str:
    """Return the first reason against a merge, "" where there is none."""
    return next(filter(None, (objects(gone, kept) for objects in objections)), "")
