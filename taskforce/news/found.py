"""What a search finds of news."""

from django.db.models import F
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taskforce.core.finding import Found, found, lines
from taskforce.news.models import NewsItem

found(
    Found(
        model=NewsItem,
        key="nyhed",
        one=pgettext_lazy("one item", "News"),
        many=_("News"),
        rows=NewsItem.objects.visible_to,
        view="news:detail",
        keys=["slug"],
        title="title",
        text=lines("summary", "text"),
        is_html=True,
        day=Coalesce(F("source_date"), TruncDate("published_at")),
        counts=0.95,
        suggests=True,
    )
)
