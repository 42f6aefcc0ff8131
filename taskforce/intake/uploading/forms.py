"""The form that uploads a document."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from taskforce.core.kept_files import LARGEST, KeepsFiles
from taskforce.intake.reader.sources.opening import LARGEST_TEXT


class UploadForm(KeepsFiles, forms.Form):
    """A file or a text, never both and never neither."""

    is_either = True  # for the template: neither field is optional by itself

    file = forms.FileField(
        label=_("File"),
        required=False,
        max_length=255,
        help_text=_(
            "Word (.docx), OpenDocument (.odt), PDF or text, up to 20 MB. You can choose several "
            "at once: each becomes a document of its own."
        ),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        max_length=LARGEST_TEXT,
        widget=forms.Textarea({"rows": 8}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["multiple"] = True

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
            self.add_error("text", _("Choose either a file or a text, not both."))
        elif not file and not text:
            self.add_error("file", _("Choose a file, or paste the text below."))
        return self.cleaned_data
