"""What the pages of a document show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from meetings.checking import consent
from meetings.models import Format, Meeting, Minutes, Precision
from meetings.models.meeting import date_in_words
from taskforce.core import jobs
from taskforce.intake import things, words
from taskforce.intake.agenda import merge
from taskforce.intake.fields import in_words
from taskforce.intake.line import NEW, Decision, Line
from taskforce.intake.making import rows_made
from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.review import Group, Review
from taskforce.members.models import Viewer

STATES = dict(IntakeState.choices)
EXPECTED = timedelta(seconds=30)  # to be read; longer than that the page says so
OFTEN, SELDOM = 3, 20  # seconds until a page that waits looks again

# Fields that are long to read have room of their own, as much as they need.
WIDE = ("text", "summary", "details")
A_LINE, FEWEST_LINES, MOST_LINES = 60, 2, 14  # characters, and lines of such a field

# What a folded thing says of itself beside its title: whom and what in the portal it is taken for.
SAID = ("member", "organisation", "responsible", "agenda", "speaker", "barrier", "call", "due_on")
# What is only asked where the barrier is a new one.
OF_NEW_BARRIER = ("name", "theme", "raised_by")


# Documents that were brought in


def rows(intakes: QuerySet[Intake]) -> QuerySet[Any, Any]:
    """Return only the columns that lists show: a draft may be long."""
    return intakes.values("pk", "name", "state", "added_at", "added_by__name")


def ready(row: dict[str, Any]) -> dict[str, Any]:
    intake = Intake(pk=row["pk"], name=row["name"])
    return {
        **row,
        "title": str(intake),
        "url": intake.get_absolute_url(),
        "state_words": STATES[row["state"]],
    }


def waiting(intake: Intake, now: datetime) -> dict[str, Any]:
    """Return how far the reading is, and what keeps it where it takes long."""
    is_late = now - intake.asked_at > EXPECTED
    return {
        "intake": intake,
        "step": 2 if intake.state == IntakeState.READING else 1,
        "is_late": is_late,
        "worker_works": jobs.worker_works(now),
        "refresh": SELDOM if is_late else OFTEN,
    }


def refused(intake: Intake) -> dict[str, Any]:
    return {"intake": intake, "sentence": words.in_words(intake.refusal)}


# The review


@dataclass
class Field:
    """A field ready to write: Django renders each widget, and each option, by a template."""

    id: str
    name: str
    label: str
    value: str
    kind: str
    options: list[tuple[str, str]] | None
    errors: list[str]
    help: str
    is_required: bool
    suggestions: str = ""  # the list of names that it suggests
    rows: int = FEWEST_LINES
    is_of_new_barrier: bool = False

    @property
    def described_by(self) -> str:
        parts = (f"{self.id}-hjaelp" if self.help else "", f"{self.id}-fejl" if self.errors else "")
        return " ".join(filter(None, parts))


@dataclass
class Row:
    """A line of the review, ready to write."""

    key: str
    label: str
    title: str
    decision: str
    is_unsure: bool
    is_decided: bool
    is_missing: bool
    said: list[tuple[str, str]]
    reason: str | Promise
    place: str
    fields: list[Field]
    unfolded: bool
    faults: int


def review(intake: Intake, current: Review) -> dict[str, Any]:
    """Return the document on one side and what was found on the other."""
    document = things.parts(intake)
    places = things.anchors(document)
    groups = [*current.groups()]
    needed = {key for key, _sentence in current.missing()}
    wrong = [*faults(current)]
    return {
        "intake": intake,
        "document": document,
        "groups": [
            {
                "name": group.name,
                "title": group.title,
                "open": group.open_count,
                "rows": [row(line, places, needed) for line in group.lines],
            }
            for group in groups
        ],
        "open": len(current.open),
        "first_open": next((line.thing.key for line in _in_order(groups) if line.is_open), ""),
        "is_poor": not {"date", "attendees", "agenda"} & {found["field"] for found in intake.found},
        "faults": wrong,
        "in_the_way": next(iter([*missing(current), *wrong]), None),
        "total": sum(len(group.lines) for group in groups),
        "decisions": Decision.CHOICES,
        "organisations": [*current.known.organisations.labels.values()],
    }


@dataclass
class Fault:
    """What is wrong with a field: the sentence stands there, too."""

    field: str  # its id
    label: str
    sentence: str


def _in_order(groups: Iterable[Group]) -> Iterable[Line]:
    return (line for group in groups for line in group.lines)


def faults(current: Review) -> Iterable[Fault]:
    """Yield what must be mended, in the order of the page."""
    for line in filter(attrgetter("shown_errors"), _in_order(current.groups())):
        for name in line.errors:
            label = str(line.fields[name].label)
            # A fact of the meeting is called as its only field is; other things have many fields.
            thing = "" if label == line.label else f"{Truncator(line.full_title).chars(60)} – "
            yield Fault(field_id(line, name), f"{thing}{label}", " ".join(sentences(line, name)))


def sentences(line: Line, name: str) -> list[str]:
    """Return what is wrong with a field, each sentence once."""
    return [*dict.fromkeys(str(error) for error in line.errors.get(name, []))]


def missing(current: Review) -> Iterable[Fault]:
    """Yield what must be taken first, though nothing is wrong with it."""
    for key, sentence in current.missing():
        line = current.by_key[key]
        yield Fault(field_id(line, "value"), line.label, sentence)


def field_id(line: Line, name: str) -> str:
    return f"id_{line.add_prefix(name)}"


def row(line: Line, places: dict[str, str], needed: set[str]) -> Row:
    shows_faults = line.shown_errors
    # No meeting is made without its number and date: where the document tells none, ask at once.
    is_asked_for = line.thing.key in needed and not line.raw("value")
    return Row(
        key=line.thing.key,
        label=line.label,
        title=line.title,
        decision=line.raw("decision"),
        is_unsure=line.thing.is_unsure,
        is_decided=line.is_accepted or line.is_skipped,
        is_missing=is_asked_for,
        said=[*said(line)],
        reason=line.thing.reason,
        place=places.get(line.thing.key, ""),
        fields=[ready_field(line, name) for name in line.fields if name != "decision"],
        unfolded=shows_faults or line.needs_more or is_asked_for,
        faults=len(line.errors) if shows_faults else 0,
    )


def said(line: Line) -> Iterable[tuple[str, str]]:
    """Yield (label, words) of what a line is taken for."""
    for name in SAID:
        if name in line.fields and line.raw(name):
            words = in_words(line.raw(name)) if name == "due_on" else line.shown(name)
            yield str(line.fields[name].label), words


def rows_of(text: str) -> int:
    """Return how many lines of a field a text takes, within bounds."""
    lines = sum(1 + len(line) // A_LINE for line in text[: A_LINE * MOST_LINES].split("\n"))
    return min(max(lines, FEWEST_LINES), MOST_LINES)


def ready_field(line: Line, name: str) -> Field:
    form_field = line.fields[name]
    # What nobody accepted yet shows only what the document itself brought that does not fit.
    shows_errors = line.shown_errors or (line.needs_more and bool(line.raw(name)))
    choices = getattr(form_field, "choices", None)
    kind = "long" if name in WIDE else getattr(form_field.widget, "input_type", "text")
    if kind in ("date", "time") and name in line.errors:
        kind = "text"  # a field for dates would drop what is none
    return Field(
        id=field_id(line, name),
        name=line.add_prefix(name),
        label=str(form_field.label),
        value=line.raw(name),
        kind=kind,
        options=None if choices is None else [(str(value), str(word)) for value, word in choices],
        errors=sentences(line, name) if shows_errors else [],
        help=str(form_field.help_text),
        is_required=form_field.required,
        suggestions="organisationer" if name == "written" else "",
        rows=rows_of(line.raw(name)) if kind == "long" else FEWEST_LINES,
        is_of_new_barrier=name in OF_NEW_BARRIER and "barrier" in line.fields,
    )


# Before it is taken in


@dataclass
class Planned:
    """What will be made of one kind: how many, and which."""

    title: str | Promise
    names: list[str]


@dataclass
class Change:
    """A fact of a meeting that the portal knows otherwise."""

    label: str
    before: str
    after: str


FACTS = {"date": "date", "start": "starts", "end": "ends", "mode": "format", "place": "place"}

# What everybody reads as soon as it is taken in, and in which fields.
AT_ONCE = {
    "agenda": ("name", "details"),
    "barriers": ("name",),
    "statements": ("name",),
    "calls": ("name", "summary"),
    "news": ("name", "summary"),
}


def confirm(current: Review) -> dict[str, Any]:
    """Return everything that will be made, and everything that will not."""
    return {
        "intake": current.intake,
        "planned": [part for part in _planned(current) if part.names],
        "going": _going(current),
        "left_out": [line for line in current.lines if line.is_skipped],
        "open": current.open,
        "faults": [*missing(current), *faults(current)],
        "loose_ends": current.loose_ends(),
        "changes": [*_changes(current)],
        "changed_meeting": current.meeting,
        "names": [*_names_at_once(current)],
        "is_ready": current.is_ready(),
    }


def _going(current: Review) -> list[str]:
    titles = [line.raw("name") for line in current.accepted("agenda")]
    return [item.title for item in merge(current.meeting, titles).go]


def _planned(current: Review) -> Iterable[Planned]:
    yield Planned(_("The meeting"), [_meeting(current)] if current.is_ready() else [])
    yield Planned(_("New organisations"), _new_organisations(current))
    yield from (
        Planned(title, [line.title for line in current.accepted(name)])
        for title, name in (
            (_("Who was there"), "attendees"),
            (_("Who sent apologies"), "absent"),
            (_("Agenda items"), "agenda"),
            (_("Passages of the minutes, as a draft"), "passages"),
        )
    )
    yield Planned(_("New barriers"), _new_barriers(current))
    yield from (
        Planned(title, [line.title for line in current.accepted(name)])
        for title, name in (
            (_("Statements"), "statements"),
            (_("Action points"), "action_points"),
            (_("News"), "news"),
            (_("Materials"), "materials"),
        )
    )
    calls = current.accepted("calls")
    yield Planned(_("New EU calls"), [line.title for line in calls if not line.raw("call")])
    again = [line.shown("call") for line in calls if line.raw("call")]
    yield Planned(_("EU calls of the portal, told again"), again)
    yield Planned(_("Next meeting"), _next_meeting(current))


def _meeting(current: Review) -> str:
    if current.meeting:
        return _("%(meeting)s, which is in the portal, is filled in") % {"meeting": current.meeting}
    return _("%(meeting)s, which is new") % {"meeting": Meeting(number=current.value("number"))}


def _changes(current: Review) -> Iterable[Change]:
    """Yield what the document says otherwise of a meeting that is in the portal."""
    for name, field in FACTS.items():
        known, told = getattr(current.meeting, field, None), current.value(name)
        if name == "date" and told and current.meeting:
            known, told = current.meeting.when, date_in_words(told[0], _precision(told[1]))
        if known and told and known != told:
            yield Change(current.by_key[f"{name}-0"].label, _plainly(known), _plainly(told))


def _precision(is_month: bool) -> Precision:
    return Precision.MONTH if is_month else Precision.DAY


def _plainly(fact: Any) -> str:
    """Return a fact of a meeting as people read it."""
    if isinstance(fact, time):
        return f"{fact:%H.%M}"
    return str(dict(Format.choices).get(fact, fact))


def _names_at_once(current: Review) -> Iterable[tuple[str, Line]]:
    """Yield (name, line) where a person who did not agree is named in what shows at once."""
    names = _hidden_names(current)
    for line in current.accepted(*AT_ONCE):
        if "barrier" in line.fields and line.raw("barrier") != NEW:
            continue
        text = consent.plain(" | ".join(map(line.raw, AT_ONCE[line.thing.field])))
        for name in names:
            if consent.stands_in(consent.plain(name), text):
                yield name, line


def _hidden_names(current: Review) -> list[str]:
    """Return who did not agree to be named; whom the portal knows not has not agreed."""
    members = consent.hidden_members()
    keys = {"", *(f"m:{pk}" for pk in members)}
    people = current.accepted("attendees", "absent")
    there = (line.raw("name") for line in people if line.raw("member") in keys)
    return sorted({*members.values(), *there})


def _new_organisations(current: Review) -> list[str]:
    people = current.accepted("attendees", "absent")
    new = (line.raw("written") for line in people if current.is_new_organisation(line))
    return [*{name.casefold(): name for name in new}.values()]


def _new_barriers(current: Review) -> list[str]:
    new = (
        line.raw("name")
        for line in current.accepted("barriers", "statements")
        if line.raw("barrier") == NEW
    )
    return [*{name.casefold(): name for name in new}.values()]


def _next_meeting(current: Review) -> list[str]:
    number = current.meeting.number if current.meeting else current.value("number")
    lines = current.accepted("next_meeting")
    if not (lines and number):
        return [line.title for line in lines]
    following = Meeting(number=number + 1)
    if Meeting.objects.filter(number=following.number).exists():
        return [_("%(meeting)s is in the portal already") % {"meeting": following}]
    return [f"{following}: {line.title}" for line in lines]


# When it is taken in


def taken(intake: Intake, viewer: Viewer) -> dict[str, Any]:
    """Return what was made of a document, counted by kind."""
    made = [
        (str(model._meta.verbose_name_plural), len(keys)) for model, keys in rows_made(intake.made)
    ]
    minutes = Minutes.objects.visible_to(viewer).filter(meeting=intake.meeting).first()
    return {"intake": intake, "meeting": intake.meeting, "minutes": minutes, "made": made}
