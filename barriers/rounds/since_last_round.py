"""What has changed since the last round, shown to the secretariat as it plans the next one."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from barriers.models import Barrier, PrioritisationRound, RoundBarrier
from barriers.rounds import candidates
from taskforce.activity.models import Verb
from taskforce.activity.reading import acted_on_since
from taskforce.members.models import Viewer

ALIKE = 0.4  # similarity of two titles, from 0 to 1, from which they may be the same thing
SHOWN = 25


@dataclass(frozen=True)
class LikelyDouble:
    """Two barriers that may be one."""

    newer: Barrier
    older_title: str
    older_url: str
    merge_url: str


def page(viewer: Viewer) -> dict[str, Any]:
    """Return the last round that ranked, the barriers it did not have, doubles, and initiatives."""
    last = PrioritisationRound.objects.ranked().first()
    listed = RoundBarrier.objects.filter(round=last).values("barrier")
    # The kept barrier is not new where its double was on the list.
    unlisted = candidates.barriers().exclude(pk__in=listed).exclude(merged__in=listed)
    new = unlisted.order_by("-raised_on", "title")
    return {
        "last": last,
        "new": new.select_related("raised_by")[:SHOWN] if last else [],
        "doubles": likely_doubles(new),
        "begun": _begun(last, viewer),
    }


def likely_doubles(new: QuerySet[Barrier]) -> list[LikelyDouble]:
    """Return each new barrier that has a likely double, with the one most like it, in one query."""
    # Of two new barriers only the later one is shown beside the earlier one.
    is_earlier = ~Q(pk__in=new.order_by().values("pk")) | Q(pk__lt=OuterRef("pk"))
    own_title: Any = OuterRef("title_forms")
    alike = (
        candidates.barriers()
        .filter(is_earlier)
        .exclude(pk=OuterRef("pk"))
        .annotate(alike=TrigramSimilarity("title_forms", own_title))
        .filter(alike__gte=ALIKE)
        .order_by("-alike", "pk")
        .values(one=JSONObject(title="title", slug="slug"))
    )
    found = new.annotate(older=Subquery(alike[:1])).exclude(older=None)
    return [_doubles(row, **row.older) for row in found[:SHOWN]]


def _doubles(newer: Barrier, title: str, slug: str) -> LikelyDouble:
    merge_url = f"{reverse('barriers:merge', args=[newer.slug])}?{urlencode({'ind-i': slug})}"
    return LikelyDouble(newer, title, Barrier(slug=slug).get_absolute_url(), merge_url)


def _begun(last: PrioritisationRound | None, viewer: Viewer) -> Any:
    """Return the initiatives that were added since. They are of a floor above this one."""
    if last is None or last.closed_at is None:
        return []
    initiative: Any = Barrier._meta.get_field("initiatives").related_model
    return acted_on_since(initiative, [Verb.ADDED], since=last.closed_at, viewer=viewer)[:SHOWN]
