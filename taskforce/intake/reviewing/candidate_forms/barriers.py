"""Forms of barriers and statements."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, Statement
from taskforce.intake.reviewing.candidate_forms.base import NEW, CandidateForm
from taskforce.intake.reviewing.fields import choice_field, length, long_text, short_text
from taskforce.intake.reviewing.matching import SAME_NAME


class NewBarrierForm(CandidateForm):
    """A form that chooses a barrier, or makes a new one."""

    first_choices: ClassVar[list[tuple[str, Any]]] = [(NEW, _("A new barrier"))]

    def offer_barriers(self, title: str) -> None:
        known = self.context.known
        likest = known.barriers.match(title, SAME_NAME)
        field = self.fields["barrier"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        options = known.barriers.options(title, self.raw("barrier"), likest)
        found = self.context.barriers.options(title, self.raw("barrier"))
        field.choices = [*self.first_choices, *self.options_of_document(found), *options]
        self.offer("theme", [("", _("Choose a theme"))], known.themes, title)

    def options_of_document(self, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the document's own barriers as choices; none, unless a form offers them."""
        return []

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("barrier") == NEW:
            if not found.get("name", "-"):
                self.add_error("name", _("Write the title of the new barrier."))
            if not found.get("theme", "-"):
                self.add_error("theme", _("Choose the theme of the new barrier."))
        return found


class BarrierForm(NewBarrierForm):
    barrier = choice_field(_("Which barrier"), required=True)
    name = short_text(_("Title"), length(Barrier, "title"))
    theme = choice_field(_("Theme"))
    raised_by = choice_field(_("Raised by"))
    title_fields = ("name",)

    @property
    def label(self) -> str:
        return str(_("Barrier"))

    def initial_values(self) -> dict[str, Any]:
        title = self.candidate.value["title"]
        known = self.context.known.barriers.match(title, SAME_NAME)
        return {"barrier": known or NEW, "name": title, "theme": "", "raised_by": ""}

    def set_choices(self) -> None:
        self.offer_barriers(self.candidate.value["title"])
        secretariat = [("", _("The secretariat"))]
        self.offer("raised_by", secretariat, self.context.known.organisations, "")


class StatementForm(NewBarrierForm):
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

    def initial_values(self) -> dict[str, Any]:
        speaker, barrier = self.candidate.value["speaker"], self.candidate.value.get("barrier")
        return {
            "text": self.candidate.value["text"],
            "speaker": "" if speaker is None else str(speaker),
            "barrier": "" if barrier is None else f"f:{barrier}",
            "name": "",
            "theme": "",
        }

    def set_choices(self) -> None:
        self.offer_barriers(self.candidate.value["text"])
        self.offer("speaker", [("", _("Choose who speaks"))], self.context.speakers, "")

    def options_of_document(self, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [
            (value, str(_("From the document: %(title)s") % {"title": title}))
            for value, title in found
        ]
