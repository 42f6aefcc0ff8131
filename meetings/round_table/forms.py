"""The form in which an organisation writes its round-table news."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.models import RoundTableNews
from taskforce.core.forms import VersionedForm
from taskforce.core.rich_text import RichTextField, begin_from

LONGEST = 10_000  # characters


class RoundTableForm(VersionedForm[RoundTableNews]):
    text = RichTextField(
        label=_("Our news"),
        max_length=LONGEST,
        help_text=_("An empty line starts a paragraph, and a line that begins with - is a point."),
    )

    class Meta:
        model = RoundTableNews
        fields = ["text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin_from(self, "text")
