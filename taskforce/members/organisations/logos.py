"""Logos: an upload becomes a square on paper, one to share and a small one for pages."""

from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from PIL import Image, ImageOps

from taskforce.core.files import NoRoom
from taskforce.core.pictures import PAPER, pixels_of
from taskforce.members.models import Organisation
from taskforce.members.models.organisation import HIDDEN

LARGE, SMALL = 600, 176  # pixels a side; the large one is never scaled up
COLOURS = 64  # of the small one, which stands many times on a page


@dataclass(frozen=True)
class Logo:
    large: bytes
    small: bytes


def read(file: IO[bytes]) -> Logo:
    """Return the logo in an uploaded file; raises Refused where there is no picture in bounds."""
    pixels = pixels_of(file)
    side = min(LARGE, max(pixels.size))
    square = ImageOps.pad(pixels, (side, side), Image.Resampling.LANCZOS, color=PAPER)
    small = square.resize((SMALL, SMALL), Image.Resampling.LANCZOS).quantize(COLOURS)
    return Logo(_png(square), _png(small))


def _png(pixels: Image.Image) -> bytes:
    written = BytesIO()
    pixels.save(written, "PNG", optimize=True)
    return written.getvalue()


def attach(organisation: Organisation, logo: Logo) -> None:
    """Give an organisation a logo in place of its former one. The caller saves the organisation."""
    remove(organisation)
    name = uuid4().hex  # a new address, so that no cache shows the old logo
    organisation.logo.save(f"{name}-{LARGE}.png", ContentFile(logo.large), save=False)
    try:
        organisation.logo_small.save(f"{name}-{SMALL}.png", ContentFile(logo.small), save=False)
    except NoRoom:
        organisation.logo.storage.delete(organisation.logo.name or "")
        raise


def remove(organisation: Organisation) -> None:
    """Remove a logo; its files go once that is saved. The caller saves the organisation."""
    storage = organisation.logo.storage
    for name in filter(None, (organisation.logo.name, organisation.logo_small.name)):
        transaction.on_commit(partial(storage.delete, name))
    organisation.logo = organisation.logo_small = ""


def shown(row: dict[str, Any]) -> str:
    """Return where a row's small logo is read; "" where it has none, or tells nothing any more."""
    return address(row["slug"], row["logo_small"]) if row["unanswered"] < HIDDEN else ""


def address(slug: str, name: object) -> str:
    """Return where a logo is read; "" where there is none."""
    if not name:
        return ""
    return reverse("members:logo", args=[slug, PurePath(str(name)).name])
