"""What is new of barriers and rounds since the last meeting."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barriers.models import Barrier, BarrierState, PrioritisationRound
from meetings.agenda.since_last import SummaryLine, summary_source
from taskforce.activity.models import Verb
from taskforce.activity.reading import acted_on_since


@summary_source(gettext_lazy("New barriers"), place=1)
def new_barriers(since: datetime) -> Iterator[SummaryLine]:
    told = acted_on_since(Barrier, [Verb.ADDED], since=since, viewer=AnonymousUser())
    for barrier in told.exclude(state=BarrierState.MERGED).order_by("pk"):
        yield SummaryLine(barrier.title, barrier.get_absolute_url())


@summary_source(gettext_lazy("Prioritised"), place=2)
def closed_rounds(since: datetime) -> Iterator[SummaryLine]:
    told: Any = acted_on_since(
        PrioritisationRound, [Verb.CLOSED], since=since, viewer=AnonymousUser()
    )
    for closed in told.with_ranking().order_by("pk"):
        yield SummaryLine(_in_words(closed), closed.get_absolute_url())


def _in_words(closed: PrioritisationRound) -> str:
    if closed.voided_at:
        return _("%(round)s (declared void)") % {"round": closed}
    if not closed.has_ranking:
        return _("%(round)s (too few ballots, no ranking)") % {"round": closed}
    return closed.title
