"""What came of it, as the front page tells it: each figure with its source and its list.

What is real is never mixed with invented examples: those count only as long as nothing else does.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barriers.models import BarrierState
from calls.models import Consortium, Outcome
from calls.models.consortium import Openness
from initiatives.models import Case, InitiativeState
from taskforce.core.addresses import address_of
from taskforce.core.amounts import in_words, written
from taskforce.core.paging import COUNTED
from taskforce.results.pages import address

# Units of cases that count jobs: "job til unge", "fleksjob", "arbejdspladser".
JOBS = r"job|arbejdsplads"
# Outcomes of consortia that were granted something, or may be.
AT_IT = (Outcome.PREPARING, Outcome.APPLIED, Outcome.GRANTED)


@dataclass(frozen=True)
class Figure:
    """A figure of the front page; `number` is empty where there is none yet."""

    number: str
    label: str
    source: str
    url: str
    is_example: bool = False
    is_members_word: bool = False  # the label was written by a member, in Danish


def figures(barriers: Counter[str], initiatives: Counter[tuple[bool, str]]) -> list[Figure]:
    """Return the figures that there is something to say of; none where nothing is achieved yet."""
    found = [jobs(), initiatives_done(initiatives), barriers_resolved(barriers), grants()]
    told = [figure for figure in found if figure]
    return told if any(figure.number for figure in told) else []


def real_ones(rows: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], bool]:
    """Return the rows that are no examples; where there are none, the examples, and True."""
    found = [*rows]
    real = [row for row in found if not row["is_example"]]
    return (real, False) if real else (found, bool(found))


def jobs() -> Figure | None:
    """Sum up the jobs that cases tell of in the same words; of several, those that are most."""
    columns = ("number", "unit", "slug", "published_at", "is_example", "written_by__name")
    told = Case.objects.published().filter(unit__iregex=JOBS, number__gt=0).values(*columns)
    rows, is_example = real_ones(told[:COUNTED])
    if not rows:
        return None
    rows = most_of_one_unit(rows)
    number = written(sum(row["number"] for row in rows))
    since = min(row["published_at"] for row in rows)
    if len(rows) == 1:
        who, month = rows[0]["written_by__name"], date_format(since, "YEAR_MONTH_FORMAT")
        source = _("As told by %(who)s, %(month)s") % {"who": who, "month": month}
        url = address_of("initiatives:case", rows[0]["slug"])
        return Figure(number, rows[0]["unit"], source, url, is_example, is_members_word=True)
    source = _("Told by members in %(n)s good examples since %(year)s") % {
        "n": len(rows),
        "year": since.year,
    }
    unit = rows[0]["unit"]
    return Figure(
        number, unit, source, address("oplyst", enhed=unit), is_example, is_members_word=True
    )


def most_of_one_unit(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of the unit that comes to most: a job and a trainee's place do not add up."""
    of_units: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        of_units.setdefault(row["unit"].strip().lower(), []).append(row)
    return max(of_units.values(), key=lambda alike: sum(row["number"] for row in alike))


def initiatives_done(counts: Counter[tuple[bool, str]]) -> Figure | None:
    is_example = not any(count for (invented, _state), count in counts.items() if not invented)
    done, running, proposed = (
        counts[is_example, state]
        for state in (InitiativeState.DONE, InitiativeState.RUNNING, InitiativeState.PROPOSED)
    )
    if not (done or running or proposed):
        return None
    under_way = [
        ngettext("%(n)s is running", "%(n)s are running", running) % {"n": running},
        ngettext("%(n)s is proposed", "%(n)s are proposed", proposed) % {"n": proposed},
    ]
    return Figure(
        number=written(done) if done else "",
        label=ngettext("initiative completed", "initiatives completed", done),
        source=", ".join(
            words for words, n in zip(under_way, (running, proposed), strict=True) if n
        ),
        url=f"{reverse('initiatives:list')}?status={InitiativeState.DONE}" if done else "",
        is_example=is_example,
    )


def barriers_resolved(states: Counter[str]) -> Figure | None:
    total, resolved = states.total(), states[BarrierState.RESOLVED]
    if not total or total > COUNTED:
        return None
    addressed = states[BarrierState.ADDRESSED]
    if resolved:
        known = _("Of %(total)s that we know")
    elif addressed:
        known = _("We know %(total)s, and work on %(n)s of them")
    else:
        known = _("We know %(total)s")
    return Figure(
        number=written(resolved) if resolved else "",
        label=ngettext("barrier resolved", "barriers resolved", resolved),
        source=known % {"total": total, "n": addressed},
        url=f"{reverse('barriers:list')}?status={BarrierState.RESOLVED}" if resolved else "",
    )


def grants() -> Figure | None:
    """Sum up what consortia were granted; those that hide themselves count nowhere."""
    shown = Consortium.objects.exclude(openness=Openness.HIDDEN).order_by()
    groups: Any = shown.values("outcome", is_example=F("call__is_example")).annotate(
        n=Count("pk"), amount=Sum("outcome_amount")
    )
    url = reverse("calls:list")
    rows, is_example = real_ones(row for row in groups if row["outcome"] in AT_IT)
    granted = next((row for row in rows if row["outcome"] == Outcome.GRANTED), None)
    if granted:
        to = ngettext("To %(n)s consortium", "To %(n)s consortia", granted["n"])
        if granted["amount"]:
            number, label = in_words(granted["amount"], ""), _("euro granted by the EU")
            return Figure(number, label, to % {"n": granted["n"]}, url, is_example)
        label = ngettext("application granted", "applications granted", granted["n"])
        return Figure(written(granted["n"]), label, "", url, is_example)
    at_it = sum(row["n"] for row in rows)
    if not at_it:
        return None
    source = ngettext("%(n)s consortium is applying", "%(n)s consortia are applying", at_it)
    return Figure("", _("EU funding granted"), source % {"n": at_it}, "", is_example)
