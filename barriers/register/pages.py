"""What pages of the register show: rows ready for the template, and one barrier's thread."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext_lazy

from barriers import thread
from barriers.models import (
    Act,
    Barrier,
    BarrierState,
    Change,
    MergeRecord,
    PrioritisationRound,
    RoundResult,
    Statement,
    Support,
)
from barriers.register import history
from taskforce.activity.models import TakenBack, Verb
from taskforce.activity.taking_back import WINDOW
from taskforce.core import parts
from taskforce.core.addresses import address_of
from taskforce.core.prepared import prepared
from taskforce.core.relations import count_of, known, visible
from taskforce.dialogue.asking import pages as asking
from taskforce.dialogue.talk.pages import talk_about
from taskforce.following import novelty
from taskforce.members.models import Viewer
from taskforce.members.roles import is_member, is_secretariat, membership
from taskforce.members.stand_ins import anybody, role_of

SHORTEST_PROSE = 320  # letters; a first paragraph of fewer leads the page
FEW_ROUNDS = 4  # so many have room for words in the picture
# The templates of what is alike for everybody of a role.
SECTIONS = ("thread", "help_ways", "history", "aside")
STATES = dict(BarrierState.choices)
LINE = ("pk", "title", "slug", "state", "rank", "points", "support_count")
COUNTS = {
    "support_count": ngettext_lazy(
        "%(n)s organisation behind it", "%(n)s organisations behind it", "n"
    ),
    "statement_count": ngettext_lazy("%(n)s statement", "%(n)s statements", "n"),
    "initiative_count": ngettext_lazy("%(n)s initiative", "%(n)s initiatives", "n"),
    "case_count": ngettext_lazy("%(n)s good example", "%(n)s good examples", "n"),
}


def rows(
    barriers: QuerySet[Barrier], viewer: Viewer, *more: str, **expressions: Any
) -> QuerySet[Any, Any]:
    """Return the columns that lists show and `more`, with counts of what is tied to each."""
    if "found_in" in barriers.query.annotations:
        more = (*more, "found_in")
    found: QuerySet[Any, Any] = barriers.values(
        *more,
        *LINE,
        "raised_on",
        "hidden_at",
        theme_name=F("theme__name"),
        statement_count=statement_count(viewer),
        initiative_count=count_of(visible(Barrier, "initiatives", viewer), "barriers"),
        case_count=count_of(visible(Barrier, "cases", viewer), "barriers"),
        **expressions,
    )
    return found


def statement_count(viewer: Viewer) -> Coalesce:
    """Count the statements that the viewer may read, of a barrier that the viewer sees."""
    told = Statement.objects.all() if is_secretariat(viewer) else Statement.objects.told()
    return count_of(told, "barrier")


@cache
def theme_of(relation: str) -> Coalesce:
    """Return the theme, by its slug, of the first barrier that a row of a higher floor answers.

    It chooses the pattern of cards without a picture.
    """
    barriers = Barrier.objects.shown().filter(**{relation: OuterRef("pk")}).order_by("pk")
    return Coalesce(Subquery(barriers.values("theme__slug")[:1]), Value(""))


def ready(row: dict[str, Any], most: int = 0) -> dict[str, Any]:
    """Return a row with its address, its state, and what it has of counts, in words, but noughts.

    `most` is the number of points that fills a bar.
    """
    return {
        **counted(row),
        "url": address_of("barriers:detail", row["slug"]),
        "state_name": str(STATES[row["state"]]),
        "percent": min(100, percent(row["points"] or 0, most)),
    }


def counted(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its counts in words, but noughts."""
    words = [words % {"n": row[name]} for name, words in COUNTS.items() if row.get(name)]
    return {**row, "counts": words}


@parts.kept
def latest_ranking() -> tuple[int, bool]:
    """Return the most points of the latest ranking, and whether it is an invented example."""
    ranked = PrioritisationRound.objects.ranked().annotate(most=Max("results__points"))
    return ranked.values_list("most", "is_example").first() or (0, False)


def ranking(viewer: Viewer, *, limit: int) -> list[dict[str, Any]]:
    """Return the barriers with the best ranks; `percent` is of the first one's points."""
    ranked = Barrier.objects.visible_to(viewer).unresolved().exclude(rank=None)
    found = list(ranked.order_by("rank", "title").values(*LINE)[:limit])
    most = max((row["points"] for row in found), default=0)
    return [ready(row, most) for row in found]


def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


@dataclass(frozen=True)
class RoundRank:
    """A barrier's rank in one round, as a point of the picture (x and y in its own units)."""

    round: Any
    title: str  # at that time, perhaps of a barrier that was merged into this one since
    rank: int
    points: int
    x: int
    y: int
    has_room: bool  # for words beside the figure, and for the month below it


def results_of(barrier: Barrier, viewer: Viewer) -> list[RoundResult]:
    """Return the barrier's result in each round that ranks, the earliest first.

    Where a double that was merged into it since had a better rank, that one counts.
    """
    return [*{result.round_id: result for result in _results(viewer, barrier.pk)}.values()]


@prepared
def _results(viewer: Viewer, barrier: int) -> QuerySet[RoundResult]:
    own = Q(barrier=barrier) | Q(barrier__merged_into=barrier)
    ranked = PrioritisationRound.objects.ranked().order_by().values("pk")
    found = RoundResult.objects.visible_to(viewer).filter(own, round__in=ranked)
    return found.select_related("round").order_by("round__closed_at", "round", "-rank")


def over_time(results: list[RoundResult]) -> list[RoundRank]:
    """Return the rank in each round that gave points; a better rank is higher up."""
    chosen = [result for result in results if result.points]
    last = max((result.rank for result in chosen), default=1)
    steps = max(1, len(chosen) - 1)
    return [
        RoundRank(
            round=result.round,
            title=result.title,
            rank=result.rank,
            points=result.points,
            x=150 if len(chosen) == 1 else 45 + round(210 * place / steps),
            y=34 + round(44 * (result.rank - 1) / max(1, last - 1)),
            has_room=len(chosen) <= FEW_ROUNDS or place in (0, steps),
        )
        for place, result in enumerate(chosen)
    ]


@prepared
def _statements(viewer: Viewer, barrier: int) -> QuerySet[Statement]:
    found = Statement.objects.visible_to(viewer).filter(barrier=barrier)
    places = ("entry__minutes__meeting", "entry__agenda_item", "meeting")
    return found.select_related("organisation", *places).defer("search", "entry__search")


@prepared
def _initiatives(viewer: Viewer, barrier: int) -> QuerySet[Any]:
    return visible(Barrier, "initiatives", viewer).filter(barriers=barrier).select_related("lead")


@prepared
def _cases(viewer: Viewer, barrier: int) -> QuerySet[Any]:
    return visible(Barrier, "cases", viewer).filter(barriers=barrier)


@prepared
def _calls(viewer: Viewer, barrier: int) -> QuerySet[Any]:
    return visible(Barrier, "calls", viewer).filter(barriers=barrier)


@prepared
def _news(viewer: Viewer, barrier: int) -> QuerySet[Any]:
    return visible(Barrier, "news", viewer).filter(barriers=barrier)


@prepared
def _cases_of_few(viewer: Viewer, barrier: int) -> QuerySet[Any, int]:
    """Return the keys of the barrier's cases that the viewer sees and strangers do not."""
    everybodys = visible(Barrier, "cases", AnonymousUser()).values("pk")
    own = visible(Barrier, "cases", viewer).filter(barriers=barrier)
    return own.exclude(pk__in=everybodys).values_list("pk", flat=True)


def _sections_for(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return the sections that everybody of a role reads alike.

    The secretariat reads what is not published, too, and organisations their own cases: no stamp
    tells of changes there (`core.parts`).
    """
    if is_secretariat(viewer) or (is_member(viewer) and _cases_of_few(viewer, barrier.pk)):
        return _sections(barrier, viewer)
    return _for_all(barrier.pk, role_of(viewer))


@parts.kept
def _for_all(barrier: int, role: str | None) -> dict[str, Any]:
    """Return the sections for a role, of rows that are read here: they must be of its stamp."""
    return _sections(_with_key(barrier)[0], anybody(role))


@prepared
def _with_key(barrier: int) -> QuerySet[Barrier]:
    return Barrier.objects.filter(pk=barrier).select_related("raised_by", "raised_at")


def _sections(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    behind = [barrier.raised_by, *(row.organisation for row in _supports(viewer, barrier.pk))]
    facts = {
        "barrier": barrier,
        "behind": behind,
        "history": history.entries(barrier, viewer),
        "by_member": is_member(viewer),
        **thread_of(barrier, viewer),
    }
    shown = {name: render_to_string(f"barriers/{name}.html", facts) for name in SECTIONS}
    return {**shown, "organisations_behind": frozenset(row.pk for row in behind)}


def thread_of(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return what the barrier leads to on every floor, as the viewer may see it."""
    results = results_of(barrier, viewer)
    steps = over_time(results)
    initiatives = _initiatives(viewer, barrier.pk)
    return {
        "add": thread.add_links(barrier, viewer),
        "initiatives": initiatives,
        "to_join": next((found for found in initiatives if found.is_under_way), None),
        "cases": _cases(viewer, barrier.pk),
        "calls": _calls(viewer, barrier.pk),
        "steps": steps,
        "latest": steps[-1] if steps else None,
        # The round in which nobody chose it, where no later one gave it points.
        "unchosen_in": results[-1].round if results and not results[-1].points else None,
        "rank_is_example": bool(steps) and steps[-1].round.is_example,
    }


def problem(description: str) -> tuple[str, str]:
    """Return the first paragraph where it is short enough to lead the page, and the rest."""
    first, _, rest = description.strip().partition("\n\n")
    return (first, rest) if len(first) <= SHORTEST_PROSE else ("", description)


@prepared
def with_slug(viewer: Viewer, slug: str) -> QuerySet[Barrier]:
    found = Barrier.objects.visible_to(viewer).filter(slug=slug)
    shown = found.select_related("theme", "raised_by", "raised_at")
    return shown.defer("search", "title_forms", "raised_by__search", "raised_at__search")


def detail(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return everything on a barrier's page, and what the viewer may change there."""
    lead, rest = problem(barrier.description)
    family = _family(barrier, viewer)
    shown = _sections_for(barrier, viewer)
    return {
        **shown,
        "barrier": barrier,
        "lead": lead,
        "rest": rest,
        "new": novelty.on(barrier, viewer),
        **_support(barrier, viewer, shown["organisations_behind"]),
        **family,
        "taken_back": _taken_back(viewer, barrier.pk, is_hidden=barrier.hidden_at is not None),
        "editable": bool(_editable(viewer, barrier.pk)),
        "own_statements": {*_own_statements(viewer, barrier.pk)},
        "talk": talk_about(barrier, viewer),
        "questions": asking.about(viewer, barrier, *family["merged"]),
        "statements": known(_statements(viewer, barrier.pk), barrier=barrier),
        "add": thread.add_links(barrier, viewer),
        "news": _news(viewer, barrier.pk),
    }


@prepared
def _editable(viewer: Viewer, barrier: int) -> QuerySet[Barrier, int]:
    return Barrier.objects.editable_by(viewer).filter(pk=barrier).values_list("pk", flat=True)


@prepared
def _own_statements(viewer: Viewer, barrier: int) -> QuerySet[Statement, int]:
    own = Statement.objects.editable_by(viewer).filter(barrier=barrier)
    return own.values_list("pk", flat=True)


@prepared
def _taken_back(viewer: Viewer, barrier: int, *, is_hidden: bool) -> QuerySet[TakenBack]:
    """Return the notes on a barrier, and on those that were merged into it by mistake."""
    apart = Change.objects.visible_to(viewer).filter(
        barrier=barrier, act=Act.MERGED, merge__undone_at__isnull=False
    )
    of_doubles = Q(verb=Verb.MERGED, target_id__in=apart.values("other"))
    own = Q(target_id=barrier)
    if not is_hidden:
        own &= ~Q(verb=Verb.WITHDRAWN)  # that it was withdrawn, though it shows again
    kind = ContentType.objects.get_for_model(Barrier)
    return TakenBack.objects.filter(own | of_doubles, target_type=kind)


@prepared
def _supports(viewer: Viewer, barrier: int) -> QuerySet[Support]:
    found = Support.objects.visible_to(viewer).filter(barrier=barrier)
    return found.select_related("organisation")


def _support(barrier: Barrier, viewer: Viewer, behind: frozenset[int]) -> dict[str, Any]:
    """Return whether the viewer's organisation supports the barrier, and may."""
    member = membership(viewer)
    own = member and member.organisation_id
    is_behind = own in behind
    is_ours = own == barrier.raised_by_id
    is_final = barrier.hidden_at or barrier.raised_at_id or barrier.has_ended
    return {
        "own_supports_it": is_behind and not is_ours,
        "may_support": member is not None
        and not (is_behind or barrier.has_ended or barrier.hidden_at),
        "may_withdraw": is_ours and not is_final,
    }


def _family(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return the barriers that were merged into it, split from it, or that it was split from."""
    rows = _kin(viewer, barrier.pk, barrier.split_from_id, timezone.now() - WINDOW)
    return {
        "merged": [row for row in rows if row.merged_into_id == barrier.pk],
        "parts": [row for row in rows if row.split_from_id == barrier.pk],
        "whole": next((row for row in rows if row.pk == barrier.split_from_id), None),
    }


@prepared
def _kin(viewer: Viewer, barrier: int, whole: int | None, since: datetime) -> QuerySet[Any]:
    kin = Q(merged_into=barrier) | Q(split_from=barrier) | Q(pk=whole)
    found = Barrier.objects.visible_to(viewer).filter(kin).select_related("raised_by", "raised_at")
    fresh = MergeRecord.objects.filter(undone_at=None, change__at__gt=since)
    can_be_taken_apart = Exists(fresh.filter(change__other=OuterRef("pk")))
    found = found.annotate(can_be_taken_apart=can_be_taken_apart)
    return found.order_by("raised_on", "pk")
