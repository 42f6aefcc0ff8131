"""The review's forms: one line for each thing, with its fields and what is decided of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator, URLValidator
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, Statement
from calls.models import Call
from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    Format,
    Material,
    Meeting,
    MinutesEntry,
    Precision,
)
from meetings.models.meeting import date_in_words
from taskforce.intake.matching import SAME_NAME, SAME_PERSON, Known, Names
from taskforce.intake.things import Thing
from taskforce.news.models import NewsItem, NewsKind

FORMATS = {"online": Format.ONLINE, "physical": Format.IN_PERSON, "hybrid": Format.HYBRID}
NEW = "new"
UNKNOWN = "?"  # an organisation that somebody must choose
WEB = URLValidator(schemes=["http", "https"])
MORE_TEXT = 10_000  # characters of a text whose model sets no limit


def length(model: Any, field: str) -> int:
    """Return how long a model lets a text be, so that forms never say otherwise."""
    return int(model._meta.get_field(field).max_length)


class Decision:
    """What a secretary decides of a thing. Nothing is taken that nobody accepted."""

    OPEN = ""
    ACCEPT = "accept"
    SKIP = "skip"
    CHOICES = ((ACCEPT, _("Take")), (SKIP, _("Leave out")), (OPEN, _("Not decided")))


class Context:
    """What the lines of one document know of the portal and of each other."""

    def __init__(self, things: list[Thing], known: Known) -> None:
        self.known = known
        self.speakers, self.agenda, self.barriers = Names(), Names(), Names()
        self.people: dict[str, Any] = {}
        for thing in things:
            if thing.field == "attendees":
                person = thing.value
                where = f", {person['organisation']}" if person["organisation"] else ""
                value = str(thing.index)
                self.people[value] = person
                self.speakers.add(value, f"{person['name']}{where}", person["name"])
            elif thing.field == "agenda":
                self.agenda.add(str(thing.index), thing.value["title"])
            elif thing.field == "barriers":
                self.barriers.add(f"f:{thing.index}", thing.value["title"])

    def organisation(self, words: str) -> str:
        """Return the organisation that words mean, or "" where the portal knows none like it."""
        known = self.known.organisation_of_name.get(words.strip().casefold())
        return f"o:{known}" if known else self.known.organisations.match(words, SAME_NAME)


class Line(forms.Form):
    """One thing: its fields start as the document has them."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.CHOICES, required=False)
    title_fields: ClassVar[tuple[str, ...]] = ("value",)  # of whose words the title is made

    def __init__(self, thing: Thing, typed: Mapping[str, str], context: Context) -> None:
        self.thing, self.context = thing, context
        values = {**self.start(), **typed}
        super().__init__({f"{thing.key}-{name}": values[name] for name in values}, prefix=thing.key)
        self.choose()

    def start(self) -> dict[str, Any]:
        """Return the fields' first values as a browser would send them."""
        return {"value": self.thing.value}

    def choose(self) -> None:
        """Fill in the choices that depend on the portal or the document."""

    def offer(self, name: str, first: list[tuple[str, Any]], names: Names, words: str) -> None:
        """Give a field its choices: what is always there, then the likest."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = [*first, *names.options(words, self.raw(name))]

    def raw(self, name: str) -> str:
        """Return a field as it was typed."""
        return str(self.data.get(self.add_prefix(name)) or "")

    def shown(self, name: str) -> str:
        """Return a field as people read it."""
        choices = getattr(self.fields[name], "choices", ())
        words = {str(value): label for value, label in choices}
        return str(words.get(self.raw(name), self.raw(name)))

    @property
    def kept(self) -> dict[str, str]:
        """What was typed and decided, to be kept as it is, right or wrong."""
        return {name: self.raw(name) for name in self.fields}

    @property
    def title(self) -> str:
        words = " · ".join(filter(None, (self.raw(name) for name in self.title_fields)))
        return str(Truncator(words or "–").chars(120))

    @property
    def label(self) -> str:
        """Return what kind of thing it is, where its group does not tell."""
        return ""

    @property
    def full_title(self) -> str:
        return f"{self.label}: {self.title}" if self.label else self.title

    @property
    def faults(self) -> list[str]:
        """Return what is wrong, in sentences."""
        return [str(error) for errors in self.errors.values() for error in errors]

    @property
    def is_accepted(self) -> bool:
        return self.raw("decision") == Decision.ACCEPT

    @property
    def is_skipped(self) -> bool:
        return self.raw("decision") == Decision.SKIP

    @property
    def is_open(self) -> bool:
        """Tell whether somebody must still decide; what the document does not tell may stay so."""
        is_empty = self.thing.span is None and not self.raw("value")
        return not (self.is_accepted or self.is_skipped or is_empty)

    @property
    def needs_more(self) -> bool:
        """Tell whether it cannot be taken as it stands: something must be chosen or mended."""
        return self.is_open and bool(self.errors)

    @property
    def shown_errors(self) -> bool:
        """Tell whether the line's faults matter: nobody need mend what is left out."""
        return self.is_accepted and bool(self.errors)


def short_text(label: Any, most: int, **options: Any) -> forms.CharField:
    options.setdefault("required", False)
    return forms.CharField(label=label, max_length=most, **options)


def long_text(label: Any, most: int = MORE_TEXT, **options: Any) -> forms.CharField:
    # A browser would stop at maxlength without a word; the sentence at the field says it.
    options.setdefault("required", False)
    field = forms.CharField(label=label, widget=forms.Textarea, **options)
    field.validators.append(MaxLengthValidator(most))
    return field


def day_field(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


class DayOrMonthField(forms.CharField):
    """A day, or a month where no more is known: cleaned to the day and whether it is a month."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Date"),
            max_length=10,
            help_text=_("Year, month and day, or year and month: 2023-01-17 or 2023-01."),
        )

    def clean(self, value: Any) -> Any:
        typed: str = super().clean(value)
        is_month = typed.count("-") == 1
        try:
            return date.fromisoformat(f"{typed}-01" if is_month else typed), is_month
        except ValueError as error:
            raise forms.ValidationError(
                _("Write the date as 2023-01-17, or the month as 2023-01.")
            ) from error


def clock_field(label: Any, **options: Any) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    options.setdefault("required", False)
    return forms.TimeField(
        label=label, widget=widget, input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **options
    )


def link_field(**options: Any) -> forms.URLField:
    return forms.URLField(
        label=_("Link"), max_length=500, assume_scheme="https", validators=[WEB], **options
    )


def choice_field(label: Any, **options: Any) -> forms.ChoiceField:
    options.setdefault("required", False)
    return forms.ChoiceField(label=label, **options)


# The meeting


class Fact(Line):
    """One fact of the meeting."""

    @property
    def label(self) -> str:
        return str(self.fields["value"].label)


class NumberLine(Fact):
    value = forms.IntegerField(
        label=_("Number of the meeting"),
        min_value=1,
        max_value=32767,
        widget=forms.TextInput,  # a field for numbers would drop what is none
    )


class DateLine(Fact):
    value = DayOrMonthField()

    @property
    def title(self) -> str:
        return in_words(self.raw("value")) or "–"


class StartLine(Fact):
    value = clock_field(_("Starts"), required=True)


class EndLine(Fact):
    value = clock_field(_("Ends"), required=True)


class ModeLine(Fact):
    value = forms.ChoiceField(label=_("Format"), choices=[("", "–"), *Format.choices])

    def start(self) -> dict[str, Any]:
        return {"value": FORMATS.get(self.thing.value, "")}

    @property
    def title(self) -> str:
        return str(dict(Format.choices).get(self.raw("value"), "–"))


class PlaceLine(Fact):
    value = short_text(_("Place"), length(Meeting, "place"), required=True)


class NextMeetingLine(Line):
    value = DayOrMonthField()
    starts = clock_field(_("Starts"))
    ends = clock_field(_("Ends"))
    place = short_text(_("Place"), length(Meeting, "place"))
    title_fields = ("value", "place")

    def start(self) -> dict[str, Any]:
        found = self.thing.value
        return {
            "value": found["date"],
            "starts": found["start"],
            "ends": found["end"],
            "place": found["place"],
        }

    @property
    def title(self) -> str:
        return " · ".join(filter(None, (in_words(self.raw("value")), self.raw("place")))) or "–"

    def clean(self) -> dict[str, Any]:
        _day, is_month = self.cleaned_data.get("value", (None, False))
        times = [self.cleaned_data.get(name) for name in ("starts", "ends")]
        if is_month and any(times):
            self.add_error("starts", _("Where only the month is known there is no time."))
        return in_order(self)


def in_words(typed: str) -> str:
    """Return a day or a month in words; what is neither as it was typed."""
    is_month = typed.count("-") == 1
    try:
        day = date.fromisoformat(f"{typed}-01" if is_month else typed)
    except ValueError:
        return typed
    return date_in_words(day, Precision.MONTH if is_month else Precision.DAY)


def in_order(form: forms.Form) -> dict[str, Any]:
    """Refuse an end before the start."""
    starts, ends = form.cleaned_data.get("starts"), form.cleaned_data.get("ends")
    if starts and ends and ends <= starts:
        form.add_error("ends", _("It ends before it starts."))
    return form.cleaned_data


# Who was there


class PersonLine(Line):
    name = short_text(_("Name"), length(Attendance, "name"), required=True)
    written = short_text(_("Organisation, as it was"), length(Attendance, "organisation_name"))
    member = choice_field(_("Member"))
    organisation = choice_field(_("Organisation in the portal"))
    title_fields = ("name", "written")

    def start(self) -> dict[str, Any]:
        person, known = self.thing.value, self.context.known
        member = known.members.match(person["name"], SAME_PERSON)
        organisation = self.context.organisation(person["organisation"])
        home = known.home_of_member.get(member)
        if not person["organisation"]:
            organisation = f"o:{home}" if home else ""
        return {
            "name": person["name"],
            "written": person["organisation"] or known.organisations.labels.get(organisation, ""),
            "member": member,
            "organisation": organisation or (NEW if person["organisation"] else ""),
        }

    def choose(self) -> None:
        known, written = self.context.known, self.raw("written")
        nobody = [("", _("Not a member, only a name"))]
        self.offer("member", nobody, known.members, self.raw("name"))
        new = _("New organisation: %(name)s") % {"name": written or "…"}
        first = [(NEW, new), ("", _("None, only what is written"))]
        self.offer("organisation", first, known.organisations, written)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("organisation") == NEW and not found.get("written", "-"):
            self.add_error("written", _("Write the name of the new organisation."))
        return found


class AgendaLine(Line):
    name = short_text(_("Title"), length(AgendaItem, "title"), required=True)
    starts = clock_field(_("Starts"))
    ends = clock_field(_("Ends"))
    details = long_text(_("Details"))
    responsible = choice_field(_("Who is responsible"))
    title_fields = ("starts", "name")

    def start(self) -> dict[str, Any]:
        item = self.thing.value
        return {
            "name": item["title"],
            "starts": item["start"],
            "ends": item["end"],
            "details": item["details"],
            "responsible": self.context.speakers.match(item["responsible"], SAME_PERSON),
        }

    def choose(self) -> None:
        nobody = [("", _("Nobody of those who were there"))]
        self.offer("responsible", nobody, self.context.speakers, self.thing.value["responsible"])

    def clean(self) -> dict[str, Any]:
        return in_order(self)


# What was said


class PassageLine(Line):
    heading = short_text(
        _("Heading"),
        length(MinutesEntry, "heading"),
        help_text=_("Where somebody speaks: the organisation, not the person's name."),
    )
    agenda = choice_field(_("Agenda item"))
    speaker = choice_field(_("Who speaks"))
    text = long_text(_("Text"), most=100_000)
    title_fields = ("heading", "text")

    def start(self) -> dict[str, Any]:
        section = self.thing.value
        agenda, speaker = section["agenda"], section["speaker"]
        # The heading of who speaks is a person's name, which not everybody may read.
        person = self.context.people.get(str(speaker))
        return {
            "heading": person["organisation"] if person else section["heading"],
            "agenda": "" if agenda is None else str(agenda),
            "speaker": "" if speaker is None else str(speaker),
            "text": section["text"],
        }

    def choose(self) -> None:
        heading = self.thing.value["heading"]
        self.offer("agenda", [("", _("None"))], self.context.agenda, heading)
        self.offer("speaker", [("", _("Nobody in particular"))], self.context.speakers, heading)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if not (found.get("text", "-") or found.get("heading")):
            self.add_error("text", _("Write a heading or a text."))
        return found


class NewBarrier(Line):
    """The fields of a barrier that may be new."""

    def offer_barriers(self, title: str) -> None:
        known = self.context.known
        likest = known.barriers.match(title, SAME_NAME)
        field = self.fields["barrier"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        options = known.barriers.options(title, self.raw("barrier"), likest)
        found = self.context.barriers.options(title, self.raw("barrier"))
        field.choices = [*self.first_choices, *self.of_document(found), *options]
        self.offer("theme", [("", _("Choose a theme"))], known.themes, title)

    first_choices: ClassVar[list[tuple[str, Any]]] = [(NEW, _("A new barrier"))]

    def of_document(self, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return []

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("barrier") == NEW:
            if not found.get("name", "-"):
                self.add_error("name", _("Write the title of the new barrier."))
            if not found.get("theme", "-"):
                self.add_error("theme", _("Choose the theme of the new barrier."))
        return found


class BarrierLine(NewBarrier):
    barrier = choice_field(_("Which barrier"), required=True)
    name = short_text(_("Title"), length(Barrier, "title"))
    theme = choice_field(_("Theme"))
    raised_by = choice_field(_("Raised by"))
    title_fields = ("name",)

    @property
    def label(self) -> str:
        return str(_("Barrier"))

    def start(self) -> dict[str, Any]:
        title = self.thing.value["title"]
        known = self.context.known.barriers.match(title, SAME_NAME)
        return {"barrier": known or NEW, "name": title, "theme": "", "raised_by": ""}

    def choose(self) -> None:
        self.offer_barriers(self.thing.value["title"])
        secretariat = [("", _("The secretariat"))]
        self.offer("raised_by", secretariat, self.context.known.organisations, "")


class StatementLine(NewBarrier):
    text = long_text(
        _("Statement"),
        length(Statement, "text"),
        required=True,
        help_text=_("In words of the portal's own, and without names of people."),
    )
    speaker = choice_field(_("Who speaks"), required=True)
    barrier = choice_field(_("Which barrier"), required=True)
    name = short_text(_("Title of a new barrier"), length(Barrier, "title"))
    theme = choice_field(_("Theme of a new barrier"))
    title_fields = ("text",)
    first_choices: ClassVar[list[tuple[str, Any]]] = [
        ("", _("Choose a barrier")),
        (NEW, _("A new barrier")),
    ]

    @property
    def label(self) -> str:
        return str(_("Statement"))

    def start(self) -> dict[str, Any]:
        speaker = self.thing.value["speaker"]
        return {
            "text": self.thing.value["text"],
            "speaker": "" if speaker is None else str(speaker),
            "barrier": "",
            "name": "",
            "theme": "",
        }

    def choose(self) -> None:
        self.offer_barriers(self.thing.value["text"])
        self.offer("speaker", [("", _("Choose who speaks"))], self.context.speakers, "")

    def of_document(self, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [
            (value, str(_("From the document: %(title)s") % {"title": title}))
            for value, title in found
        ]


# What was agreed and passed on


class ActionLine(Line):
    name = short_text(_("What"), length(ActionPoint, "what"), required=True)
    organisation = choice_field(_("Who"))
    due_on = day_field(_("By when"), required=False)
    title_fields = ("name",)

    def start(self) -> dict[str, Any]:
        found, context = self.thing.value, self.context
        person = context.speakers.match(found["owner"], SAME_PERSON)
        if person and not context.people[person]["organisation"]:
            person = ""
        who = f"a:{person}" if person else context.organisation(found["owner"])
        return {
            "name": found["text"],
            "organisation": who or (UNKNOWN if found["owner"] else ""),
            "due_on": found["deadline"],
        }

    def choose(self) -> None:
        chosen = self.raw("organisation")
        field, owner = self.fields["organisation"], self.thing.value["owner"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        people = self.context.speakers.options(owner, chosen.removeprefix("a:"))
        field.choices = [
            ("", _("Everybody")),
            *([(UNKNOWN, owner)] if chosen == UNKNOWN else []),
            *((f"a:{value}", _("As %(who)s") % {"who": who}) for value, who in people),
            *self.context.known.organisations.options(owner, chosen),
        ]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("organisation") == UNKNOWN:
            self.add_error("organisation", _("Choose the organisation that took it on."))
        return self.cleaned_data


class CallLine(Line):
    name = short_text(_("Title"), length(Call, "title"), required=True)
    summary = long_text(_("Summary"), required=True)
    link = link_field(required=False)
    topic = short_text(_("Topic identifier"), length(Call, "topic_id"))
    due_on = day_field(_("Deadline"), required=False)
    due_at = clock_field(_("Time of the deadline (Brussels)"))
    title_fields = ("name",)

    def start(self) -> dict[str, Any]:
        call = self.thing.value
        return {
            "name": call["title"],
            "summary": self.told(),
            "link": call["link"],
            "topic": call["topic"],
            "due_on": call["deadline"],
            "due_at": call["deadline_time"],
        }

    def told(self) -> str:
        """Return the document's words about the call, without its title and its addresses."""
        lines = (line.strip() for line in self.thing.words.splitlines())
        title = self.thing.value["title"]
        return "\n".join(
            line for line in lines if line and line != title and not line.startswith("http")
        )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("due_at") and not self.cleaned_data.get("due_on"):
            self.add_error("due_on", _("A time needs its date."))
        return self.cleaned_data


class NewsLine(Line):
    name = short_text(_("Title"), length(NewsItem, "title"), required=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=NewsKind.choices)
    summary = long_text(_("Summary"), required=True)
    link = link_field(required=False)
    title_fields = ("name",)

    def start(self) -> dict[str, Any]:
        item = self.thing.value
        summary = item["summary"] or item["title"]
        return {
            "name": item["title"],
            "kind": NewsKind.NEWS,
            "summary": summary,
            "link": item["link"],
        }


class MaterialLine(Line):
    name = short_text(_("Title"), length(Material, "title"), required=True)
    link = link_field(
        error_messages={
            "required": _(
                "Give a link, or leave it out and add the file on the page of the meeting."
            )
        }
    )
    title_fields = ("name",)

    def start(self) -> dict[str, Any]:
        return {"name": self.thing.value["title"], "link": self.thing.value["link"]}


LINES: dict[str, type[Line]] = {
    "number": NumberLine,
    "date": DateLine,
    "start": StartLine,
    "end": EndLine,
    "mode": ModeLine,
    "place": PlaceLine,
    "attendees": PersonLine,
    "absent": PersonLine,
    "agenda": AgendaLine,
    "passages": PassageLine,
    "barriers": BarrierLine,
    "statements": StatementLine,
    "action_points": ActionLine,
    "next_meeting": NextMeetingLine,
    "calls": CallLine,
    "news": NewsLine,
    "materials": MaterialLine,
}
