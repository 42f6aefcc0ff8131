"""What the secretariat types and presses for the next newsletter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taskforce.core.forms import VersionedForm
from taskforce.core.rich_text import RichTextField, begin_from
from taskforce.following.models import Newsletter

LONGEST = 5_000  # characters


class IntroductionForm(VersionedForm[Newsletter]):
    """What stands first in the next newsletter, and in the members' weekly mail."""

    introduction = RichTextField(
        label=_("Introduction"),
        max_length=LONGEST,
        required=False,
        help_text=_("An empty line starts a paragraph, and a line that begins with - is a point."),
    )

    class Meta:
        model = Newsletter
        fields = ["introduction"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin_from(self, "introduction")


class SkipForm(forms.Form):
    """The day on which the newsletter is not to go."""

    day = forms.DateField(widget=forms.HiddenInput)
