"""The form that confirms an import."""

from django import forms


class ConfirmForm(forms.Form):
    """The version of the review that somebody confirms."""

    version = forms.IntegerField(widget=forms.HiddenInput)
