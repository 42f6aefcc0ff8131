"""Forms to correct published minutes, to ask for it, and to choose versions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import consent
from meetings.models import MinutesEntry, Outcome
from taskforce.forms import SeenForm, VersionedForm
from taskforce.rich_text import RichTextField, as_html, as_text, begin_from

UNCHANGED = _("This is how it reads already.")


def _what() -> forms.CharField:
    return forms.CharField(
        label=_("What was wrong"),
        help_text=_("In a sentence. Everybody reads it, with the date and the text before."),
        max_length=500,
        widget=forms.TextInput({"lang": "da"}),
    )


def _names_seen() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("I have looked at the names in the text, and they may be published."),
        required=False,
    )


def _look_for_names(form: forms.ModelForm[Any], *fields: str) -> None:
    """Ask for one more look where the text names somebody who did not agree to be named."""
    typed = [form.cleaned_data.get(name, "") for name in fields]
    names = consent.hidden_names_among(" | ".join(typed))
    if names and not form.cleaned_data.get("names_seen"):
        said = _("These people have not agreed to show their names: %(names)s.")
        form.add_error("names_seen", said % {"names": ", ".join(names)})


class CorrectPassageForm(VersionedForm[MinutesEntry]):
    text = RichTextField(label=_("The text as it should be"), max_length=100_000)
    what = _what()
    names_seen = _names_seen()

    class Meta:
        model = MinutesEntry
        fields = ["text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.as_it_was = self.instance.text
        begin_from(self, "text")

    def clean(self) -> dict[str, Any]:
        text = self.cleaned_data.get("text", "")
        if text in (self.as_it_was, as_html(as_text(self.as_it_was))):
            self.add_error("text", UNCHANGED)
        _look_for_names(self, "text", "what")
        return self.cleaned_data


class CorrectDecisionForm(SeenForm[Outcome]):
    decision = forms.CharField(
        label=_("The decision as it should be"), widget=forms.Textarea({"rows": 4, "lang": "da"})
    )
    what = _what()
    names_seen = _names_seen()

    class Meta:
        model = Outcome
        fields = ["decision"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.as_it_was = self.instance.decision

    def clean(self) -> dict[str, Any]:
        decision = self.cleaned_data.get("decision", "")
        if decision == self.as_it_was:
            self.add_error("decision", UNCHANGED)
        _look_for_names(self, "decision", "what")
        return self.cleaned_data


class AskForm(forms.Form):
    """What a member would have corrected. The passage is named by its key, or not at all."""

    entry = forms.ModelChoiceField(
        MinutesEntry.objects.none(), required=False, widget=forms.HiddenInput
    )
    text = forms.CharField(
        label=_("What is wrong, and how should it read?"),
        widget=forms.Textarea({"rows": 6, "lang": "da"}),
        max_length=5000,
    )

    def __init__(self, *args: Any, entries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].queryset = entries  # type: ignore[attr-defined]


class CompareForm(forms.Form):
    """Two versions, by number."""

    fra: Any = forms.ModelChoiceField(None, label=_("From version"), to_field_name="number")
    til: Any = forms.ModelChoiceField(None, label=_("To version"), to_field_name="number")

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("fra", "til"):
            self.fields[name].queryset = versions  # type: ignore[attr-defined]
