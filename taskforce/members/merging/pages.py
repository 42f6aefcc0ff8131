"""What the page before a merge shows: both sides, what moves and what would be lost."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.utils.formats import localize
from django.utils.translation import gettext as _

from taskforce.core import moving
from taskforce.core.acts import Refused
from taskforce.members.merging.organisations import fields
from taskforce.members.merging.people import OF_SEAT
from taskforce.members.models import Member, Organisation, User

Side = tuple[str, str, str, str]  # a column's name and label, the double's words, the kept one's


def sides_of_organisations(gone: Organisation, kept: Organisation) -> list[Side]:
    """Return the columns in which two organisations differ."""
    return [*_sides(fields(), gone, kept)]


def sides_of_people(gone: User, kept: User) -> list[Side]:
    """Return the columns in which two people differ, those of their memberships of today too."""
    found = [*_sides([User._meta.get_field("name")], gone, kept)]
    seats = [one.memberships.filter(to_date=None).first() for one in (gone, kept)]
    if all(seats):
        found += _sides([Member._meta.get_field(name) for name in OF_SEAT], *seats)
    return found


def _sides(columns: Iterable[Any], gone: Any, kept: Any) -> Iterable[Side]:
    for column in columns:
        values = [getattr(row, column.attname) for row in (gone, kept)]
        if values[0] != values[1]:
            label = str(column.verbose_name)
            yield (
                column.name,
                label[:1].upper() + label[1:],
                _words(column, gone),
                _words(column, kept),
            )


def _words(column: models.Field[Any, Any], row: models.Model) -> str:
    value = getattr(row, column.name)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value in (None, "") else str(localize(value))


def moved(act: Callable[[], tuple[Any, list[moving.Move]]]) -> dict[str, Any]:
    """Return what a merge would move and lose, or why it is refused; nothing is written."""
    try:
        _row, moves = moving.tried(act)
    except Refused as refused:
        return {"refused": refused.sentence}
    counts: dict[str, int] = {}
    for move in moves:
        counts[move.kind] = counts.get(move.kind, 0) + len(move.moved)
    return {
        "moves": [(kind, number) for kind, number in counts.items() if number],
        "lost": [(move.kind, move.lost) for move in moves if move.lost],
    }
