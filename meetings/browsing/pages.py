"""What the list of meetings and the page of one meeting show to a viewer."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, Q, QuerySet
from django.template.loader import render_to_string

from meetings.browsing import linked_data, passages, steps
from meetings.correcting import versions
from meetings.inviting import pages as inviting_pages
from meetings.materials.acts import materials_url
from meetings.models import (
    ActionPoint,
    Attendance,
    AttendanceStatus,
    Correction,
    Format,
    Material,
    Meeting,
    Minutes,
    MinutesState,
)
from meetings.models.meeting import date_in_words, state_in_words
from taskforce.activity.models import TakenBack
from taskforce.activity.taking_back import kept_address
from taskforce.core import parts
from taskforce.core.differences import difference
from taskforce.core.prepared import prepared
from taskforce.core.relations import known, visible
from taskforce.following import novelty
from taskforce.members.models import Kind, Organisation, Viewer
from taskforce.members.roles import is_member, is_secretariat
from taskforce.members.stand_ins import anybody, role_of

FORMATS = dict(Format.choices)
# The templates of what is alike for everybody of a role.
SECTIONS = ("description", "state", "notes", "jump", "said", "around")
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
    """Return a meeting's page: what others read alike as HTML, and what is the viewer's own."""
    minutes = next(iter(known(_minutes(viewer, meeting.pk), meeting=meeting)), None)
    own = inviting_pages.section(meeting, viewer)
    has_news = bool(own.get("round_table"))
    if _is_read_alike(minutes, viewer):
        shown = _for_all(meeting.pk, role_of(viewer), has_news=has_news)
    else:
        shown = _sections(meeting, minutes, viewer, has_news=has_news)
    return {
        **shown,
        **own,
        "meeting": meeting,
        "minutes": minutes,
        "linked_data": linked_data.event(meeting),
        "new": novelty.on(meeting, viewer),
        "has_papers": bool(minutes and (minutes.is_published or is_secretariat(viewer))),
        **(steps.section(meeting, minutes, viewer) if is_secretariat(viewer) else {}),
    }


def _is_read_alike(minutes: Minutes | None, viewer: Viewer) -> bool:
    """Tell whether everybody of the viewer's role reads the sections alike, and what is published.

    The secretariat reads drafts, whose changes no stamp tells (`core.parts`); so do those who were
    there in a review, and organisations of their own cases.
    """
    if is_secretariat(viewer):
        return False
    if minutes is None or not is_member(viewer):
        return True
    return minutes.is_published and not passages.cases_of_few(viewer, minutes.pk)


@parts.kept
def _for_all(meeting: int, role: str | None, *, has_news: bool) -> dict[str, Any]:
    """Return the sections for a role, of rows that are read here: they must be of its stamp."""
    reader, found = anybody(role), Meeting.objects.get(pk=meeting)
    minutes = next(iter(known(_minutes(reader, meeting), meeting=found)), None)
    return _sections(found, minutes, reader, has_news=has_news)


def _sections(
    meeting: Meeting, minutes: Minutes | None, viewer: Viewer, *, has_news: bool
) -> dict[str, Any]:
    facts = {
        **_facts(meeting, minutes, viewer),
        "has_news": has_news,
        "by_member": is_member(viewer),
        "by_secretariat": is_secretariat(viewer),
    }
    shown = {name: render_to_string(f"meetings/{name}.html", facts) for name in SECTIONS}
    return {**shown, "has_items": bool(facts["parts"])}


def _facts(meeting: Meeting, minutes: Minutes | None, viewer: Viewer) -> dict[str, Any]:
    """Return everything that the sections show, as the viewer may see it."""
    corrections = shown_corrections(minutes, viewer) if minutes else []
    agenda = passages.parts(meeting, minutes, viewer)
    passages.mark_corrected(agenda, corrections)
    passages.add_links(agenda, viewer)
    can_correct = is_secretariat(viewer) and minutes is not None and minutes.is_published
    passages.add_facts(agenda, meeting, can_correct=can_correct)
    attendance = attendance_by_kind(meeting, viewer)
    people = [person for _kind, group in attendance for person in group]
    statuses = [person.status for person in people]
    return {
        "meeting": meeting,
        "parts": agenda,
        "decisions": passages.decisions(agenda),
        "has_text": any(part.by_speaker or part.outcome for part in agenda),
        "attendance": attendance,
        "delegations": delegations(people),
        "present": statuses.count(AttendanceStatus.PRESENT),
        "apologies": statuses.count(AttendanceStatus.APOLOGIES),
        "minutes": minutes,
        "action_points": action_points(meeting, viewer),
        "materials": known(_materials(viewer, meeting.pk), meeting=meeting),
        "corrections": corrections,
        "barriers": _barriers(viewer, meeting.pk),
        "news": _news(viewer, meeting.pk),
        "calls": _calls(viewer, meeting.pk),
        "intakes": known(_intakes(viewer, meeting.pk), meeting=meeting),
        "taken_back": _taken_back(viewer, meeting.pk, kept_address(materials_url(meeting))),
    }


@prepared
def _minutes(viewer: Viewer, meeting: int) -> QuerySet[Minutes]:
    return Minutes.objects.visible_to(viewer).filter(meeting=meeting)


@prepared
def _materials(viewer: Viewer, meeting: int) -> QuerySet[Material]:
    return Material.objects.visible_to(viewer).filter(meeting=meeting)


@prepared
def _barriers(viewer: Viewer, meeting: int) -> QuerySet[Any]:
    return visible(Meeting, "barriers", viewer).filter(raised_at=meeting).order_by("title")


@prepared
def _news(viewer: Viewer, meeting: int) -> QuerySet[Any]:
    return visible(Meeting, "news", viewer).filter(shared_at=meeting)


@prepared
def _intakes(viewer: Viewer, meeting: int) -> QuerySet[Any]:
    return visible(Meeting, "intakes", viewer).filter(meeting=meeting).only("name", "meeting")


@prepared
def _taken_back(viewer: Viewer, meeting: int, materials: str) -> QuerySet[TakenBack]:
    """Return the notes on what was taken back here: of the minutes, and of material one sees."""
    of_minutes = Q(target_type=ContentType.objects.get_for_model(Minutes))
    of_material = Q(target_type=ContentType.objects.get_for_model(Material))
    found = of_minutes & Q(target_id__in=Minutes.objects.filter(meeting=meeting).values("pk"))
    seen: Any = Q(url=materials) & of_material
    if not is_member(viewer):
        published = Minutes.objects.published().filter(meeting=meeting)
        seen &= Exists(published)
    return TakenBack.objects.filter(found | seen)


def shown_corrections(minutes: Minutes, viewer: Viewer) -> list[Any]:
    """Return corrections with what each changed; a text that names somebody is left out."""
    found: list[Any] = known(_corrections(viewer, minutes.pk), minutes=minutes)
    withheld = versions.withholder(viewer) if found else None
    hidden = versions.hidden_corrections(found, viewer)
    for correction in found:
        texts = (correction.old_text, correction.new_text)
        is_hidden = correction.pk in hidden
        correction.is_withheld = bool(withheld and (is_hidden or any(map(withheld, texts))))
        correction.pieces = [] if correction.is_withheld else difference(*texts)
        correction.says = "" if withheld and withheld(correction.text) else correction.text
    return found


@prepared
def _corrections(viewer: Viewer, minutes: int) -> QuerySet[Correction]:
    found = Correction.objects.visible_to(viewer).filter(minutes=minutes)
    return found.select_related("outcome")


@prepared
def _calls(viewer: Viewer, meeting: int) -> QuerySet[Any]:
    """Return the calls that were shared at this meeting, for the first time or again."""
    shared = Q(shared_at=meeting) | Q(told_again_at=meeting)
    return visible(Meeting, "calls", viewer).filter(shared).distinct()


def attendance_by_kind(meeting: Meeting, viewer: Viewer) -> list[tuple[str, list[Attendance]]]:
    """Return who was or will be there, by kind of organisation in the order of kinds.

    Once the minutes are published, sign-ups do not show any more.
    """
    groups: dict[str, list[Attendance]] = defaultdict(list)
    for attendance in known(_attendances(viewer, meeting.pk), meeting=meeting):
        groups[attendance.organisation.kind if attendance.organisation else Kind.OTHER].append(
            attendance
        )
    return [(str(kind.label), groups[kind]) for kind in Kind if kind in groups]


@prepared
def _attendances(viewer: Viewer, meeting: int) -> QuerySet[Attendance]:
    seen = Attendance.objects.visible_to(viewer).filter(meeting=meeting)
    over = Q(status__in=SIGN_UPS, meeting__minutes__state=MinutesState.PUBLISHED)
    shown = seen.exclude(over).with_shown_name(viewer).select_related("organisation")
    return shown.order_by("organisation_name", "pk").defer("search", "organisation__search")


def delegations(people: list[Attendance]) -> list[Delegation]:
    """Return the organisations of people in their order, each once."""
    found: dict[Any, Delegation] = {}
    for person in people:
        name = person.organisation_name
        key = (person.organisation_id, name)
        found.setdefault(key, Delegation(name, person.organisation)).people.append(person)
    return [*found.values()]


def action_points(meeting: Meeting, viewer: Viewer) -> list[ActionPoint]:
    return known(_action_points(viewer, meeting.pk), meeting=meeting)


@prepared
def _action_points(viewer: Viewer, meeting: int) -> QuerySet[ActionPoint]:
    points = ActionPoint.objects.filter(meeting=meeting).visible_to(viewer)
    return points.with_shown_names(viewer).select_related("organisation")
