"""The form of a figure from outside."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taskforce.core.amounts import AmountField
from taskforce.core.dates import DayField
from taskforce.core.forms import VersionedForm
from taskforce.results.models import Figure, Known

NEEDS = {Known.REPORTED: "known_by", Known.ESTIMATED: "way"}


class FigureForm(VersionedForm[Figure]):
    """A figure with its source. What is public needs the source; a draft can wait for it."""

    number = AmountField(
        label=pgettext_lazy("how many", "Number"), help_text=_("Such as 3.000 or 4 mio.")
    )
    reported = AmountField(
        label=_("Organisations that reported"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Where the figure is added up from what several told."),
    )
    asked = AmountField(
        label=_("Organisations that were asked"), required=False, min_value=1, max_value=100_000
    )
    publish = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Figure
        fields = [
            *("what", "number", "unit", "from_on", "to_on", "known", "known_by", "way"),
            *("reported", "asked", "source", "source_link", "source_on"),
        ]
        field_classes = {"from_on": DayField, "to_on": DayField, "source_on": DayField}
        labels = {
            "what": _("What is counted"),
            "unit": _("Unit"),
            "from_on": _("First day of the period"),
            "to_on": _("Last day of the period"),
            "known": _("How it is known"),
            "known_by": _("Who reported it"),
            "way": _("How it was estimated"),
            "source": _("Source"),
            "source_link": _("Link to the source"),
            "source_on": _("Day of the source"),
        }
        help_texts = {
            "what": _("The same words for the same figure of another year put both together."),
            "unit": _("Such as job, kroner or kontrakter."),
            "source": _("The document and its page, or the letter and its sender."),
        }
        widgets = {"way": forms.Textarea({"rows": 3, "lang": "da"})}

    def clean_source_on(self) -> date | None:
        day: date | None = self.cleaned_data["source_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if need := NEEDS.get(cleaned.get("known", "")):
            self._needed(need, _("Say it, so that readers can judge the figure."))
        if self.instance.is_published or cleaned.get("publish"):
            for name in ("source", "source_on"):
                self._needed(name, _("Without it the figure cannot be published."))
        self._must_be_of_some(cleaned)
        return cleaned

    def _needed(self, name: str, sentence: Any) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, sentence)

    def _must_be_of_some(self, cleaned: dict[str, Any]) -> None:
        reported, asked = cleaned.get("reported"), cleaned.get("asked")
        if {"reported", "asked"} & {*self.errors} or reported == asked:
            return
        if reported is None or asked is None or reported > asked:
            missing = "reported" if reported is None else "asked"
            self.add_error(missing, _("Say how many of how many, or leave both empty."))


class VersionForm(forms.Form):
    """The version of a row that somebody read before they act on it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
