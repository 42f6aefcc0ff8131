"""Files that people have uploaded."""

import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from meetings.models import Material
from taskforce.core.files import opened
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
