"""What pages of the register show: rows ready for the template, and one barrier's thread."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

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
)
from barriers.register import history
from taskforce.activity.models import TakenBack, Verb
from taskforce.activity.taking_back import WINDOW
from taskforce.core.relations import count_of, related, visible
from taskforce.dialogue.asking import pages as asking
from taskforce.dialogue.talk.pages import talk_about
from taskforce.following import novelty
from taskforce.members.models import Viewer
from taskforce.members.roles import membership

SHORTEST_PROSE = 320  # letters; a first paragraph of fewer leads the page
FEW_ROUNDS = 4  # so many have room for words in the picture


def rows(
    barriers: QuerySet[Barrier], viewer: Viewer, *more: str, **expressions: Any
) -> QuerySet[Any, Any]:
    """Return the columns that lists show and `more`, with counts of what is tied to each."""
    if "found_in" in barriers.query.annotations:
        more = (*more, "found_in")
    found: QuerySet[Any, Any] = barriers.values(
        *more,
        "pk",
        "title",
        "slug",
        "state",
        "rank",
        "points",
        "raised_on",
        "hidden_at",
        "support_count",
        theme_name=F("theme__name"),
        statement_count=statement_count(viewer),
        initiative_count=count_of(visible(Barrier, "initiatives", viewer), "barriers"),
        case_count=count_of(visible(Barrier, "cases", viewer), "barriers"),
        **expressions,
    )
    return found


def statement_count(viewer: Viewer) -> Coalesce:
    """Count the statements of a barrier that the viewer may read."""
    return count_of(Statement.objects.visible_to(viewer), "barrier")


def theme_of(relation: str) -> Coalesce:
    """Return the theme, by its slug, of the first barrier that a row of a higher floor answers.

    It chooses the pattern of cards without a picture.
    """
    barriers = Barrier.objects.shown().filter(**{relation: OuterRef("pk")}).order_by("pk")
    return Coalesce(Subquery(barriers.values("theme__slug")[:1]), Value(""))


def ready(row: dict[str, Any], most: int = 0) -> dict[str, Any]:
    """Return a row with its address, its state, and its counts in words; noughts are left out.

    `most` is the number of points that fills a bar.
    """
    statements, initiatives = row["statement_count"], row["initiative_count"]
    cases, supporters = row["case_count"], row["support_count"]
    behind = ngettext("%(n)s organisation behind it", "%(n)s organisations behind it", supporters)
    counts = (
        (supporters, behind),
        (statements, ngettext("%(n)s statement", "%(n)s statements", statements)),
        (initiatives, ngettext("%(n)s initiative", "%(n)s initiatives", initiatives)),
        (cases, ngettext("%(n)s good example", "%(n)s good examples", cases)),
    )
    state = BarrierState(row["state"])
    return {
        **row,
        "url": reverse("barriers:detail", args=[row["slug"]]),
        "state_name": state.label,
        "counts": [words % {"n": n} for n, words in counts if n],
        "percent": min(100, percent(row["points"] or 0, most)),
    }


def ranking(viewer: Viewer, *, limit: int) -> list[dict[str, Any]]:
    """Return the barriers with the best ranks; `percent` is of the first one's points."""
    ranked = Barrier.objects.visible_to(viewer).unresolved().exclude(rank=None)
    found = list(rows(ranked.order_by("rank", "title"), viewer)[:limit])
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
    own = Q(barrier=barrier) | Q(barrier__merged_into=barrier)
    ranked = PrioritisationRound.objects.ranked().order_by().values("pk")
    found = RoundResult.objects.visible_to(viewer).filter(own, round__in=ranked)
    ordered = found.select_related("round").order_by("round__closed_at", "round", "-rank")
    return [*{result.round_id: result for result in ordered}.values()]


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


def thread_of(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return what the barrier leads to on every floor, as the viewer may see it."""
    results = results_of(barrier, viewer)
    steps = over_time(results)
    initiatives = [*related(barrier, "initiatives", viewer).select_related("lead")]
    return {
        "statements": related(barrier, "statements", viewer).select_related(
            "organisation", "entry__minutes__meeting", "entry__agenda_item", "meeting"
        ),
        "add": thread.add_links(barrier, viewer),
        "initiatives": initiatives,
        "to_join": next((found for found in initiatives if found.is_under_way), None),
        "cases": related(barrier, "cases", viewer),
        "calls": related(barrier, "calls", viewer),
        "news": related(barrier, "news", viewer),
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


def detail(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return everything on a barrier's page, and what the viewer may change there."""
    statements = Statement.objects.editable_by(viewer).filter(barrier=barrier)
    lead, rest = problem(barrier.description)
    family = _family(barrier, viewer)
    return {
        "barrier": barrier,
        "lead": lead,
        "rest": rest,
        "new": novelty.on(barrier, viewer),
        **_support(barrier, viewer),
        **family,
        "history": history.entries(barrier, viewer),
        "taken_back": _taken_back(barrier, viewer),
        "editable": Barrier.objects.editable_by(viewer).filter(pk=barrier.pk).exists(),
        "own_statements": {*statements.values_list("pk", flat=True)},
        "talk": talk_about(barrier, viewer),
        "questions": asking.about(viewer, barrier, *family["merged"]),
        **thread_of(barrier, viewer),
    }


def _taken_back(barrier: Barrier, viewer: Viewer) -> QuerySet[TakenBack]:
    """Return the notes on a barrier, and on those that were merged into it by mistake."""
    apart = Change.objects.visible_to(viewer).filter(
        barrier=barrier, act=Act.MERGED, merge__undone_at__isnull=False
    )
    of_doubles = Q(verb=Verb.MERGED, target_id__in=apart.values("other"))
    own = Q(target_id=barrier.pk)
    if barrier.hidden_at is None:
        own &= ~Q(verb=Verb.WITHDRAWN)  # that it was withdrawn, though it shows again
    kind = ContentType.objects.get_for_model(Barrier)
    return TakenBack.objects.filter(own | of_doubles, target_type=kind)


def _support(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return who supports the barrier, and whether the viewer's organisation does."""
    supports = related(barrier, "supports", viewer).select_related("organisation")
    behind = [barrier.raised_by, *(support.organisation for support in supports)]
    member = membership(viewer)
    own = member and member.organisation_id
    is_behind = own in {organisation.pk for organisation in behind}
    is_ours = own == barrier.raised_by_id
    is_final = barrier.hidden_at or barrier.raised_at_id or barrier.has_ended
    return {
        "behind": behind,
        "own_supports_it": is_behind and not is_ours,
        "may_support": member is not None
        and not (is_behind or barrier.has_ended or barrier.hidden_at),
        "may_withdraw": is_ours and not is_final,
    }


def _family(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return the barriers that were merged into it, split from it, or that it was split from."""
    kin = Q(merged_into=barrier) | Q(split_from=barrier) | Q(pk=barrier.split_from_id)
    found = Barrier.objects.visible_to(viewer).filter(kin).select_related("raised_by", "raised_at")
    fresh = MergeRecord.objects.filter(undone_at=None, change__at__gt=timezone.now() - WINDOW)
    can_be_taken_apart = Exists(fresh.filter(change__other=OuterRef("pk")))
    found = found.annotate(can_be_taken_apart=can_be_taken_apart)
    rows = [*found.order_by("raised_on", "pk")]
    return {
        "merged": [row for row in rows if row.merged_into_id == barrier.pk],
        "parts": [row for row in rows if row.split_from_id == barrier.pk],
        "whole": next((row for row in rows if row.pk == barrier.split_from_id), None),
    }
