"""What the secretariat writes in a report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taskforce.core.forms import VersionedForm
from taskforce.core.rich_text import RichTextField, begin_from
from taskforce.results.models import Report

LONGEST = 20_000  # characters


class IntroductionForm(VersionedForm[Report]):
    """What stands first in the report, before the figures."""

    introduction = RichTextField(
        label=_("Introduction"),
        max_length=LONGEST,
        help_text=_("An empty line starts a paragraph, and a line that begins with - is a point."),
        error_messages={"required": _("Write what the year was about.")},
    )

    class Meta:
        model = Report
        fields = ["introduction"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin_from(self, "introduction")


class ReadForm(forms.Form):
    """The version of the report that somebody has read before they publish it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
