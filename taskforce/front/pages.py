"""What the front page shows: what we are, what came of it, and the thread from barrier to money."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, Value
from django.db.models.fields import TextField
from django.db.models.functions import MD5, Cast, Concat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barriers.models import Barrier, BarrierState, PrioritisationRound, RoundResult
from barriers.models.barrier import BY_DATE
from barriers.register import pages as register
from calls.deadlines import last_day
from calls.models import Call
from initiatives.cases import pages as case_pages
from initiatives.models import Case, Initiative, InitiativeState, Procurement
from initiatives.work import pages as work_pages
from meetings.models import Meeting
from taskforce.activity import reading
from taskforce.activity.models import Verb
from taskforce.core import parts
from taskforce.core.addresses import address_of
from taskforce.core.danish import DanishOrder
from taskforce.core.paging import COUNTED
from taskforce.front import achievements
from taskforce.front.models import Page
from taskforce.front.written import texts
from taskforce.members.models import Kind, Member, Organisation, Viewer
from taskforce.members.organisations import logos
from taskforce.members.roles import is_member, is_secretariat

WALL = 24  # organisations; of more, others show every day
NAMED = 5  # organisations from which on the page says how many they are
NEWS = 5
SECTIONS = ("above", "work", "below")  # of which the news stand beside the work
# What the front page tells; the news feed tells the rest, too.
TOLD = (Verb.ADDED, Verb.PUBLISHED, Verb.OPENED, Verb.CLOSED, Verb.RESOLVED, Verb.REOPENED)


def page(viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Return the front page: its sections as HTML, and the news, of which members read more."""
    if is_secretariat(viewer):
        shown = _sections(viewer, now, by_member=True, by_secretariat=True)
    else:
        shown = _for_all(by_member=is_member(viewer))
    return {**shown, "news": news(viewer) if is_member(viewer) else _public_news()}


@parts.kept
def _for_all(*, by_member: bool) -> dict[str, str]:
    """Return the sections as everybody but the secretariat reads them; buttons are of members."""
    return _sections(AnonymousUser(), timezone.now(), by_member=by_member)


@parts.kept
def _public_news() -> tuple[reading.Entry, ...]:
    return tuple(news(AnonymousUser()))


def _sections(viewer: Viewer, now: datetime, **shown_to: bool) -> dict[str, str]:
    facts = {**_facts(viewer, now), **shown_to, "secretariat_email": settings.SECRETARIAT_EMAIL}
    return {
        "title": facts["text"].title,
        **{name: render_to_string(f"front/{name}.html", facts) for name in SECTIONS},
    }


def _facts(viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Return everything on the front page but the news."""
    today = timezone.localdate(now)
    states = barrier_states()
    initiatives = initiative_states(viewer)
    latest = PrioritisationRound.objects.ranked().first()
    return {
        "text": texts.shown(Page.FRONT),
        "page_key": Page.FRONT.value,
        **_meeting(viewer, today),
        "ways": ways(),
        "figures": achievements.figures(states, initiatives),
        "path": path(viewer, now, states, initiatives, latest),
        **_ranking(viewer, latest),
        "cases": _full_rows([case_pages.ready(row) for row in _cases()]),
        "initiatives": work_pages.current(viewer, today, limit=3),
        **_organisations(viewer, today),
    }


def barrier_states() -> Counter[str]:
    """Return how many barriers are in each state; of more than COUNTED, some are not counted."""
    shown = Barrier.objects.shown().unmerged().order_by()
    return Counter(shown.values_list("state", flat=True)[: COUNTED + 1])


def initiative_states(viewer: Viewer) -> Counter[tuple[bool, str]]:
    """Return how many initiatives are in each state, real ones and examples apart."""
    groups = Initiative.objects.visible_to(viewer).order_by().values("is_example", "state")
    return Counter(
        {(row["is_example"], row["state"]): row["n"] for row in groups.annotate(n=Count("pk"))}
    )


def _meeting(viewer: Viewer, today: date) -> dict[str, Any]:
    meetings = Meeting.objects.visible_to(viewer)
    coming = meetings.coming(today).first()
    return {"next_meeting": coming, "has_met": coming is not None or meetings.exists()}


def ways() -> dict[str, dict[str, Any]]:
    """Return the newest case of each kind of procurement that says in a sentence what it did."""
    told = Case.objects.published().exclude(achieved="")
    newest = told.order_by("kind", "is_example", "-published_at", "-pk").distinct("kind")
    rows = newest.filter(kind__in=Procurement.values).values("kind", "slug", "achieved")
    return {
        row["kind"]: {**row, "url": address_of("initiatives:case", row["slug"])} for row in rows
    }


@dataclass(frozen=True)
class Step:
    """A step of the thread: what it is, and how far it is; without `url` nothing is there yet."""

    icon: str
    title: str
    text: str
    now: str
    url: str


def path(
    viewer: Viewer,
    now: datetime,
    barriers: Counter[str],
    initiatives: Counter[tuple[bool, str]],
    latest: PrioritisationRound | None,
) -> list[Step]:
    """Return the thread from barrier to money, with what stands on each step today.

    `latest` is the latest round that made a ranking.
    """
    cases = Case.objects.published().count()
    return [
        Step(
            "barrier",
            _("Barrier"),
            _("Somebody says what stands in the way."),
            _barriers_now(barriers),
            reverse("barriers:list") if barriers else "",
        ),
        _priority(viewer, now, latest),
        Step(
            "effort",
            _("Initiative"),
            _("Some join forces and do something about it."),
            _initiatives_now(initiatives),
            reverse("initiatives:list") if initiatives else "",
        ),
        Step(
            "example",
            _("Good example"),
            _("What works is told, so that others can do the same."),
            ngettext("%(n)s good example", "%(n)s good examples", cases) % {"n": cases}
            if cases
            else _("None yet"),
            reverse("initiatives:cases") if cases else "",
        ),
        _funding(viewer, now),
    ]


def _barriers_now(states: Counter[str]) -> str:
    total, resolved = states.total(), states[BarrierState.RESOLVED]
    if total > COUNTED:
        return _("Over 1,000 barriers")
    if not total:
        return _("None yet")
    standing = states[BarrierState.OPEN] + states[BarrierState.ADDRESSED]
    if resolved and standing:
        return _("%(open)s open, %(resolved)s resolved") % {"open": standing, "resolved": resolved}
    return ngettext("%(n)s barrier", "%(n)s barriers", total) % {"n": total}


def _initiatives_now(counts: Counter[tuple[bool, str]]) -> str:
    running, proposed, done = (
        counts[False, state] + counts[True, state]
        for state in (InitiativeState.RUNNING, InitiativeState.PROPOSED, InitiativeState.DONE)
    )
    words = (
        (running, _("%(n)s running")),
        (proposed, _("%(n)s proposed")),
        (done, _("%(n)s completed")),
    )
    told = [phrase % {"n": n} for n, phrase in words if n]
    return ", ".join(told[:2]) or _("None yet")


def _priority(viewer: Viewer, now: datetime, latest: PrioritisationRound | None) -> Step:
    rounds = PrioritisationRound.objects.visible_to(viewer)
    step = ("rank", _("Prioritisation"), _("Members vote in secret on what to solve first."))
    if running := rounds.open_at(now).order_by("closes_at").first():
        day = timezone.localtime(running.closes_at - timedelta(seconds=1))
        words = _("Round open until %(day)s") % {"day": date_format(day, "MONTH_DAY_FORMAT")}
        return Step(*step, words, running.get_absolute_url())
    if latest:
        month = date_format(timezone.localtime(latest.closed_at), "YEAR_MONTH_FORMAT")
        return Step(*step, _("Counted in %(month)s") % {"month": month}, latest.get_absolute_url())
    return Step(*step, _("Once there are several to choose from"), "")


def _funding(viewer: Viewer, now: datetime) -> Step:
    step = ("euro", _("EU funding"), _("Calls and consortia can pay for more of it."))
    calls: Any = Call.objects.visible_to(viewer).open_at(now)  # which adds `next_at`
    deadlines = [*calls.values_list("next_at", flat=True)]
    if not deadlines:
        return Step(*step, _("No open call"), "")
    n = len(deadlines)
    words = ngettext("%(n)s open call", "%(n)s open calls", n) % {"n": n}
    if deadlines[0]:
        day = date_format(last_day(deadlines[0]), "MONTH_DAY_FORMAT")
        words = _("%(calls)s, deadline %(day)s") % {"calls": words, "day": day}
    return Step(*step, words, reverse("calls:list"))


def _ranking(viewer: Viewer, latest: PrioritisationRound | None) -> dict[str, Any]:
    """Return what members put first; before anything is ranked, the newest barriers."""
    ranking = register.ranking(viewer, limit=5)
    if not ranking or latest is None:
        newest = Barrier.objects.visible_to(viewer).unresolved().order_by(*BY_DATE)
        rows = newest.values(*register.LINE, raised=F("raised_by__name"))[:3]
        return {"newest": [register.ready(row) for row in rows]}
    pointless = RoundResult.objects.visible_to(viewer).filter(round=latest, points=0)
    return {
        "ranking": ranking,
        "latest_round": latest,
        "counted_on": timezone.localtime(latest.closed_at),
        "pointless": pointless.count(),
    }


def _cases() -> Any:
    return case_pages.rows(Case.objects.published())[:6]


def _full_rows(cards: list[Any]) -> list[Any]:
    """Return as many cards as fill their rows: six, three, or fewer."""
    return cards if len(cards) == 6 else cards[:3]


def news(viewer: Viewer) -> list[reading.Entry]:
    """Return the latest of what happened, each thing once."""
    once: dict[str, reading.Entry] = {}
    for entry in reading.newest(viewer, among=12 * NEWS, at_once=4 * NEWS, verbs=TOLD):
        once.setdefault(entry.url, entry)
        if len(once) == NEWS:
            break
    return [*once.values()]


def _organisations(viewer: Viewer, today: date) -> dict[str, Any]:
    """Return the organisations, or others of many every day, so that each has its turn."""
    members = Organisation.objects.visible_to(viewer).in_taskforce()
    total = members.count()
    turn = MD5(Concat(Cast("pk", TextField()), Value(f" {today}")))
    drawn = members.order_by(turn, "pk").values("pk")[:WALL]
    columns = ("name", "slug", "kind", "is_example", "logo_small", "unanswered")
    rows = members.filter(pk__in=drawn).order_by(DanishOrder("name")).values(*columns)
    secretariat = Organisation.objects.filter(members__in=Member.objects.secretariat())
    return {
        "total": total,
        "is_many": total >= NAMED,
        "is_drawn": total > WALL,
        "wall": [
            {
                **row,
                "kind_words": Kind(row["kind"]).label,
                "logo": logos.shown(row),
                "url": address_of("members:organisation", row["slug"]),
            }
            for row in rows
        ],
        "secretariat": secretariat.order_by("pk").first(),
    }
