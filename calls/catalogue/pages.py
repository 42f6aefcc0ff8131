"""What the list and the page of a call show, as the viewer may see it."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barriers.models import Barrier
from barriers.register.pages import theme_of
from calls.deadlines import in_words, is_soon, last_day, time_left
from calls.models import KINDS, Call, Consortium, Outcome, Partner
from initiatives.models import Case, Initiative
from taskforce.core.addresses import address_of
from taskforce.core.amounts import written
from taskforce.core.relations import count_of, related
from taskforce.core.templatetags.words import euro
from taskforce.dialogue.asking import pages as asking
from taskforce.following import novelty
from taskforce.members.models import Viewer

KIND_WORDS = dict(KINDS)
OUTCOME_WORDS = dict(Outcome.choices)
# What a call gives and asks for.
RULES = (
    *("grant_min", "grant_max", "budget"),
    *("participants_min", "participants_max", "countries_min", "kinds_required"),
)
LINE = ("pk", "title", "slug", "closes_at", "next_at", "next_stage", "outcome", "is_example")


def rows(calls: QuerySet[Call], viewer: Viewer) -> QuerySet[Any, Any]:
    """Return the columns that cards show, of calls that know their next deadline."""
    consortia = Consortium.objects.visible_to(viewer).filter(call=OuterRef("pk"))
    found: QuerySet[Any, Any] = calls.annotate(
        seeks_partners=Exists(consortia.seeking()),
    ).values(
        *LINE,
        *("summary", "seeks_partners", *RULES),
        theme=theme_of("calls"),
        barrier_count=count_of(Barrier.objects.visible_to(viewer), "calls"),
        initiative_count=count_of(Initiative.objects.visible_to(viewer), "calls"),
    )
    return found


def ready_line(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Add the address, and words: the deadline as people read it, and what came of it."""
    closes_at = row["closes_at"]
    return {
        **row,
        "url": address_of("calls:detail", row["slug"]),
        **_deadline(row["next_at"], now),
        "is_open": closes_at is None or closes_at > now,
        "outcome_words": OUTCOME_WORDS.get(row["outcome"], ""),
    }


def ready(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Add what a card says beside its line: what the call gives, asks for and answers."""
    return {
        **ready_line(row, now),
        "support": _support(row),
        "asks": _asks(row),
        "answers": _answers(row),
    }


def _deadline(next_at: datetime | None, now: datetime) -> dict[str, Any]:
    """Return the next deadline: the day in Brussels, in words, and how long is left."""
    return {
        "day": last_day(next_at) if next_at else None,
        "closes": in_words(next_at) if next_at else "",
        "left": time_left(next_at, now),
        "is_soon": is_soon(next_at, now),
    }


def _support(row: dict[str, Any]) -> str:
    least, most, whole = (row[name] for name in ("grant_min", "grant_max", "budget"))
    if most and least:
        return _("From %(least)s to %(most)s") % {"least": written(least), "most": euro(most)}
    if most:
        return _("Up to %(amount)s") % {"amount": euro(most)}
    if least:
        return _("At least %(amount)s") % {"amount": euro(least)}
    return _("%(amount)s in all") % {"amount": euro(whole)} if whole else ""


def _asks(row: dict[str, Any]) -> str:
    """Return what a call asks of those who apply: "3–8 applicants, at least 3 countries, …"."""
    said = [_applicants(row["participants_min"], row["participants_max"])]
    if countries := row["countries_min"]:
        words = ngettext("at least %(n)s country", "at least %(n)s countries", countries)
        said.append(words % {"n": countries})
    if kinds := row["kinds_required"]:
        named = ", ".join(str(KIND_WORDS[kind]) for kind in kinds)
        said.append(_("among them: %(kinds)s") % {"kinds": named})
    return ", ".join(filter(None, said))


def _applicants(least: int | None, most: int | None) -> str:
    if least and most:
        return _("%(least)s–%(most)s applicants") % {"least": least, "most": most}
    if least:
        words = ngettext("at least %(n)s applicant", "at least %(n)s applicants", least)
        return words % {"n": least}
    if most:
        return ngettext("at most %(n)s applicant", "at most %(n)s applicants", most) % {"n": most}
    return ""


def _answers(row: dict[str, Any]) -> str:
    barriers, initiatives = row["barrier_count"], row["initiative_count"]
    said = []
    if barriers:
        said.append(ngettext("%(n)s barrier", "%(n)s barriers", barriers) % {"n": barriers})
    if initiatives:
        words = ngettext("%(n)s initiative", "%(n)s initiatives", initiatives)
        said.append(words % {"n": initiatives})
    return _(" and ").join(said)


def detail(call: Call, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Return everything on a call's page."""
    shown = Consortium.objects.visible_to(viewer).filter(call=call).select_related("lead", "call")
    partners = Partner.objects.visible_to(viewer).select_related("organisation")
    consortia = [*shown.prefetch_related(Prefetch("partners", partners, to_attr="shown_partners"))]
    deadlines = [
        (deadline, in_words(deadline.passes_at), time_left(deadline.passes_at, now))
        for deadline in call.deadlines.all()
    ]
    ahead = (deadline for deadline, _day, _left in deadlines if deadline.passes_at > now)
    upcoming = next(ahead, None)
    next_at = upcoming.passes_at if upcoming else call.closes_at
    inside = Consortium.objects.inside(viewer).filter(call=call)
    invited = Consortium.objects.invited(viewer).forming().filter(call=call)
    barriers = related(call, "barriers", viewer)
    initiatives = related(call, "initiatives", viewer)
    return {
        "call": call,
        "new": novelty.on(call, viewer),
        **_deadline(next_at, now),
        "stage": upcoming.label if upcoming else "",
        "is_open": call.is_open(now),
        "deadlines": deadlines,
        "kinds": [str(KIND_WORDS[kind]) for kind in call.kinds_required],
        "inside": {*inside.values_list("pk", flat=True)},
        "invited": {*invited.values_list("pk", flat=True)},
        "consortia": consortia,
        "told": [found for found in consortia if found.outcome not in ("preparing", "unknown")],
        "told_again_at": related(call, "told_again_at", viewer),
        "barriers": barriers,
        "against": urlencode([("barriere", barrier.slug) for barrier in barriers]),
        "initiatives": initiatives,
        "news": related(call, "news", viewer),
        "questions": asking.about(viewer, call),
        "cases": Case.objects.visible_to(viewer).answering(barriers, initiatives),
    }
