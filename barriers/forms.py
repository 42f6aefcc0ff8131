"""Forms for barriers, statements and ballots."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, PrioritisationRound, Statement, Theme
from taskforce.forms import VersionedForm


class BarrierForm(VersionedForm[Barrier]):
    class Meta:
        model = Barrier
        fields = ["title", "theme", "description"]
        help_texts = {
            "title": _("Say in one sentence what stands in the way."),
            "description": _("What happens, to whom, and what would help?"),
        }


class StatementForm(forms.ModelForm[Statement]):
    class Meta:
        model = Statement
        fields = ["text"]
        labels = {"text": _("How does your organisation meet this barrier?")}


class PassageStatementForm(forms.ModelForm[Statement]):
    """What was said in a passage, of a barrier in the register or of a new one with its theme."""

    title = forms.CharField(
        label=_("Or a new barrier"),
        required=False,
        max_length=160,
        help_text=_("Say in one sentence what stands in the way."),
        widget=forms.TextInput(attrs={"lang": "da"}),
    )
    theme = forms.ModelChoiceField(
        label=_("Theme of the new barrier"), queryset=Theme.objects.all(), required=False
    )
    field_order = ["barrier", "title", "theme", "text", "organisation"]

    class Meta:
        model = Statement
        fields = ["barrier", "text", "organisation"]
        labels = {"barrier": _("Barrier in the register")}
        help_texts = {
            "text": _("In the portal's own words, in the organisation's name: never a quotation.")
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "lang": "da"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["barrier"].required = False
        fields["barrier"].queryset = Barrier.objects.unmerged().order_by("title")

    def clean(self) -> dict[str, Any]:
        chosen, title = self.cleaned_data.get("barrier"), self.cleaned_data.get("title")
        if chosen and title:
            self.add_error("title", _("Choose a barrier or name a new one, not both."))
        elif not chosen and not title and not self.errors:
            self.add_error("barrier", _("Choose a barrier, or name a new one."))
        elif title and not self.cleaned_data.get("theme"):
            self.add_error("theme", _("A new barrier needs a theme."))
        return self.cleaned_data


class BallotForm(forms.Form):
    """One choice a place, the first the most important. Empty places are fine; none abstains."""

    def __init__(self, *args: Any, round: PrioritisationRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One list for all places: a query for each would grow with the ballot.
        listed = list(round.barriers.order_by("title"))
        self.barriers = {str(barrier.pk): barrier for barrier in listed}
        choices = [("", _("No choice")), *((str(b.pk), b.title) for b in listed)]
        for place in range(1, round.ballot_size + 1):
            self.fields[f"place_{place}"] = forms.ChoiceField(
                label=_("%(place)s. priority") % {"place": place}, choices=choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        chosen: set[str] = set()
        for name, value in [*self.cleaned_data.items()]:  # add_error takes from it
            if value and value in chosen:
                self.add_error(
                    name, ValidationError(_("You have chosen this barrier already."), "twice")
                )
            chosen.add(value)
        return self.cleaned_data

    @property
    def choices(self) -> list[Barrier]:
        return [self.barriers[value] for value in self.cleaned_data.values() if value]
