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
from taskforce.results.models import Figure, FigureQuerySet, KeptYear, YearNote
from taskforce.results.report.gathering import gather


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
    kept = as_of_now(year, Figure.objects.select_for_update())
    kept.kept_by = by
    kept.save(force_insert=True)
    record(Verb.CLOSED, kept, by=by.user)
    return kept


def as_of_now(year: int, figures: FigureQuerySet | None = None) -> KeptYear:
    """Return the figures of a year, and what stands behind them, as they would be kept now."""
    counts, told_of = count(), told()
    of_year = (Figure.objects.all() if figures is None else figures).published().of_year(year)
    return KeptYear(
        year=year,
        outside=[outside.shown(figure).kept() for figure in of_year],
        counted={key: one.kept() for (key, of), one in counts.items() if of == year},
        told=[asdict(one) for one in told_of.get(year, [])],
        behind=gather(year, counts, told_of),
    )


@transaction.atomic
def note(*, kept: KeptYear, text: str, by: Member) -> YearNote:
    """Write what was found wrong in a kept year; its figures stay as they were."""
    written = kept.notes.create(text=text, by=by)
    record(Verb.CORRECTED, kept, by=by.user)
    return written
