"""What a search finds of newsletters: what the secretariat wrote above the news."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from taskforce.core.finding import NO_WORDS, Found, found
from taskforce.following.models import Newsletter


def named(_title: str, keys: list[str]) -> str:
    """Return what a newsletter is called, by the day in its address."""
    return str(Newsletter(day=date.fromisoformat(keys[0])))


found(
    Found(
        model=Newsletter,
        key="nyhedsbrev",
        one=_("Newsletter"),
        many=_("Newsletters"),
        rows=lambda viewer: Newsletter.objects.visible_to(viewer).with_own_page(),
        view="following:newsletter",
        keys=["day"],
        title=NO_WORDS,
        named=named,
        text="introduction",
        is_html=True,
        day="day",
        counts=0.6,
    )
)
