"""What was said since the last meeting, and what nobody has answered, as everybody may read it.

What members say among themselves stands on no agenda, since agendas are public.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.agenda.since_last import SummaryLine, summary_source
from taskforce.dialogue.events import contributions
from taskforce.dialogue.models import Contribution
from taskforce.dialogue.talk.pages import beside_their_things


def _public() -> Any:
    stranger = AnonymousUser()
    return beside_their_things(Contribution.objects.visible_to(stranger), stranger)


@summary_source(gettext_lazy("Said in the talk"), place=8)
def said(since: datetime) -> Iterator[SummaryLine]:
    rows = _public().filter(written_at__gt=since).order_by("written_at", "pk")
    for thing, number in Counter(row.target for row in rows).items():
        words = contributions(number)
        yield SummaryLine(f"{thing}: {words}", f"{thing.get_absolute_url()}#samtale")


@summary_source(gettext_lazy("Questions without an answer"), place=9)
def unanswered(since: datetime) -> Iterator[SummaryLine]:
    """Yield all of them, however old: until somebody answers, they wait.

    An agenda keeps its lines, so they hold no words that may be hidden or withdrawn later.
    """
    for row in _public().open().unanswered().order_by("written_at", "pk"):
        names = {"organisation": row.organisation_name, "thing": row.target}
        words = _("%(organisation)s asks about “%(thing)s”") % names
        yield SummaryLine(words, row.get_absolute_url())
