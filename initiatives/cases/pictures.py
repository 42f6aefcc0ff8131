"""Pictures of cases: whatever was uploaded is decoded within bounds, and only its pixels are kept.

What leaves here is a JPEG that we encoded ourselves. Metadata, further frames and whatever else a
file may carry (a place, a script, another file) stay behind, since nothing is copied but pixels.
"""

import logging
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from initiatives.models import Case

LARGE, SMALL = 1280, 640  # the longer side of each size, in pixels
SMALLEST = 200  # pixels a side; less is a blot on a page
MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 50_000_000  # what a good telephone takes
MOST_UNPACKED = 16_000_000  # where all have to be unpacked, at up to 15 bytes of memory each
FORMATS = ("JPEG", "PNG", "WEBP")  # others are never handed to their decoders
TYPES = "image/jpeg,image/png,image/webp"
PAPER = (255, 255, 255)  # what shows through where a picture is transparent
QUALITY = 82

logger = logging.getLogger(__name__)


class NotAPictureError(Exception):
    """Raised where no picture comes of a file; its text is for whoever uploaded it."""


@dataclass(frozen=True)
class Picture:
    """One picture in two sizes, as JPEG; width and height are those of the large one."""

    large: bytes
    small: bytes
    width: int
    height: int


def read(file: IO[bytes]) -> Picture:
    """Make a picture of an uploaded file, or raise NotAPictureError with a sentence."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise NotAPictureError(_("The picture is larger than %(most)s MB.") % {"most": most})
    try:
        pixels = _decode(data)
    except NotAPictureError:
        raise
    except UnidentifiedImageError:
        raise NotAPictureError(_("Choose a picture: a JPEG, PNG or WebP file.")) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(MOST_PIXELS) from None
    except Exception as error:
        # A decoder may raise anything over bytes that were made to break it.
        logger.info("A picture could not be read: %r", error)
        raise NotAPictureError(_("The picture cannot be read; the file may be damaged.")) from error
    small = pixels.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Picture(_encode(pixels), _encode(small), *pixels.size)


def _decode(data: bytes) -> Image.Image:
    """Return the first frame, upright and no larger than is shown, with nothing but pixels."""
    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        # The head of a file tells its size, before anything is unpacked.
        most = MOST_PIXELS if isinstance(opened, JpegImageFile) else MOST_UNPACKED
        if opened.width * opened.height > most:
            raise _too_many_pixels(most)
        if min(opened.size) < SMALLEST:
            raise NotAPictureError(
                _("The picture is too small: each side takes at least %(n)s pixels.")
                % {"n": SMALLEST}
            )
        opened.draft("RGB", (LARGE, LARGE))  # a large JPEG is unpacked at a fraction of its size
        frame = opened.convert("RGBA") if opened.mode == "P" else opened  # colours, not numbers
        frame.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
        layer = ImageOps.exif_transpose(frame).convert("RGBA")
        pixels = Image.new("RGB", layer.size, PAPER)
        pixels.paste(layer, mask=layer.getchannel("A"))
        return pixels


def _too_many_pixels(most: int) -> NotAPictureError:
    return NotAPictureError(
        _("The picture has more than %(most)s million pixels. Make it smaller first.")
        % {"most": most // 1_000_000}
    )


def _encode(pixels: Image.Image) -> bytes:
    written = BytesIO()
    pixels.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()


# Kept with a case


def put(case: Case, picture: Picture) -> None:
    """Give a case its picture; what it had before goes once that is saved. Does not save it."""
    take_away(case)
    name = uuid4().hex  # a new address, so that no cache shows the old picture
    case.picture.save(f"{name}-{LARGE}.jpg", ContentFile(picture.large), save=False)
    case.picture_small.save(f"{name}-{SMALL}.jpg", ContentFile(picture.small), save=False)
    case.picture_width, case.picture_height = picture.width, picture.height


def take_away(case: Case) -> None:
    """Take a case's picture off it, and delete the files once that is saved. Does not save it."""
    forget_files(case)
    case.picture = case.picture_small = ""
    case.picture_width = case.picture_height = None


def forget_files(case: Case) -> None:
    """Delete the files of a case's picture when the transaction is through."""
    storage = case.picture.storage
    for name in filter(None, (case.picture.name, case.picture_small.name)):
        transaction.on_commit(partial(storage.delete, name))


# Shown


def shown(row: dict[str, Any]) -> dict[str, Any] | None:
    """Return what an `img` of a case takes, from the columns that `COLUMNS` names."""
    if not row["picture"]:
        return None
    width, height = row["picture_width"], row["picture_height"]
    large, small = (_address(row["slug"], row[name]) for name in ("picture", "picture_small"))
    narrow = round(width * min(1, SMALL / max(width, height)))
    return {
        "src": large,
        "srcset": f"{small} {narrow}w, {large} {width}w" if narrow < width else "",
        "width": width,
        "height": height,
        "alt": row["picture_alt"],
    }


COLUMNS = (
    "slug",
    "picture",
    "picture_small",
    "picture_width",
    "picture_height",
    "picture_alt",
)


def of(case: Case) -> dict[str, Any] | None:
    """Return what an `img` of a case takes."""
    return shown({name: getattr(case, name) for name in COLUMNS})


def _address(slug: str, name: Any) -> str:
    return reverse("initiatives:case_picture", args=[slug, PurePath(str(name)).name])
