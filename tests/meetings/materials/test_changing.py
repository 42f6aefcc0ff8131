"""Wrong material is edited, replaced, or removed with a trace."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meetings.models import Material
from taskforce.activity.models import TakenBack
from tests.conftest import put_away
from tests.factories import make_meeting, make_minutes


@pytest.fixture
def uploads(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def wrong(uploads: Path, db: None) -> Material:
    material = Material(meeting=make_meeting(3), title="Ea Hemmeligs løn")
    material.file.save("salary.txt", ContentFile(b"secret"))
    return material


def here(material: Material, act: str) -> str:
    return f"/moeder/3/materiale/{material.pk}/{act}/"


def files(uploads: Path) -> list[bytes]:
    return [path.read_bytes() for path in uploads.rglob("*") if path.is_file()]


def test_file_is_replaced_and_the_old_one_deleted(
    as_secretary: Client, wrong: Material, uploads: Path, django_capture_on_commit_callbacks: Any
):
    new = SimpleUploadedFile("agenda.txt", b"agenda")
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_secretary.post(here(wrong, "ret"), {"title": "Dagsorden", "file": new})

    assert answer["Location"] == "/moeder/3/#materiale"
    wrong.refresh_from_db()
    assert (wrong.title, files(uploads)) == ("Dagsorden", [b"agenda"])
    shown = as_secretary.get(wrong.get_absolute_url())
    assert b"".join(shown) == b"agenda"
    put_away(shown)


def test_title_alone_keeps_the_file(as_secretary: Client, wrong: Material, uploads: Path):
    as_secretary.post(here(wrong, "ret"), {"title": "Løn"})

    wrong.refresh_from_db()
    assert (wrong.title, files(uploads)) == ("Løn", [b"secret"])


def test_link_takes_the_place_of_the_file_and_back(
    as_secretary: Client, wrong: Material, uploads: Path, django_capture_on_commit_callbacks: Any
):
    with django_capture_on_commit_callbacks(execute=True):
        as_secretary.post(here(wrong, "ret"), {"title": "A", "link": "https://example.org/"})
    wrong.refresh_from_db()
    assert (wrong.link, wrong.file.name, files(uploads)) == ("https://example.org/", "", [])

    new = SimpleUploadedFile("a.txt", b"a")
    data = {"title": "A", "link": "https://example.org/", "file": new}
    as_secretary.post(here(wrong, "ret"), data)

    wrong.refresh_from_db()
    assert (wrong.link, files(uploads)) == ("", [b"a"])


def test_bad_input_keeps_everything(as_secretary: Client, wrong: Material, uploads: Path):
    bad = SimpleUploadedFile("a.exe", b"MZ")
    page = as_secretary.post(here(wrong, "ret"), {"title": "", "file": bad})

    assert [*page.context["form"].errors] == ["title", "file"]
    wrong.refresh_from_db()
    assert (wrong.title, files(uploads)) == ("Ea Hemmeligs løn", [b"secret"])


def test_new_file_beside_a_bad_link_keeps_everything(
    as_secretary: Client, wrong: Material, uploads: Path
):
    new = SimpleUploadedFile("a.txt", b"a")
    page = as_secretary.post(here(wrong, "ret"), {"title": "A", "link": "no link", "file": new})

    assert [*page.context["form"].errors] == ["link"]
    assert b"a.txt</strong>" in page.content
    wrong.refresh_from_db()
    assert (wrong.title, wrong.link) == ("Ea Hemmeligs løn", "")


def test_material_is_removed_and_the_note_does_not_repeat_it(
    as_secretary: Client,
    as_member: Client,
    client: Client,
    wrong: Material,
    uploads: Path,
    django_capture_on_commit_callbacks: Any,
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_secretary.post(here(wrong, "fjern"), {"reason": "Forkert fil."})

    assert answer["Location"] == "/moeder/3/#materiale"
    assert (Material.objects.count(), files(uploads)) == (0, [])
    page = as_member.get("/moeder/3/").content.decode()
    assert "Forkert fil." in page
    assert "Hemmelig" not in page
    # Strangers did not see the material, so they read no note on it before the minutes are out.
    assert "Forkert fil." not in client.get("/moeder/3/").content.decode()
    make_minutes(wrong.meeting, published=True)
    assert "Forkert fil." in client.get("/moeder/3/").content.decode()
    assert as_secretary.post(here(wrong, "fjern"), {"reason": "Igen"}).status_code == 404
    assert TakenBack.objects.count() == 1


def test_note_of_who_works_in_english_shows_in_danish(
    as_secretary: Client, as_member: Client, wrong: Material
):
    as_secretary.post("/en" + here(wrong, "fjern"), {"reason": "Forkert fil."})

    assert "Forkert fil." in as_member.get("/moeder/3/").content.decode()


def test_removing_needs_a_reason_and_post(as_secretary: Client, wrong: Material):
    assert as_secretary.get(here(wrong, "fjern")).status_code == 200
    page = as_secretary.post(here(wrong, "fjern"), {})

    assert page.context["form"].errors == {"reason": ["Skriv begrundelsen."]}
    assert Material.objects.count() == 1


def test_only_the_secretariat_finds_the_pages(as_member: Client, wrong: Material):
    assert here(wrong, "ret") not in as_member.get("/moeder/3/").content.decode()
    for act in ("ret", "fjern"):
        assert as_member.post(here(wrong, act), {"title": "A"}).status_code in (302, 403, 404)
    wrong.refresh_from_db()
    assert wrong.title == "Ea Hemmeligs løn"
