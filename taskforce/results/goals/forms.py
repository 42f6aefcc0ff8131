"""The forms of a goal: what it is when it is set, and how it changes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taskforce.core.amounts import AmountField
from taskforce.core.dates import DayField
from taskforce.results.goals.progress import numbers
from taskforce.results.models import Goal, StepKind

LATER = [choice for choice in StepKind.choices if choice[0] != StepKind.SET]


def measure_field() -> forms.ChoiceField:
    """Return the choice of the number that says how far a goal is, from those of today."""
    return forms.ChoiceField(
        label=_("What says how far it is"),
        choices=lambda: [("", _("Nothing yet")), *numbers().choices()],
        required=False,
        help_text=_("It stands beside the goal as a picture, and goes on by itself."),
    )


class GoalForm(forms.ModelForm[Goal]):
    """A new goal, with the number that is to be reached and the day."""

    number = AmountField(label=_("Number to be reached"), min_value=1)
    due_on = DayField(label=_("To be reached by"))
    measure = measure_field()

    class Meta:
        model = Goal
        fields = ["what", "unit", "measure"]
        labels = {"what": _("What is to be reached"), "unit": _("Unit")}
        help_texts = {"unit": _("Such as job, kroner or kontrakter.")}


class StepForm(forms.Form):
    """What becomes of a goal. What it was before stays where everybody reads it."""

    kind = forms.ChoiceField(label=_("What happens"), choices=LATER, widget=forms.RadioSelect)
    number = AmountField(
        label=pgettext_lazy("how many", "Number"),
        help_text=_("What is to be reached now, or what was reached."),
    )
    due_on = DayField(label=_("To be reached by"))
    reason = forms.CharField(
        label=_("Why"), max_length=600, widget=forms.Textarea({"rows": 3, "lang": "da"})
    )
    measure = measure_field()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def show_conflict(self, current: Any) -> None:
        """Say that somebody changed the goal first; sending the form again comes after it."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["version"] = current.version if current else 0
        self.data = data
        self.add_error(
            None, _("Somebody else changed the goal while you were writing. Read it once more.")
        )
