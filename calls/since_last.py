"""Which deadlines of calls are ahead, for the agenda of a meeting."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.deadlines import last_day
from calls.models import Call
from meetings.agenda.since_last import SummaryLine, summary_source


@summary_source(gettext_lazy("Deadlines of EU calls"), place=6)
def deadlines(since: datetime) -> Iterator[SummaryLine]:
    """Yield the calls that can still be applied to, whenever they came."""
    ahead = Call.objects.visible_to(AnonymousUser()).open_at(timezone.now())
    for call in ahead.exclude(closes_at=None):
        # The day in Brussels, and of two stages the one that comes next.
        next_at: datetime = call.next_at  # type: ignore[attr-defined]  # open_at adds it
        values = {"call": call, "day": date_format(last_day(next_at), "DATE_FORMAT")}
        yield SummaryLine(_("%(call)s: deadline %(day)s") % values, call.get_absolute_url())
