"""The list of the register: what everybody but the secretariat reads alike is a part.

Whoever writes cases also sees those of the own organisation counted that are not published yet.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet
from django.http import QueryDict

from barriers.models import Barrier
from barriers.models.barrier import BY_PRIORITY
from barriers.register import pages
from barriers.register.filters import BarrierFilter
from taskforce.core import parts
from taskforce.core.filtering import only
from taskforce.core.paging import Page, page_by
from taskforce.core.prepared import prepared
from taskforce.core.relations import visible
from taskforce.core.templatetags.words import plain_fields
from taskforce.members.models import Viewer
from taskforce.members.roles import is_member, is_secretariat

FILTERS = (*BarrierFilter.base_filters, "side")


@dataclass(frozen=True)
class Listed:
    fields: list[dict[str, Any]]  # of the form with the filters
    theme: str  # that is chosen, by its slug; empty for all
    page: Page  # its rows are ready
    is_example: bool  # of the ranks


def filtered(query: QueryDict, viewer: Viewer) -> BarrierFilter:
    barriers = Barrier.objects.visible_to(viewer).unmerged().order_by(*BY_PRIORITY)
    return BarrierFilter(query, barriers, viewer=viewer)


def listed(query: QueryDict, viewer: Viewer) -> Listed:
    """Return the page of the list that is asked for, as the viewer may see it."""
    if is_secretariat(viewer) or query.get("q"):  # words are hardly asked twice
        return _listed(query, viewer)
    found = _for_all(only(query, FILTERS).urlencode())
    return _with_own_cases(found, viewer) if is_member(viewer) else found


@parts.kept
def _for_all(query: str) -> Listed:
    return _listed(QueryDict(query), AnonymousUser())


def _listed(query: QueryDict, viewer: Viewer) -> Listed:
    filters = filtered(query, viewer)
    page = page_by(pages.rows(filters.qs, viewer), query)
    most, is_example = pages.latest_ranking()
    return Listed(
        fields=plain_fields(filters.form),
        theme=filters.form.cleaned_data.get("tema", ""),
        page=replace(page, rows=[pages.ready(row, most) for row in page.rows]),
        is_example=is_example,
    )


def _with_own_cases(found: Listed, viewer: Viewer) -> Listed:
    keys = tuple(row["pk"] for row in found.page.rows)
    cases = dict(_cases(viewer, keys)) if keys else {}
    own = [pages.counted({**row, "case_count": cases.get(row["pk"], 0)}) for row in found.page.rows]
    return replace(found, page=replace(found.page, rows=own))


@prepared
def _cases(viewer: Viewer, barriers: tuple[int, ...]) -> QuerySet[Any, tuple[int, int]]:
    """Count the cases of each barrier that the viewer may see."""
    cases = visible(Barrier, "cases", viewer).filter(barriers__in=barriers).order_by()
    number = Count("pk", distinct=True)
    found: QuerySet[Any, tuple[int, int]] = cases.values_list("barriers").annotate(number)
    return found
