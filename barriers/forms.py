"""Forms for barriers and statements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, Statement, Theme
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
