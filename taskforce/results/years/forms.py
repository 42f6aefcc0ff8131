"""What is written of a year that is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from taskforce.results.models import YearNote


class NoteForm(forms.ModelForm[YearNote]):
    class Meta:
        model = YearNote
        fields = ["text"]
        labels = {"text": _("What was wrong, and what is right")}
        help_texts = {"text": _("It stands on the year's page with today's date.")}
        widgets = {"text": forms.Textarea({"rows": 4, "lang": "da"})}
