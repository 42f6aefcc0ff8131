"""Rows that have a picture: saved in two sizes, chosen in a form, shown on pages."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import PurePath
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taskforce.core.acts import Refused
from taskforce.core.files import NoRoom, opened
from taskforce.core.kept_files import KeepsFiles
from taskforce.core.pictures import LARGE, SMALL, TYPES, Picture, read

CACHED = "public, max-age=600"  # seconds; a removed picture is gone after ten minutes


def folder(row: "Pictured", name: str) -> str:
    """Return where a file of a row is kept."""
    return f"{row.pictures_in}/{name}"


class Pictured(models.Model):
    """A row with a picture in two sizes; width and height are those of the large one."""

    pictures_in: ClassVar[str]  # the folder of uploads

    picture = models.FileField(
        gettext_lazy("picture"), upload_to=folder, blank=True, editable=False
    )
    picture_small = models.FileField(upload_to=folder, blank=True, editable=False)
    picture_width = models.PositiveSmallIntegerField(null=True, editable=False)
    picture_height = models.PositiveSmallIntegerField(null=True, editable=False)
    picture_alt = models.CharField(
        gettext_lazy("what the picture shows"), max_length=250, blank=True
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_picture_has_words",
                condition=Q(picture="") | ~Q(picture_alt=""),
                violation_error_message=gettext_lazy("Say in words what the picture shows."),
            ),
            models.CheckConstraint(
                name="%(class)s_picture_has_its_sizes",
                condition=Q(picture="", picture_small="", picture_width=None, picture_height=None)
                | (
                    ~Q(picture="")
                    & ~Q(picture_small="")
                    & Q(picture_width__gt=0, picture_height__gt=0)
                ),
            ),
        ]


def attach(row: Pictured, picture: Picture) -> None:
    """Give a row a picture in place of its former one. The caller saves the row."""
    remove(row)
    name = uuid4().hex  # a new address, so that no cache shows the old picture
    row.picture.save(f"{name}-{LARGE}.jpg", ContentFile(picture.large), save=False)
    try:
        row.picture_small.save(f"{name}-{SMALL}.jpg", ContentFile(picture.small), save=False)
    except NoRoom:
        row.picture.storage.delete(row.picture.name or "")
        raise
    row.picture_width, row.picture_height = picture.width, picture.height


def remove(row: Pictured) -> None:
    """Remove a row's picture. The caller saves the row."""
    delete_files(row)
    row.picture = row.picture_small = ""
    row.picture_width = row.picture_height = None


def delete_files(row: Pictured) -> None:
    """Delete the files of a row's picture once the transaction is committed."""
    storage = row.picture.storage
    for name in filter(None, (row.picture.name, row.picture_small.name)):
        transaction.on_commit(partial(storage.delete, name))


# Chosen in a form


class TakesPicture(KeepsFiles, forms.Form):
    """A form of a Pictured row. It stands before the other bases of its class."""

    upload = forms.FileField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, up to 15 MB. It is made smaller, and what the file tells of "
            "place, time and camera is removed."
        ),
        widget=forms.FileInput({"accept": TYPES}),
    )
    take_picture_away = forms.BooleanField(
        label=gettext_lazy("Take the picture away"), required=False
    )
    instance: Any
    picture: Picture | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.picture:
            del self.fields["take_picture_away"]

    def clean_upload(self) -> None:
        if upload := self.cleaned_data["upload"]:
            try:
                self.picture = read(upload)
            except Refused as refused:
                raise ValidationError(refused.sentence) from refused

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        has_picture = self.picture or (self.instance.picture and not typed.get("take_picture_away"))
        if has_picture and not typed.get("picture_alt"):
            self.add_error("picture_alt", _("Say in words what the picture shows."))
        return typed

    def save(self, commit: bool = True) -> Any:
        if self.picture:
            attach(self.instance, self.picture)
        elif self.cleaned_data.get("take_picture_away"):
            remove(self.instance)
        return super().save(commit)  # type: ignore[misc]  # a ModelForm has it


# Shown on pages

COLUMNS = (
    "slug",
    "picture",
    "picture_small",
    "picture_width",
    "picture_height",
    "picture_alt",
)


def shown(row: dict[str, Any], address: Callable[[str, str], str]) -> dict[str, Any] | None:
    """Return the attributes of an `img`, from a row with the fields of `COLUMNS`.

    `address` makes the address of a file from the row's slug and the file's name.
    """
    if not row["picture"]:
        return None
    width, height = row["picture_width"], row["picture_height"]
    large, small = (
        address(row["slug"], PurePath(str(row[name])).name) for name in ("picture", "picture_small")
    )
    narrow = round(width * min(1, SMALL / max(width, height)))
    return {
        "src": large,
        "srcset": f"{small} {narrow}w, {large} {width}w" if narrow < width else "",
        "width": width,
        "height": height,
        "alt": row["picture_alt"],
    }


def of(row: Pictured, address: Callable[[str, str], str]) -> dict[str, Any] | None:
    """Return the attributes of the `img` of a row."""
    return shown({name: getattr(row, name) for name in COLUMNS}, address)


def served(row: Pictured, name: str, *, is_public: bool) -> HttpResponse:
    """Answer with one of a row's two files."""
    return inline((row.picture, row.picture_small), name, "image/jpeg", is_public=is_public)


def inline(
    files: Iterable[FieldFile], name: str, media_type: str, *, is_public: bool
) -> HttpResponse:
    """Answer with the one of these files that has the name; inline, since we encoded it."""
    sizes = {PurePath(str(kept)).name: kept for kept in files if kept}
    if name not in sizes:
        raise Http404
    with opened(sizes[name]) as file:
        answer = HttpResponse(file.read(), content_type=media_type)
    answer["Cache-Control"] = CACHED if is_public else "private, no-store"
    return answer
