"""Pages that add material to a meeting and download its files."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.materials import forms
from meetings.models import Material
from tests.conftest import put_away
from tests.factories import make_meeting, make_minutes

ADD = "/moeder/3/materiale/ny/"


@pytest.fixture
def uploads(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": "Paper"}, "link"),
        ({"title": "", "link": "https://example.org/"}, "title"),
        ({"title": "Paper", "link": "nonsense"}, "link"),
        ({"title": "Paper", "file": SimpleUploadedFile("x.exe", b"MZ")}, "file"),
    ],
)
def test_bad_material_shows_its_error_at_the_field(as_secretary, uploads, typed, field):
    make_meeting(3)

    page = as_secretary.post(ADD, typed)

    assert field in page.context["form"].errors
    assert not Material.objects.exists()


def test_material_is_a_file_or_a_link_and_never_both(as_secretary, uploads):
    make_meeting(3)
    file, link = {"file": SimpleUploadedFile("a.txt", b"a")}, {"link": "https://example.org/"}

    page = as_secretary.post(ADD, {"title": "Both", **file, **link})
    assert page.context["form"].errors == {"link": ["Tilføj enten en fil eller et link."]}
    as_secretary.post(ADD, {"title": "Link", **link})
    as_secretary.post(ADD, {"title": "File", "file": SimpleUploadedFile("a.txt", b"a")})

    assert {material.title for material in Material.objects.all()} == {"Link", "File"}


@pytest.mark.parametrize("stem", ["x" * 150, "æ" * 240, "😀" * 250, "a😀b"])
def test_a_long_or_odd_file_name_is_shortened_and_not_refused(as_secretary, uploads, stem):
    make_meeting(3)
    file = SimpleUploadedFile(f"{stem}.pdf", b"%PDF")

    answer = as_secretary.post(ADD, {"title": "Oplæg", "file": file})

    assert answer.status_code == 302
    material = Material.objects.get()
    assert material.file.name.endswith(".pdf")
    assert (uploads / material.file.name).read_bytes() == b"%PDF"
    download = as_secretary.get(material.get_absolute_url())
    assert b"".join(download.streaming_content) == b"%PDF"


def test_file_missing_on_the_disk_is_not_found(as_secretary, uploads):
    material = Material(meeting=make_meeting(3), title="Paper")
    material.file.save("paper.txt", ContentFile(b"text"))
    (uploads / material.file.name).unlink()

    answer = as_secretary.get(material.get_absolute_url())
    put_away(answer)

    assert answer.status_code == 404


def test_file_over_20_mb_is_refused(as_secretary, uploads, monkeypatch):
    make_meeting(3)
    monkeypatch.setattr(forms, "LARGEST", 3)

    page = as_secretary.post(ADD, {"title": "File", "file": SimpleUploadedFile("a.txt", b"abcd")})

    expected = "Filen er over 20 MB. Giv et link til den i stedet."
    assert page.context["form"].errors == {"file": [expected]}
    assert not Material.objects.exists()


def test_file_is_downloaded_by_those_who_may_read_it(client, as_member, uploads):
    material = Material(meeting=make_minutes(make_meeting(3)).meeting, title="Paper")
    material.file.save("paper.txt", ContentFile(b"text"))
    link = Material.objects.create(
        meeting=material.meeting, title="Link", link="https://example.org/"
    )

    answer = as_member.get(material.get_absolute_url())

    assert answer.getvalue() == b"text"
    assert answer["Content-Disposition"].startswith("attachment")
    put_away(answer)
    assert client.get(material.get_absolute_url()).status_code == 404
    assert as_member.get(f"/moeder/3/materiale/{link.pk}/").status_code == 404
    assert as_member.post(material.get_absolute_url()).status_code == 405


def test_only_the_secretariat_adds_material(client, as_member):
    make_meeting(3)

    assert as_member.post(ADD, {"title": "x"}).status_code == 403
    assert client.post(ADD, {"title": "x"}).status_code == 302
    assert not Material.objects.exists()
