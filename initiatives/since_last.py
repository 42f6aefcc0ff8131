"""What initiatives and good examples have to tell of the time since the last meeting."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from initiatives.models import Case, Initiative, InitiativeUpdate
from meetings.agenda.since_last import Line, told_under
from taskforce.activity.models import Verb
from taskforce.activity.reading import told_of

LONGEST = 160  # characters of an update; the initiative's page has all of it


@told_under(_("Progress of initiatives"), place=3)
def progress(since: datetime) -> Iterator[Line]:
    seen = Initiative.objects.visible_to(AnonymousUser())
    updates = InitiativeUpdate.objects.filter(
        initiative__in=seen, told_on__gte=timezone.localdate(since)
    )
    for update in updates.select_related("initiative").order_by("told_on", "pk"):
        far = f" ({update.percent} %)" if update.percent is not None else ""
        text = Truncator(update.text).chars(LONGEST)
        yield Line(f"{update.initiative}{far}: {text}", update.initiative.get_absolute_url())


@told_under(_("New good examples"), place=4)
def new_cases(since: datetime) -> Iterator[Line]:
    told = told_of(Case, [Verb.PUBLISHED], since=since, viewer=AnonymousUser())
    for case in told.order_by("pk"):
        yield Line(case.title, case.get_absolute_url())
