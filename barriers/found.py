"""What a search finds of barriers."""

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Expression, F, Func, OuterRef
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, BarrierState, PrioritisationRound, Statement
from taskforce.core.finding import Found, found, lines
from taskforce.members.models import Viewer


def theme(field: str) -> Expression:
    """Return the theme of a row that has one, as a list."""
    listed = ArrayField(BigIntegerField())
    return Func(F(field), template="ARRAY[%(expressions)s]::bigint[]", output_field=listed)


def themes_of(viewer: Viewer, relation: str) -> ArraySubquery:
    """Return the themes of the barriers that point at a row and that the viewer may see."""
    seen = Barrier.objects.visible_to(viewer).filter(**{relation: OuterRef("pk")})
    return ArraySubquery(seen.order_by().values("theme").distinct())


found(
    Found(
        model=Barrier,
        key="barriere",
        one=_("Barrier"),
        many=_("Barriers"),
        rows=lambda viewer: Barrier.objects.visible_to(viewer).with_own_page(),
        view="barriers:detail",
        keys=["slug"],
        title="title",
        text=lines("description", "answer", "summary_en"),
        day="raised_on",
        state="state",
        states=dict(BarrierState.choices),
        organisation="raised_by",
        themes=lambda _viewer: theme("theme"),
        suggests=True,
    ),
    Found(
        model=Statement,
        key="udsagn",
        one=_("Statement"),
        many=_("Statements"),
        rows=Statement.objects.visible_to,
        view="barriers:detail",
        keys=["barrier__slug"],
        anchor="udsagn-{}",
        title="barrier__title",
        text="text",
        place="organisation__name",
        day="made_on",
        organisation="organisation",
        themes=lambda _viewer: theme("barrier__theme"),
        counts=0.25,
    ),
    Found(
        model=PrioritisationRound,
        key="prioritering",
        one=_("Prioritisation"),
        many=_("Prioritisations"),
        rows=PrioritisationRound.objects.visible_to,
        view="barriers:round",
        keys=["slug"],
        title="title",
        day=TruncDate("opens_at"),
        counts=0.7,
        suggests=True,
    ),
)
