"""What the reader hands over: a draft of minutes, each thing with its place and its reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from taskforce.intake.reader.reasons import Reason, Refusal

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage of the draft's text: characters from `start` up to, not including, `end`."""

    start: int
    end: int

    def joined(self, other: "Span") -> "Span":
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """Something found: what, where, how sure (0 to 1), and why in words."""

    value: T
    span: Span
    confidence: float
    reason: Reason

    @property
    def is_unsure(self) -> bool:
        return self.confidence < SURE


# From here on a person need not look twice.
SURE = 0.8


class Mode(StrEnum):
    ONLINE = "online"
    PHYSICAL = "physical"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a list; `note` holds the role or remark that stood beside the name."""

    name: str
    organisation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A point of the agenda; `start` and `end` are "HH:MM" or None."""

    title: str
    start: str | None = None
    end: str | None = None
    details: str = ""
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The meeting after this one; `date` is "YYYY-MM-DD", or "YYYY-MM" for a month."""

    date: str
    start: str | None = None
    end: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call for proposals; `deadline` is "YYYY-MM-DD" and `deadline_time` "HH:MM"."""

    title: str
    deadline: str | None = None
    deadline_time: str | None = None
    topic: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class ActionPoint:
    """What somebody took on; `owner` as written, `deadline` as "YYYY-MM-DD"."""

    text: str
    owner: str = ""
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said of a barrier.

    `speaker` is an index in the draft's attendees, `barrier` one in its barriers.
    """

    text: str
    speaker: int | None = None
    barrier: int | None = None


@dataclass(frozen=True, slots=True)
class Barrier:
    """A barrier that the minutes name."""

    title: str


@dataclass(frozen=True, slots=True)
class Item:
    """News or material that is told of: a title, and a link where there is one."""

    title: str
    link: str = ""
    summary: str = ""


class SectionKind(StrEnum):
    HEAD = "head"  # title, time and place, who was there
    AGENDA = "agenda"
    MINUTES = "minutes"
    ROUND_TABLE = "round_table"
    ACTIONS = "actions"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Section:
    """A passage of the minutes. All sections together are the whole text, in order.

    `agenda` is an index in the draft's agenda, `speaker` one in its attendees. The heading
    stands inside the span.
    """

    span: Span
    kind: SectionKind
    heading: str = ""
    agenda: int | None = None
    speaker: int | None = None
    body: Span = Span(0, 0)


@dataclass(slots=True)
class MinutesDraft:
    """Structured minutes that nobody has checked yet."""

    text: str
    refusal: Refusal | None = None
    number: Found[int] | None = None
    date: Found[str] | None = None
    start: Found[str] | None = None
    end: Found[str] | None = None
    mode: Found[Mode] | None = None
    place: Found[str] | None = None
    attendees: list[Found[Person]] = field(default_factory=list)
    absent: list[Found[Person]] = field(default_factory=list)
    agenda: list[Found[AgendaItem]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    barriers: list[Found[Barrier]] = field(default_factory=list)
    statements: list[Found[Statement]] = field(default_factory=list)
    action_points: list[Found[ActionPoint]] = field(default_factory=list)
    next_meeting: Found[NextMeeting] | None = None
    calls: list[Found[Call]] = field(default_factory=list)
    news: list[Found[Item]] = field(default_factory=list)
    materials: list[Found[Item]] = field(default_factory=list)
    links: list[Found[str]] = field(default_factory=list)

    def found(self) -> Iterator[tuple[str, int, Found[Any]]]:
        """Yield (field, index, thing) for everything found, in the order of the fields."""
        for name in FIELDS:
            value = getattr(self, name)
            things = value if isinstance(value, list) else [value] if value else []
            for index, thing in enumerate(things):
                yield name, index, thing


FIELDS = (
    "number",
    "date",
    "start",
    "end",
    "mode",
    "place",
    "attendees",
    "absent",
    "agenda",
    "barriers",
    "statements",
    "action_points",
    "next_meeting",
    "calls",
    "news",
    "materials",
    "links",
)
