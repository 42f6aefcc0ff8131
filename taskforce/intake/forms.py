"""Forms of documents: bringing one in, and deciding on what was found in it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meetings.materials.forms import LARGEST
from taskforce.core.forms import VersionedForm
from taskforce.intake.line import Line
from taskforce.intake.models import Intake
from taskforce.intake.reading import MOST_TEXT, storable
from taskforce.intake.review import Review, typed_in


class BringForm(forms.Form):
    """A file or a text, never both and never neither."""

    is_either = True  # neither is optional by itself

    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=255,
        help_text=_("Word (.docx), OpenDocument (.odt), PDF or text, up to 20 MB."),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 8}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise ValidationError(
                _("The file is over 20 MB. Save it without pictures, or paste the text.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text")
        if self.errors:
            return self.cleaned_data
        if file and text:
            self.add_error("file", _("Give either a file or a text, not both."))
        elif not file and not text:
            self.add_error("file", _("Choose a file, or paste the text below."))
        return self.cleaned_data


class ReviewForm(VersionedForm[Intake]):
    """Everything decided on one page, with the version that it started from."""

    accept = forms.CharField(required=False, max_length=20)  # a group, by its button
    next = forms.CharField(required=False, max_length=20)  # where to go when it is saved

    class Meta:
        model = Intake
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review = Review(self.instance, typed_in(self.data) if self.is_bound else None)
        self.accepted = self.unready = 0

    def clean(self) -> dict[str, Any]:
        if group := self.cleaned_data.get("accept"):
            self.accepted, self.unready = self.review.accept_all(group)
        self.instance.decisions = storable(self.review.decisions)
        return self.cleaned_data

    def show_conflict(self, current: Intake) -> None:
        """Show beside what was typed here what somebody else decided meanwhile."""
        super().show_conflict(current)
        theirs = Review(current)
        self.theirs = [
            (line.title, "\n".join(differences))
            for line, other in zip(self.review.lines, theirs.lines, strict=True)
            if (differences := told(line, other))
        ]


def told(ours: Line, theirs: Line) -> list[str]:
    """Return what others typed where it is not what was typed here."""
    return [
        f"{field.label}: {theirs.shown(name) or '–'}"
        for name, field in ours.fields.items()
        if ours.raw(name) != theirs.raw(name)
    ]


class VersionForm(forms.Form):
    """The version that somebody looked at before saying yes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
