"""The form with which an action point is done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import ActionPoint


class FinishForm(forms.ModelForm[ActionPoint]):
    class Meta:
        model = ActionPoint
        fields = ["note"]
        help_texts = {"note": _("What came of it, in a sentence. Members read it.")}

    def refuse(self) -> None:
        """Say that somebody else was first; what was typed stays in the field."""
        self.add_error(None, _("Somebody has already marked it as done. Your note is not saved."))
