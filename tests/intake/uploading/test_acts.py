"""Uploading a document, having it read again, and deleting it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from taskforce.activity.models import Activity
from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.uploading import acts
from taskforce.members.models import Member
from tests.factories import make_secretary
from tests.intake.drafts import TEXT, jobs, make_intake, with_file
from tests.racing import at_once
from tests.refusing import refused


def test_upload_keeps_a_file_records_it_and_has_it_read(secretary: Member):
    file = SimpleUploadedFile("referat.txt", TEXT.encode())

    intake, is_new = acts.upload(file=file, text="", by=secretary)

    assert is_new
    assert (intake.name, intake.state) == ("referat.txt", IntakeState.WAITING)
    assert (intake.added_by, intake.digest) == (secretary.user, acts.digest(file))
    assert [job["pk"] for job in jobs()] == [intake.pk]
    assert [(row.actor, row.verb, row.target_id) for row in Activity.objects.all()] == [
        (secretary.user, "added", intake.pk)
    ]


def test_upload_of_the_same_text_returns_the_document_that_is_there(secretary: Member):
    first, _is_new = acts.upload(file=None, text=TEXT, by=secretary)

    again = acts.upload(file=None, text=f"\n{TEXT}  \r\n", by=make_secretary())

    assert again == (first, False)
    assert (Intake.objects.count(), len(jobs()), Activity.objects.count()) == (1, 1, 1)


def test_two_uploads_of_one_file_at_once_keep_one_document(transactional_db: None):
    secretary = make_secretary()

    found = at_once(
        *(
            lambda name=name: acts.upload(
                file=SimpleUploadedFile(name, TEXT.encode()), text="", by=secretary
            )
            for name in ("a.txt", "b.txt")
        )
    )

    assert {intake for intake, _is_new in found} == {Intake.objects.get()}
    assert sorted(is_new for _intake, is_new in found) == [False, True]
    assert len(jobs()) == 1


@pytest.mark.parametrize("state", [IntakeState.REFUSED, IntakeState.WAITING, IntakeState.READING])
def test_read_again_queues_a_document_that_is_not_read(db: None, state: IntakeState):
    intake = make_intake(state=state)

    again = acts.read_again(intake=intake)

    assert (again, again.state, again.refusal) == (intake, IntakeState.WAITING, "")
    assert again.asked_at > intake.asked_at
    assert [job["pk"] for job in jobs()] == [intake.pk]


@pytest.mark.parametrize("state", [IntakeState.REVIEW, IntakeState.IMPORTED])
def test_read_again_refuses_a_document_that_is_read(db: None, state: IntakeState):
    intake = make_intake(state=state)

    with refused("This document is read already."):
        acts.read_again(intake=intake)
    assert Intake.objects.get().state == state
    assert jobs() == []


def test_discard_deletes_the_document_and_then_its_file(
    db: None, django_capture_on_commit_callbacks
):
    intake = with_file(make_intake())

    with django_capture_on_commit_callbacks(execute=True):
        gone = acts.discard(intake=intake)
        assert gone.file.storage.exists(gone.file.name)  # until the transaction is committed

    assert not Intake.objects.exists()
    assert not gone.file.storage.exists(intake.file.name)


def test_discard_refuses_an_imported_document(db: None):
    intake = make_intake(state=IntakeState.IMPORTED)

    with refused("The document is taken in. Take it back first."):
        acts.discard(intake=intake)
    assert Intake.objects.get() == intake


def test_discard_refuses_a_document_that_is_gone(db: None):
    intake = make_intake()
    Intake.objects.all().delete()

    with refused("The document is taken in. Take it back first."):
        acts.discard(intake=intake)


@pytest.mark.parametrize(
    "text",
    ["Blåbær\n\nGrød\n", "\n\nBlåbær\n\nGrød", "Blåbær  \r\n\r\nGrød\r\n\r\n"],
)
def test_same_words_are_the_same_text(text: str):
    assert acts.normalised(text) == "Blåbær\n\nGrød\n"


def test_letters_written_in_two_parts_are_the_same_text():
    assert acts.normalised("Bla\N{COMBINING RING ABOVE}") == "Blå\n"


def test_digest_is_the_sha256_of_the_content():
    expected = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"

    assert acts.digest(ContentFile(b"foo")) == expected
