"""Forms for joining and for what a member decides about themselves."""

from typing import Any

from django import forms
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from taskforce.core.forms import Trap
from taskforce.members.models import (
    JoinRequest,
    Member,
    NameVisibility,
    Organisation,
    User,
)


class JoinForm(Trap, forms.ModelForm[JoinRequest]):
    """The public form."""

    class Meta:
        model = JoinRequest
        fields = ["name", "email", "organisation_name", "kind", "message"]
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
            "organisation_name": forms.TextInput({"autocomplete": "organization"}),
        }

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()


class AcceptForm(forms.Form):
    """Which organisation the new member belongs to."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label=_("Organisation in the portal"),
        required=False,
        empty_label=_("A new one, as the person wrote it"),
    )

    def __init__(self, *args: Any, request: JoinRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.initial["organisation"] = Organisation.objects.named(request.organisation_name)

    def clean(self) -> dict[str, Any] | None:
        members = Member.objects.current().annotate(address=Lower("user__email"))
        if members.filter(address=self.request.email.lower()).exists():
            raise forms.ValidationError(_("This person already is a member."))
        return super().clean()


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It is sent to the person as you write it."),
        widget=forms.Textarea,
        max_length=2000,
    )


class ProfileForm(forms.ModelForm[Member]):
    """A member's own name, job title, and who may read the name."""

    name = forms.CharField(label=_("Your name"), max_length=120)

    class Meta:
        model = Member
        fields = ["name", "title", "name_visibility"]
        widgets = {"name_visibility": forms.RadioSelect}
        labels = {"name_visibility": _("Who may read your name?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = self.instance.user.name
        field = self.fields["name_visibility"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = NameVisibility.choices

    def save(self, commit: bool = True) -> Member:
        user: User = self.instance.user
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        return super().save(commit)
