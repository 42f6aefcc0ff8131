"""Of an uploaded picture only pixels within bounds are kept."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from taskforce.core import pictures
from tests.initiatives.cases.case_forms import (
    image,
)
from tests.refusing import refused

SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def read(data: bytes) -> pictures.Picture:
    return pictures.read(BytesIO(data))


def opened(data: bytes) -> Image.Image:
    found = Image.open(BytesIO(data))
    found.load()
    return found


def png(size: tuple[int, int], rows: bytes, *, depth: int = 8, kind: int, passes: int = 0) -> bytes:
    """Return a PNG that Pillow does not write; `kind` is its type of colours (RFC 2083, 2.4)."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    head = struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, passes)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a PNG of a few kilobytes that says it is many million pixels large."""
    return png((width, height), b"\0" * 1_000_000, kind=2)


# What comes of a file


def test_large_photo_is_scaled_down_to_two_sizes():
    found = read(image((4000, 3000)))

    assert (found.width, found.height) == opened(found.large).size == (1280, 960)
    assert opened(found.small).size == (640, 480)
    assert opened(found.large).format == opened(found.small).format == "JPEG"


def test_phones_photo_is_read_and_a_png_of_its_size_is_not():
    assert read(image((6000, 4000))).width == 1280
    with refused(OVER_16_MILLION):
        read(image((6000, 4000), kind="PNG"))


def test_small_picture_is_not_scaled_up():
    found = read(image((300, 250)))

    assert opened(found.large).size == opened(found.small).size == (300, 250)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_accepted_format_becomes_a_jpeg(kind):
    found = read(image(kind=kind, colour=(200, 30, 40)))

    red, green, blue = opened(found.large).getpixel((400, 300))
    assert red > 180 and green < 60 and blue < 70


@pytest.mark.parametrize(
    ("mode", "colour"), [("P", 3), ("L", 90), ("LA", (90, 255)), ("CMYK", (0, 90, 90, 0)), ("1", 1)]
)
def test_every_colour_mode_is_read(mode, colour):
    kind = "JPEG" if mode == "CMYK" else "PNG"

    assert opened(read(image(kind=kind, mode=mode, colour=colour)).large).mode == "RGB"


def test_transparent_picture_gets_a_white_background():
    found = read(image(kind="PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert min(opened(found.large).getpixel((10, 10))) > 250


def test_rotated_photo_is_turned_upright_and_loses_its_metadata():
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Kameraet"
    exif.get_ifd(GPS).update({1: "N", 2: (55.0, 24.0, 0.0), 3: "E", 4: (10.0, 23.0, 0.0)})
    photograph = image((800, 400), exif=exif, comment=b"hemmelig kommentar")
    assert opened(photograph).getexif().get_ifd(GPS)

    found = read(photograph)

    assert (found.width, found.height) == (400, 800)
    for data in (found.large, found.small):
        left = opened(data)
        assert not dict(left.getexif())
        assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & left.info.keys()
        assert not any(word in data for word in (b"Kameraet", b"Exif", b"hemmelig"))


def test_texts_and_profiles_of_a_png_are_removed():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Fru Hemmelig")
    words.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Fru Hemmelig</x:xmpmeta>")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    found = read(image(kind="PNG", pnginfo=words, icc_profile=profile))

    assert b"Hemmelig" not in found.large + found.small
    assert b"ICC_PROFILE" not in found.large + found.small


def test_animation_becomes_its_first_frame():
    first, second = (Image.new("RGB", (300, 300), colour) for colour in ("white", "black"))
    written = BytesIO()
    first.save(written, "WEBP", save_all=True, append_images=[second], lossless=True)

    assert min(opened(read(written.getvalue()).large).getpixel((9, 9))) > 250


@pytest.mark.parametrize(
    "polyglot",
    [
        image() + SCRIPT,  # a picture that is a page, too
        image(comment=SCRIPT + b"/*"),
        image(kind="PNG") + b"PK\x03\x04" + SCRIPT,  # and one that is an archive
        image(kind="PNG") + b"%PDF-1.7 " + SCRIPT,
    ],
)
def test_polyglot_becomes_a_plain_picture(polyglot):
    assert b"script" in polyglot

    found = read(polyglot)

    for data in (found.large, found.small):
        assert data.startswith(b"\xff\xd8\xff") and data.endswith(b"\xff\xd9")
        assert not any(word in data for word in (b"script", b"PK\x03\x04", b"%PDF"))


NO_PICTURE = "Choose a picture: a JPEG, PNG or WebP file."
DAMAGED = "The picture cannot be read; the file may be damaged."
TOO_SMALL = "The picture is too small: each side takes at least 200 pixels."
OVER_50_MILLION = "The picture has more than 50 million pixels. Make it smaller first."
OVER_16_MILLION = "The picture has more than 16 million pixels. Make it smaller first."
TOO_LARGE = "The picture is larger than 15 MB."
NO_PICTURES = {
    "nothing": b"",
    "svg": SVG,
    "svg with a head": b'<?xml version="1.0"?>' + SVG,
    "html": b"<!doctype html>" + SCRIPT,
    "gif": image(kind="GIF", mode="P", colour=1),
    "tiff": image(kind="TIFF"),
    "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 300 300\n",
    "half a jpeg": image((3000, 2000))[:3000],
    "head of a jpeg": image()[:30],
    "half a png": image(kind="PNG", colour="red")[:60],
    "rubbish in a jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 500,
    "rubbish in a webp": b"RIFF\x10\0\0\0WEBPVP8 " + b"\xff" * 40,
    "blot": image((40, 40)),
    "line": image((4000, 1)),
    "bomb": bomb(),
    "bomb below the library's own limit": bomb(9_000, 9_000),
    "large png": bomb(5_000, 5_000),
    "heavy": image() + b"\0" * pictures.MOST_BYTES,
}


REFUSALS = {
    "half a jpeg": DAMAGED,
    "head of a jpeg": DAMAGED,
    "half a png": DAMAGED,
    "rubbish in a webp": DAMAGED,
    "blot": TOO_SMALL,
    "line": TOO_SMALL,
    "bomb": OVER_50_MILLION,
    "bomb below the library's own limit": OVER_16_MILLION,
    "large png": OVER_16_MILLION,
    "heavy": TOO_LARGE,
}


@pytest.mark.parametrize("what", NO_PICTURES)
def test_read_refuses_what_is_no_picture(what):
    with refused(REFUSALS.get(what, NO_PICTURE)):
        read(NO_PICTURES[what])


def test_read_accepts_the_smallest_picture():
    assert read(image((200, 200))).width == 200
    with refused(TOO_SMALL):
        read(image((199, 400)))


def test_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    def unpacked(*_args: object) -> None:
        raise AssertionError("the bomb was unpacked")

    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", unpacked)

    with refused(OVER_16_MILLION):
        read(bomb(5_000, 5_000))


# How pictures look


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def near(colour: tuple[int, ...], wanted: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(colour, wanted, strict=True))


def middle(data: bytes) -> tuple[int, ...]:
    found = opened(read(data).large)
    pixel = found.getpixel((found.width // 2, found.height // 2))
    assert isinstance(pixel, tuple)
    return pixel


SIZE = (300, 240)
GREY = (128, 128, 128)
BLUE = (20, 60, 200)


def of_16_bits() -> bytes:
    return saved(Image.new("I;16", SIZE, 128 * 257))


def with_a_palette() -> bytes:
    return saved(Image.new("RGB", SIZE, BLUE).quantize(8))


def with_one_transparent_colour() -> bytes:
    return saved(Image.new("RGB", SIZE, (0, 255, 0)), transparency=(0, 255, 0))


def with_a_transparent_entry() -> bytes:
    return saved(Image.new("P", SIZE, 0), transparency=0)


def in_black_and_white() -> bytes:
    return saved(Image.new("1", SIZE, 0))


def of_grey_with_alpha() -> bytes:
    return saved(Image.new("LA", SIZE, (128, 255)))


def half_transparent() -> bytes:
    return saved(Image.new("RGBA", SIZE, (0, 0, 0, 127)))


def of_cmyk() -> bytes:
    return saved(Image.new("CMYK", SIZE, (0, 255, 255, 0)), "JPEG")


def progressive() -> bytes:
    return saved(Image.new("RGB", SIZE, BLUE), "JPEG", progressive=True)


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", SIZE, colour) for colour in (BLUE, (255, 255, 255))]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    ("data", "looks"),
    [
        (of_16_bits(), GREY),
        (with_a_palette(), BLUE),
        (with_one_transparent_colour(), (255, 255, 255)),
        (with_a_transparent_entry(), (255, 255, 255)),
        (in_black_and_white(), (0, 0, 0)),
        (of_grey_with_alpha(), GREY),
        (half_transparent(), GREY),
        (of_cmyk(), (255, 0, 0)),
        (progressive(), BLUE),
        (animated("PNG"), BLUE),
        (animated("WEBP"), BLUE),
    ],
)
def test_unusual_picture_looks_as_it_does_elsewhere(data, looks):
    assert near(middle(data), looks)


def test_fine_stripes_of_black_and_white_become_grey():
    stripes = Image.frombytes("1", (2560, 2560), b"\xaa" * (2560 * 320))

    assert near(middle(saved(stripes)), GREY, by=40)


def swapped() -> bytes:
    """Return a colour profile by which red is what other profiles call green, and green red."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize(
    ("mode", "colour"), [("RGB", (255, 0, 0)), ("RGBA", (255, 0, 0, 255)), ("P", 0)]
)
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_colours_are_those_of_the_pictures_own_profile(mode, colour, kind):
    picture = Image.new(mode, SIZE, colour)
    if mode == "P":
        picture.putpalette([255, 0, 0])
    data = saved(
        picture, kind, icc_profile=swapped(), **({"lossless": True} if kind == "WEBP" else {})
    )

    assert near(middle(data), (0, 255, 0), by=30)


@pytest.mark.parametrize(
    "profile",
    [
        b"rubbish",
        swapped()[:200],
        ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
    ],
)
def test_picture_with_a_profile_that_does_not_fit_is_read_without(profile):
    data = saved(Image.new("RGB", SIZE, BLUE), icc_profile=profile)

    assert near(middle(data), BLUE)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_orientation_is_turned_upright(orientation, kind):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation

    found = read(saved(Image.new("RGB", (600, 300), BLUE), kind, exif=exif))

    assert (found.width, found.height) == ((600, 300) if orientation < 5 else (300, 600))


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "GIF", "AVIF", "ICO", "PPM", "JPEG2000", "MPO"])
def test_other_kinds_named_as_a_jpeg_are_refused_or_look_right(kind):
    try:
        data = saved(Image.new("RGB", SIZE, BLUE), kind)
    except (KeyError, OSError):
        pytest.skip("Pillow was built without it")
    if kind == "MPO":  # a JPEG with more pictures behind it, as some cameras write
        assert near(middle(data), BLUE)
        return
    with refused(NO_PICTURE):
        read(data)


def test_heic_is_refused():
    with refused(NO_PICTURE):
        read(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 500)


def test_interlaced_png_is_read():
    assert near(middle(interlaced()), GREY)


def interlaced() -> bytes:
    """Return a grey PNG in the seven passes of Adam7."""
    size, rows = 256, b""
    # Where each pass begins, and how far apart its pixels are.
    for x, y, across, down in (
        *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
        *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
    ):
        rows += (b"\0" + b"\x80" * len(range(x, size, across))) * len(range(y, size, down))
    return png((size, size), rows, kind=0, passes=1)


@pytest.mark.parametrize(
    ("kind", "pixel"),
    [
        (0, b"\x80\x80"),
        (2, b"\x80\x80" * 3),
        (4, b"\x80\x80\xff\xff"),
        (6, b"\x80\x80" * 3 + b"\xff\xff"),
    ],
)
def test_16_bits_a_channel_are_not_white(kind, pixel):
    rows = (b"\0" + pixel * 256) * 256

    assert near(middle(png((256, 256), rows, depth=16, kind=kind)), GREY)
