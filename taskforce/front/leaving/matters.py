"""What a member does for the taskforce that another could take over."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Case, CaseState, Initiative, Participation
from initiatives.models.initiative import UNDER_WAY
from meetings.inviting import acts as inviting
from meetings.models import ActionPoint, AgendaItem, Attendance, Meeting
from taskforce.members.models import Member


@dataclass(frozen=True)
class Kind:
    """One kind of work: the field that names its person, and how it is told."""

    key: str
    words: str | Promise
    field: str
    open: Callable[[Member], QuerySet[Any, Any]]
    page: Callable[[Any], Model]
    # Of whose organisation the person must be; None where anybody can do it.
    belongs_to: Callable[[Any], int | None]


@dataclass(frozen=True)
class Matter:
    """One thing that stands open for a member."""

    kind: Kind
    row: Any

    @property
    def key(self) -> str:
        return f"{self.kind.key}.{self.row.pk}"

    @property
    def title(self) -> str:
        """Return what it is called; of a draft no title shows: it is its authors' alone."""
        page = self.kind.page(self.row)
        return _("A draft of a good example") if _is_draft(page) else str(page)

    @property
    def words(self) -> str:
        return str(self.kind.words)

    @property
    def url(self) -> str:
        page: Any = self.kind.page(self.row)
        url: str = reverse("front:my_page") if _is_draft(page) else page.get_absolute_url()
        return url

    def fits(self, successor: Member) -> bool:
        """Tell whether somebody may take it over: an organisation's work stays in it."""
        return self.kind.belongs_to(self.row) in (None, successor.organisation_id)


def _is_draft(page: Model) -> bool:
    return isinstance(page, Case) and page.state == CaseState.DRAFT


def _coming() -> QuerySet[Meeting]:
    return Meeting.objects.coming(timezone.localdate())


def _points(member: Member) -> QuerySet[Any, Any]:
    return ActionPoint.objects.open().filter(owner=member).select_related("meeting")


def _leads(member: Member) -> QuerySet[Any, Any]:
    return Initiative.objects.under_way().filter(contact=member)


def _parts(member: Member) -> QuerySet[Any, Any]:
    rows = Participation.objects.filter(contact=member, initiative__state__in=UNDER_WAY)
    return rows.select_related("initiative")


def _cases(member: Member) -> QuerySet[Any, Any]:
    return Case.objects.filter(contact=member)


def _items(member: Member) -> QuerySet[Any, Any]:
    rows = AgendaItem.objects.filter(responsible_member=member) | AgendaItem.objects.filter(
        responsible__member=member
    )
    people = ("responsible__member", "responsible_member")
    return rows.filter(meeting__in=_coming()).select_related("meeting", *people)


def _invitations(member: Member) -> QuerySet[Any, Any]:
    rows = Attendance.objects.filter(member=member, meeting__in=_coming())
    return rows.select_related("meeting").order_by("meeting__date")


KINDS = (
    Kind(
        "point",
        gettext_lazy("Action point"),
        "owner",
        _points,
        lambda point: point,
        lambda point: point.organisation_id,
    ),
    Kind(
        "lead",
        gettext_lazy("Contact of an initiative that the organisation leads"),
        "contact",
        _leads,
        lambda initiative: initiative,
        lambda initiative: initiative.lead_id,
    ),
    Kind(
        "part",
        gettext_lazy("Contact of an initiative that the organisation takes part in"),
        "contact",
        _parts,
        lambda part: part.initiative,
        lambda part: part.organisation_id,
    ),
    Kind(
        "case",
        gettext_lazy("Contact of a good example"),
        "contact",
        _cases,
        lambda case: case,
        lambda case: case.written_by_id,
    ),
    Kind(
        "item",
        gettext_lazy("Responsible for an item of an agenda"),
        "responsible_member",
        _items,
        lambda item: item.meeting,
        lambda item: None,
    ),
    Kind(
        "meeting",
        gettext_lazy("On the list of a coming meeting"),
        "member",
        _invitations,
        lambda row: row.meeting,
        lambda row: None,
    ),
)


def open_for(member: Member) -> list[Matter]:
    """Return what stands open for a member, in one query for each kind."""
    return [*_each(member)]


def _each(member: Member) -> Iterator[Matter]:
    for kind in KINDS:
        yield from (Matter(kind, row) for row in kind.open(member))


def give(matter: Matter, to: Member | None) -> None:
    """Let another do it; without one, its organisation keeps it and nobody in particular does."""
    row, field = matter.row, matter.kind.field
    if isinstance(row, Attendance):
        _give_place(row, to)
    elif isinstance(row, AgendaItem):
        _give_item(row, to)
    else:
        type(row)._base_manager.filter(pk=row.pk).update(**{field: to})


def _give_item(item: AgendaItem, to: Member | None) -> None:
    person = item.responsible_member or (item.responsible and item.responsible.member)
    if to is None and person and item.organisation_id is None:
        item.organisation_id = person.organisation_id
    item.responsible, item.responsible_member = None, to
    item.save(update_fields=["responsible", "responsible_member", "organisation"])


def _give_place(place: Attendance, to: Member | None) -> None:
    """Take somebody off the list of a meeting, and invite who comes instead."""
    items = AgendaItem.objects.filter(responsible=place)  # those that they keep
    items.update(responsible=None, responsible_member=place.member)
    was_invited = place.meeting.invited_at is not None
    place.delete()
    if to is not None and was_invited and inviting.can_invite(place.meeting):
        inviting.invite(meeting=place.meeting, members=[to])
