"""What the page of a list shows, and the sheets that come out of it."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.utils.translation import pgettext

from taskforce.core.sheets import Column
from taskforce.members.importing.columns import Field
from taskforce.members.importing.judging import Outcome, judge
from taskforce.members.models import MemberImport


def preview(imported: MemberImport) -> dict[str, Any]:
    """Return the rows of a list by what they would do, the ones to look at first."""
    rows = judge(imported.people, imported.columns)
    groups = [
        {
            "outcome": outcome,
            "label": outcome.label,
            "rows": found,
            "can_be_taken": found[0].can_be_taken,
        }
        for outcome in Outcome
        if (found := [row for row in rows if row.outcome == outcome])
    ]
    return {
        "rows": rows,
        "groups": groups,
        "can_be_taken": any(group["can_be_taken"] for group in groups),
        "has_address": Field.EMAIL in imported.columns,
        "some_left": not all(row.is_ticked for row in rows),
        "some_new": any(row.member is None and row.can_be_taken for row in rows),
    }


def left(imported: MemberImport) -> Iterable[tuple[list[str], str]]:
    """Yield the cells of each row that is not in the portal by this list, and why."""
    rows = judge(imported.people, imported.columns) if imported.taken_at is None else []
    why = imported.left or {str(row.line): row.why for row in rows if not row.is_ticked}
    for number, cells in imported.people:
        if str(number) in why:
            yield cells, why[str(number)]


def columns_of_left(imported: MemberImport) -> list[Column[tuple[list[str], str]]]:
    """Return the columns of the list as it came, and one that says why a row is left."""
    named = [
        heading or (str(Field(held).label) if held else "")
        for heading, held in zip(
            chain(imported.headings, [""] * len(imported.columns)), imported.columns, strict=False
        )
    ]
    cells = [Column(heading, _cell(place)) for place, heading in enumerate(named)]
    return [*cells, Column(pgettext("of a row that is left", "Why"), lambda row: row[1])]


def _cell(place: int) -> Any:
    return lambda row: row[0][place] if place < len(row[0]) else ""
