"""Forms for people outside: write to an organisation, ask a few for an offer, and answer one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taskforce.core.dates import DayField
from taskforce.core.forms import Choices, SenderForm, Trap
from taskforce.members.models import MOST_ASKED, Answer, Inquiry, Organisation


class MemberWriteForm(forms.Form):
    """A message of somebody who is logged in."""

    words = forms.CharField(
        label=gettext_lazy("Your message"), max_length=4000, widget=forms.Textarea
    )


class WriteForm(MemberWriteForm, SenderForm):
    """A message of somebody outside."""


class InquiryForm(Trap, forms.ModelForm[Inquiry]):
    """What a buyer asks, and whom: those that the address names are chosen first."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Whom do you ask?"),
        help_text=gettext_lazy("Up to five. None of them sees who else is asked."),
        to_field_name="slug",
        widget=Choices,
        error_messages={"required": gettext_lazy("Choose at least one organisation.")},
    )
    by_when = DayField(label=gettext_lazy("By when?"), required=False)
    field_order = ["organisations", "what", "where", "by_when", "name", "buyer", "email"]

    class Meta:
        model = Inquiry
        fields = ["what", "where", "by_when", "name", "buyer", "email"]
        labels = {
            "what": gettext_lazy("What do you want to buy?"),
            "where": gettext_lazy("Where?"),
            "name": gettext_lazy("Your name"),
            "buyer": gettext_lazy("Your organisation"),
            "email": gettext_lazy("Your e-mail address"),
        }
        help_texts = {
            "what": gettext_lazy("How much, how often, and what matters to you."),
            "where": gettext_lazy("Such as: Odense, at three canteens."),
            "email": gettext_lazy("We send a link there first. Answers come to this address."),
        }
        widgets = {
            "what": forms.Textarea({"rows": 6}),
            "name": forms.TextInput({"autocomplete": "name"}),
            "buyer": forms.TextInput({"autocomplete": "organization"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organisations"].queryset = offered

    def clean_organisations(self) -> list[Organisation]:
        chosen = [*self.cleaned_data["organisations"]]
        if len(chosen) > MOST_ASKED:
            raise ValidationError(
                _("Choose at most %(most)s; you have chosen %(n)s.")
                % {"most": MOST_ASKED, "n": len(chosen)}
            )
        return chosen

    def clean_by_when(self) -> Any:
        day = self.cleaned_data["by_when"]
        if day and day < timezone.localdate():
            raise ValidationError(_("That day is over."))
        return day


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"), choices=Answer.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("A few words to the buyer"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
    )
