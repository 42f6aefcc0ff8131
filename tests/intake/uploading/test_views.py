"""The pages that upload a document, have it read again and delete it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meetings.materials.forms import LARGEST
from taskforce.activity.models import Activity
from taskforce.intake.models import Intake, IntakeState
from tests.conftest import LogIn, put_away
from tests.factories import make_meeting, make_member
from tests.intake.drafts import TEXT, jobs, make_intake, with_file

PATH = "/sekretariat/indlaes/"


def upload(content: bytes = TEXT.encode(), name: str = "referat.txt") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), "text": ""}


def test_upload_keeps_a_file_and_leads_to_it(as_secretary: Client, secretary):
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


def test_several_files_become_a_document_each(as_secretary: Client):
    files = [
        SimpleUploadedFile("et.txt", TEXT.encode()),
        SimpleUploadedFile("to.txt", TEXT.replace("7.", "8.").encode()),
        SimpleUploadedFile("tom.txt", b""),
        SimpleUploadedFile("et-igen.txt", TEXT.encode()),
    ]

    page = as_secretary.post(f"/en{PATH}", {"file": files, "text": "Pasted"}, follow=True)

    assert {*Intake.objects.values_list("name", flat=True)} == {"et.txt", "to.txt", ""}
    assert [str(message) for message in page.context["messages"]] == [
        "tom.txt: The submitted file is empty.",
        "3 new documents are received. They are read one by one; review each in turn.",
    ]
    assert len(page.context["rows"]) == len(jobs()) == 3


def test_upload_keeps_pasted_text(as_secretary: Client):
    as_secretary.post(PATH, {"text": TEXT})

    intake = Intake.objects.get()
    assert (intake.name, str(intake)) == ("", "Indsat tekst")
    with intake.file.open() as file:
        assert file.read().decode() == TEXT


@pytest.mark.parametrize("again", ["same", "otherwise named", "pasted with other line ends"])
def test_upload_of_the_same_document_leads_to_the_first(as_secretary: Client, again: str):
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
        ({**upload(), "text": "Også tekst"}, "Choose either a file or a text, not both."),
        (upload(b""), "The submitted file is empty."),
        (upload(b"x" * (LARGEST + 1)), "The file is over 20 MB."),
    ],
)
def test_upload_shows_bad_input_at_its_field(
    as_secretary: Client, sent: dict[str, Any], sentence: str
):
    if "file" in sent:
        sent["file"].seek(0)
    page = as_secretary.post("/en" + PATH, sent)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    wrong = "text" if sentence.startswith("Choose either") else "file"  # which then is kept
    assert wrong in page.context["form"].errors
    assert page.context["form"]["text"].value() == sent["text"]
    assert not Intake.objects.exists()


def test_upload_of_nothing_is_refused(as_secretary: Client):
    assert "file" in as_secretary.post(PATH).context["form"].errors


def test_page_lists_earlier_documents_with_their_state(as_secretary: Client, secretary):
    make_intake(name="gammel.docx", state=IntakeState.IMPORTED, added_by=secretary.user)
    make_intake(name="ny.docx")

    page = as_secretary.get("/en" + PATH)

    assert [(row["title"], row["state"]) for row in page.context["rows"]] == [
        ("ny.docx", "review"),
        ("gammel.docx", "taken"),
    ]


def test_page_is_linked_from_the_desk_and_the_meetings(as_secretary: Client, as_member: Client):
    for path in ("/sekretariat/", "/moeder/"):
        assert f'href="{PATH}"' in as_secretary.get(path).content.decode()
    assert PATH not in as_member.get("/moeder/").content.decode()


def test_document_under_review_is_on_the_desk(as_secretary: Client):
    make_intake(name="klar.docx")
    make_intake(name="faerdig.docx", state=IntakeState.IMPORTED)

    rows = as_secretary.get("/sekretariat/").context["intakes"]

    assert [row["title"] for row in rows] == ["klar.docx"]


def test_upload_whose_file_cannot_be_kept_leaves_nothing(
    secretary, monkeypatch, as_secretary: Client
):
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OSError

    monkeypatch.setattr("django.db.models.fields.files.FieldFile.save", refuse)
    with pytest.raises(OSError):
        as_secretary.post(PATH, upload())

    assert not Intake.objects.exists()
    assert jobs() == []


def test_discard_deletes_the_document_with_its_file(
    as_secretary: Client, uploads, django_capture_on_commit_callbacks
):
    intake = with_file(make_intake())
    assert [path for path in uploads.rglob("*") if path.is_file()]

    with django_capture_on_commit_callbacks(execute=True):
        as_secretary.post(f"{intake.get_absolute_url()}slet/")

    assert not Intake.objects.exists()
    assert not [path for path in uploads.rglob("*") if path.is_file()]


def test_discard_refuses_an_imported_document(as_secretary: Client):
    intake = make_intake(state=IntakeState.IMPORTED)

    answer = as_secretary.post(f"/en{intake.get_absolute_url()}slet/", follow=True)

    assert "Take it back first." in answer.content.decode()
    assert Intake.objects.exists()


def test_read_again_reads_a_refused_document(as_secretary: Client):
    intake = make_intake(state=IntakeState.REFUSED)

    as_secretary.post(f"{intake.get_absolute_url()}laes-igen/")

    intake.refresh_from_db()
    assert (intake.state, intake.refusal) == (IntakeState.WAITING, "")


def test_read_again_refuses_a_document_under_review(as_secretary: Client):
    intake = make_intake()

    answer = as_secretary.post(f"/en{intake.get_absolute_url()}laes-igen/", follow=True)

    assert "This document is read already." in answer.content.decode()
    intake.refresh_from_db()
    assert intake.state == IntakeState.REVIEW


@pytest.fixture
def path(db: None) -> str:
    intake = with_file(make_intake(name="side.html"), b"<script>alert(1)</script>")
    return f"{intake.get_absolute_url()}fil/"


def test_download_gives_the_file_as_an_attachment(as_secretary: Client, path: str):
    answer = as_secretary.get(path)

    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"] == 'attachment; filename="side.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    put_away(answer)


def test_download_of_pasted_text_has_a_file_name(as_secretary: Client):
    intake = with_file(make_intake(name="x"))
    type(intake).objects.update(name="")

    answer = as_secretary.get(f"{intake.get_absolute_url()}fil/")

    assert 'filename="tekst.txt"' in answer["Content-Disposition"]
    put_away(answer)


def test_download_is_for_the_secretariat_alone(path: str, client: Client, log_in: LogIn):
    assert client.get(path).url.startswith("/konto/login/code/")
    assert log_in(make_member()).get(path).status_code == 403


def test_download_takes_no_post(as_secretary: Client, path: str):
    assert as_secretary.post(path).status_code == 405


def test_download_of_a_file_that_is_gone_is_not_found(as_secretary: Client):
    intake = with_file(make_intake())
    intake.file.storage.delete(intake.file.name)

    assert as_secretary.get(f"{intake.get_absolute_url()}fil/").status_code == 404


def test_document_is_linked_from_its_meeting_for_the_secretariat(
    as_secretary: Client, as_member: Client
):
    meeting = make_meeting(7)
    intake = make_intake(name="referat-7.docx", state=IntakeState.IMPORTED, meeting=meeting)

    assert intake.get_absolute_url() in as_secretary.get("/moeder/7/").content.decode()
    for browser in (as_member, Client()):
        assert "referat-7.docx" not in browser.get("/moeder/7/").content.decode()
