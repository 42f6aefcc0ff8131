"""Open data on meetings: the meetings, their agendas, and what published minutes say."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.models import AgendaItem, Attendance, Meeting, MinutesEntry, Outcome
from taskforce.core.datasets import Column, Dataset, Kind
from taskforce.core.rich_text import as_html, as_text
from taskforce.members.models import Viewer

OF_MEETING = _("id of the meeting")


def meetings(viewer: Viewer) -> QuerySet[Meeting]:
    there = Attendance.objects.visible_to(viewer).present()
    rows = Meeting.objects.visible_to(viewer).select_related("minutes")
    return rows.prefetch_related(Prefetch("attendances", there, to_attr="there"))


def agenda(viewer: Viewer) -> QuerySet[AgendaItem]:
    """Return the items of every meeting's agenda, which is public."""
    outcomes = Outcome.objects.visible_to(viewer)
    rows = AgendaItem.objects.filter(meeting__in=Meeting.objects.visible_to(viewer))
    rows = rows.select_related("meeting").with_responsible(viewer)
    return rows.prefetch_related(Prefetch("outcome", outcomes)).order_by("meeting__number", "order")


def passages(viewer: Viewer) -> QuerySet[MinutesEntry]:
    rows = MinutesEntry.objects.visible_to(viewer).select_related("minutes__meeting", "speaker")
    return rows.order_by("minutes__meeting__number", "order")


def _who_was_there(meeting: Meeting) -> list[int]:
    there: list[Attendance] = meeting.there  # type: ignore[attr-defined]  # fetched by `meetings`
    return sorted({one.organisation_id for one in there if one.organisation_id})


MEETINGS = Dataset(
    name="meetings",
    title=_("Meetings"),
    about=_("A row is a meeting of the taskforce: planned, held or cancelled."),
    model=Meeting,
    rows_for=meetings,
    columns=[
        Column("number"),
        Column("title"),
        Column("date", means=_("date; the first day where only the month is known")),
        Column("date_precision"),
        Column("starts"),
        Column("ends"),
        Column("format"),
        Column("place"),
        Column("state"),
        Column(
            "organisations",
            means=_("ids of the organisations that were there, once the minutes are published"),
            value=_who_was_there,
            tells=["attendances.organisation", "attendances.status"],
            kind=Kind.LIST,
        ),
        Column(
            "minutes_published", "minutes.published_at", means=_("when the minutes were published")
        ),
        Column("is_example"),
    ],
)

AGENDA = Dataset(
    name="agenda",
    title=_("Agendas"),
    about=_("A row is an item on the agenda of a meeting, with what came of it."),
    model=AgendaItem,
    rows_for=agenda,
    address=lambda item: f"{item.meeting.get_absolute_url()}#{item.anchor}",
    columns=[
        Column("meeting", means=OF_MEETING),
        Column("meeting_number", "meeting.number", means=_("number of the meeting")),
        Column("order"),
        Column("starts"),
        Column("minutes"),
        Column("title"),
        Column(
            "details",
            value=lambda item: as_text(as_html(item.details)),
            tells=["details"],
            means=_("details"),
            by_others=True,
        ),
        Column(
            "responsible_organisation",
            value=lambda item: item.responsible_organisation,
            tells=[
                "organisation.name",
                "responsible.organisation_name",
                "responsible_member.organisation.name",
            ],
            means=_("name of the organisation that is responsible"),
        ),
        Column("purpose"),
        Column("outcome", "outcome.kind", means=_("what came of it, in published minutes")),
        Column("decision", "outcome.decision", means=_("what was decided")),
        Column(
            "deferred_from",
            "deferred_from_id",
            means=_("id of the item that was put off to this meeting"),
        ),
    ],
)

MINUTES = Dataset(
    name="minutes",
    title=_("Minutes"),
    about=_("A row is a passage of published minutes. Who spoke is told by organisation."),
    model=MinutesEntry,
    rows_for=passages,
    columns=[
        Column("meeting", "minutes.meeting", means=OF_MEETING),
        Column("meeting_number", "minutes.meeting.number", means=_("number of the meeting")),
        Column("order"),
        Column("agenda_item", "agenda_item_id", means=_("id of the agenda item")),
        Column("heading"),
        Column("organisation", "speaker.organisation_id", means=_("id of who spoke")),
        Column("organisation_name", "speaker.organisation_name", means=_("name of who spoke")),
        Column(
            "text",
            value=lambda passage: as_text(passage.text),
            tells=["text"],
            means=_("what it says, without markup"),
        ),
        Column("published", "minutes.published_at", means=_("when the minutes were published")),
    ],
)
