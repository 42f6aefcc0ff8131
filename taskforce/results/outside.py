"""Figures from outside as they are shown: those of one kind together, added where that is true."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from taskforce.core.amounts import written
from taskforce.results.models import Figure, Known


@dataclass(frozen=True)
class Shown:
    """A figure from outside, as it stands now or as a year keeps it."""

    pk: int
    what: str
    number: int
    unit: str
    from_on: date
    to_on: date
    known: str
    known_by: str
    way: str
    reported: int | None
    asked: int | None
    source: str
    source_link: str
    source_on: date
    corrected_at: datetime | None = None
    published_at: datetime | None = None
    since: str = ""  # what has become of it since its year was kept

    @property
    def known_words(self) -> str:
        return str(Known(self.known).label)

    def kept(self) -> dict[str, Any]:
        """Return it as the row of a year keeps it."""
        days = {name: str(getattr(self, name)) for name in DAYS}
        return {name: getattr(self, name) for name in KEPT} | days

    @classmethod
    def brought_back(cls, kept: dict[str, Any]) -> "Shown":
        return cls(**{**kept, **{name: date.fromisoformat(kept[name]) for name in DAYS}})


DAYS = ("from_on", "to_on", "source_on")
KEPT = (
    *("pk", "what", "number", "unit", "known", "known_by", "way", "reported", "asked"),
    *("source", "source_link"),
)


@dataclass(frozen=True)
class Series:
    """Figures that count the same in the same unit, known in the same way, the latest first."""

    figures: list[Shown]

    @property
    def what(self) -> str:
        return self.figures[0].what

    @property
    def overlaps(self) -> bool:
        """Tell whether two of the periods share a day."""
        in_order = sorted((figure.from_on, figure.to_on) for figure in self.figures)
        return any(earlier[1] >= later[0] for earlier, later in pairwise(in_order))

    @property
    def total(self) -> int | None:
        """Return what the figures come to; None for one alone, or where periods overlap."""
        if len(self.figures) < 2 or self.overlaps:
            return None
        return sum(figure.number for figure in self.figures)

    @property
    def reported(self) -> str:
        """Return "5 of 8" of each figure that the total is made of, or that somebody is missing."""
        told = [figure for figure in self.figures if figure.reported is not None]
        return "" if len(told) < len(self.figures) else ", ".join(map(_of, told))


def _of(figure: Shown) -> str:
    return f"{figure.reported}/{figure.asked}"


def published(year: int = 0) -> list[Shown]:
    """Return the figures that are published, those of a year if it is given."""
    rows = Figure.objects.published()
    rows = rows.of_year(year) if year else rows
    return [shown(row) for row in rows]


def shown(row: Figure) -> Shown:
    told = {name: getattr(row, name) for name in (*KEPT, *DAYS)}
    return Shown(**told, corrected_at=row.corrected_at, published_at=row.published_at)


def kept_and_added(kept: Iterable[dict[str, Any]], now: list[Shown]) -> tuple[list[Shown], ...]:
    """Return the figures of a year as it keeps them, and those that came later."""
    current = {one.pk: one for one in now}
    then = [Shown.brought_back(one) for one in kept]
    told = [replace(one, since=_since(one, current.get(one.pk))) for one in then]
    return told, [one for one in now if one.pk not in {each.pk for each in then}]


def _since(kept: Shown, now: Shown | None) -> str:
    if now is None:
        return _("Taken back since")
    if (kept.number, kept.unit) == (now.number, now.unit):
        return ""
    day = date_format(timezone.localdate(now.corrected_at)) if now.corrected_at else ""
    words = {"number": written(now.number), "unit": now.unit, "day": day}
    return _("Corrected %(day)s: %(number)s %(unit)s") % words


def series(figures: Sequence[Shown]) -> list[Series]:
    """Put together what counts the same: the same words, unit and way of knowing."""
    in_order = sorted(figures, key=lambda one: (_kind(one), -one.from_on.toordinal(), one.pk))
    return [Series([*some]) for _key, some in groupby(in_order, key=_kind)]


def _kind(figure: Shown) -> tuple[str, str, str]:
    return (
        *(" ".join(words.lower().split()) for words in (figure.what, figure.unit)),
        figure.known,
    )  # type: ignore[return-value]  # mypy counts no unpacked generator
