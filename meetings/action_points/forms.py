"""The form that marks an action point as done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import ActionPoint


class FinishForm(forms.ModelForm[ActionPoint]):
    class Meta:
        model = ActionPoint
        fields = ["note"]
        help_texts = {"note": _("What came of it, in a sentence. Members read it.")}
