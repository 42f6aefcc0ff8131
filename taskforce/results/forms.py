"""What the addresses of lists ask for."""

from django import forms

from taskforce.core.dates import FIRST, LAST


class ListForm(forms.Form):
    """The year and the unit of the rows that a list shows; all of them where neither is given."""

    aar = forms.IntegerField(
        required=False,
        min_value=FIRST.year,
        max_value=LAST.year,
        widget=forms.HiddenInput,
    )
    enhed = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
