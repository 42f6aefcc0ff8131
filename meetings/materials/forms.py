"""The form that adds material to a meeting."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from meetings.models import Material
from taskforce.core.kept_files import LARGEST, KeepsFiles

EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "txt", "csv", "png", "jpg"]


class MaterialForm(KeepsFiles, forms.ModelForm[Material]):
    """A file or a link, never both and never neither."""

    class Meta:
        model = Material
        fields = ["title", "link", "file"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].validators.append(FileExtensionValidator(EXTENSIONS))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError(_("The file is over 20 MB. Give a link to it instead."))
        return file

    def clean(self) -> dict[str, Any]:
        """Let a new file take the place of the link, and a new link that of the file."""
        found = super().clean() or self.cleaned_data
        if self.instance.pk and "file" in self.changed_data and "link" not in self.changed_data:
            found["link"] = ""
        elif self.instance.file and found.get("link") and "link" in self.changed_data:
            found["file"] = False  # what Django takes as no file
        has_one = bool(found.get("link")) != bool(found.get("file"))
        if not has_one and not {"link", "file"} & {*self.errors}:
            self.add_error("link", _("Give either a file or a link."))
        return found
