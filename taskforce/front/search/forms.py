"""What is searched for, and the words that the secretariat lets mean the same."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taskforce.front.models import SynonymGroup

LONGEST = 200


class SearchForm(forms.Form):
    """The words, and what the hits are narrowed by; an unknown value narrows to nothing else."""

    q = forms.CharField(
        label=_("Search the portal"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput({"type": "search", "class": "input", "autocomplete": "off"}),
    )
    slags = forms.SlugField(required=False, widget=forms.HiddenInput)
    tema = forms.IntegerField(required=False, widget=forms.HiddenInput)
    aar = forms.IntegerField(required=False, widget=forms.HiddenInput)
    tilstand = forms.SlugField(required=False, widget=forms.HiddenInput)
    organisation = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ordret = forms.BooleanField(required=False, widget=forms.HiddenInput)  # correct nothing

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs |= {
            "data-suggest": reverse("front:suggest"),
            "data-found": _("suggestions"),
            "data-none": _("No suggestions"),
        }

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q", ""))

    @property
    def chosen(self) -> dict[str, str]:
        """Return what is chosen of each facet, "" where nothing is, or nothing that could be."""
        names = ("slags", "tema", "aar", "tilstand", "organisation")
        values = {name: self.cleaned_data.get(name) for name in names}
        return {name: "" if value is None else str(value) for name, value in values.items()}


class SynonymForm(forms.ModelForm[SynonymGroup]):
    class Meta:
        model = SynonymGroup
        fields = ["danish", "english"]
        help_texts = {"danish": _("One on each line."), "english": _("One on each line.")}
        widgets = {"danish": forms.Textarea({"rows": 4}), "english": forms.Textarea({"rows": 3})}

    def clean(self) -> None:
        words = SynonymGroup(
            **{name: self.cleaned_data.get(name, "") for name in ("danish", "english")}
        ).words
        if len(words) < 2 and not self.errors:
            raise forms.ValidationError(_("Write at least two words that mean the same."))


class TryForm(forms.Form):
    """Words to be tried out: what does the search make of them?"""

    proev = forms.CharField(
        label=_("Try a word"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )
