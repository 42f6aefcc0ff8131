"""Search everything that has a page, as the viewer may see it, in one query."""

from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Left
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from barriers.models import Barrier
from calls.models import Call
from initiatives.models import Case, Initiative
from meetings.models import Meeting, MinutesEntry, numbered
from taskforce.dialogue.models import Contribution
from taskforce.members.models import Organisation, Viewer
from taskforce.news.models import NewsItem

LIMIT = 50
READ = 1000  # characters of a text that are fetched for its excerpt
EXCERPT = 30  # words


NOTHING = Value([], ArrayField(TextField()))


@dataclass(frozen=True)
class Source:
    """A model that can be searched, and the columns of its title, text and address."""

    model: Any
    label: Any
    view: str
    title: str = "title"
    text: str = "description"
    key: str = "slug"

    def hits(self, place: int, words: str, viewer: Viewer) -> QuerySet[Any, Any]:
        """Return rows with the same columns from every source, so that one query can join them."""
        found: QuerySet[Any] = self.model.objects.visible_to(viewer).with_own_page().search(words)
        merged = F("found_in") if "found_in" in found.query.annotations else NOTHING
        return found.order_by().values(
            doubles=merged,
            source=Value(place),
            named=Cast(F(self.title), TextField()),
            words=Left(F(self.text), READ),
            address=Cast(F(self.key), TextField()),
            row=F("pk"),
            score=F("relevance"),
        )


SOURCES = [
    Source(Barrier, _("Barrier"), "barriers:detail"),
    Source(
        MinutesEntry,
        _("Minutes"),
        "meetings:detail",
        title="heading",
        text="text",
        key="minutes__meeting__number",
    ),
    Source(Meeting, _("Meeting"), "meetings:detail", text="place", key="number"),
    Source(Initiative, _("Initiative"), "initiatives:detail", text="goal"),
    Source(Case, _("Good example"), "initiatives:case", text="done"),
    Source(Call, _("EU call"), "calls:detail", text="summary"),
    Source(NewsItem, pgettext_lazy("one item", "News"), "news:detail", text="summary"),
    Source(
        Contribution,
        _("Contribution"),
        "dialogue:contribution",
        title="organisation_name",
        text="text",
        key="pk",
    ),
    Source(Organisation, _("Organisation"), "members:organisation", title="name"),
]


@dataclass(frozen=True)
class Hit:
    kind: str
    model: str  # the name of the model
    title: str
    excerpt: str
    url: str
    found_in: list[str]  # titles of doubles that were merged into it


def search(words: str, viewer: Viewer) -> list[Hit]:
    """Return the best hits for words in any Danish form, the most relevant first."""
    parts = [source.hits(place, words, viewer) for place, source in enumerate(SOURCES)]
    joined = reduce(lambda one, other: one.union(other, all=True), parts)
    return [_hit(row) for row in joined.order_by("-score", "source", "row")[:LIMIT]]


def _hit(row: dict[str, Any]) -> Hit:
    source = SOURCES[row["source"]]
    # A passage has an anchor on the page of its meeting. A meeting may have no title.
    passage = source.model is MinutesEntry
    anchor = f"#{MinutesEntry(pk=row['row']).anchor}" if passage else ""
    return Hit(
        kind=str(source.label),
        model=source.model._meta.model_name,
        title=row["named"] or numbered(int(row["address"])),
        excerpt=Truncator(strip_tags(row["words"])).words(EXCERPT),
        url=reverse(source.view, args=[row["address"]]) + anchor,
        found_in=row["doubles"],
    )
