"""The result of a round as a sheet."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from barriers.models import PrioritisationRound
from barriers.rounds import results
from barriers.rounds.results import GroupRanking, RankedBarrier
from taskforce.core import sheets
from taskforce.core.sheets import Column
from taskforce.members.models import Viewer


def result_csv(voting_round: PrioritisationRound, viewer: Viewer) -> HttpResponse:
    """Return the result as the viewer may see it: a row a barrier, a column a group."""
    found = results.page(voting_round, viewer)
    mark = f" ({_('Example figures')})" if voting_round.is_example else ""
    mark += f" ({_('Declared void')})" if voting_round.voided_at else ""
    points = _("Points") + mark
    columns: list[Column[RankedBarrier]] = [
        Column(_("Rank") + mark, lambda row: row.rank),
        Column(_("Barrier"), lambda row: row.result.title),
        Column(points, lambda row: row.points),
        Column(_("Chosen by"), lambda row: row.choosers),
        Column(_("Since the last round"), lambda row: row.movement.words if row.movement else ""),
        *map(_group_column, found["parts"]),
    ]
    return sheets.as_csv(voting_round.slug, columns, [*found["rows"], *found["unchosen"]])


def _group_column(part: GroupRanking) -> Column[RankedBarrier]:
    points = {row.result.pk: row.points for row in part.rows}
    heading = f"{part.group} ({part.group.ballots})"
    return Column(heading, lambda row: points[row.result.pk])
