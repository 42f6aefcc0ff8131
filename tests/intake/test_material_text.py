"""What files handed out at meetings say is read by the worker, for the search."""

import io

import docx
import pytest
from django.core.files.base import ContentFile

from meetings.models import Material, MaterialPage
from taskforce.intake import material_text
from tests.factories import make_meeting, make_minutes
from tests.intake.reader.test_sources import pdf


def word(*paragraphs: str) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def add(name: str, content: bytes) -> Material:
    meeting = make_minutes(make_meeting(), published=True).meeting
    return Material.objects.create(
        meeting=meeting, title="Bilag", file=ContentFile(content, name=name)
    )


def texts(material: Material) -> list[str]:
    return [page.text.strip() for page in material.pages.all()]


PDF = pdf(b"BT /F1 12 Tf 72 700 Td (Om xylofoner) Tj ET")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", PDF, ["Om xylofoner"]),
        ("a.docx", word("Om xylofoner", "og klang"), ["Om xylofoner\nog klang"]),
        ("a.txt", "Om xylofoner på øen".encode(), ["Om xylofoner på øen"]),
        ("a.pdf", b"%PDF-1.7 broken", []),
        ("a.docx", b"PK\x03\x04 broken", []),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0", []),
    ],
)
def test_the_words_of_each_page_are_kept(db, name: str, content: bytes, expected: list[str]):
    material = add(name, content)

    assert material_text.read_new() == 1

    assert [" ".join(text.split()) for text in texts(material)] == [
        " ".join(text.split()) for text in expected
    ]
    assert material_text.read_new() == 0


def test_a_long_text_comes_in_parts(db):
    material = add("a.docx", word(*["Om xylofoner " * 50] * 20))

    material_text.read_new()

    assert [page.number for page in material.pages.all()] == [1, 2, 3, 4]


def test_another_file_is_read_in_its_place(client, db):
    material = add("a.txt", b"Om xylofoner")
    material_text.read_new()
    material.file.save("b.txt", ContentFile(b"Om trommer"))

    assert material_text.read_new() == 1

    assert texts(material) == ["Om trommer"]
    (hit,) = client.get("/soeg/?q=tromme").context["hits"]
    assert hit.url == f"{material.meeting.get_absolute_url()}#{material.anchor}"


def test_a_file_that_is_gone_from_the_disk_is_read_as_empty(db):
    material = add("a.txt", b"Om xylofoner")
    material.file.storage.delete(material.file.name)

    assert material_text.read_new() == 1

    assert not MaterialPage.objects.exists()
