"""Pages that add material to a meeting and download its files."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.models import Material
from tests.conftest import put_away
from tests.factories import make_meeting


@pytest.fixture
def uploads(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": "Paper"}, "__all__"),
        ({"title": "", "link": "https://example.org/"}, "title"),
        ({"title": "Paper", "link": "nonsense"}, "link"),
        ({"title": "Paper", "file": SimpleUploadedFile("x.exe", b"MZ")}, "file"),
    ],
)
def test_bad_material_is_said_at_its_field(as_secretary, uploads, typed, field):
    make_meeting(3)

    page = as_secretary.post("/moeder/3/materiale/ny/", typed)

    assert field in page.context["form"].errors
    assert not Material.objects.exists()


def test_material_is_a_file_or_a_link_and_never_both(as_secretary, uploads):
    make_meeting(3)
    file, link = {"file": SimpleUploadedFile("a.txt", b"a")}, {"link": "https://example.org/"}

    page = as_secretary.post("/moeder/3/materiale/ny/", {"title": "Both", **file, **link})
    assert "__all__" in page.context["form"].errors
    as_secretary.post("/moeder/3/materiale/ny/", {"title": "Link", **link})
    as_secretary.post(
        "/moeder/3/materiale/ny/", {"title": "File", "file": SimpleUploadedFile("a.txt", b"a")}
    )

    assert {material.title for material in Material.objects.all()} == {"Link", "File"}


def test_file_that_the_disk_lost_is_not_there(as_secretary, uploads):
    material = Material(meeting=make_meeting(3), title="Paper")
    material.file.save("paper.txt", ContentFile(b"text"))
    (uploads / material.file.name).unlink()

    answer = as_secretary.get(material.get_absolute_url())
    put_away(answer)

    assert answer.status_code == 404
