"""What a search finds of meetings and their minutes."""

from typing import Any

from django.db.models import TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from meetings.models import (
    ActionPoint,
    AgendaItem,
    AgendaProposal,
    Attendance,
    Material,
    MaterialPage,
    Meeting,
    MeetingState,
    MinutesEntry,
    Outcome,
    OutcomeKind,
    numbered,
)
from taskforce.core.finding import Found, found


def meeting(title: str, keys: list[str]) -> str:
    """Return what a meeting is called: its title, or its number, the first key of the address."""
    return title or numbered(int(keys[0]))


def on_page(place: str, keys: list[str]) -> str:
    """Say on which page of its material something stands, and of which meeting."""
    words = _now("%(meeting)s, page %(page)s")
    return words % {"meeting": numbered(int(keys[0])), "page": place}


def at(path: str) -> dict[str, Any]:
    """Return what hits on the page of a meeting have in common; `path` leads to it."""
    return {
        "view": "meetings:detail",
        "keys": [f"{path}__number"],
        "place": f"{path}__title",
        "placed": meeting,
        "day": f"{path}__date",
    }


found(
    Found(
        model=Meeting,
        key="moede",
        one=_("Meeting"),
        many=_("Meetings"),
        rows=Meeting.objects.visible_to,
        view="meetings:detail",
        keys=["number"],
        title="title",
        named=meeting,
        text="place",
        day="date",
        state="state",
        states=dict(MeetingState.choices),
        number="number",
        called=(
            *("møde", "mødet", "møder", "mødes", "meeting"),
            *("referat", "referatet", "referater", "minutes"),
        ),
        of_day=2,
        suggests=True,
    ),
    Found(
        model=MinutesEntry,
        key="referat",
        one=_("Minutes"),
        many=_("Minutes"),
        rows=MinutesEntry.objects.visible_to,
        **at("minutes__meeting"),
        anchor="afsnit-{}",
        title=Coalesce(
            NullIf("heading", Value("")),
            "speaker__organisation_name",
            "agenda_item__title",
            output_field=TextField(),
        ),
        named=lambda title, _keys: title or _now("Minutes"),
        text="text",
        is_html=True,
        organisation="speaker__organisation",
        of_day=0.1,
        counts=0.8,
    ),
    Found(
        model=AgendaItem,
        key="dagsorden",
        one=_("Agenda item"),
        many=_("Agenda items"),
        rows=AgendaItem.objects.visible_to,
        **at("meeting"),
        anchor="punkt-{}",
        title="title",
        text="details",
        is_html=True,
        organisation="organisation",
        counts=0.5,
    ),
    Found(
        model=AgendaProposal,
        key="forslag",
        one=_("Proposed agenda item"),
        many=_("Proposed agenda items"),
        # They stand on the page of a meeting until it is held.
        rows=lambda viewer: AgendaProposal.objects.visible_to(viewer).filter(
            meeting__state=MeetingState.PLANNED
        ),
        **at("meeting"),
        anchor="forslag",
        title="title",
        organisation="proposed_by__organisation",
        counts=0.4,
        is_for_members=True,
    ),
    Found(
        model=Outcome,
        key="beslutning",
        one=_("Decision"),
        many=_("Decisions"),
        rows=Outcome.objects.visible_to,
        **at("minutes__meeting"),
        anchor="punkt-{}",
        part="agenda_item",
        title="agenda_item__title",
        text="decision",
        state="kind",
        states=dict(OutcomeKind.choices),
        counts=0.5,
    ),
    Found(
        model=ActionPoint,
        key="aftale",
        one=_("Action point"),
        many=_("Action points"),
        rows=ActionPoint.objects.visible_to,
        **at("meeting"),
        anchor="aftalt",
        title="what",
        organisation="organisation",
        counts=0.6,
    ),
    Found(
        model=Material,
        key="materiale",
        one=_("Material"),
        many=_("Material"),
        rows=Material.objects.visible_to,
        **at("meeting"),
        anchor="materiale-{}",
        title="title",
        counts=0.85,
        suggests=True,
    ),
    Found(
        model=MaterialPage,
        key="fil",
        one=_("In a file"),
        many=_("In files"),
        rows=MaterialPage.objects.visible_to,
        **{**at("material__meeting"), "place": "number", "placed": on_page},
        anchor="materiale-{}",
        part="material",
        title="material__title",
        text="text",
        counts=0.35,
    ),
    Found(
        model=Attendance,
        key="deltager",
        one=_("Participant"),
        many=_("Participants"),
        rows=lambda viewer: Attendance.objects.named_to(viewer),
        **at("meeting"),
        anchor="deltagere",
        title="name",
        text="organisation_name",
        organisation="organisation",
        counts=0.6,
        is_of_people=True,
    ),
)
