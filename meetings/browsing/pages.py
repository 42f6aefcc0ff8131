"""What the list of meetings and the page of one meeting show to a viewer."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, Q, QuerySet

from meetings.browsing import linked_data, passages, steps
from meetings.correcting import versions
from meetings.inviting import pages as inviting_pages
from meetings.materials.acts import materials_url
from meetings.models import (
    ActionPoint,
    Attendance,
    AttendanceStatus,
    Format,
    Material,
    Meeting,
    Minutes,
    MinutesState,
)
from meetings.models.meeting import date_in_words, state_in_words
from taskforce.activity.models import TakenBack
from taskforce.activity.taking_back import kept_address
from taskforce.core.differences import difference
from taskforce.core.relations import related, visible
from taskforce.following import novelty
from taskforce.members.models import Kind, Organisation, Viewer
from taskforce.members.roles import is_member, is_secretariat

FORMATS = dict(Format.choices)
SIGN_UPS = [AttendanceStatus.INVITED, AttendanceStatus.COMING]


@dataclass
class Delegation:
    """Those of one organisation who are on a meeting's list."""

    name: str
    organisation: Organisation | None
    people: list[Any] = field(default_factory=list)


def rows(meetings: QuerySet[Meeting]) -> QuerySet[Any, Any]:
    """Return only the columns of the list, with the number of people who were there."""
    present = Q(attendances__status=AttendanceStatus.PRESENT)
    # Counting groups the rows, which drops the model's order.
    return (
        meetings.order_by("-number")
        .annotate(present=Count("attendances", filter=present))
        .values(
            "pk",
            "number",
            "title",
            "date",
            "date_precision",
            "format",
            "place",
            "state",
            "is_example",
            "present",
            published=Q(minutes__state=MinutesState.PUBLISHED),
        )
    )


def ready(row: dict[str, Any]) -> dict[str, Any]:
    """Add the words and the address, so that the template computes nothing."""
    meeting = Meeting(number=row["number"], title=row["title"])
    return {
        **row,
        "name": str(meeting),
        "url": meeting.get_absolute_url(),
        "when": date_in_words(row["date"], row["date_precision"]),
        "datetime": f"{row['date']:%Y-%m-%d}"[: 10 if row["date_precision"] == "day" else 7],
        "format_words": FORMATS.get(row["format"], ""),
        "state_words": state_in_words(row["state"], row["date"], row["date_precision"]),
    }


def detail(meeting: Meeting, viewer: Viewer) -> dict[str, Any]:
    """Return everything on a meeting's page that the viewer may see."""
    minutes = Minutes.objects.visible_to(viewer).filter(meeting=meeting).first()
    corrections = shown_corrections(minutes, viewer) if minutes else []
    parts = passages.parts(meeting, minutes, viewer)
    passages.mark_corrected(parts, corrections)
    passages.add_links(parts, viewer)
    attendance = attendance_by_kind(meeting, viewer)
    people = [person for _kind, group in attendance for person in group]
    statuses = [person.status for person in people]
    return {
        "meeting": meeting,
        "linked_data": linked_data.event(meeting),
        "new": novelty.on(meeting, viewer),
        "parts": parts,
        "decisions": passages.decisions(parts),
        "has_text": any(part.by_speaker or part.outcome for part in parts),
        "has_papers": bool(minutes and (minutes.is_published or is_secretariat(viewer))),
        "attendance": attendance,
        "delegations": delegations(people),
        "present": statuses.count(AttendanceStatus.PRESENT),
        "apologies": statuses.count(AttendanceStatus.APOLOGIES),
        "minutes": minutes,
        "action_points": action_points(meeting, viewer),
        "materials": related(meeting, "materials", viewer),
        "corrections": corrections,
        "barriers": related(meeting, "barriers", viewer).order_by("title"),
        "news": related(meeting, "news", viewer),
        "calls": calls(meeting, viewer),
        "intakes": related(meeting, "intakes", viewer).only("name", "meeting"),
        "taken_back": taken_back(meeting, viewer),
        **(steps.section(meeting, minutes, viewer) if is_secretariat(viewer) else {}),
        **inviting_pages.section(meeting, viewer),
    }


def taken_back(meeting: Meeting, viewer: Viewer) -> QuerySet[TakenBack]:
    """Return the notes on what was taken back here: of the minutes, and of material one sees."""
    of_minutes = Q(target_type=ContentType.objects.get_for_model(Minutes))
    of_material = Q(target_type=ContentType.objects.get_for_model(Material))
    found = of_minutes & Q(target_id__in=Minutes.objects.filter(meeting=meeting).values("pk"))
    seen: Any = Q(url=kept_address(materials_url(meeting))) & of_material
    if not is_member(viewer):
        published = Minutes.objects.published().filter(meeting=meeting)
        seen &= Exists(published)
    return TakenBack.objects.filter(found | seen)


def shown_corrections(minutes: Minutes, viewer: Viewer) -> list[Any]:
    """Return corrections with what each changed; a text that names somebody is left out."""
    found: list[Any] = [*minutes.corrections.visible_to(viewer).select_related("outcome")]
    withheld = versions.withholder(viewer) if found else None
    hidden = versions.hidden_corrections(found, viewer)
    for correction in found:
        texts = (correction.old_text, correction.new_text)
        is_hidden = correction.pk in hidden
        correction.is_withheld = bool(withheld and (is_hidden or any(map(withheld, texts))))
        correction.pieces = [] if correction.is_withheld else difference(*texts)
        correction.says = "" if withheld and withheld(correction.text) else correction.text
    return found


def calls(meeting: Meeting, viewer: Viewer) -> QuerySet[Any, Any]:
    """Return the calls that were shared at this meeting, for the first time or again."""
    shared = Q(shared_at=meeting) | Q(told_again_at=meeting)
    return visible(Meeting, "calls", viewer).filter(shared).distinct()


def attendance_by_kind(meeting: Meeting, viewer: Viewer) -> list[tuple[str, list[Attendance]]]:
    """Return who was or will be there, by kind of organisation in the order of kinds.

    Once the minutes are published, sign-ups do not show any more.
    """
    groups: dict[str, list[Attendance]] = defaultdict(list)
    seen = Attendance.objects.visible_to(viewer).filter(meeting=meeting)
    over = Q(status__in=SIGN_UPS, meeting__minutes__state=MinutesState.PUBLISHED)
    for attendance in (
        seen.exclude(over)
        .with_shown_name(viewer)
        .select_related("organisation")
        .order_by("organisation_name", "pk")
    ):
        groups[attendance.organisation.kind if attendance.organisation else Kind.OTHER].append(
            attendance
        )
    return [(str(kind.label), groups[kind]) for kind in Kind if kind in groups]


def delegations(people: list[Attendance]) -> list[Delegation]:
    """Return the organisations of people in their order, each once."""
    found: dict[Any, Delegation] = {}
    for person in people:
        name = person.organisation_name
        key = (person.organisation_id, name)
        found.setdefault(key, Delegation(name, person.organisation)).people.append(person)
    return [*found.values()]


def action_points(meeting: Meeting, viewer: Viewer) -> QuerySet[ActionPoint]:
    points = meeting.action_points.visible_to(viewer).with_shown_names(viewer)
    return points.select_related("organisation")
