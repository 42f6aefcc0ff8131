"""What a search finds of initiatives and good examples."""

from django.db.models import F
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from barriers.found import themes_of
from initiatives.models import Case, CaseState, Initiative, InitiativeState, InitiativeUpdate
from taskforce.core.finding import Found, found, lines

found(
    Found(
        model=Initiative,
        key="indsats",
        one=_("Initiative"),
        many=_("Initiatives"),
        rows=Initiative.objects.visible_to,
        view="initiatives:detail",
        keys=["slug"],
        title="title",
        text=lines("goal", "measure", "outcome", "summary_en"),
        day=Coalesce(F("starts_on"), F("ended_on"), F("due_on")),
        state="state",
        states=dict(InitiativeState.choices),
        organisation="lead",
        themes=lambda viewer: themes_of(viewer, "initiatives"),
        suggests=True,
    ),
    Found(
        model=InitiativeUpdate,
        key="fremdrift",
        one=_("Progress"),
        many=_("Progress"),
        rows=InitiativeUpdate.objects.visible_to,
        view="initiatives:detail",
        keys=["initiative__slug"],
        anchor="nyt-{}",
        title="initiative__title",
        text="text",
        place="organisation__name",
        day="told_on",
        organisation="organisation",
        counts=0.25,
    ),
    Found(
        model=Case,
        key="eksempel",
        one=_("Good example"),
        many=_("Good examples"),
        rows=Case.objects.visible_to,
        view="initiatives:case",
        keys=["slug"],
        title="title",
        text=lines("achieved", "problem", "done", "outcome", "place", "summary_en"),
        day=TruncDate("published_at"),
        state="state",
        states=dict(CaseState.choices),
        organisation="written_by",
        themes=lambda viewer: themes_of(viewer, "cases"),
        suggests=True,
    ),
)
