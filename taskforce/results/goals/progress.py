"""How far a goal is: what was reached, or what a number says today. Nothing is rounded up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from taskforce.results.counting import IN_ALL, NOTHING, Counts, Told, count, told
from taskforce.results.measures import BY_KEY
from taskforce.results.models import Goal, StepKind
from taskforce.results.outside import Shown, published, series

TOLD, OUTSIDE = "oplyst:", "udefra:"  # begin the names of numbers that the portal does not count
LESS_IS_MORE = {"dage-til-svar", "barrierer-ubesvarede"}  # a bar that grows would say the contrary
ENDS = (StepKind.REACHED, StepKind.MISSED)


@dataclass(frozen=True)
class Number:
    """A number that says how far a goal is, what it counts, and where it stands."""

    number: int
    label: str
    url: str = ""
    is_example: bool = False


@dataclass(frozen=True)
class Progress:
    """A goal with what is to be reached, and what is; `reached` is None as long as nothing says."""

    goal: Goal
    target: int
    reached: Number | None

    @property
    def percent(self) -> str:
        """Return the width of the bar; the picture is as wide as the larger of the two."""
        return self._wide(self.reached.number) if self.reached else ""

    @property
    def mark(self) -> str:
        """Return where the goal stands in the picture."""
        return self._wide(self.target)

    def _wide(self, number: int) -> str:
        most = max(self.target, self.reached.number if self.reached else 0, 1)
        hundredths = 10_000 * number // most  # cut, not rounded
        return f"{hundredths // 100}.{hundredths % 100:02}"


@dataclass(frozen=True)
class Numbers:
    """All numbers that a goal may name, as a page has them already."""

    counts: Counts
    told: Iterable[Told]
    outside: list[Shown]

    def named(self, name: str) -> Number | None:
        """Return the number of that name; None where there is none today."""
        if name.startswith(TOLD):
            return next((one for key, one in self._told() if key == name), None)
        if name.startswith(OUTSIDE):
            return next((one for key, one in self._outside() if key == name), None)
        found = self.counts.get((name, IN_ALL), NOTHING)
        if name not in BY_KEY or not found.rows:
            return None
        label, url = BY_KEY[name].label % int(found.number), reverse("results:rows", args=[name])
        return Number(int(found.number), str(label), url, found.is_example)

    def choices(self) -> list[Any]:
        """Return the names and what each counts, for a form."""
        counted = [
            (key, capfirst(str(one.label % 2)))
            for key, one in BY_KEY.items()
            if key not in LESS_IS_MORE
        ]
        told = [(key, capfirst(one.label)) for key, one in self._told()]
        outside = [(key, one.label) for key, one in self._outside()]
        groups = [
            (_("Counted by the portal"), counted),
            (_("Told in good examples"), told),
            (_("Told by others"), outside),
        ]
        return [group for group in groups if group[1]]

    def _told(self) -> Iterable[tuple[str, Number]]:
        for one in self.told:
            url = reverse("results:index") + "#eksempler"
            yield f"{TOLD}{one.unit.lower()}", Number(one.number, one.unit, url, one.is_example)

    def _outside(self) -> Iterable[tuple[str, Number]]:
        """Yield what others told: the sum where periods stand apart, or else the latest."""
        for kind in series(self.outside):
            latest = kind.figures[0]
            first = min(figure.pk for figure in kind.figures)
            total = latest.number if kind.total is None else kind.total
            url = f"{reverse('results:index')}#tal-{latest.pk}"
            yield f"{OUTSIDE}{first}", Number(total, f"{kind.what} ({latest.unit})", url)


def numbers() -> Numbers:
    """Return the numbers of today."""
    return Numbers(count(), told().get(IN_ALL, []), published())


def of(goal: Goal, numbers: Numbers) -> Progress:
    """Return how far a goal is; its steps are fetched already."""
    steps = [*goal.steps.all()]
    last = steps[-1]
    wanted = next((step for step in reversed(steps) if step.kind not in ENDS), last)
    if last.kind in ENDS:
        return Progress(goal, wanted.number, Number(last.number, goal.unit))
    return Progress(goal, wanted.number, numbers.named(goal.measure))
