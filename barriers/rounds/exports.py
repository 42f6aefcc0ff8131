"""The result of a round as a sheet."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from barriers.models import PrioritisationRound
from barriers.rounds import results
from taskforce.core import sheets
from taskforce.members.models import Viewer


def result_csv(voting_round: PrioritisationRound, viewer: Viewer) -> HttpResponse:
    """Return the result as the viewer may see it, one barrier a line, a column a group."""
    found = results.page(voting_round, viewer)
    return sheets.as_csv(voting_round.slug, _head(voting_round, found["parts"]), _lines(**found))


def _head(voting_round: PrioritisationRound, parts: Sequence[results.Part]) -> list[str]:
    points = _("Points")
    if voting_round.is_example:
        points = f"{points} ({_('Example figures')})"
    by_group = [f"{part.group} ({part.group.ballots})" for part in parts]
    return [_("Rank"), _("Barrier"), points, _("Chosen by"), _("Since the last round"), *by_group]


def _lines(
    rows: Sequence[results.Row], parts: Sequence[results.Part], **_more: Any
) -> Iterator[list[object]]:
    given = [{row.result.pk: row.points for row in part.rows} for part in parts]
    for row in rows:
        moved = row.movement.words if row.movement else ""
        in_groups = [part[row.result.pk] for part in given]
        yield [row.rank, row.result.title, row.points, row.choosers, moved, *in_groups]
