"""Keep the figures of a year as they are, and tell later what was wrong in them."""

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from taskforce.results import outside
from taskforce.results.counting import count, told
from taskforce.results.models import Figure, KeptYear, YearNote


def keep(*, year: int, by: Member) -> KeptYear:
    """Keep what the portal counts of a year that is over, and what others told of it.

    A figure from outside that somebody edits at this moment is waited for.
    """
    if year >= timezone.localdate().year:
        raise Refused(_("The year is not over yet."))
    try:
        with transaction.atomic():
            return _keep(year, by)
    except IntegrityError:  # somebody kept it at this moment
        raise Refused(_("The figures of the year are kept already."), already=True) from None


def _keep(year: int, by: Member) -> KeptYear:
    figures = Figure.objects.select_for_update().published().of_year(year)
    kept = KeptYear.objects.create(
        year=year,
        kept_by=by,
        outside=[outside.shown(figure).kept() for figure in figures],
        counted={key: one.kept() for (key, of), one in count().items() if of == year},
        told=[asdict(one) for one in told().get(year, [])],
    )
    record(Verb.CLOSED, kept, by=by.user)
    return kept


@transaction.atomic
def note(*, kept: KeptYear, text: str, by: Member) -> YearNote:
    """Write what was found wrong in a kept year; its figures stay as they were."""
    written = kept.notes.create(text=text, by=by)
    record(Verb.CORRECTED, kept, by=by.user)
    return written
