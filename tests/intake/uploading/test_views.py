"""Bringing a document in: a file or a text, kept once, and read by the worker."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier as Gate
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client

from meetings.materials.forms import LARGEST
from taskforce.activity.models import Activity
from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.uploading import acts
from tests.factories import make_secretary
from tests.intake.drafts import TEXT, make_intake, with_file

PATH = "/sekretariat/indlaes/"


def upload(content: bytes = TEXT.encode(), name: str = "referat.txt") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), "text": ""}


def jobs() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name LIKE '%read_document'")
        return [json.loads(args) for (args,) in cursor.fetchall()]


def test_file_is_kept_and_waits_to_be_read(as_secretary: Client, secretary):
    answer = as_secretary.post(PATH, upload())

    intake = Intake.objects.get()
    assert answer.url == intake.get_absolute_url()
    assert (intake.name, intake.state, intake.added_by) == (
        "referat.txt",
        IntakeState.WAITING,
        secretary.user,
    )
    with intake.file.open() as file:
        assert file.read() == TEXT.encode()
    assert [job["pk"] for job in jobs()] == [intake.pk]
    assert Activity.objects.get().target_id == intake.pk


def test_pasted_text_is_kept_as_a_text(as_secretary: Client):
    as_secretary.post(PATH, {"text": TEXT})

    intake = Intake.objects.get()
    assert (intake.name, str(intake)) == ("", "Indsat tekst")
    with intake.file.open() as file:
        assert file.read().decode() == TEXT


@pytest.mark.parametrize("again", ["same", "otherwise named", "pasted with other line ends"])
def test_same_document_leads_to_the_one_that_came_first(as_secretary: Client, again: str):
    sent = {
        "same": (upload(), upload()),
        "otherwise named": (upload(), upload(name="kopi.txt")),
        "pasted with other line ends": (
            {"text": TEXT},
            {"text": "\n" + TEXT.replace("\n", " \r\n") + "\r\n\r\n"},
        ),
    }[again]

    first, second = (as_secretary.post(PATH, data) for data in sent)

    assert first.url == second.url
    assert Intake.objects.count() == len(jobs()) == 1
    assert "Dokumentet er modtaget før." in as_secretary.get(second.url).content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "Choose a file, or paste the text below."),
        ({"text": "   "}, "Choose a file, or paste the text below."),
        ({**upload(), "text": "Også tekst"}, "Give either a file or a text, not both."),
        (upload(b""), "The submitted file is empty."),
        (upload(b"x" * (LARGEST + 1)), "The file is over 20 MB."),
    ],
)
def test_bad_input_is_told_at_the_field_and_stays(
    as_secretary: Client, sent: dict[str, Any], sentence: str
):
    if "file" in sent:
        sent["file"].seek(0)
    page = as_secretary.post("/en" + PATH, sent)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "file" in page.context["form"].errors
    assert page.context["form"]["text"].value() == sent["text"]
    assert not Intake.objects.exists()


def test_nothing_sent_at_all_is_told_too(as_secretary: Client):
    assert "file" in as_secretary.post(PATH).context["form"].errors


def test_lists_what_was_brought_in_before_with_its_state(as_secretary: Client, secretary):
    make_intake(name="gammel.docx", state=IntakeState.IMPORTED, added_by=secretary.user)
    make_intake(name="ny.docx")

    page = as_secretary.get("/en" + PATH)

    assert [(row["title"], row["state"]) for row in page.context["rows"]] == [
        ("ny.docx", "review"),
        ("gammel.docx", "taken"),
    ]


def test_is_reached_from_the_desk_and_from_the_meetings(as_secretary: Client, as_member: Client):
    for path in ("/sekretariat/", "/moeder/"):
        assert f'href="{PATH}"' in as_secretary.get(path).content.decode()
    assert PATH not in as_member.get("/moeder/").content.decode()


def test_document_that_waits_for_a_person_stands_on_the_desk(as_secretary: Client):
    make_intake(name="klar.docx")
    make_intake(name="faerdig.docx", state=IntakeState.IMPORTED)

    rows = as_secretary.get("/sekretariat/").context["intakes"]

    assert [row["title"] for row in rows] == ["klar.docx"]


def test_of_two_at_once_the_database_lets_one_in(transactional_db: None):
    """Both come to the door before either has gone through it."""
    secretary, gate = make_secretary(), Gate(2)

    def bring(name: str) -> tuple[int, bool]:
        try:
            file = SimpleUploadedFile(name, TEXT.encode())
            gate.wait(timeout=10)
            intake, is_new = acts.upload(file=file, text="", by=secretary)
            return intake.pk, is_new
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        found = [*threads.map(bring, ("a.txt", "b.txt"))]

    assert len({pk for pk, _is_new in found}) == Intake.objects.count() == 1
    assert sorted(is_new for _pk, is_new in found) == [False, True]


def test_where_the_file_cannot_be_kept_nothing_is(secretary, monkeypatch, as_secretary: Client):
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OSError

    monkeypatch.setattr("django.db.models.fields.files.FieldFile.save", refuse)
    with pytest.raises(OSError):
        as_secretary.post(PATH, upload())

    assert not Intake.objects.exists()
    assert jobs() == []


def test_document_is_deleted_with_its_file(
    as_secretary: Client, uploads, django_capture_on_commit_callbacks
):
    intake = with_file(make_intake())
    assert [path for path in uploads.rglob("*") if path.is_file()]

    with django_capture_on_commit_callbacks(execute=True):
        as_secretary.post(f"{intake.get_absolute_url()}slet/")

    assert not Intake.objects.exists()
    assert not [path for path in uploads.rglob("*") if path.is_file()]


def test_document_that_is_taken_in_is_not_deleted(as_secretary: Client):
    intake = make_intake(state=IntakeState.IMPORTED)

    answer = as_secretary.post(f"/en{intake.get_absolute_url()}slet/", follow=True)

    assert "Take it back first." in answer.content.decode()
    assert Intake.objects.exists()
