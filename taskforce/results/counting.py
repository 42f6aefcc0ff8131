"""Count every measure, by year and in all, in one query; and list the rows behind a number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    DecimalField,
    IntegerField,
    Max,
    Sum,
    Value,
)
from django.db.models.functions import Cast, ExtractYear, Lower, Trim

from taskforce.results.measures import MEASURES, Measure, Rows, cases

IN_ALL = 0  # stands for every year together


@dataclass(frozen=True)
class Counted:
    """What a measure comes to, from how many rows, and whether those are invented examples."""

    number: Decimal
    rows: int
    is_example: bool = False

    def kept(self) -> dict[str, Any]:
        """Return it as the row of a year keeps it."""
        return {"number": str(self.number), "rows": self.rows, "is_example": self.is_example}

    @classmethod
    def brought_back(cls, kept: dict[str, Any]) -> "Counted":
        return cls(Decimal(kept["number"]), kept["rows"], kept["is_example"])


NOTHING = Counted(Decimal(0), 0)
Counts = dict[tuple[str, int], Counted]


def count() -> Counts:
    """Return what each measure comes to, by its key and the year."""
    first, *others = _branches()
    found: dict[str, list[tuple[int, bool, Counted]]] = {}
    for key, year, invented, number, rows in first.union(*others, all=True):
        one = Counted(_plain(number), rows, invented)
        found.setdefault(key, []).append((year, invented, one))
    return {
        (key, year): one
        for key, parts in found.items()
        for year, invented, one in parts
        if not invented or all(each[1] for each in parts)
    }


def _branches() -> Iterator[Rows]:
    """Yield a query for each measure in all, and one for its years."""
    for measure in MEASURES:
        rows = measure.rows().order_by().select_related(None)
        yield _counted(measure, rows, Value(IN_ALL, IntegerField()))
        if measure.day:
            dated = rows.exclude(**{measure.day: None}) if "__" not in measure.day else rows
            yield _counted(measure, dated, ExtractYear(measure.day))


def _counted(measure: Measure, rows: Rows, year: Any) -> Rows:
    told = rows.annotate(
        of_measure=Value(measure.key, CharField()),
        in_year=year,
        is_invented=Cast(measure.invented, BooleanField()),
    )
    grouped: Rows = told.filter(in_year__isnull=False).values(
        "of_measure", "in_year", "is_invented"
    )
    exact = DecimalField(max_digits=24, decimal_places=1)
    grouped = grouped.annotate(
        comes_to=Cast(measure.number, exact), of_rows=Count("pk", distinct=True)
    )
    return grouped.values_list("of_measure", "in_year", "is_invented", "comes_to", "of_rows")


def _plain(number: Decimal) -> Decimal:
    """Return a number without decimals that say nothing: 12, and 12.5."""
    return number.to_integral() if number == number.to_integral() else number.normalize()


def rows_behind(measure: Measure, year: int = IN_ALL) -> Rows:
    """Return the rows that a number is made of, each once, with what it counts for."""
    rows = measure.rows().annotate(is_invented=Cast(measure.invented, BooleanField()))
    real = rows.filter(is_invented=False)
    rows = real if real.exists() else rows
    if year and measure.day:
        rows = rows.annotate(in_year=ExtractYear(measure.day)).filter(in_year=year)
    elif year:
        rows = rows.none()
    found: Rows = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
    if measure.key.startswith("eu-"):
        found = found.select_related("call")
    return found if measure.value is None else found.annotate(counts_for=measure.value)


@dataclass(frozen=True)
class Told:
    """What good examples tell in one unit, and how many organisations told it."""

    unit: str
    number: int
    cases: int
    organisations: int
    is_example: bool = False


def told() -> dict[int, list[Told]]:
    """Return what good examples tell, by year: never added up over different units."""
    with_number = told_rows().annotate(same_unit=SAME_UNIT)
    in_all = with_number.annotate(in_year=Value(IN_ALL, IntegerField()))
    by_year = with_number.annotate(in_year=ExtractYear("published_at"))
    rows = [*_by_unit(in_all).union(_by_unit(by_year), all=True)]
    has_real = any(not invented for _unit, _year, invented, *_numbers in rows)
    found: dict[int, list[Told]] = {}
    for _unit, year, invented, unit, number, of_cases, by in sorted(rows, key=_jobs_first):
        if not (invented and has_real):
            found.setdefault(year, []).append(Told(unit, int(number), of_cases, by, invented))
    return found


SAME_UNIT = Lower(Trim("unit"))
JOBS = ("job", "arbejdsplads", "ansat", "ansæt")
CONTRACTS = ("kontrakt", "aftale", "udbud")


def told_rows(unit: str = "", year: int = IN_ALL) -> Rows:
    """Return the good examples with a number, those of one unit and one year if they are given."""
    rows = cases().filter(number__gt=0).exclude(unit="")
    if unit:
        real = rows.filter(is_example=False)
        rows = real if real.exists() else rows
        rows = rows.annotate(same_unit=SAME_UNIT).filter(same_unit=unit.strip().lower())
    return rows.filter(published_at__year=year) if year else rows


def _by_unit(rows: Rows) -> Rows:
    grouped: Rows = rows.order_by().values("same_unit", "in_year", "is_example")
    grouped = grouped.annotate(
        shown_unit=Max("unit"),
        comes_to=Sum("number", output_field=DecimalField()),
        of_rows=Count("pk"),
        of_organisations=Count("written_by", distinct=True),
    )
    return grouped.values_list(
        *("same_unit", "in_year", "is_example"),
        *("shown_unit", "comes_to", "of_rows", "of_organisations"),
    )


def _jobs_first(row: Iterable[Any]) -> tuple[int, str]:
    unit = str(next(iter(row)))
    for place, words in enumerate((JOBS, CONTRACTS)):
        if any(word in unit for word in words):
            return place, unit
    return 2, unit
