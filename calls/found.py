"""What a search finds of EU calls and the consortia that show themselves."""

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext_lazy as _

from barriers.found import themes_of
from calls.models import Call, Consortium, Openness
from taskforce.core.finding import Found, found, lines

OPEN, CLOSED = "open", "closed"

found(
    Found(
        model=Call,
        key="opslag",
        one=_("EU call"),
        many=_("EU calls"),
        rows=Call.objects.visible_to,
        view="calls:detail",
        keys=["slug"],
        title="title",
        text=lines("summary", "topic_id", "description"),
        is_html=True,
        day=TruncDate("closes_at"),
        state=Case(
            When(Q(closes_at=None) | Q(closes_at__gt=Now()), then=Value(OPEN)),
            default=Value(CLOSED),
        ),
        states={OPEN: _("Open"), CLOSED: _("Closed")},
        themes=lambda viewer: themes_of(viewer, "calls"),
        suggests=True,
    ),
    Found(
        model=Consortium,
        key="konsortium",
        one=_("Consortium"),
        many=_("Consortia"),
        # The secretariat may read the names of the others, and nothing else.
        rows=lambda viewer: Consortium.objects.shown_to(viewer),
        view="calls:consortium",
        keys=["call__slug", "pk"],
        title="name",
        text="description",
        place="call__title",
        state="openness",
        states={Openness.OPEN: Openness.OPEN.label, Openness.CLOSED: Openness.CLOSED.label},
        organisation="lead",
        counts=0.9,
        suggests=True,
    ),
)
