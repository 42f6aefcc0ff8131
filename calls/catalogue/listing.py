"""The list of calls: what everybody but the secretariat reads alike is a part.

The next deadline ends it, and midnight in Brussels: the days left change then.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from calls.catalogue import pages
from calls.catalogue.filters import CallFilter
from calls.deadlines import Timeline, timeline
from calls.models import Call, CallDeadline, Consortium, Partner
from taskforce.core import parts
from taskforce.core.filtering import only
from taskforce.core.paging import Page, page_by
from taskforce.core.prepared import prepared
from taskforce.core.templatetags.words import plain_fields
from taskforce.members.models import Viewer
from taskforce.members.roles import is_secretariat, membership

SOUGHT = 6  # searches for partners


@dataclass(frozen=True)
class Listed:
    fields: list[dict[str, Any]]  # of the form with the filters
    open_rows: list[dict[str, Any]]
    page: Page  # of closed calls; its rows are ready
    timeline: Timeline | None
    seeking: list[dict[str, Any]]  # consortia of open calls that seek a partner


def listed(query: QueryDict, viewer: Viewer) -> Listed:
    """Return the page of the list that is asked for, as the viewer may see it."""
    if is_secretariat(viewer) or query.get("q"):  # words are hardly asked twice
        found = _listed(query, viewer)
    else:
        found = _for_all(only(query, ["side"]).urlencode())
    own = _own(viewer, [row["pk"] for row in found.seeking])
    return replace(found, seeking=[{**row, "is_own": row["pk"] in own} for row in found.seeking])


@parts.kept
def _for_all(query: str) -> Listed:
    return _listed(QueryDict(query), AnonymousUser())


def _listed(query: QueryDict, viewer: Viewer) -> Listed:
    now = timezone.now()
    calls = Call.objects.visible_to(viewer)
    filters = CallFilter(query, calls)
    # Few calls are open at a time: all of them are above the closed ones, on every page.
    open_rows = pages.rows(filters.qs.open_at(now), viewer)
    page = page_by(filters.qs.closed_at(now).values(*pages.LINE), query)
    return Listed(
        fields=plain_fields(filters.form),
        open_rows=[pages.ready(row, now) for row in open_rows],
        page=replace(page, rows=[pages.ready_line(row, now) for row in page.rows]),
        timeline=timeline(CallDeadline.objects.filter(call__in=calls), now),
        seeking=[*_seeking(viewer)],
    )


def _seeking(viewer: Viewer) -> QuerySet[Any, Any]:
    """Return the consortia of open calls that seek a partner for something."""
    found: QuerySet[Any, Any] = Consortium.objects.visible_to(viewer).seeking().exclude(seeking="")
    return found.order_by("call__closes_at", "pk").values(
        *("pk", "name", "seeking"),
        call_title=F("call__title"),
        call_slug=F("call__slug"),
        leader=F("lead__name"),
        leader_kind=F("lead__kind"),
    )[:SOUGHT]


def _own(viewer: Viewer, consortia: list[int]) -> list[int]:
    """Return those of the viewer's own organisation, whether it leads them or is named in them."""
    member = membership(viewer)
    return _with(member.organisation_id, tuple(consortia)) if member and consortia else []


@prepared
def _with(organisation: int, consortia: tuple[int, ...]) -> QuerySet[Consortium, int]:
    named = Partner.objects.filter(consortium=OuterRef("pk"), organisation=organisation)
    own = Q(lead=organisation) | Q(Exists(named))
    return Consortium.objects.filter(own, pk__in=consortia).values_list("pk", flat=True)
