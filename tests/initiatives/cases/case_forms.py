"""What tests of cases send: a whole case as its form, and pictures of every kind."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from initiatives.cases import pictures
from initiatives.models import Case, CaseState
from taskforce.core import pictured
from taskforce.core.pictures import read
from taskforce.members.models import Member
from tests.factories import make_case

ROWS = {"partner-TOTAL_FORMS": "12", "partner-INITIAL_FORMS": "0"}
WHOLE = {
    "version": "1",
    "title": "Frokost",
    "achieved": "Kantinen køber af værkstedet.",
    "kind": "tender",
    "place": "Odense",
    "problem": "Udbuddet var for stort.",
    "done": "Vi delte det.",
    "outcome": "Tre fik job.",
    "number": "3",
    "unit": "job",
    "permission": "on",
    "partner-0-who": "Køkkenet",
    "partner-0-role": "enterprise",
    "partner-0-part": "",
    **ROWS,
}


def make_draft(by: Member, title: str = "Frokost", **fields: Any) -> Case:
    return make_case(title, state=CaseState.DRAFT, written_by=by.organisation, contact=by, **fields)


def image(
    size: tuple[int, int] = (900, 600), kind: str = "JPEG", colour: Any = "teal", **options: Any
) -> bytes:
    """Return a picture of one colour as the bytes of a file."""
    written = BytesIO()
    Image.new(options.pop("mode", "RGB"), size, colour).save(written, kind, **options)
    return written.getvalue()


def upload(data: bytes, name: str = "photo.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


def give_picture(case: Any, alt: str = "To bagere ved en ovn", **options: Any) -> Any:
    """Give a case, or another row with a picture, one as its form does."""
    pictured.attach(case, read(BytesIO(image(**options))))
    case.picture_alt = alt
    case.save()
    return case


def address(case: Case) -> str:
    """Return where the large picture of a case is read."""
    found = pictures.of(case)
    assert found is not None
    return str(found["src"])
