"""Files that people have uploaded."""

import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from meetings.models import Material
from taskforce.core.files import opened, shortened
from tests.factories import make_meeting


@pytest.fixture
def material(db: None, settings, tmp_path) -> Material:
    settings.MEDIA_ROOT = tmp_path
    return Material.objects.create(
        meeting=make_meeting(), title="Slides", file=ContentFile(b"abc", name="slides.pdf")
    )


def test_opened_file_can_be_read(material: Material):
    with opened(material.file) as file:
        assert file.read() == b"abc"


def test_file_that_is_gone_is_not_found(material: Material):
    material.file.storage.delete(material.file.name)

    with pytest.raises(Http404):
        opened(Material.objects.get().file)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("referat.pdf", "referat.pdf"),
        ("x" * 300 + ".pdf", "x" * 76 + ".pdf"),
        ("ø" * 300 + ".docx", "ø" * 37 + ".docx"),
        ("😀" * 250 + ".pdf", "😀" * 19 + ".pdf"),
        (".pdf", "fil.pdf"),
        ("x." + "y" * 200, "x." + "y" * 78),
    ],
)
def test_shortened_name_keeps_its_ending(name: str, expected: str):
    assert shortened(name) == expected
    assert len(expected.encode()) <= 80
