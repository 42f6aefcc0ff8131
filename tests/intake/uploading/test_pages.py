"""The pages of a document that is not under review yet."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.reader import MinutesDraft, as_json
from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.uploading import reading
from tests.intake.drafts import make_intake, with_file


@pytest.fixture
def waiting(db: None) -> Intake:
    return with_file(make_intake(state=IntakeState.WAITING, name="referat.txt"))


def answer(monkeypatch: pytest.MonkeyPatch, draft: MinutesDraft) -> None:
    """Have the reader give this draft."""
    monkeypatch.setattr(reading, "read_apart", lambda content, name: as_json(draft))


def test_refusal_is_shown_with_the_form(waiting: Intake, monkeypatch, as_secretary: Client):
    answer(monkeypatch, MinutesDraft("", refusal=Refusal.ENCRYPTED))

    reading.read_document(pk=waiting.pk)

    page = as_secretary.get(waiting.get_absolute_url())
    assert "Dokumentet har en adgangskode." in page.content.decode()
    assert 'name="file"' in page.content.decode()
    assert 'action="/sekretariat/indlaes/"' in page.content.decode()


def test_waiting_page_shows_the_step_and_loads_again(waiting: Intake, as_secretary: Client):
    page = as_secretary.get(waiting.get_absolute_url())
    assert (page.context["step"], page["Refresh"]) == (1, "3")
    assert "<progress" in page.content.decode()

    Intake.objects.update(state=IntakeState.READING)
    assert as_secretary.get(waiting.get_absolute_url()).context["step"] == 2


@pytest.mark.parametrize("works", [True, False])
def test_waiting_page_says_why_it_takes_long(waiting: Intake, as_secretary: Client, works: bool):
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
