"""Keep a chosen file until its form is sent: a browser does not send it again by itself.

A form that is shown again, whatever the reason, keeps its file and names it, with a way to remove
it. Only who sent the file can use it; after a day it is forgotten.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from taskforce.core.files import NoRoom
from taskforce.core.models import KEPT_FILES, KeptFile

KEPT = timedelta(days=1)
MOST = 5  # files a person; the oldest give way
LARGEST = 20 * 1024 * 1024  # bytes; no form takes a larger file


class ReadAgain(ContentFile[bytes]):
    """A kept file, as a form reads it: like one that was just uploaded."""

    def __init__(self, row: KeptFile) -> None:
        with row.file.open("rb") as file:
            super().__init__(file.read(), name=row.name)
        self.row = row


class KeptFileInput(forms.FileInput):
    """A file to choose; where one is kept, its name and a box to remove it."""

    template_name = "_partials/file.html"

    def __init__(self, form: "KeepsFiles", field: str, attrs: dict[str, Any]) -> None:
        super().__init__(attrs)
        self.form, self.field = form, field

    def __deepcopy__(self, memo: Any) -> "KeptFileInput":
        return type(self)(self.form, self.field, self.attrs.copy())

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = super().value_from_datadict(data, files, name)
        key = data.get(f"{name}-kept")
        if chosen or not key or data.get(f"{name}-drop"):
            return chosen
        if key not in self.form.found:
            self.form.found[key] = find(key, by=self.form.keeper)
        return self.form.found[key]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        chosen = self.form[self.field].data  # `value` is what the form began with
        shown = self.form.kept(self.field, chosen) if self.form.is_bound else None
        lost = shown is None and isinstance(chosen, UploadedFile)
        context: dict[str, Any] = super().get_context(name, value, attrs)
        return {**context, "kept": shown, "lost": lost and not self.form.has_error(self.field)}


class KeepsFiles(forms.BaseForm):
    """A form whose chosen files are kept while it is not sent. `keeper` is who fills it in."""

    def __init__(self, *args: Any, keeper: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keeper = keeper
        self.found: dict[str, ReadAgain | None] = {}
        for name, field in self._file_fields():
            field.max_length = None  # the storage shortens the name
            field.widget = KeptFileInput(self, name, field.widget.attrs)

    def _file_fields(self) -> Iterator[tuple[str, forms.FileField]]:
        for name, field in self.fields.items():
            if isinstance(field, forms.FileField):
                yield name, field

    def _clean_fields(self) -> None:
        """Say what is lost before `clean` asks whether there is a file at all."""
        super()._clean_fields()  # type: ignore[misc]  # stubs want it private
        for name, _field in self._file_fields():
            if self._sent(name, "kept") and not self[name].data and not self._sent(name, "drop"):
                self.add_error(name, _("The file is kept no longer. Choose it once more."))

    def _sent(self, name: str, what: str) -> Any:
        return self.data.get(f"{self.add_prefix(name)}-{what}")

    def kept(self, name: str, value: Any) -> KeptFile | None:
        """Return the kept file of a field that is shown again; one that is wrong is not kept."""
        if self.has_error(name):
            return None
        if isinstance(value, ReadAgain):
            return value.row
        return keep(value, by=self.keeper) if isinstance(value, UploadedFile) else None

    def forget_files(self) -> None:
        """Delete what was kept for this form, which has been sent."""
        for name, _field in self._file_fields():
            delete(KeptFile.objects.filter(pk=self._sent(name, "kept") or "", by=self.keeper))


def find(key: str, *, by: Any) -> ReadAgain | None:
    """Return a file that a person has kept; None where it is gone, or somebody else's."""
    row = KeptFile.objects.filter(pk=key, by=by, at__gt=timezone.now() - KEPT).first()
    try:
        return ReadAgain(row) if row else None
    except FileNotFoundError:
        return None


def keep(file: "UploadedFile[bytes]", *, by: Any) -> KeptFile | None:
    """Keep an uploaded file for who sent it; None where it is too large or cannot be read."""
    size = file.size or 0
    if size > LARGEST:
        return None
    row = KeptFile(key=get_random_string(32), by=by, name=str(file.name)[-255:], size=size)
    try:
        file.seek(0)
        row.file.save(uuid4().hex, File(file), save=False)
    except (NoRoom, OSError, ValueError):  # the file may have been moved meanwhile
        return None
    row.save()
    oldest = KeptFile.objects.filter(by=by).order_by("-at", "pk")[MOST:]
    delete(KeptFile.objects.filter(pk__in=[old.pk for old in oldest]))
    return row


def delete(rows: Any) -> None:
    """Delete kept files: first their rows, and once that stands, what lies on the disk."""
    for row in rows:
        row.delete()
        transaction.on_commit(partial(default_storage.delete, row.file.name))


def forget() -> None:
    """Delete what was kept for a day, and files without a row, such as those of a crash."""
    before = timezone.now() - KEPT
    delete(KeptFile.objects.filter(at__lt=before))
    try:
        names = default_storage.listdir(KEPT_FILES)[1]
    except FileNotFoundError:  # nothing was ever kept
        return
    known = {*KeptFile.objects.values_list("file", flat=True)}
    for name in names:
        path = f"{KEPT_FILES}/{name}"
        if path not in known and default_storage.get_modified_time(path) < before:
            default_storage.delete(path)
