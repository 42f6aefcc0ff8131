"""Open data on results: figures from outside, goals, and the figures of years that are kept."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taskforce.core.datasets import Column, Dataset, Kind
from taskforce.members.models import Viewer
from taskforce.results.counting import Counted
from taskforce.results.measures import BY_KEY
from taskforce.results.models import Figure, GoalStep, KeptYear, Known

N, OF = _("how many of them told it"), _("how many there were to tell it")
ROOM = 100_000  # ids for the numbers of one kind in one year


def figures(viewer: Viewer) -> QuerySet[Figure]:
    return Figure.objects.visible_to(viewer).order_by("pk")


def steps(viewer: Viewer) -> QuerySet[GoalStep]:
    return GoalStep.objects.visible_to(viewer).select_related("goal").order_by("pk")


class KeptNumber:
    """A number of a year that is kept. A kept year never changes, so its place makes its id."""

    def __init__(self, pk: int, kept: KeptYear, **told: Any) -> None:
        self.pk, self.kept, self.year, self.kept_at = pk, kept, kept.year, kept.kept_at
        self.from_on, self.to_on = date(kept.year, 1, 1), date(kept.year, 12, 31)
        self.measure, self.named, self.is_example = "", "", False
        self.__dict__.update(told)

    @property
    def what(self) -> str:
        """Return what is counted, in the language of whoever reads it."""
        if self.measure not in BY_KEY:
            return self.named
        return str(BY_KEY[self.measure].label % 2)

    @property
    def corrections(self) -> list[str]:
        """Return what was found wrong in the year since, each with its day."""
        return [f"{timezone.localdate(note.at)}: {note.text}" for note in self.kept.notes.all()]

    def get_absolute_url(self) -> str:
        return self.kept.get_absolute_url()


class KeptNumbers:
    """The numbers of kept years as rows of a dataset, though no table holds them as rows."""

    def __init__(self, numbers: Iterable[KeptNumber]) -> None:
        self.numbers = [*numbers]

    def __iter__(self) -> Iterator[KeptNumber]:
        return iter(self.numbers)

    def filter(self, *, pk__in: Iterable[int]) -> "KeptNumbers":
        wanted = {*pk__in}
        return KeptNumbers(one for one in self.numbers if one.pk in wanted)


def kept_numbers(viewer: Viewer) -> KeptNumbers:
    years = KeptYear.objects.visible_to(viewer).prefetch_related("notes").order_by("year")
    return KeptNumbers(
        number for kept in years for made in (_counted, _told, _outside) for number in made(kept)
    )


def _counted(kept: KeptYear) -> Iterator[KeptNumber]:
    for pk, (key, told) in enumerate(sorted(kept.counted.items()), _first_id(kept, 0)):
        found = Counted.brought_back(told)
        measure = BY_KEY.get(key)  # what is counted no more keeps its key alone
        whole = kept.counted.get(measure.of) if measure else None
        yield KeptNumber(
            pk,
            kept,
            measure=key,
            named=key,
            number=found.number,
            unit=measure.unit if measure else "",
            known=Known.COUNTED,
            n=found.rows if whole else None,
            of=whole["rows"] if whole else None,
            is_example=found.is_example,
        )


def _told(kept: KeptYear) -> Iterator[KeptNumber]:
    for pk, told in enumerate(kept.told, _first_id(kept, 1)):
        more = {"named": told["unit"], "known": Known.REPORTED, "n": told["organisations"]}
        more["of"] = kept.behind.get("members")
        yield KeptNumber(pk, kept, **told, **more)


def _outside(kept: KeptYear) -> Iterator[KeptNumber]:
    for pk, told in enumerate(kept.outside, _first_id(kept, 2)):
        others = {name: value for name, value in told.items() if name not in ("pk", "what")}
        more = {"named": told["what"], "n": told["reported"], "of": told["asked"]}
        yield KeptNumber(pk, kept, **others, **more)


def _first_id(kept: KeptYear, kind: int) -> int:
    return (kept.year * 10 + kind) * ROOM


FIGURES = Dataset(
    name="figures",
    title=_("Figures from outside"),
    about=_(
        "A row is a figure that others found, with its period, its source and how it is known."
    ),
    model=Figure,
    rows_for=figures,
    columns=[
        Column("what"),
        Column("number"),
        Column("unit"),
        Column("from_on"),
        Column("to_on"),
        Column("known"),
        Column("known_by"),
        Column("way"),
        Column("reported", means=N),
        Column("asked", means=OF),
        Column("source"),
        Column("source_link"),
        Column("source_on"),
        Column("published", "published_at"),
        Column("corrected", "corrected_at"),
    ],
)

GOALS = Dataset(
    name="goals",
    title=_("Goals"),
    about=_("A row is what a goal was from a day on: as it was set, each change, and its end."),
    model=GoalStep,
    rows_for=steps,
    address=lambda step: step.goal.get_absolute_url(),
    columns=[
        Column("goal", means=_("number of the goal, which its steps have in common")),
        Column("what", "goal.what"),
        Column("unit", "goal.unit"),
        Column("measure", "goal.measure"),
        Column("kind"),
        Column("number"),
        Column("due_on"),
        Column("on", means=_("day from which it was so")),
        Column("reason"),
    ],
)

IN_JSON = ("counted", "told", "outside")  # the columns that hold the numbers of a kept year
YEARS = Dataset(
    name="years",
    title=_("Figures of kept years"),
    about=_(
        "A row is a number of a year as it was when the year was kept. It never changes; what was "
        "found wrong since stands beside it."
    ),
    model=KeptYear,
    rows_for=kept_numbers,
    columns=[
        Column("year", "year"),
        Column("kept", "kept_at"),
        *(
            Column(name, tells=IN_JSON, means=means, kind=kind)
            for name, means, kind in (
                ("measure", _("code of what the portal counts"), None),
                ("what", _("what is counted"), None),
                ("number", pgettext_lazy("how many", "number"), Kind.NUMBER),
                ("unit", _("unit"), None),
                ("from_on", _("first day of the period"), Kind.DATE),
                ("to_on", _("last day of the period"), Kind.DATE),
                ("known_by", _("who reported it"), None),
                ("way", _("how it was estimated"), None),
                ("source", _("source"), None),
                ("source_link", _("link to the source"), None),
                ("source_on", _("day of the source"), Kind.DATE),
                ("n", N, Kind.INTEGER),
                ("of", OF, Kind.INTEGER),
                ("is_example", _("invented example"), Kind.BOOLEAN),
            )
        ),
        Column("known", tells=IN_JSON, means=_("how it is known"), codes=Known.choices),
        Column(
            "corrections",
            tells=["notes.text", "notes.at"],
            kind=Kind.LIST,
            means=_("what was found wrong in the year since, with the day"),
        ),
    ],
)
