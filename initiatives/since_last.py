"""What happened to initiatives and cases since the last meeting, for the agenda."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from initiatives.models import Case, Initiative, InitiativeUpdate
from meetings.agenda.since_last import SummaryLine, summary_source
from taskforce.activity.models import Verb
from taskforce.activity.reading import acted_on_since

LONGEST = 160  # characters of an update; the initiative's page has all of it


@summary_source(_("New initiatives"), place=3)
def new_initiatives(since: datetime) -> Iterator[SummaryLine]:
    rows = acted_on_since(Initiative, [Verb.ADDED], since=since, viewer=AnonymousUser())
    for initiative in rows.order_by("pk"):
        words = f"{initiative} ({initiative.lead}): {Truncator(initiative.goal).chars(LONGEST)}"
        yield SummaryLine(words, initiative.get_absolute_url())


@summary_source(_("Progress of initiatives"), place=4)
def progress(since: datetime) -> Iterator[SummaryLine]:
    seen = Initiative.objects.visible_to(AnonymousUser())
    updates = InitiativeUpdate.objects.filter(
        initiative__in=seen, told_on__gte=timezone.localdate(since)
    )
    for update in updates.select_related("initiative").order_by("told_on", "pk"):
        facts = ", ".join(_facts(update))
        text = Truncator(update.text).chars(LONGEST)
        words = (
            f"{update.initiative} ({facts}): {text}" if facts else f"{update.initiative}: {text}"
        )
        yield SummaryLine(words, update.initiative.get_absolute_url())


def _facts(update: InitiativeUpdate) -> Iterator[str]:
    """Yield the new state and the percentage of an update, where it has them."""
    if update.state:
        yield update.get_state_display().lower()
    if update.percent is not None:
        yield f"{update.percent} %"


@summary_source(_("New good examples"), place=5)
def new_cases(since: datetime) -> Iterator[SummaryLine]:
    rows = acted_on_since(Case, [Verb.PUBLISHED], since=since, viewer=AnonymousUser())
    for case in rows.order_by("pk"):
        yield SummaryLine(case.title, case.get_absolute_url())
