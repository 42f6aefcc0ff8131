"""Forms of the agenda: an item, its place, what to carry over, and proposals of members."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.agenda import linking
from meetings.agenda.offers import Offer
from meetings.models import AgendaItem, AgendaProposal, Attendance, Meeting
from taskforce.core.amounts import AmountField
from taskforce.core.forms import FingerprintForm, Options, OptionsSelect
from taskforce.core.mailing import NoteForm
from taskforce.core.rich_text import RichTextField, as_html, as_text, begin_from
from taskforce.members.models import Member

LONGEST = 480  # minutes: a working day


def _length() -> AmountField:
    return AmountField(
        label=_("Length in minutes"),
        required=False,
        unit=r"min(?:\.|ut(?:ter|es?)?)?",
        min_value=1,
        max_value=LONGEST,
    )


def of_member(pk: int) -> str:
    """Return the key of a member as a choice of a responsible person."""
    return f"m{pk}"


class ItemForm(FingerprintForm[AgendaItem]):
    """An item. Whoever names a person need not name the person's organisation.

    A person is on the meeting's list (its key), or a member who is not (`of_member`).
    """

    besides = ("responsible_member_id", "about_type_id", "about_id")
    minutes = _length()
    responsible = forms.CharField(
        label=_("Responsible person"),
        required=False,
        help_text=_("Somebody on the meeting's list, or another member."),
    )
    details = RichTextField(label=_("Details"), required=False, max_length=100_000)

    about = forms.CharField(
        label=_("What is it about?"),
        required=False,
        help_text=_("The item links to its page. One that bears its title does so by itself."),
    )

    class Meta:
        model = AgendaItem
        fields = ["title", "minutes", "organisation", "responsible", "responsible_guest", "details"]
        widgets = {
            "title": forms.TextInput(attrs={"lang": "da"}),
            "responsible_guest": forms.TextInput(attrs={"autocomplete": "off", "lang": "da"}),
        }
        help_texts = {"responsible_guest": _("A name. Members read it, nobody else does.")}

    def __init__(self, *args: Any, organisations: Options, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="punkt-%s", **kwargs)
        fields: dict[str, Any] = self.fields
        fields["responsible"].widget = OptionsSelect(_("Nobody in particular"), people)
        self.initial["responsible"] = self._person(self.instance)
        fields["about"].widget = OptionsSelect(_("Nothing in particular"), linking.options())
        self.initial["about"] = linking.key_of(self.instance)
        fields["organisation"].widget = OptionsSelect(_("Nobody in particular"), organisations)
        begin_from(self, "details")

    def _person(self, item: AgendaItem) -> Any:
        """Return the key of who is responsible; a member may have come on the list since."""
        if item.responsible_id or item.responsible_member_id is None:
            return item.responsible_id
        listed = item.meeting.attendances.filter(member=item.responsible_member_id).first()
        return listed.pk if listed else of_member(item.responsible_member_id)

    def clean_responsible(self) -> Attendance | Member | None:
        key: str = self.cleaned_data["responsible"]
        found = re.fullmatch(r"(m?)(\d{1,18})", key)
        if not key:
            return None
        person: Attendance | Member | None = None
        if found and found[1]:
            person = Member.objects.filter(pk=found[2]).select_related("organisation").first()
        elif found:
            person = self.instance.meeting.attendances.filter(pk=found[2]).first()
        if person is None:
            raise forms.ValidationError(_("Choose somebody on the list."), "invalid_choice")
        return person

    def clean_about(self) -> Any:
        key: str = self.cleaned_data["about"]
        row = linking.find(key) if key else None
        if key and row is None:
            raise forms.ValidationError(_("Choose something on the list."), "invalid_choice")
        linking.tie(self.instance, row)
        return row

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        person, organisation = found.get("responsible"), found.get("organisation")
        if person and found.get("responsible_guest"):
            self.add_error("responsible_guest", _("Choose one person, or name one from outside."))
        self.instance.responsible_member = None
        if isinstance(person, Member):
            self.instance.responsible_member, found["responsible"] = person, None
        if person and organisation and person.organisation_id != organisation.pk:
            self.add_error("responsible", _("This person belongs to another organisation."))
        elif person and not organisation:
            found["organisation"] = person.organisation
        return found

    def in_words(self, current: AgendaItem) -> str:
        length = f"{current.minutes} min." if current.minutes else ""
        details = as_text(as_html(current.details))
        person = current.responsible or current.responsible_member or current.responsible_guest
        found = (current.title, length, current.organisation, person, details)
        return " · ".join(str(part) for part in found if part)


class FreshForm(forms.Form):
    """Whether the button was pressed that adds the portal's newest lines to the text."""

    add_fresh = forms.BooleanField(required=False)


class SendForm(NoteForm):
    """Sends the agenda, with the time of the last sending that its page showed."""

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


class EarlierForm(forms.Form):
    """The earlier meeting whose agenda is copied from."""

    fra = forms.ModelChoiceField(
        Meeting.objects.none(),
        label=_("Earlier meeting"),
        to_field_name="number",
        empty_label=_("Choose a meeting"),
    )

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, auto_id="hent-%s")
        field: Any = self.fields["fra"]
        others = Meeting.objects.exclude(pk=meeting.pk).exclude(agenda=None)
        field.queryset = others.order_by("-number").distinct()


class CopyForm(forms.Form):
    """Which items of an earlier agenda are copied; all of them are chosen from the start."""

    items = forms.ModelMultipleChoiceField(
        AgendaItem.objects.none(),
        label=_("Items"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose something first."),
            "invalid_choice": _("This stands on the agenda by now. Choose anew."),
        },
    )

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["items"]
        field.queryset = items
        self.initial["items"] = [item.pk for item in items]


class ThingForm(forms.Form):
    """From whose page somebody comes: `?om=barriers.barrier:7`."""

    om = forms.CharField(required=False)

    @property
    def thing(self) -> Any:
        """Return it, None where the address names none that everybody sees."""
        return linking.find(self.cleaned_data["om"]) if self.is_valid() else None


class ProposalForm(forms.ModelForm[AgendaProposal]):
    """A proposed item. One that comes from the talk about a thing leads back there."""

    minutes = _length()
    about = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["title", "minutes", "details"]

    class Meta:
        model = AgendaProposal
        fields = ["title", "minutes", "details"]
        labels = {"title": _("What should the taskforce talk about?"), "details": _("Why")}
        widgets = {
            "title": forms.TextInput(attrs={"lang": "da"}),
            "details": forms.Textarea(attrs={"rows": 5, "lang": "da", "maxlength": 5000}),
        }

    def __init__(self, *args: Any, thing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if thing is not None:
            self.initial.update(title=str(thing), about=linking.key_of_thing(thing))

    def clean_about(self) -> Any:
        """Return the thing; one that is hidden meanwhile keeps no proposal back."""
        row = linking.find(self.cleaned_data["about"])
        linking.tie(self.instance, row)
        return row

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
