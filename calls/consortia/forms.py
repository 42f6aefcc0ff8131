"""Forms of consortia: their description, their partners, their outcome, and suggestions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.deadlines import today
from calls.models import (
    Answer,
    Consortium,
    Openness,
    Outcome,
    Partner,
    PartnerState,
    Suggestion,
)
from taskforce.core import countries
from taskforce.core.amounts import EuroField
from taskforce.core.danish import spelling
from taskforce.core.dates import DayField
from taskforce.core.forms import FingerprintForm, VersionedForm
from taskforce.members.models import Member, Organisation


class ConsortiumForm(VersionedForm[Consortium]):
    suggestions_by = DayField(
        label=_("Suggestions are asked for by"),
        required=False,
        help_text=_("Leave it empty where you ask for none. The day itself is in time."),
    )

    class Meta:
        model = Consortium
        fields = [
            *("name", "openness", "description", "seeking", "lead_kind"),
            *("suggestions_by", "suggestions_about", "secretariat_invited"),
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4, "lang": "da"}),
            "seeking": forms.Textarea(attrs={"rows": 3, "lang": "da"}),
            "suggestions_about": forms.Textarea(attrs={"rows": 3, "lang": "da"}),
        }
        help_texts = {
            "openness": _(
                "Where it is shown, everybody reads its name, lead, confirmed partners and what it "
                "shows of itself. The rest stays in the room."
            ),
            "seeking": _("Everybody reads it while the consortium looks for partners."),
            "lead_kind": _("Only where it is something else than what it is in the portal."),
            "suggestions_about": _("Everybody reads it where the consortium is shown."),
            "secretariat_invited": _(
                "Without it the secretariat sees the name, the lead and the outcome alone."
            ),
        }

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if "openness" in self.changed_data and found.get("openness") == Openness.OPEN:
            self._must_be_open("openness")
        day = found.get("suggestions_by")
        if day and "suggestions_by" in self.changed_data:
            self._must_be_open("suggestions_by")
        if day and "suggestions_by" in self.changed_data and day < today():
            self.add_error("suggestions_by", _("That day has passed."))
        if found.get("seeking") and found.get("openness") == Openness.HIDDEN:
            self.add_error(
                "seeking", _("Nobody reads this while the consortium is not shown. Choose to show.")
            )
        return found

    def _must_be_open(self, name: str) -> None:
        if self.instance.call_id and self.instance.call.has_closed:
            self.add_error(name, _("The call has closed, so nobody can apply any more."))


class OutcomeForm(VersionedForm[Consortium]):
    class Meta:
        model = Consortium
        fields = ["outcome", "outcome_amount", "outcome_link"]
        field_classes = {"outcome_amount": EuroField}
        help_texts = {
            "outcome_amount": _("What you applied for, or what you were granted."),
        }

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        has_applied = found.get("outcome") in (Outcome.APPLIED, Outcome.GRANTED)
        if found.get("outcome_amount") and not has_applied:
            self.add_error(
                "outcome_amount",
                _("An amount goes with an application or a grant."),
            )
        return found


def answers_itself(organisation: Organisation | None) -> bool:
    """Tell whether an organisation has a member who can answer an invitation."""
    return (
        organisation is not None
        and Member.objects.current().filter(organisation=organisation).exists()
    )


class AddPartnerForm(forms.ModelForm[Partner]):
    """A new partner: an organisation of the portal, or another one by its name."""

    country = forms.ChoiceField(label=_("Country of that organisation"), required=False)

    class Meta:
        model = Partner
        fields = ["organisation", "name", "country", "kind", "role", "state"]
        help_texts = {
            "name": _(
                "A foreign one, say, that is not in the portal. Where the consortium is shown, "
                "everybody reads the names of confirmed partners."
            ),
            "kind": _("Only where it is something else than what it is in the portal."),
            "state": _(
                "An organisation with people in the portal is invited by mail and answers itself."
            ),
        }

    def __init__(self, *args: Any, consortium: Consortium, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.consortium = consortium
        fields: dict[str, Any] = self.fields
        fields["country"].choices = countries.choices()
        fields["state"].initial = PartnerState.INVITED
        partners = consortium.partners.exclude(organisation=None).values("organisation")
        others = Organisation.objects.exclude(pk=consortium.lead_id).exclude(pk__in=partners)
        fields["organisation"].queryset = others

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        chosen, name = found.get("organisation"), " ".join(found.get("name", "").split())
        found["name"] = name
        if chosen and name:
            self.add_error("name", _("Choose an organisation or name another one, not both."))
        elif not chosen and not name and not self.errors.keys() & {"organisation", "name"}:
            self.add_error("organisation", _("Choose an organisation, or name another one."))
        elif name and not found.get("country"):
            self.add_error("country", _("Say which country it comes from: calls count countries."))
        elif name and not found.get("kind"):
            self.add_error("kind", _("Say what kind of organisation it is."))
        elif name and self._is_partner(name):
            self.add_error("name", _("This organisation is in the consortium already."))
        if chosen:
            found["country"] = ""
        return found

    def _is_partner(self, name: str) -> bool:
        others = self.instance.consortium.partners.filter(organisation=None)
        names = others.exclude(pk=self.instance.pk).values_list("name", flat=True)
        return spelling(name) in map(spelling, names)


class EditPartnerForm(FingerprintForm[Partner]):
    """A partner's role and kind; its state, too, where the organisation cannot answer itself."""

    class Meta:
        model = Partner
        fields = ["role", "kind", "state"]
        help_texts = {
            "kind": _("Only where it is something else than what it is in the portal."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if answers_itself(self.instance.organisation):
            del self.fields["state"]
        if self.instance.organisation is None:
            self.fields["kind"].required = True


class AskForm(forms.Form):
    note = forms.CharField(
        label=_("What can you bring?"),
        help_text=_("A line or two. Only the consortium reads it."),
        widget=forms.Textarea(attrs={"rows": 3, "lang": "da"}),
        max_length=1000,
    )


class SuggestionForm(forms.ModelForm[Suggestion]):
    class Meta:
        model = Suggestion
        fields = ["text"]
        labels = {"text": _("Your suggestion")}
        help_texts = {"text": _("Only the consortium and your own organisation read it.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 5, "lang": "da"})}


class ReplyForm(forms.ModelForm[Suggestion]):
    answer = forms.ChoiceField(
        label=_("What becomes of it?"),
        choices=[choice for choice in Answer.choices if choice[0] != Answer.WAITING],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Suggestion
        fields = ["answer", "reply"]
        labels = {"reply": _("Your answer")}
        help_texts = {"reply": _("It is sent to who suggested it, as you write it.")}
        widgets = {"reply": forms.Textarea(attrs={"rows": 4, "lang": "da"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply"].required = True
