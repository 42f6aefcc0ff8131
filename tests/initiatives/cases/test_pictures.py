"""Of an upload only pixels within bounds are saved, and only those who may see them do."""

import re
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image, ImageCms, PngImagePlugin

from initiatives.cases import pictures
from initiatives.models import Case, CaseState
from tests.factories import make_case, make_member
from tests.initiatives.cases.case_forms import (
    WHOLE,
    address,
    give_picture,
    image,
    make_draft,
    upload,
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


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a PNG of a few kilobytes that says it is many million pixels large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


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


# Uploaded with a case


def test_upload_saves_a_picture_with_its_description(as_member, member, uploads: Path):
    make_draft(member)

    as_member.post(
        "/eksempler/frokost/ret/",
        WHOLE | {"upload": upload(image((2000, 1500))), "picture_alt": "To bagere"},
    )

    case = Case.objects.get()
    assert (case.picture_width, case.picture_height, case.picture_alt) == (1280, 960, "To bagere")
    assert {file.name for file in (uploads / "cases").iterdir()} == {
        Path(case.picture.name).name,
        Path(case.picture_small.name).name,
    }
    assert re.fullmatch(r"cases/[0-9a-f]{32}-1280\.jpg", case.picture.name)  # nothing of theirs


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"upload": (SVG, "logo.svg", "image/svg+xml"), "picture_alt": "Et logo"}, "upload"),
        ({"upload": (SVG, "photo.jpg", "image/jpeg"), "picture_alt": "Et logo"}, "upload"),
        ({"upload": (image(), "photo.jpg", "image/jpeg"), "picture_alt": ""}, "picture_alt"),
        ({"upload": (bomb(), "photo.png", "image/png"), "picture_alt": "Stort"}, "upload"),
    ],
)
def test_refused_picture_keeps_everything_else_that_was_typed(
    as_member, member, uploads, sent, field
):
    make_draft(member)
    sent = sent | {"upload": upload(*sent["upload"]), "done": "Et langt svar", "barriers": []}

    page = as_member.post("/eksempler/frokost/ret/", WHOLE | sent)

    assert list(page.context["form"].errors) == [field]
    shown = page.content.decode()
    for typed in (
        "Et langt svar",
        "Kantinen køber af værkstedet.",
        "Køkkenet",
        sent["picture_alt"],
    ):
        assert typed in shown
    assert not (uploads / "cases").exists()


def test_description_may_be_typed_before_the_picture_is_chosen(as_member, member):
    make_draft(member)

    as_member.post("/eksempler/frokost/ret/", WHOLE | {"picture_alt": "To bagere"})

    assert Case.objects.get().picture_alt == "To bagere"
    assert "To bagere" not in as_member.get("/eksempler/frokost/").content.decode()


def test_new_picture_replaces_the_old_one(
    as_member, member, uploads, django_capture_on_commit_callbacks
):
    case = give_picture(make_draft(member))
    old = address(case)

    with django_capture_on_commit_callbacks(execute=True):
        as_member.post(
            "/eksempler/frokost/ret/",
            WHOLE | {"upload": upload(image()), "picture_alt": "Nyt"},
        )

    case.refresh_from_db()
    assert address(case) != old
    assert as_member.get(old).status_code == 404
    assert len([*(uploads / "cases").iterdir()]) == 2


def test_picture_is_removed_with_its_files(
    as_member, member, uploads, django_capture_on_commit_callbacks
):
    case = give_picture(make_draft(member))

    with django_capture_on_commit_callbacks(execute=True):
        as_member.post("/eksempler/frokost/ret/", WHOLE | {"take_picture_away": "on"})

    case.refresh_from_db()
    assert not case.picture and not case.picture_small and case.picture_width is None
    assert [*(uploads / "cases").iterdir()] == []


def test_picture_stays_where_the_form_has_none(as_member, member):
    case = give_picture(make_draft(member))

    as_member.post("/eksempler/frokost/ret/", WHOLE | {"picture_alt": "Nye ord"})

    before = case.picture.name
    case.refresh_from_db()
    assert (case.picture.name, case.picture_alt) == (before, "Nye ord")


def test_discarding_a_case_deletes_its_picture(
    as_member, member, uploads, django_capture_on_commit_callbacks
):
    give_picture(make_draft(member))

    with django_capture_on_commit_callbacks(execute=True):
        as_member.post("/eksempler/frokost/smid-vaek/")

    assert [*(uploads / "cases").iterdir()] == []


# Served


def test_everybody_gets_a_published_picture(client, db):
    case = give_picture(make_case("Frokost"))
    for name in (case.picture, case.picture_small):
        answer = client.get(f"/eksempler/frokost/billede/{Path(name.name).name}")

        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "public, max-age=600"
        assert "Content-Disposition" not in answer
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer.content == Path(name.path).read_bytes()
        assert "sessionid" not in answer.cookies


def test_picture_in_a_browsers_cache_is_not_sent_again(client, db):
    path = address(give_picture(make_case("Frokost")))
    mark = client.get(path)["ETag"]

    assert client.get(path, headers={"If-None-Match": mark}).status_code == 304


@pytest.mark.parametrize("state", [CaseState.DRAFT, CaseState.SUBMITTED, CaseState.ASKED])
def test_only_author_and_secretariat_get_an_unpublished_picture(
    state, client, as_member, as_secretary, member, log_in
):
    case = make_case("Frokost", state=state, written_by=member.organisation)
    path = address(give_picture(case))

    assert as_member.get(path)["Cache-Control"] == "private, no-store"
    assert client.get(path).status_code == 404
    assert log_in(make_member()).get(path).status_code == 404
    expected = 404 if state == CaseState.DRAFT else 200
    assert as_secretary.get(path).status_code == expected


def test_address_serves_no_other_file(client, db, uploads):
    case, other = give_picture(make_case("Frokost")), give_picture(make_case("Other"))
    (uploads / "secret.txt").write_text("secret")
    name = Path(other.picture.name).name

    for wrong in (name, "secret.txt", "..%2f..%2fsecret.txt", "", "x.jpg"):
        assert client.get(f"/eksempler/{case.slug}/billede/{wrong}").status_code == 404
    assert client.post(address(case)).status_code == 405


def test_lost_file_is_not_found(client, db, uploads):
    case = give_picture(make_case("Frokost"))
    Path(case.picture.path).unlink()

    assert client.get(address(case)).status_code == 404
    assert client.get("/eksempler/frokost/").status_code == 200


def test_gallery_shows_pictures_lazily_in_two_sizes_without_asking_more_often(client, db):
    for _ in range(3):
        make_case()
    with CaptureQueriesContext(connection) as without:
        client.get("/eksempler/")
    for case in Case.objects.all():
        give_picture(case, size=(2000, 1000))

    with CaptureQueriesContext(connection) as queries:
        shown = client.get("/eksempler/").content.decode()

    assert len(queries) == len(without)
    assert shown.count('loading="lazy"') == shown.count('alt="To bagere ved en ovn"') == 3
    assert re.search(r'srcset="[^"]+-640\.jpg 640w, [^"]+-1280\.jpg 1280w"', shown)
    assert 'width="1280" height="640"' in shown


def test_picture_of_one_size_has_no_set_of_them(client, db):
    give_picture(make_case("Frokost"), size=(300, 300))

    assert "srcset" not in client.get("/eksempler/frokost/").content.decode()
