"""Pictures: decode an upload within bounds, and keep its pixels in files of our own.

Metadata, further frames and anything else in a file (a place, a script, another file) are lost,
since only pixels are copied.
"""

import logging
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from taskforce.core.acts import Refused

LARGE, SMALL = 1280, 640  # the longer side of each size, in pixels
SMALLEST = 200  # pixels a side; smaller pictures are not recognisable
MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 50_000_000  # what the camera of a good phone takes
MOST_UNPACKED = 16_000_000  # pixels where all must be unpacked, at up to 15 bytes each
FORMATS = ("JPEG", "PNG", "WEBP")  # others are never handed to their decoders
TYPES = "image/jpeg,image/png,image/webp"
PAPER = (255, 255, 255)  # the background of transparent pictures
QUALITY = 82
SRGB = ImageCms.createProfile("sRGB")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Picture:
    """A picture as JPEG in two sizes; width and height are those of the large one."""

    large: bytes
    small: bytes
    width: int
    height: int


def read(file: IO[bytes]) -> Picture:
    """Return the picture in an uploaded file; raises Refused where there is none within bounds."""
    pixels = pixels_of(file)
    small = pixels.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return Picture(_encode(pixels), _encode(small), *pixels.size)


def pixels_of(file: IO[bytes]) -> Image.Image:
    """Return the pixels of an uploaded file, upright and on paper; raises Refused as `read`."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise Refused(_("The picture is larger than %(most)s MB.") % {"most": most})
    try:
        return _decode(data)
    except Refused:
        raise
    except UnidentifiedImageError:
        raise Refused(_("Choose a picture: a JPEG, PNG or WebP file.")) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(MOST_PIXELS) from None
    except Exception as error:
        # A decoder may raise anything on bytes that were made to break it.
        logger.info("A picture could not be read: %r", error)
        raise Refused(_("The picture cannot be read; the file may be damaged.")) from error


def _decode(data: bytes) -> Image.Image:
    """Return the pixels of the first frame, upright and no larger than is shown."""
    with Image.open(BytesIO(data), formats=FORMATS) as opened:
        # The head of the file states the size, before anything is unpacked.
        most = MOST_PIXELS if isinstance(opened, JpegImageFile) else MOST_UNPACKED
        if opened.width * opened.height > most:
            raise _too_many_pixels(most)
        if min(opened.size) < SMALLEST:
            raise Refused(
                _("The picture is too small: each side takes at least %(n)s pixels.")
                % {"n": SMALLEST}
            )
        opened.draft("RGB", (LARGE, LARGE))  # unpacks a large JPEG at a fraction of its size
        frame = _in_colours(opened)
        frame.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
        layer = ImageOps.exif_transpose(_in_srgb(frame)).convert("RGBA")
        pixels = Image.new("RGB", layer.size, PAPER)
        pixels.paste(layer, mask=layer.getchannel("A"))
        return pixels


def _in_colours(frame: Image.Image) -> Image.Image:
    """Return a picture whose pixels can be mixed: no numbers of a palette, and at most 8 bits."""
    if frame.mode in ("P", "PA") or "transparency" in frame.info:
        return frame.convert("RGBA")
    if frame.mode.startswith("I"):  # 16 bits a pixel; converting cuts all above 8 bits to white
        return frame.point(lambda value: value / 256).convert("L")
    return frame.convert("L") if frame.mode == "1" else frame


def _in_srgb(frame: Image.Image) -> Image.Image:
    """Return a picture in the colours of the web, as its own profile says that it looks."""
    profile = frame.info.get("icc_profile")
    if not profile or frame.mode not in ("RGB", "RGBA", "CMYK"):
        return frame
    colours = frame.convert("RGB") if frame.mode == "RGBA" else frame
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        found = ImageCms.profileToProfile(colours, own, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return frame  # a broken profile, or one of other colours
    if found is None:
        return frame
    found.info = frame.info
    if frame.mode == "RGBA":
        found.putalpha(frame.getchannel("A"))
    return found


def _too_many_pixels(most: int) -> Refused:
    return Refused(
        _("The picture has more than %(most)s million pixels. Make it smaller first.")
        % {"most": most // 1_000_000}
    )


def _encode(pixels: Image.Image) -> bytes:
    written = BytesIO()
    pixels.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()
