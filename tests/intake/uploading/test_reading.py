"""The job that reads a document and keeps what it finds."""

import subprocess
import sys
import zlib

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from taskforce.intake import tasks
from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.reader import MinutesDraft, as_json
from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.uploading import reading
from taskforce.ops.worker import QUEUES
from tests.conftest import Mailbox
from tests.intake.drafts import TEXT, make_draft, make_intake, with_file
from tests.intake.reader.test_sources import pdf


@pytest.fixture
def waiting(db: None) -> Intake:
    return with_file(make_intake(state=IntakeState.WAITING, name="referat.txt"))


def answer(monkeypatch: pytest.MonkeyPatch, draft: MinutesDraft) -> None:
    """Have the reader give this draft."""
    monkeypatch.setattr(reading, "read_apart", lambda content, name: as_json(draft))


def test_reading_opens_the_review(waiting: Intake, monkeypatch):
    answer(monkeypatch, make_draft())

    reading.read_document(pk=waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == IntakeState.REVIEW
    assert waiting.draft["text"] == TEXT
    assert waiting.found[0]["field"] == "number"


def test_reader_is_told_the_name_of_a_file_and_none_of_what_was_pasted(db: None, monkeypatch):
    given = []
    monkeypatch.setattr(
        reading,
        "read_apart",
        lambda content, name: given.append((content, name)) or as_json(make_draft()),
    )
    for name in ("referat.txt", ""):
        intake = make_intake(state=IntakeState.WAITING, name=name)
        intake.file.save("a.txt", ContentFile(TEXT.encode()))
        reading.read_document(pk=intake.pk)

    assert given == [(TEXT.encode(), "referat.txt"), (TEXT.encode(), "")]


def test_reading_refuses_more_candidates_than_minutes_have(waiting: Intake, monkeypatch):
    answer(monkeypatch, make_draft())
    monkeypatch.setattr(reading, "MOST_CANDIDATES", 3)

    reading.read_document(pk=waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.refusal, waiting.draft) == (Refusal.TOO_LARGE, {})


def test_reading_refuses_a_file_that_is_gone(waiting: Intake):
    waiting.file.storage.delete(waiting.file.name)

    reading.read_document(pk=waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == IntakeState.REFUSED


def test_reading_is_done_by_a_bounded_process(waiting: Intake):
    reading.read_document(pk=waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.draft["text"]) == (IntakeState.REVIEW, TEXT)


@pytest.mark.parametrize(
    ("program", "refusal"),
    [
        ("raise SystemExit(1)", Refusal.TOO_LARGE),
        ("import os; os.kill(os.getpid(), 9)", Refusal.TOO_LARGE),
        ("import time; time.sleep(9)", Refusal.TOO_LARGE),
        ("print('{')", Refusal.TOO_LARGE),
    ],
)
def test_process_that_gives_no_answer_leaves_a_sentence(program: str, refusal: str, monkeypatch):
    monkeypatch.setattr(reading, "LONGEST", 0.5)
    run = subprocess.run
    python = [sys.executable, "-c", program]
    monkeypatch.setattr(subprocess, "run", lambda words, **how: run(python, **how))

    assert reading.read_apart(b"", name="a.docx") == reading.refused(refusal)


@pytest.mark.slow
def test_pdf_that_unfolds_to_a_gigabyte_is_too_large():
    more = zlib.compressobj(9)
    squeezed = b"".join(more.compress(b" " * 10_000_000) for _ in range(100)) + more.flush()

    draft = reading.read_apart(pdf(squeezed, b"/Filter /FlateDecode"), name="a.docx")

    assert draft == reading.refused(Refusal.TOO_LARGE)


def test_letters_and_documents_have_workers_of_their_own():
    queues = {name: {*named.split(",")} for name, named in QUEUES.items()}

    assert tasks.read_document.queue == "documents"
    assert [name for name, named in queues.items() if "documents" in named] == ["documents"]
    assert queues["documents"] == {"documents"}


def test_process_that_the_worker_ends_is_tried_again(monkeypatch):
    run = subprocess.run
    python = [sys.executable, "-c", "import os; os.kill(os.getpid(), 15)"]
    monkeypatch.setattr(subprocess, "run", lambda words, **how: run(python, **how))

    with pytest.raises(InterruptedError):
        reading.read_apart(b"", name="a.docx")


def test_second_job_changes_nothing(db: None, monkeypatch):
    intake = with_file(make_intake(decisions={"number-0": {"value": "8"}}))
    answer(monkeypatch, MinutesDraft("", refusal=Refusal.EMPTY))

    reading.read_document(pk=intake.pk)
    reading.read_document(pk=intake.pk + 1)

    intake.refresh_from_db()
    assert intake.decisions == {"number-0": {"value": "8"}}
    assert intake.state == IntakeState.REVIEW


def test_worker_reads_an_uploaded_document(mailbox: Mailbox, uploads, as_secretary: Client):
    path = as_secretary.post("/sekretariat/indlaes/", {"text": TEXT}).url

    assert mailbox.letters == []  # which has the worker do every job that waits

    assert Intake.objects.get().state == IntakeState.REVIEW
    assert as_secretary.get(path).templates[0].name == "intake/review.html"
