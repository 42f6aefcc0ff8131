"""What is chosen when somebody leaves, hands over, or has another organisation."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taskforce.core.dates import DayField
from taskforce.front.leaving.acts import ROLE
from taskforce.front.leaving.matters import Matter
from taskforce.members.models import Member, Organisation, Role

GIVE, KEEP = "give", "keep"
LEAVES, STAYS = "leaves", "stays"


class EndForm(forms.Form):
    """Until when somebody is a member."""

    last_day = DayField(label=_("Last day"), initial=timezone.localdate)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.member.from_date:
            raise forms.ValidationError(_("The last day comes before the first."))
        return day


class HandOverForm(forms.Form):
    """Who takes over, from when, and each thing that stands open."""

    to = forms.ModelChoiceField(
        Member.objects.none(), label=_("Who takes over?"), empty_label=_("Choose a person")
    )
    first_day = DayField(label=_("From when?"), initial=timezone.localdate)
    afterwards = forms.ChoiceField(
        label=_("Afterwards"),
        choices=[(LEAVES, _("The membership ends")), (STAYS, _("Stays a member"))],
        initial=LEAVES,
        widget=forms.RadioSelect,
    )
    role = forms.BooleanField(
        label=_("Takes the place in the secretariat, too"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        member: Member,
        successors: QuerySet[Member],
        matters: Iterable[Matter],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.matters = member, [*matters]
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        to.queryset = successors
        if member.role != Role.SECRETARIAT:
            del self.fields["role"]
        for matter in self.matters:
            self.fields[matter.key] = _choice(matter)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if successor := typed.get("to"):
            self._clean_matters(successor)
        day = typed.get("first_day")
        if day and day < self.member.from_date:
            self.add_error("first_day", _("The person was no member yet on this day."))
        return typed

    def _clean_matters(self, successor: Member) -> None:
        for matter in self.matters:
            if self.cleaned_data.get(matter.key) == GIVE and not matter.fits(successor):
                words = gettext("%(name)s is of another organisation, and this belongs to one.")
                self.add_error(matter.key, words % {"name": successor.user})

    @property
    def gives(self) -> list[str]:
        """Return the keys of what the successor takes over."""
        typed = self.cleaned_data
        keys = [matter.key for matter in self.matters if typed[matter.key] == GIVE]
        return [*keys, *([ROLE] if typed.get("role") else [])]

    @property
    def stays(self) -> bool:
        return bool(self.cleaned_data["afterwards"] == STAYS)


def _choice(matter: Matter) -> forms.ChoiceField:
    choices = [(GIVE, _("The new person takes it over")), (KEEP, _("It stays as it is, or empty"))]
    return forms.ChoiceField(
        label=matter.title, help_text=matter.words, choices=choices, initial=GIVE
    )


class MoveForm(forms.Form):
    """Another organisation, and why."""

    to = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Organisation"), empty_label=_("Choose an organisation")
    )
    title = forms.CharField(label=_("Job title there"), max_length=120, required=False)
    why = forms.ChoiceField(
        label=_("Why?"),
        choices=[
            ("moved", _("The person has changed jobs")),
            ("wrong", _("It was wrong from the start")),
        ],
        initial="moved",
        widget=forms.RadioSelect,
        help_text=_("A change of jobs begins a new membership today, and keeps the one before."),
    )
