"""Pictures of cases are saved with them, and only those who may see the case see them."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Case, CaseState
from taskforce.core.models import KeptFile
from tests.core.keeping import kept_in
from tests.core.test_pictures import bomb
from tests.factories import make_case, make_member
from tests.initiatives.cases.case_forms import (
    WHOLE,
    address,
    give_picture,
    image,
    make_draft,
    upload,
)

SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


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


@pytest.mark.parametrize("act", ["ret", "indsend"])
def test_picture_of_a_refused_form_is_kept_and_goes_along(as_member, member, uploads, act):
    make_draft(member)
    photo = upload(image((2000, 1500)), "bageri.jpg")

    page = as_member.post(f"/eksempler/frokost/{act}/", WHOLE | {"upload": photo})
    assert list(page.context["form"].errors) == ["picture_alt"]
    assert "bageri.jpg" in page.content.decode()
    assert not Case.objects.get().picture

    as_member.post(
        f"/eksempler/frokost/{act}/", WHOLE | kept_in(page) | {"picture_alt": "To bagere"}
    )

    assert Case.objects.get().picture_width == 1280
    assert not KeptFile.objects.exists()


def test_picture_is_kept_where_another_part_of_the_form_is_wrong(as_member, member, uploads):
    make_draft(member)
    sent = {"upload": upload(image()), "picture_alt": "To bagere", "partner-0-part": "bagte"}

    page = as_member.post("/eksempler/frokost/ret/", WHOLE | sent | {"partner-0-who": ""})

    assert page.context["form"].is_valid()
    assert [*kept_in(page)] == ["upload-kept"]


def test_picture_is_kept_where_a_colleague_saved_first(as_member, member, uploads):
    make_draft(member)
    Case.objects.update(version=7)
    sent = {"upload": upload(image()), "picture_alt": "To bagere"}

    page = as_member.post("/eksempler/frokost/ret/", WHOLE | sent)

    assert page.status_code == 409
    as_member.post(
        "/eksempler/frokost/ret/",
        WHOLE | kept_in(page) | {"picture_alt": "To bagere", "version": "7"},
    )
    assert Case.objects.get().picture


def test_kept_picture_can_be_left_out(as_member, member, uploads):
    make_draft(member)
    page = as_member.post("/eksempler/frokost/ret/", WHOLE | {"upload": upload(image())})

    as_member.post("/eksempler/frokost/ret/", WHOLE | kept_in(page) | {"upload-drop": "on"})

    case = Case.objects.get()
    assert (case.version, bool(case.picture)) == (2, False)


def test_script_that_saves_a_kept_picture_is_told_to_drop_its_key(as_member, member, uploads):
    make_draft(member)
    page = as_member.post("/eksempler/frokost/ret/", WHOLE | {"upload": upload(image())})
    sent = WHOLE | kept_in(page) | {"picture_alt": "To bagere"}

    answer = as_member.post(
        "/eksempler/frokost/ret/", sent, headers={"Accept": "application/json"}
    ).json()

    assert answer["shown"]["id_upload-kept"] == ""
    assert "<img" in answer["shown"]["billede"]


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
