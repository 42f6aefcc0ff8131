"""The review's forms: one kind of line for each kind of thing, with its fields."""

from typing import Any, ClassVar

from django import forms
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
)
from taskforce.intake.fields import (
    DayOrMonthField,
    choice_field,
    clock_field,
    day_field,
    in_order,
    in_words,
    length,
    link_field,
    long_text,
    short_text,
)
from taskforce.intake.line import NEW, UNKNOWN, Line
from taskforce.intake.matching import SAME_NAME, SAME_PERSON
from taskforce.news.models import NewsItem, NewsKind

FORMATS = {"online": Format.ONLINE, "physical": Format.IN_PERSON, "hybrid": Format.HYBRID}


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
        speaker, barrier = self.thing.value["speaker"], self.thing.value.get("barrier")
        return {
            "text": self.thing.value["text"],
            "speaker": "" if speaker is None else str(speaker),
            "barrier": "" if barrier is None else f"f:{barrier}",
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
    call = choice_field(_("Call in the portal"))
    name = short_text(_("Title"), length(Call, "title"))
    summary = long_text(_("Summary"))
    link = link_field(required=False)
    topic = short_text(_("Topic identifier"), length(Call, "topic_id"))
    due_on = day_field(_("Deadline"), required=False)
    due_at = clock_field(_("Time of the deadline (Brussels)"))
    title_fields = ("name",)

    def start(self) -> dict[str, Any]:
        call = self.thing.value
        return {
            "call": self.context.known.call(call["title"], call["topic"], call["link"]),
            "name": call["title"],
            "summary": self.told(),
            "link": call["link"],
            "topic": call["topic"],
            "due_on": call["deadline"],
            "due_at": call["deadline_time"],
        }

    def choose(self) -> None:
        new = [("", _("None of these, a new call"))]
        self.offer("call", new, self.context.known.calls, self.raw("name"))

    def told(self) -> str:
        """Return the document's words about the call, without its title and its addresses."""
        lines = (line.strip() for line in self.thing.words.splitlines())
        title = self.thing.value["title"]
        return "\n".join(
            line for line in lines if line and line != title and not line.startswith("http")
        )

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("due_at") and not found.get("due_on"):
            self.add_error("due_on", _("A time needs its date."))
        if found.get("call"):
            return found  # it is told of already, and stays as it is
        if not found.get("name", "-"):
            self.add_error("name", _("Write the title of the new call."))
        if not found.get("summary", "-"):
            self.add_error("summary", _("Write what the new call is about."))
        return found


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
