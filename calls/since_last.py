"""Which deadlines of calls are ahead, for the agenda of a meeting."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import Call
from meetings.agenda.since_last import Line, day_in_words, told_under


@told_under(gettext_lazy("Deadlines of EU calls"), place=6)
def deadlines(since: datetime) -> Iterator[Line]:
    """Yield the calls that can still be applied to, whenever they came."""
    ahead = Call.objects.visible_to(AnonymousUser()).open_at(timezone.now())
    for call in ahead.exclude(closes_at=None):
        assert call.closes_at is not None  # noqa: S101  # for the type checker
        told = {"call": call, "day": day_in_words(call.closes_at)}
        yield Line(_("%(call)s: deadline %(day)s") % told, call.get_absolute_url())
