"""The source file: kept for the secretariat, served as a download and nothing else."""

import pytest
from django.test import Client

from taskforce.intake.models import IntakeState
from tests.conftest import LogIn, put_away
from tests.factories import make_meeting, make_member
from tests.intake.drafts import make_intake, with_file


@pytest.fixture
def path(db: None) -> str:
    intake = with_file(make_intake(name="side.html"), b"<script>alert(1)</script>")
    return f"{intake.get_absolute_url()}fil/"


def test_is_a_download_that_no_browser_runs(as_secretary: Client, path: str):
    answer = as_secretary.get(path)

    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"] == 'attachment; filename="side.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    put_away(answer)


def test_pasted_text_has_a_name_too(as_secretary: Client):
    intake = with_file(make_intake(name="x"))
    type(intake).objects.update(name="")

    answer = as_secretary.get(f"{intake.get_absolute_url()}fil/")

    assert 'filename="tekst.txt"' in answer["Content-Disposition"]
    put_away(answer)


def test_is_nobody_elses(path: str, client: Client, log_in: LogIn):
    assert client.get(path).url.startswith("/konto/login/code/")
    assert log_in(make_member()).get(path).status_code == 403


def test_takes_no_post(as_secretary: Client, path: str):
    assert as_secretary.post(path).status_code == 405


def test_file_that_is_gone_is_not_there(as_secretary: Client):
    intake = with_file(make_intake())
    intake.file.storage.delete(intake.file.name)

    assert as_secretary.get(f"{intake.get_absolute_url()}fil/").status_code == 404


def test_stands_with_its_meeting_for_the_secretariat(as_secretary: Client, as_member: Client):
    meeting = make_meeting(7)
    intake = make_intake(name="referat-7.docx", state=IntakeState.IMPORTED, meeting=meeting)

    assert intake.get_absolute_url() in as_secretary.get("/moeder/7/").content.decode()
    for browser in (as_member, Client()):
        assert "referat-7.docx" not in browser.get("/moeder/7/").content.decode()
