"""The address of a stranger who wants to follow something."""

from django import forms
from django.utils.translation import gettext_lazy as _

from taskforce.core.forms import Trap


class AddressForm(Trap):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a link there first. You can stop at any time."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
