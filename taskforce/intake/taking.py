"""Take a reviewed document in: one act that makes the meeting, its minutes and what they tell."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from barriers import locking
from barriers.models import Barrier, Statement
from calls.models import Call, CallDeadline
from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    AttendanceStatus,
    Format,
    Material,
    Meeting,
    MeetingState,
    Minutes,
    MinutesEntry,
    MinutesState,
    Precision,
)
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.intake.agenda import merge
from taskforce.intake.line import NEW, Line
from taskforce.intake.making import Making
from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.review import Review
from taskforce.members.models import Kind, Member, NameVisibility, Organisation
from taskforce.news.models import NewsItem

# What the portal tells of as news of its own.
TOLD = (Minutes, Barrier, Statement, Call, NewsItem)


def take(*, intake: Intake, version: int, by: Member) -> Meeting:
    """Make everything that was accepted, or nothing and raise Refused.

    `version` is the one that the secretary looked at.
    """
    try:
        with transaction.atomic():
            return _take(intake, version, by)
    except (IntegrityError, ObjectDoesNotExist) as error:
        # Somebody made the same meeting, member or organisation at the same moment.
        raise Refused(
            _("Something in the portal was changed at the same moment. Look again and try again.")
        ) from error


def _take(intake: Intake, version: int, by: Member) -> Meeting:
    locked = Intake.objects.in_review().select_for_update().filter(pk=intake.pk).first()
    if locked is None:
        raise Refused(_("Somebody else has taken this document in, or away, meanwhile."))
    if locked.version != version:
        raise Refused(_("Somebody else changed the review meanwhile. This is how it is now."))
    review = Review(locked)
    if not review.is_ready():
        raise Refused(_("Something must be mended first."))
    taking = Taking(review, by)
    meeting = taking.run()
    for row in taking.told:
        record(Verb.ADDED, row, by=by.user)
    locked.state, locked.taken_at = IntakeState.TAKEN, timezone.now()
    locked.meeting, locked.made = meeting, taking.making.as_json()
    locked.version += 1
    locked.save()
    return meeting


@dataclass
class Passage:
    """A passage that was made, and where its words stand in the document."""

    start: int
    end: int
    entry: MinutesEntry


class Taking:
    """One document being taken in. Each step needs those before it."""

    def __init__(self, review: Review, by: Member) -> None:
        self.review, self.by = review, by
        self.making = Making()
        self.organisations: dict[str, Organisation] = {}  # by their name in lower case
        self.people: dict[str, Attendance] = {}  # by their index in the draft
        self.agenda: dict[str, AgendaItem] = {}
        self.barriers: dict[str, Barrier] = {}  # by index as f:…, new ones by title as t:…, too
        self.passages: list[Passage] = []
        self.told: list[models.Model] = []

    def run(self) -> Meeting:
        self.meeting = self._meeting()
        for line in self.review.accepted("attendees"):
            self.people[str(line.thing.index)] = self._person(line, AttendanceStatus.PRESENT)
        for line in self.review.accepted("absent"):
            self._person(line, AttendanceStatus.APOLOGIES)
        self._agenda()
        self._minutes()
        for line in self.review.accepted("barriers"):
            self.barriers[f"f:{line.thing.index}"] = self._barrier(line, self._raised_by(line))
        for line in self.review.accepted("statements"):
            self._statement(line)
        for line in self.review.accepted("action_points"):
            self._action_point(line)
        for line in self.review.accepted("calls"):
            self._call(line)
        self._passed_on()
        for line in self.review.accepted("next_meeting"):
            self._next_meeting(line)
        return self.meeting

    def _make(self, row: Any) -> Any:
        made = self.making.make(row)
        if isinstance(made, TOLD):
            self.told.append(made)
        return made

    # Where, when and who

    def _meeting(self) -> Meeting:
        review = self.review
        day, is_month = review.value("date")
        facts = {
            "date": day,
            "date_precision": Precision.MONTH if is_month else Precision.DAY,
            "starts": review.value("start"),
            "ends": review.value("end"),
            "format": review.value("mode"),
            "place": review.value("place"),
        }
        found = {name: value for name, value in facts.items() if value}
        if review.meeting is None:
            number = review.value("number")
            return self.making.make(Meeting(number=number, state=MeetingState.HELD, **found))
        meeting = Meeting.objects.select_for_update().get(pk=review.meeting.pk)
        self.making.change(meeting, **found, state=MeetingState.HELD)
        return meeting

    def _person(self, line: Line, status: AttendanceStatus) -> Attendance:
        """Write down who was there, on the row of their answer where they gave one before."""
        found = line.cleaned_data
        member = self._member(found["member"])
        organisation = self._organisation_of(found)
        online = self.meeting.format == Format.ONLINE and status == AttendanceStatus.PRESENT
        written = found["written"] or (organisation.name if organisation else "")
        if known := self._answer(member, found["name"]):
            more: dict[str, Any] = {}
            if organisation and known.organisation is None:
                more = {"organisation_id": organisation.pk, "organisation_name": written}
            self.making.change(known, status=status, online=online, **more)
            return known
        visibility = member.name_visibility if member else NameVisibility.NOBODY
        return self.making.make(
            Attendance(
                meeting=self.meeting,
                member=member,
                name=found["name"],
                name_visibility=visibility,
                organisation=organisation,
                organisation_name=written,
                status=status,
                online=online,
            )
        )

    def _member(self, value: str) -> Member | None:
        return Member.objects.get(pk=int(value.removeprefix("m:"))) if value else None

    def _answer(self, member: Member | None, name: str) -> Attendance | None:
        """Return the row of somebody who was invited to the meeting or signed up for it."""
        made = [pk for label, pk in self.making.rows if label == Attendance._meta.label]
        before = Attendance.objects.filter(meeting=self.meeting).exclude(pk__in=made)
        if member:
            return before.filter(member=member).first()
        return before.filter(member=None, name__iexact=name).first()

    def _organisation_of(self, found: dict[str, Any]) -> Organisation | None:
        chosen: str = found["organisation"]
        return self._new_organisation(found["written"]) if chosen == NEW else self._known(chosen)

    def _known(self, value: str) -> Organisation | None:
        return Organisation.objects.get(pk=int(value.removeprefix("o:"))) if value else None

    def _new_organisation(self, name: str) -> Organisation:
        """Return the organisation of that name, made now where the portal does not know it."""
        key = name.casefold()
        if key not in self.organisations:
            known = self.review.known.organisation_of_name.get(key)
            self.organisations[key] = (
                Organisation.objects.get(pk=known)
                if known
                else self._make(Organisation(name=name, kind=Kind.OTHER, in_taskforce=False))
            )
        return self.organisations[key]

    # What was said

    def _agenda(self) -> None:
        """Give the meeting the document's agenda; what was planned under a like title is kept."""
        lines = self.review.accepted("agenda")
        merged = merge(self.meeting, [line.cleaned_data["name"] for line in lines])
        for item in merged.go:
            self.making.remove(item)
        for order, line in enumerate(lines, start=1):
            item = self._item(line, order, merged.same.get(order - 1))
            self.agenda[str(line.thing.index)] = item
        for order, item in enumerate(merged.stay, start=len(lines) + 1):
            self.making.change(item, order=order)

    def _item(self, line: Line, order: int, planned: AgendaItem | None) -> AgendaItem:
        found = line.cleaned_data
        responsible = self.people.get(found["responsible"])
        facts = {
            "title": found["name"],
            "starts": found["starts"],
            "minutes": minutes_between(found["starts"], found["ends"]),
            "details": found["details"],
            "responsible_id": responsible.pk if responsible else None,
        }
        if planned is None:
            return self.making.make(AgendaItem(meeting=self.meeting, order=order, **facts))
        # What the document does not say stays as it was planned.
        said = {name: value for name, value in facts.items() if value}
        self.making.change(planned, order=order, **said)
        return planned

    def _minutes(self) -> None:
        minutes = self._make(Minutes(meeting=self.meeting, state=MinutesState.DRAFT))
        for order, line in enumerate(self.review.accepted("passages"), start=1):
            found = line.cleaned_data
            entry = MinutesEntry(
                minutes=minutes,
                order=order,
                heading=found["heading"],
                agenda_item=self.agenda.get(found["agenda"]),
                speaker=self.people.get(found["speaker"]),
                text=linebreaks(found["text"], autoescape=True),
            )
            start, end = line.thing.span or (0, 0)
            self.passages.append(Passage(start, end, self.making.make(entry)))

    def _entry(self, line: Line) -> MinutesEntry | None:
        """Return the passage in which a thing stands, where that passage was taken."""
        start = line.thing.span[0] if line.thing.span else -1
        inside = (place.entry for place in self.passages if place.start <= start < place.end)
        return next(inside, None)

    def _raised_by(self, line: Line) -> Organisation:
        return self._known(line.cleaned_data["raised_by"]) or self.by.organisation

    def _barrier(self, line: Line, raised_by: Organisation) -> Barrier:
        """Return the barrier that a line names: one there is, one of the document, or a new one."""
        found = line.cleaned_data
        chosen: str = found["barrier"]
        if chosen in self.barriers:
            return self.barriers[chosen]
        if chosen.startswith("b:"):
            known = Barrier.objects.get(pk=int(chosen.removeprefix("b:")))
            return locking.standing(known)  # it may have been merged since it was chosen
        title = f"t:{found['name'].casefold()}"
        if title not in self.barriers:
            self.barriers[title] = self._make(
                Barrier(
                    title=found["name"],
                    theme_id=int(found["theme"]),
                    raised_by=raised_by,
                    raised_at=self.meeting,
                    raised_on=self.meeting.date,
                )
            )
        return self.barriers[title]

    def _statement(self, line: Line) -> None:
        organisation = self.people[line.cleaned_data["speaker"]].organisation
        if organisation is None:  # the answer that somebody gave before names none
            raise Refused(self.review.without_organisation())
        self._make(
            Statement(
                barrier=self._barrier(line, organisation),
                organisation=organisation,
                text=line.cleaned_data["text"],
                entry=self._entry(line),
                made_on=self.meeting.date,
            )
        )

    # What was agreed and passed on

    def _action_point(self, line: Line) -> None:
        found = line.cleaned_data
        kind, _colon, person = found["organisation"].partition(":")
        owner = self.people[person].organisation if kind == "a" else None
        self.making.make(
            ActionPoint(
                meeting=self.meeting,
                entry=self._entry(line),
                what=found["name"],
                organisation=owner if kind == "a" else self._known(found["organisation"]),
                due_on=found["due_on"],
            )
        )

    def _call(self, line: Line) -> None:
        found = line.cleaned_data
        if found["call"]:
            self._tell_again(Call.objects.get(pk=int(found["call"].removeprefix("c:"))))
            return
        call = self._make(
            Call(
                title=found["name"],
                summary=found["summary"],
                link=found["link"],
                topic_id=found["topic"],
                shared_at=self.meeting,
            )
        )
        if found["due_on"]:
            self.making.make(CallDeadline(call=call, day=found["due_on"], time=found["due_at"]))

    def _tell_again(self, call: Call) -> None:
        """Tie a call of the portal to the meeting too; it stays as it is."""
        again = Call.told_again_at.through
        here = {"call_id": call.pk, "meeting_id": self.meeting.pk}
        if call.shared_at_id != self.meeting.pk and not again.objects.filter(**here).exists():
            self.making.make(again(**here))

    def _passed_on(self) -> None:
        for line in self.review.accepted("news"):
            found = line.cleaned_data
            self._make(
                NewsItem(
                    title=found["name"],
                    kind=found["kind"],
                    summary=found["summary"],
                    link=found["link"],
                    shared_at=self.meeting,
                )
            )
        for line in self.review.accepted("materials"):
            found = line.cleaned_data
            row = Material(meeting=self.meeting, title=found["name"], link=found["link"])
            self.making.make(row)

    def _next_meeting(self, line: Line) -> None:
        """Plan the next meeting, unless somebody has."""
        number = self.meeting.number + 1
        if Meeting.objects.filter(number=number).exists():
            return
        found = line.cleaned_data
        day: date = found["value"][0]
        is_month: bool = found["value"][1]
        self.making.make(
            Meeting(
                number=number,
                date=day,
                date_precision=Precision.MONTH if is_month else Precision.DAY,
                starts=found["starts"],
                ends=found["ends"],
                place=found["place"],
            )
        )


def minutes_between(starts: time | None, ends: time | None) -> int | None:
    """Return how many minutes lie between two times of a day."""
    if not (starts and ends):
        return None
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
