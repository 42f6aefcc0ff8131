"""Reading: a job that keeps what was found, and a page that says how far it is."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.reader import MinutesDraft
from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.uploading import reading
from tests.conftest import Mailbox
from tests.intake.drafts import TEXT, make_draft, make_intake, with_file


@pytest.fixture
def waiting(db: None) -> Intake:
    return with_file(make_intake(state=IntakeState.WAITING, name="referat.txt"))


def answer(monkeypatch: pytest.MonkeyPatch, draft: MinutesDraft) -> None:
    """Have the reader give this draft."""
    monkeypatch.setattr(reading, "read", lambda document, name: draft)


def test_what_is_read_opens_the_review(waiting: Intake, monkeypatch):
    answer(monkeypatch, make_draft())

    reading.read_document(pk=waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == IntakeState.REVIEW
    assert waiting.draft["text"] == TEXT
    assert waiting.found[0]["field"] == "number"


def test_reader_gets_bytes_of_a_file_and_words_of_a_text(db: None, monkeypatch):
    given = []
    monkeypatch.setattr(
        reading, "read", lambda document, name: given.append(document) or make_draft()
    )
    for name in ("referat.txt", ""):
        intake = make_intake(state=IntakeState.WAITING, name=name)
        intake.file.save("a.txt", ContentFile(TEXT.encode()))
        reading.read_document(pk=intake.pk)

    assert given == [TEXT.encode(), TEXT]


def test_refusal_is_kept_and_shown_with_the_form_again(
    waiting: Intake, monkeypatch, as_secretary: Client
):
    answer(monkeypatch, MinutesDraft("", refusal=Refusal.ENCRYPTED))

    reading.read_document(pk=waiting.pk)

    page = as_secretary.get(waiting.get_absolute_url())
    assert "Dokumentet har en adgangskode." in page.content.decode()
    assert 'name="file"' in page.content.decode()
    assert 'action="/sekretariat/indlaes/"' in page.content.decode()


def test_document_with_more_than_minutes_hold_is_refused(waiting: Intake, monkeypatch):
    answer(monkeypatch, make_draft())
    monkeypatch.setattr(reading, "MOST_CANDIDATES", 3)

    reading.read_document(pk=waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.refusal, waiting.draft) == (Refusal.TOO_LARGE, {})


def test_file_that_is_gone_is_refused(waiting: Intake):
    waiting.file.storage.delete(waiting.file.name)

    reading.read_document(pk=waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == IntakeState.REFUSED


def test_what_postgres_cannot_keep_is_replaced(waiting: Intake, monkeypatch):
    draft = make_draft()
    draft.text = "\x00\ud800" + draft.text[2:]
    answer(monkeypatch, draft)

    reading.read_document(pk=waiting.pk)

    waiting.refresh_from_db()
    assert waiting.draft["text"] == "\ufffd\ufffd" + TEXT[2:]


def test_second_job_does_not_undo_what_somebody_decided(db: None, monkeypatch):
    intake = with_file(make_intake(decisions={"number-0": {"value": "8"}}))
    answer(monkeypatch, MinutesDraft("", refusal=Refusal.EMPTY))

    reading.read_document(pk=intake.pk)
    reading.read_document(pk=intake.pk + 1)

    intake.refresh_from_db()
    assert intake.decisions == {"number-0": {"value": "8"}}
    assert intake.state == IntakeState.REVIEW


def test_worker_reads(mailbox: Mailbox, uploads, as_secretary: Client):
    path = as_secretary.post("/sekretariat/indlaes/", {"text": TEXT}).url

    assert mailbox.letters == []  # which has the worker do every job that waits

    assert Intake.objects.get().state == IntakeState.REVIEW
    assert as_secretary.get(path).templates[0].name == "intake/review.html"


def test_page_says_how_far_it_is_and_looks_again(waiting: Intake, as_secretary: Client):
    page = as_secretary.get(waiting.get_absolute_url())
    assert (page.context["step"], page["Refresh"]) == (1, "3")
    assert "<progress" in page.content.decode()

    Intake.objects.update(state=IntakeState.READING)
    assert as_secretary.get(waiting.get_absolute_url()).context["step"] == 2


@pytest.mark.parametrize("works", [True, False])
def test_page_says_where_it_takes_longer_and_why(
    waiting: Intake, as_secretary: Client, works: bool
):
    now = timezone.now()
    Intake.objects.update(asked_at=now - timedelta(minutes=2))
    if works:
        _report(now)

    page = as_secretary.get(f"/en{waiting.get_absolute_url()}")

    text = page.content.decode()
    assert page["Refresh"] == "20"
    assert ("is not running" in text) is not works
    assert "It takes longer than expected" in text
    assert ProcrastinateWorker.objects.exists() is works


def _report(now) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [now])


def test_refused_document_can_be_read_again(as_secretary: Client):
    intake = make_intake(state=IntakeState.REFUSED)

    as_secretary.post(f"{intake.get_absolute_url()}laes-igen/")

    intake.refresh_from_db()
    assert (intake.state, intake.refusal) == (IntakeState.WAITING, "")


def test_document_under_review_is_not_read_again(as_secretary: Client):
    intake = make_intake()

    answer = as_secretary.post(f"/en{intake.get_absolute_url()}laes-igen/", follow=True)

    assert "This document is read already." in answer.content.decode()
    intake.refresh_from_db()
    assert intake.state == IntakeState.REVIEW
