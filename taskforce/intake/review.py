"""The review of a document: its lines as they stand, what is wrong with them, and what is open."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingState, Minutes, Precision
from taskforce.intake.line import NEW, Context, Decision, Line
from taskforce.intake.lines import LINES
from taskforce.intake.matching import Known
from taskforce.intake.models import Intake
from taskforce.intake.things import GROUP_OF, GROUPS, things

Typed = dict[str, dict[str, str]]  # fields as they were typed, by the key of their thing

ALL = "all"  # what the button for every group sends


@dataclass
class Group:
    """The lines of one section of the review; unsure ones first."""

    name: str
    title: Promise | str
    lines: list[Line]

    @property
    def open_count(self) -> int:
        return sum(line.is_open for line in self.lines)


def typed_in(sent: Mapping[str, Any]) -> Typed:
    """Return what a browser sent, by thing. Fields are named thing-index-field."""
    found: Typed = defaultdict(dict)
    for name in sent:
        key, _dash, field = name.rpartition("-")
        if key.partition("-")[0] in GROUP_OF:
            found[key][field] = str(sent[name]).replace("\r\n", "\n")
    return found


class Review:
    """A document under review: what is kept, or what was just typed instead."""

    def __init__(self, intake: Intake, typed: Typed | None = None) -> None:
        self.intake = intake
        self.known = Known()
        everything = things(intake)
        context = Context(everything, self.known)
        kept: Typed = intake.decisions
        typed = typed or {}
        self.lines = [
            LINES[thing.field](
                thing, {**kept.get(thing.key, {}), **typed.get(thing.key, {})}, context
            )
            for thing in everything
        ]
        self._check()

    # What it holds

    @cached_property
    def by_key(self) -> dict[str, Line]:
        return {line.thing.key: line for line in self.lines}

    @property
    def decisions(self) -> Typed:
        return {line.thing.key: line.kept for line in self.lines}

    def groups(self) -> Iterator[Group]:
        """Yield the groups that hold something; of each, unsure things first."""
        for name, (title, fields) in GROUPS.items():
            lines = [line for line in self.lines if line.thing.field in fields]
            if lines:
                lines.sort(key=lambda line: not line.thing.is_unsure)
                yield Group(name, title, lines)

    def accepted(self, *fields: str) -> list[Line]:
        return [line for line in self.lines if line.thing.field in fields and line.is_accepted]

    def taken(self, key: str) -> Line | None:
        """Return an accepted line."""
        line = self.by_key.get(key)
        return line if line and line.is_accepted else None

    def value(self, field: str) -> Any:
        """Return an accepted fact of the meeting, None where it was not taken or is wrong."""
        line = self.taken(f"{field}-0")
        return line.cleaned_data.get("value") or None if line else None

    @property
    def open(self) -> list[Line]:
        return [line for line in self.lines if line.is_open]

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.shown_errors]

    def accept_all(self, group: str) -> tuple[int, int]:
        """Accept what is open in a group and needs nothing more; return how many, and how many do.

        What was left out stays left out.
        """
        wanted = [line for line in self.open if group == ALL or GROUP_OF[line.thing.field] == group]
        ready = [line for line in wanted if not line.errors]
        self._decide(ready, Decision.ACCEPT)
        # Without a line that must wait, another may miss something.
        while unready := [line for line in ready if line.errors]:
            ready = [line for line in ready if not line.errors]
            self._decide(unready, Decision.OPEN)
        return len(ready), len(wanted) - len(ready)

    def _decide(self, lines: list[Line], decision: str) -> None:
        for line in lines:
            line.data = {**line.data, line.add_prefix("decision"): decision}
        self._check()

    # What one line says of another, and of the portal

    def _check(self) -> None:
        self.__dict__.pop("meeting", None)
        self.__dict__.pop("has_minutes", None)
        for line in self.lines:
            line.full_clean()  # fills in what was cleaned, and the faults
        self._check_meeting()
        self._check_members()
        self._check_calls()
        for line in self.accepted("statements"):
            self._check_speaker(line)
        for line in self.accepted("action_points"):
            self._check_owner(line)
        for line in self.accepted("barriers", "statements"):
            self._check_barrier(line)

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting that the portal has already: of this number, or else planned for the day."""
        if number := self.value("number"):
            return Meeting.objects.filter(number=number).first()
        return self._planned_that_day()

    @cached_property
    def has_minutes(self) -> bool:
        return Minutes.objects.filter(meeting=self.meeting).exists() if self.meeting else False

    def _check_meeting(self) -> None:
        number, date = self.by_key["number-0"], self.by_key["date-0"]
        starts = self.value("start") or (self.meeting and self.meeting.starts)
        ends = self.value("end") or (self.meeting and self.meeting.ends)
        if starts and ends and ends <= starts:
            wrong = self.taken("end-0") or self.by_key["start-0"]
            wrong.add_error("value", _("The meeting ends before it starts."))
        if self.value("date") and self.value("date")[1] and (starts or ends):
            date.add_error("value", _("Where only the month is known there is no time."))
        if number.is_accepted and self.meeting:
            if self.has_minutes:
                sentence = _("Minutes of the %(meeting)s are in the portal already.")
                number.add_error("value", sentence % {"meeting": self.meeting})
            elif self.meeting.state == MeetingState.CANCELLED:
                sentence = _("The %(meeting)s is cancelled in the portal.")
                number.add_error("value", sentence % {"meeting": self.meeting})
        elif number.is_accepted and (other := self._planned_that_day()):
            sentence = _("The meeting planned for this day has the number %(number)s.")
            date.add_error("value", sentence % {"number": other.number})

    def _planned_that_day(self) -> Meeting | None:
        day, is_month = self.value("date") or (None, False)
        planned = Meeting.objects.filter(state=MeetingState.PLANNED, date_precision=Precision.DAY)
        return planned.filter(date=day).first() if day and not is_month else None

    def _check_members(self) -> None:
        seen: set[str] = set()
        for line in self.accepted("attendees", "absent"):
            member = line.cleaned_data.get("member", "")
            if member and member in seen:
                line.add_error("member", _("This member stands on the list once already."))
            seen.add(member)

    def _check_calls(self) -> None:
        """A new call has a topic of its own; one of the portal is meant once."""
        chosen: set[str] = set()
        topics: set[str] = set()
        known = {topic.casefold() for topic in self.known.topics if topic}
        for line in self.accepted("calls"):
            call, topic = (line.cleaned_data.get(name, "") for name in ("call", "topic"))
            topic = topic.casefold()  # the portal and the EU write it in either case
            if call and call in chosen:
                line.add_error("call", _("This call stands on the list once already."))
            elif not call and topic in known:
                line.add_error("topic", _("A call with this topic is in the portal already."))
            elif not call and topic and topic in topics:
                line.add_error("topic", _("Another call here has this topic."))
            chosen.add(call)
            topics |= set() if call else {topic}

    def _check_speaker(self, line: Line) -> None:
        """A statement is an organisation's, so its speaker must bring one."""
        speaker = line.cleaned_data.get("speaker")
        if speaker and not self.has_organisation(speaker):
            line.add_error("speaker", self.without_organisation())

    def _check_owner(self, line: Line) -> None:
        kind, _colon, person = line.cleaned_data.get("organisation", "").partition(":")
        if kind == "a" and not self.has_organisation(person):
            line.add_error("organisation", self.without_organisation())

    def without_organisation(self) -> str:
        return _("This person is not taken, or has no organisation in the portal.")

    def has_organisation(self, person: str) -> bool:
        line = self.taken(f"attendees-{person}")
        return line is not None and bool(line.cleaned_data.get("organisation"))

    def _check_barrier(self, line: Line) -> None:
        kind, _colon, index = line.cleaned_data.get("barrier", "").partition(":")
        if kind == "f" and not self.taken(f"barriers-{index}"):
            line.add_error("barrier", _("This barrier of the document is not taken."))

    # Before it is taken in

    def missing(self) -> list[tuple[str, str]]:
        """Return (key, sentence) of what stands in the way that the line itself does not tell."""
        found = []
        if self.value("date") is None and not self.by_key["date-0"].shown_errors:
            found.append(("date-0", _("The date of the meeting is not taken.")))
        if (
            self.value("number") is None
            and self.meeting is None
            and not self.by_key["number-0"].shown_errors
        ):
            found.append(("number-0", _("The number of the meeting is not taken.")))
        if self.meeting and self.has_minutes and not self.by_key["number-0"].is_accepted:
            sentence = _("Minutes of the %(meeting)s are in the portal already.")
            found.append(("date-0", sentence % {"meeting": self.meeting}))
        return found

    def loose_ends(self) -> list[str]:
        """Return in sentences what is taken with less than the document says."""
        passages = self.accepted("passages")
        return [*self._loose_passages(passages), *self._loose_statements(passages)]

    def _loose_statements(self, passages: list[Line]) -> Iterator[str]:
        """A statement without its passage does not wait for the minutes to be published."""
        spans = [line.thing.span or (0, 0) for line in passages]
        for line in self.accepted("statements"):
            place = line.thing.span[0] if line.thing.span else -1
            if not any(start <= place < end for start, end in spans):
                sentence = _("“%(title)s”: its passage is not taken, so it can be read at once.")
                yield sentence % {"title": line.title}

    def _loose_passages(self, lines: Iterable[Line]) -> Iterator[str]:
        for line in lines:
            for field, other, sentence in (
                ("agenda", "agenda", _("“%(title)s”: its agenda item is not taken.")),
                ("speaker", "attendees", _("“%(title)s”: who speaks is not taken.")),
            ):
                chosen = line.cleaned_data.get(field)
                if chosen and not self.taken(f"{other}-{chosen}"):
                    yield sentence % {"title": line.title}

    def is_ready(self) -> bool:
        return not (self.missing() or self.faulty)

    def is_new_organisation(self, line: Line) -> bool:
        """Tell whether a person brings an organisation that the portal does not know."""
        found = line.cleaned_data
        written = found.get("written", "").casefold()
        return found.get("organisation") == NEW and written not in self.known.organisation_of_name
