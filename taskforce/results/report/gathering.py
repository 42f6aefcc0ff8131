"""Find what a year tells of, as everybody sees it now: kept with the year's figures."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from barriers.models import PrioritisationRound, RoundResult
from calls.models import Call
from initiatives.models import Initiative
from initiatives.models.initiative import UNDER_WAY
from meetings.models import Outcome
from taskforce.results import outside
from taskforce.results.counting import IN_ALL, NOTHING, Counts, Told, rows_behind
from taskforce.results.measures import BY_KEY, STRANGER, Rows, barriers, cases, organisations
from taskforce.results.models import KeptYear
from taskforce.results.report.rows import (
    Row,
    decisions,
    kept,
    row_of,
    shown_consortia,
)

CHARTS = ("moeder", "barrierer-rejst", "indsatser-gennemfoert", "eksempler")
LATEST, FEWEST = 6, 2  # years in a picture


def gather(year: int, counts: Counts, told: dict[int, list[Told]]) -> dict[str, Any]:
    """Return what the report tells beside the figures of the year, as JSON."""
    before = KeptYear.objects.filter(year=year - 1).first()
    then = {key: one.kept() for (key, of), one in counts.items() if of == year - 1}
    return {
        "before": before.counted if before else then,
        "told_before": [asdict(one) for one in told.get(year - 1, [])],
        "outside_before": [
            one.kept() for one in outside.published(year - 1) if one.to_on.year < year
        ],
        "members": counts.get(("organisationer", IN_ALL), NOTHING).rows,
        "series": {key: _series(key, year, counts) for key in CHARTS},
        "meetings": kept(_meetings(year)),
        "barriers": kept(_barriers(year)),
        "initiatives": kept(_initiatives(year)),
        "cases": kept(_cases(year)),
        "applications": kept(_applications(year)),
        "organisations": kept(_organisations(year)),
    }


def _series(key: str, year: int, counts: Counts) -> list[list[int]]:
    found = [(of, counts.get((key, of), NOTHING)) for of in range(year - LATEST + 1, year + 1)]
    real = [[of, 0 if one.is_example else int(one.number)] for of, one in found]
    empty = next((place for place, one in enumerate(real) if one[1]), len(real))
    return real[min(empty, LATEST - FEWEST) :]


def _meetings(year: int) -> Iterator[Row]:
    held = rows_behind(BY_KEY["moeder"], year).order_by("date", "number")
    of_meeting: dict[int, list[Outcome]] = {}
    decided = decisions().filter(minutes__meeting__in=held.values("pk"))
    for one in decided.select_related("minutes").order_by("agenda_item__order"):
        of_meeting.setdefault(one.minutes.meeting_id, []).append(one)
    for meeting in held:
        parts = [row_of("decision", one) for one in of_meeting.get(meeting.pk, [])]
        yield row_of("meeting", meeting, parts)


def _barriers(year: int) -> Iterator[Row]:
    """Yield the barriers that something happened to in the year, with their whole way."""
    results = _results()
    ranked = results.filter(round__closed_at__year=year).values("barrier")
    began = Q(starts_on__year=year) | Q(ended_on__year=year)
    worked_on = _real(Initiative.objects.visible_to(STRANGER)).filter(began).values("barriers")
    in_year = Q(raised_on__year=year) | Q(resolved_on__year=year)
    found = barriers().filter(in_year | Q(pk__in=ranked) | Q(pk__in=worked_on))
    calls = _real(Call.objects.visible_to(STRANGER))
    shown = found.order_by("raised_on", "pk").prefetch_related(
        Prefetch("results", results.order_by("round__closed_at"), "ranks"),
        Prefetch("initiatives", _real(Initiative.objects.visible_to(STRANGER)), "tried"),
        Prefetch("cases", _real(cases()), "told_in"),
        Prefetch(
            "calls",
            calls.prefetch_related(Prefetch("consortia", shown_consortia(), "applying")),
            "paid_by",
        ),
    )
    for barrier in shown:
        yield _barrier(barrier)


def _results() -> Rows:
    holding = PrioritisationRound.objects.visible_to(STRANGER).ranked().order_by()
    results = RoundResult.objects.visible_to(STRANGER).filter(points__gt=0)
    return results.filter(round__in=holding.values("pk")).select_related("round")


def _barrier(barrier: Any) -> Row:
    parts = [row_of("initiative", one, state=one.state) for one in barrier.tried]
    parts += [row_of("case", one) for one in barrier.told_in]
    parts += [row_of("call", one, _told_applications(one)) for one in barrier.paid_by]
    ranks = [[_day(one.round.closed_at), one.rank, one.round.is_example] for one in barrier.ranks]
    days = {"raised_on": _day(barrier.raised_on), "resolved_on": _day(barrier.resolved_on)}
    return row_of("barrier", barrier, parts, state=barrier.state, ranks=ranks, **days)


def _told_applications(call: Any) -> list[Row]:
    told = [one for one in call.applying if one.is_told]
    return [row_of("consortium", one, outcome=one.outcome) for one in told]


def _real(rows: Rows) -> Rows:
    """Leave out what is invented, unless nothing else is there."""
    real = rows.filter(is_example=False)
    return real if real.exists() else rows


def _initiatives(year: int) -> Iterator[Row]:
    ended = [*rows_behind(BY_KEY["indsatser-gennemfoert"], year)]
    ended += [*rows_behind(BY_KEY["indsatser-stoppet"], year)]
    begun = Q(starts_on=None) | Q(starts_on__lte=date(year, 12, 31))
    under_way = _real(Initiative.objects.visible_to(STRANGER)).filter(begun, state__in=UNDER_WAY)
    for one in (*ended, *under_way):
        yield row_of("initiative", one, state=one.state, ended_on=_day(one.ended_on))


def _cases(year: int) -> Iterator[Row]:
    for case in rows_behind(BY_KEY["eksempler"], year).order_by("published_at", "pk"):
        yield row_of("case", case, number=case.number)


def _applications(year: int) -> Iterator[Row]:
    """Yield the consortia that show themselves and whose call closed in the year."""
    shown = shown_consortia().filter(call__closes_at__year=year)
    real = shown.filter(call__is_example=False)
    for one in (real if real.exists() else shown).order_by("call__closes_at", "pk"):
        yield row_of("consortium", one, outcome=_outcome(one), amount=one.outcome_amount)


def _outcome(consortium: Any) -> str:
    is_over = consortium.call.has_closed and not consortium.is_told
    return "unknown" if is_over else str(consortium.outcome)


def _organisations(year: int) -> Iterator[Row]:
    real = _real(organisations())
    for one in real.filter(Q(joined=None) | Q(joined__year__lte=year)):
        yield row_of("organisation", one, joined=_day(one.joined))


def _day(day: date | datetime | None) -> str:
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return day.isoformat() if day else ""
