"""Forms of prioritisation rounds."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, PrioritisationRound


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
