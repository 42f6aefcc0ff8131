"""What a search finds of figures from outside, of goals and of yearly reports."""

from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from taskforce.core.finding import NO_WORDS, Found, found, lines
from taskforce.results.models import Figure, Goal, Report


def report(_title: str, keys: list[str]) -> str:
    """Return what a report is called, by the year in its address."""
    return str(Report(year=int(keys[0])))


found(
    Found(
        model=Figure,
        key="tal",
        one=_("Figure"),
        many=_("Figures"),
        rows=lambda viewer: Figure.objects.visible_to(viewer).published(),
        view="results:index",
        keys=[],
        anchor="tal-{}",
        title="what",
        text=lines("unit", "known_by", "way", "source"),
        day="to_on",
        counts=0.6,
    ),
    Found(
        model=Goal,
        key="maal",
        one=_("Goal"),
        many=_("Goals"),
        rows=lambda viewer: Goal.objects.visible_to(viewer).published(),
        view="results:index",
        keys=[],
        anchor="maal-{}",
        title="what",
        text="unit",
        counts=0.7,
    ),
    Found(
        model=Report,
        key="rapport",
        one=_("Yearly report"),
        many=_("Yearly reports"),
        rows=lambda viewer: Report.objects.visible_to(viewer).published(),
        view="results:year",
        keys=["year"],
        title=NO_WORDS,
        named=report,
        text="introduction",
        is_html=True,
        day=TruncDate("published_at"),
        number="year",
        called=("årsrapport", "årsrapporten", "årsrapporter", "rapport", "rapporten", "report"),
        counts=0.7,
    ),
)
