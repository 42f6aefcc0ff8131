"""Forms of the agenda, of the passages of the minutes, and of action points."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import ActionPoint, AgendaItem, MinutesEntry
from taskforce.core.dates import ClockField, DayField
from taskforce.intake.reviewing.candidate_forms.base import UNKNOWN, CandidateForm
from taskforce.intake.reviewing.fields import (
    choice_field,
    in_order,
    length,
    long_text,
    place_field,
    short_text,
)
from taskforce.intake.reviewing.matching import SAME_PERSON


class AgendaItemForm(CandidateForm):
    name = short_text(_("Title"), length(AgendaItem, "title"), required=True)
    starts = ClockField(label=_("Starts"), required=False)
    ends = ClockField(label=_("Ends"), required=False)
    details = long_text(_("Details"))
    responsible = choice_field(_("Who is responsible"))
    order = place_field()
    title_fields = ("starts", "name")

    def initial_values(self) -> dict[str, Any]:
        item = self.candidate.value
        return {
            "name": item["title"],
            "starts": item["start"],
            "ends": item["end"],
            "details": item["details"],
            "responsible": self.context.speakers.match(item["responsible"], SAME_PERSON),
        }

    def set_choices(self) -> None:
        nobody = [("", _("Nobody of those who were there"))]
        self.offer(
            "responsible", nobody, self.context.speakers, self.candidate.value["responsible"]
        )

    def clean(self) -> dict[str, Any]:
        return in_order(self)


class PassageForm(CandidateForm):
    heading = short_text(
        _("Heading"),
        length(MinutesEntry, "heading"),
        help_text=_("Where somebody speaks: the organisation, not the person's name."),
    )
    agenda = choice_field(_("Agenda item"))
    speaker = choice_field(_("Who speaks"))
    text = long_text(_("Text"), most=100_000)
    title_fields = ("heading", "text")

    def initial_values(self) -> dict[str, Any]:
        section = self.candidate.value
        agenda, speaker = section["agenda"], section["speaker"]
        # The document's heading names the speaker, and not everybody may read the name.
        person = self.context.people.get(str(speaker))
        return {
            "heading": person["organisation"] if person else section["heading"],
            "agenda": "" if agenda is None else str(agenda),
            "speaker": "" if speaker is None else str(speaker),
            "text": section["text"],
        }

    def set_choices(self) -> None:
        heading = self.candidate.value["heading"]
        self.offer("agenda", [("", _("None"))], self.context.agenda, heading)
        self.offer("speaker", [("", _("Nobody in particular"))], self.context.speakers, heading)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if not (found.get("text", "-") or found.get("heading")):
            self.add_error("text", _("Write a heading or a text."))
        return found


class ActionPointForm(CandidateForm):
    name = short_text(_("What"), length(ActionPoint, "what"), required=True)
    organisation = choice_field(_("Who"))
    due_on = DayField(label=_("By when"), required=False)
    title_fields = ("name",)

    def initial_values(self) -> dict[str, Any]:
        found, context = self.candidate.value, self.context
        person = context.speakers.match(found["owner"], SAME_PERSON)
        if person and not context.people[person]["organisation"]:
            person = ""
        who = f"a:{person}" if person else context.organisation(found["owner"])
        return {
            "name": found["text"],
            "organisation": who or (UNKNOWN if found["owner"] else ""),
            "due_on": found["deadline"],
        }

    def set_choices(self) -> None:
        chosen = self.raw("organisation")
        field, owner = self.fields["organisation"], self.candidate.value["owner"]
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
