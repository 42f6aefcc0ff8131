"""The form of several summaries at once: each row by itself, each safe from who saves meanwhile."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taskforce.core.forms import FingerprintForm
from taskforce.following.things import token
from taskforce.front.english.rows import MODELS


class SummaryForm(FingerprintForm[Any]):
    """The summary of one row, whatever model it is of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["summary_en"]
        field.label = str(self.instance)
        field.widget.attrs.update({"rows": 3, "lang": "en"})

    @property
    def is_touched(self) -> bool:
        """Tell whether it differs from what its writer saw, whatever somebody else saved since."""
        return bool(self.fingerprint(self.instance) != self.cleaned_data["seen"])

    def clean_summary_en(self) -> str:
        return "\n".join(self.cleaned_data["summary_en"].splitlines())  # browsers send \r\n

    @property
    def kind(self) -> str:
        return str(self.instance._meta.verbose_name)

    def in_words(self, current: Any) -> str:
        return current.summary_en or str(_("nothing"))


FORMS: dict[Any, Any] = {
    model: forms.modelform_factory(model, form=SummaryForm, fields=["summary_en"])
    for model in MODELS
}


class ShownForm(forms.Form):
    """Which rows the page showed, so that what is sent reaches these and no others."""

    rows = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)


class WhichForm(forms.Form):
    """Which summaries to write: those that are missing, or all; or that of one thing."""

    vis = forms.ChoiceField(
        choices=[("", _("Without a summary")), ("alle", _("All"))], required=False
    )
    ting = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


def form_of(row: Any, data: Any = None) -> SummaryForm:
    form: SummaryForm = FORMS[type(row)](data, instance=row, prefix=token(row))
    return form
