"""The result of a round as a sheet that a Danish Excel opens: semicolons, and a mark of UTF-8."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from barriers.models import PrioritisationRound
from barriers.rounds import results
from taskforce.members.models import Viewer

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def result_csv(round: PrioritisationRound, viewer: Viewer) -> str:
    """Return the result as the viewer may see it, one barrier a line, a column a group."""
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows(
        [as_text(cell) for cell in line] for line in _lines(round, viewer)
    )
    return BOM + written.getvalue()


def _lines(round: PrioritisationRound, viewer: Viewer) -> Iterator[list[object]]:
    found = results.page(round, viewer)
    parts, points = found["parts"], _("Points")
    if round.is_example:
        points = f"{points} ({_('Example figures')})"
    given = [{row.result.pk: row.points for row in part.rows} for part in parts]
    by_group = [f"{part.group} ({part.group.ballots})" for part in parts]
    yield [_("Rank"), _("Barrier"), points, _("Chosen by"), _("Since the last round"), *by_group]
    for row in found["rows"]:
        moved = row.movement.words if row.movement else ""
        in_groups = [part[row.result.pk] for part in given]
        yield [row.rank, row.result.title, row.points, row.choosers, moved, *in_groups]


def as_text(cell: object) -> str:
    """Return a cell that no sheet runs as a formula, whatever was typed."""
    words = str(cell)
    runs = words.startswith(FORMULA) or words.lstrip().startswith(FORMULA)
    return f"'{words}" if runs else words
