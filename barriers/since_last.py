"""What is new of barriers and rounds since the last meeting."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, BarrierState, PrioritisationRound
from meetings.agenda.since_last import SummaryLine, summary_source
from taskforce.activity.models import Verb
from taskforce.activity.reading import acted_on_since


@summary_source(_("New barriers"), place=1)
def new_barriers(since: datetime) -> Iterator[SummaryLine]:
    told = acted_on_since(Barrier, [Verb.ADDED], since=since, viewer=AnonymousUser())
    for barrier in told.exclude(state=BarrierState.MERGED).order_by("pk"):
        yield SummaryLine(barrier.title, barrier.get_absolute_url())


@summary_source(_("Prioritised"), place=2)
def closed_rounds(since: datetime) -> Iterator[SummaryLine]:
    told = acted_on_since(PrioritisationRound, [Verb.CLOSED], since=since, viewer=AnonymousUser())
    for closed in told.order_by("pk"):
        yield SummaryLine(closed.title, closed.get_absolute_url())
