"""The documents that the reader is tried on, from their bytes to minutes and back."""

from pathlib import Path

import pytest
from django.test import Client

from meetings.models import Meeting
from taskforce.intake.importing import acts, undoing
from taskforce.intake.models import Intake
from taskforce.intake.reviewing.document import parts
from taskforce.intake.reviewing.review import Review
from taskforce.members.models import Member
from tests.intake.drafts import census, make_intake, read_once, save

FOLDER = Path(__file__).parent / "reader/documents"
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
# `make test` tries one in six, `make test-all` every one.
TRIED = [
    pytest.param(path, id=path.name, marks=[pytest.mark.slow] if number % 6 else [])
    for number, path in enumerate(DOCUMENTS)
]


@pytest.mark.parametrize("path", TRIED)
def test_document_is_reviewed_imported_and_taken_back(
    path: Path, as_secretary: Client, secretary: Member
):
    draft = read_once(path)
    intake = make_intake(draft, name=path.name)
    before = census()
    assert "".join(part.text for each in parts(intake) for part in each.segments) == draft.text
    assert as_secretary.get(intake.get_absolute_url()).status_code == 200

    facts = {"number-0": "41", "date-0": "2026-01-02"}
    known = {key: Review(intake).by_key[key].raw("value") or other for key, other in facts.items()}
    typed = {f"{key}-value": value for key, value in known.items()}
    save(as_secretary, intake, accept="all", **typed)
    intake.refresh_from_db()
    review = Review(intake)
    assert review.is_ready(), review.missing() + [
        (form.full_title, form.errors) for form in review.faulty
    ]
    # What could not be taken waits for a choice that only a person can make.
    assert {form.candidate.field for form in review.undecided} <= {
        "barriers",
        "statements",
        "action_points",
        "calls",
        "news",
        "materials",
    }
    acts.import_document(intake=intake, version=intake.version, by=secretary)

    meeting = Meeting.objects.get(minutes__isnull=False)
    assert meeting.attendances.count() == len(draft.attendees) + len(draft.absent)
    assert meeting.agenda.count() == len({found.value.title.casefold() for found in draft.agenda})
    undoing.undo_import(intake=Intake.objects.get(), by=secretary)
    assert census() == before
