"""Forms of the agenda: an item, its place, what to carry over, and proposals of members."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.agenda.offers import Offer
from meetings.models import AgendaItem, AgendaProposal
from taskforce.core.amounts import AmountField
from taskforce.core.forms import FingerprintForm, Options, OptionsSelect
from taskforce.core.rich_text import RichTextField, as_html, as_text, begin_from

LONGEST = 480  # minutes: a working day


def _length() -> AmountField:
    return AmountField(
        label=_("Length in minutes"),
        required=False,
        unit=r"min(?:\.|ut(?:ter|es?)?)?",
        min_value=1,
        max_value=LONGEST,
    )


class ItemForm(FingerprintForm[AgendaItem]):
    """An item. Whoever names a person need not name the person's organisation."""

    minutes = _length()
    details = RichTextField(label=_("Details"), required=False, max_length=100_000)

    field_order = ["title", "minutes", "organisation", "responsible", "details"]

    class Meta:
        model = AgendaItem
        fields = ["title", "minutes", "organisation", "responsible", "details"]
        widgets = {"title": forms.TextInput(attrs={"lang": "da"})}
        help_texts = {"responsible": _("Somebody on the meeting's list.")}

    def __init__(self, *args: Any, organisations: Options, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="punkt-%s", **kwargs)
        fields: dict[str, Any] = self.fields
        fields["responsible"].queryset = self.instance.meeting.attendances.all()
        fields["responsible"].widget = OptionsSelect(_("Nobody in particular"), people)
        fields["organisation"].widget = OptionsSelect(_("Nobody in particular"), organisations)
        begin_from(self, "details")

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        person, organisation = found.get("responsible"), found.get("organisation")
        if person and organisation and person.organisation_id != organisation.pk:
            self.add_error("responsible", _("This person belongs to another organisation."))
        elif person and not organisation:
            found["organisation"] = person.organisation
        return found

    def in_words(self, current: AgendaItem) -> str:
        length = f"{current.minutes} min." if current.minutes else ""
        details = as_text(as_html(current.details))
        found = (current.title, length, current.organisation, current.responsible, details)
        return " · ".join(str(part) for part in found if part)


class FreshForm(forms.Form):
    """Whether the button was pressed that adds the portal's newest lines to the text."""

    add_fresh = forms.BooleanField(required=False)


class SendForm(forms.Form):
    """The button that sends the agenda, with the time of the last sending that its page showed."""

    sent_before = forms.CharField(required=False, widget=forms.HiddenInput)


class PlaceForm(forms.Form):
    place = forms.IntegerField(min_value=1, max_value=1000)


class CarryForm(forms.Form):
    """Which offers come on the agenda; all of them are chosen from the start."""

    offers = forms.MultipleChoiceField(
        label=_("What earlier meetings left"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose something first."),
            "invalid_choice": _("This stands on the agenda by now. Choose anew."),
        },
    )

    def __init__(self, data: Any = None, *, offers: list[Offer]) -> None:
        super().__init__(data, auto_id="overfoer-%s")
        field = self.fields["offers"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # for the type checker
        field.choices = [(offer.key, offer.title) for offer in offers]
        self.initial["offers"] = [offer.key for offer in offers]


class ProposalForm(forms.ModelForm[AgendaProposal]):
    minutes = _length()

    field_order = ["title", "minutes", "details"]

    class Meta:
        model = AgendaProposal
        fields = ["title", "minutes", "details"]
        labels = {"title": _("What should the taskforce talk about?"), "details": _("Why")}
        widgets = {
            "title": forms.TextInput(attrs={"lang": "da"}),
            "details": forms.Textarea(attrs={"rows": 5, "lang": "da", "maxlength": 5000}),
        }

    def clean_details(self) -> str:
        details: str = self.cleaned_data["details"]
        if len(details) > 5000:
            raise forms.ValidationError(_("Keep it under 5,000 characters."))
        return details


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why does it not come on the agenda?"),
        help_text=_("Who proposed it gets it by mail as you write it, and members read it."),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "da"}),
        max_length=2000,
        error_messages={"required": _("Give the reason.")},
    )
