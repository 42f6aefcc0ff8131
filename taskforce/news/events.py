"""What is told of news."""

from django.utils.translation import gettext_lazy as _

from taskforce.activity.models import Verb
from taskforce.following.events import Event, event
from taskforce.following.kinds import Kind
from taskforce.news.models import NewsItem

event(
    NewsItem,
    Verb.PUBLISHED,
    Event(
        _("News: %(title)s"),
        words=lambda item: item.summary,
        stands=lambda item: item.is_published,
        new=Kind.NEWS,
    ),
)
