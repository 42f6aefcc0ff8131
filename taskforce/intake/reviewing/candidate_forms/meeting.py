"""Forms of the facts of a meeting, and of the next meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Format, Meeting
from taskforce.core.amounts import AmountField
from taskforce.core.dates import ClockField
from taskforce.intake.reviewing.candidate_forms.base import CandidateForm
from taskforce.intake.reviewing.fields import (
    DayOrMonthField,
    in_order,
    in_words,
    length,
    short_text,
)

# The formats that the reader names.
FORMATS = {"online": Format.ONLINE, "physical": Format.IN_PERSON, "hybrid": Format.HYBRID}


class FactForm(CandidateForm):
    """One fact of the meeting, with a single field."""

    @property
    def label(self) -> str:
        return str(self.fields["value"].label)


class NumberForm(FactForm):
    value = AmountField(label=_("Number of the meeting"), min_value=1, max_value=32767)


class DateForm(FactForm):
    value = DayOrMonthField()

    @property
    def title(self) -> str:
        return in_words(self.raw("value")) or "–"


class StartForm(FactForm):
    value = ClockField(label=_("Starts"))


class EndForm(FactForm):
    value = ClockField(label=_("Ends"))


class FormatForm(FactForm):
    value = forms.ChoiceField(label=_("Format"), choices=[("", "–"), *Format.choices])

    def initial_values(self) -> dict[str, Any]:
        return {"value": FORMATS.get(self.candidate.value, "")}

    @property
    def title(self) -> str:
        return str(dict(Format.choices).get(self.raw("value"), "–"))


class PlaceForm(FactForm):
    value = short_text(_("Place"), length(Meeting, "place"), required=True)


class NextMeetingForm(CandidateForm):
    value = DayOrMonthField()
    starts = ClockField(label=_("Starts"), required=False)
    ends = ClockField(label=_("Ends"), required=False)
    place = short_text(_("Place"), length(Meeting, "place"))
    title_fields = ("value", "place")

    def initial_values(self) -> dict[str, Any]:
        found = self.candidate.value
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
