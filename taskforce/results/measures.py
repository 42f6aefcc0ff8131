"""What the portal counts by itself: each measure with the rows behind its number.

A number and the list that it opens read the same rows, as a stranger may see them. What is real is
never mixed with invented examples: those count only as long as nothing else does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Aggregate,
    Count,
    DateField,
    Exists,
    F,
    FloatField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import ExtractDay
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_stubs_ext import StrOrPromise

from barriers.models import Barrier, BarrierState, PrioritisationRound
from barriers.models.barrier import ENDED
from calls.models import Consortium, Openness, Outcome
from initiatives.models import Case, Initiative, InitiativeState
from meetings.models import Meeting, MeetingState
from taskforce.members.models import Member, Organisation

STRANGER = AnonymousUser()
A_YEAR = timedelta(days=365)
Rows = QuerySet[Any, Any]
NOT_INVENTED = Value(value=False)
EACH_ONCE = Count("pk", distinct=True)


class Median(Aggregate):
    """The middle value: as many are smaller as are larger."""

    function = "PERCENTILE_CONT"
    name = "Median"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Measure:
    """Something that is counted: its rows, the day by which they belong to a year, and words.

    Without a `day` it is known for today alone. `number` is made of the `value` of each row, or
    counts the rows. `of` names the measure whose rows these are a part of.
    """

    key: str
    label: Any
    rows: Callable[[], Rows]
    day: str = ""
    invented: Any = NOT_INVENTED
    value: Any = None
    number: Aggregate = EACH_ONCE
    of: str = ""
    unit: StrOrPromise = ""
    about: StrOrPromise = ""


def meetings() -> Rows:
    return Meeting.objects.visible_to(STRANGER).filter(state=MeetingState.HELD)


def organisations() -> Rows:
    """Return the organisations that are members today, with the day since when."""
    first = Member.objects.filter(organisation=OuterRef("pk")).order_by("from_date")
    members = Organisation.objects.visible_to(STRANGER).in_taskforce()
    return members.annotate(joined=Subquery(first.values("from_date")[:1], DateField()))


def barriers() -> Rows:
    return Barrier.objects.visible_to(STRANGER).unmerged()


def barriers_in(*states: BarrierState) -> Callable[[], Rows]:
    return lambda: barriers().filter(state__in=states)


def unanswered() -> Rows:
    known_for_a_year = timezone.localdate() - A_YEAR
    return Barrier.objects.shown().unresolved().filter(raised_on__lt=known_for_a_year)


def prioritised() -> Rows:
    """Return the barriers that got points in a round whose ranking holds, once a round."""
    rounds = PrioritisationRound.objects.visible_to(STRANGER).ranked().order_by()
    return barriers().filter(results__points__gt=0, results__round__in=rounds.values("pk"))


def initiatives(barrier: str = "pk") -> Rows:
    return Initiative.objects.visible_to(STRANGER).filter(barriers=OuterRef(barrier))


def taken_up() -> Rows:
    return prioritised().filter(Exists(initiatives()))


def initiatives_in(*states: InitiativeState) -> Callable[[], Rows]:
    return lambda: Initiative.objects.visible_to(STRANGER).filter(state__in=states)


def cases() -> Rows:
    return Case.objects.visible_to(STRANGER).published()


def applications(outcome: Outcome) -> Callable[[], Rows]:
    """Return the consortia with an outcome; those that hide themselves count nowhere."""
    shown = Consortium.objects.visible_to(STRANGER).exclude(openness=Openness.HIDDEN)
    return lambda: shown.filter(outcome=outcome).select_related("call")


def with_amount(outcome: Outcome) -> Callable[[], Rows]:
    return lambda: applications(outcome)().filter(outcome_amount__gt=0)


DAYS = ExtractDay(F("resolved_on") - F("raised_on"))
INVENTED = F("is_example")
OF_A_CALL: dict[str, Any] = {"day": "call__closes_at", "invented": F("call__is_example")}
BY_DEADLINE = _("Counted in the year in which the call closed.")
TOLD_AMOUNT = _("As the consortium told.")

MEASURES = (
    Measure(
        "moeder",
        ngettext_lazy("meeting held", "meetings held"),
        meetings,
        "date",
        INVENTED,
    ),
    Measure(
        "organisationer",
        ngettext_lazy("organisation takes part", "organisations take part"),
        organisations,
        "joined",
        INVENTED,
        about=_("Those that are members today, by the year in which their first person came."),
    ),
    Measure(
        "barrierer-rejst",
        ngettext_lazy("barrier raised", "barriers raised"),
        barriers,
        "raised_on",
    ),
    Measure(
        "barrierer-aabne",
        ngettext_lazy("barrier nobody has taken up", "barriers nobody has taken up"),
        barriers_in(BarrierState.OPEN),
    ),
    Measure(
        "barrierer-i-arbejde",
        ngettext_lazy("barrier being addressed", "barriers being addressed"),
        barriers_in(BarrierState.ADDRESSED),
    ),
    Measure(
        "barrierer-loest",
        ngettext_lazy("barrier resolved", "barriers resolved"),
        barriers_in(BarrierState.RESOLVED),
        "resolved_on",
    ),
    Measure(
        "barrierer-ikke-aktuelle",
        ngettext_lazy("barrier given up as no longer relevant", "barriers no longer relevant"),
        barriers_in(BarrierState.DROPPED),
        "resolved_on",
    ),
    Measure(
        "dage-til-svar",
        ngettext_lazy("day from raised to answered", "days from raised to answered"),
        barriers_in(*ENDED),
        "resolved_on",
        value=DAYS,
        number=Median(DAYS),
        unit=_("days"),
        about=_("The middle one of the barriers that got an answer: resolved or not relevant."),
    ),
    Measure(
        "barrierer-ubesvarede",
        ngettext_lazy(
            "barrier unanswered for more than a year", "barriers unanswered for more than a year"
        ),
        unanswered,
    ),
    Measure(
        "prioriterede",
        ngettext_lazy("barrier given points by members", "barriers given points by members"),
        prioritised,
        "results__round__closed_at",
    ),
    Measure(
        "prioriterede-med-indsats",
        ngettext_lazy(
            "prioritised barrier has an initiative", "prioritised barriers have an initiative"
        ),
        taken_up,
        "results__round__closed_at",
        ~Exists(initiatives().filter(is_example=False)),
        of="prioriterede",
    ),
    Measure(
        "indsatser-gennemfoert",
        ngettext_lazy("initiative completed", "initiatives completed"),
        initiatives_in(InitiativeState.DONE),
        "ended_on",
        INVENTED,
    ),
    Measure(
        "indsatser-stoppet",
        ngettext_lazy("initiative stopped", "initiatives stopped"),
        initiatives_in(InitiativeState.STOPPED),
        "ended_on",
        INVENTED,
    ),
    Measure(
        "indsatser-i-gang",
        ngettext_lazy("initiative running", "initiatives running"),
        initiatives_in(InitiativeState.RUNNING),
        invented=INVENTED,
    ),
    Measure(
        "indsatser-foreslaaet",
        ngettext_lazy("initiative proposed", "initiatives proposed"),
        initiatives_in(InitiativeState.PROPOSED),
        invented=INVENTED,
    ),
    Measure(
        "eksempler",
        ngettext_lazy("good example", "good examples"),
        cases,
        "published_at",
        INVENTED,
    ),
    Measure(
        "eu-bevilget",
        ngettext_lazy("EU application granted", "EU applications granted"),
        applications(Outcome.GRANTED),
        **OF_A_CALL,
        about=BY_DEADLINE,
    ),
    Measure(
        "eu-afslag",
        ngettext_lazy("EU application rejected", "EU applications rejected"),
        applications(Outcome.REJECTED),
        **OF_A_CALL,
        about=BY_DEADLINE,
    ),
    Measure(
        "eu-venter",
        ngettext_lazy("EU application waits for an answer", "EU applications wait for an answer"),
        applications(Outcome.APPLIED),
        **OF_A_CALL,
        about=BY_DEADLINE,
    ),
    Measure(
        "eu-bevilget-beloeb",
        ngettext_lazy("euro granted by the EU", "euro granted by the EU"),
        with_amount(Outcome.GRANTED),
        **OF_A_CALL,
        value=F("outcome_amount"),
        number=Sum("outcome_amount"),
        of="eu-bevilget",
        unit=_("euro"),
        about=TOLD_AMOUNT,
    ),
    Measure(
        "eu-ansoegt-beloeb",
        ngettext_lazy("euro applied for", "euro applied for"),
        with_amount(Outcome.APPLIED),
        **OF_A_CALL,
        value=F("outcome_amount"),
        number=Sum("outcome_amount"),
        of="eu-venter",
        unit=_("euro"),
        about=TOLD_AMOUNT,
    ),
)
BY_KEY = {measure.key: measure for measure in MEASURES}
