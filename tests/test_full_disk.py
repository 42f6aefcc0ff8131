"""No room on the disk: a sentence, with what was typed, and nothing half-written stays."""

import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from PIL import Image
from psycopg.errors import DiskFull

from initiatives.models import InitiativeUpdate
from meetings.models import Material
from taskforce.core.files import NoRoom
from taskforce.front import views
from taskforce.intake.models import Intake
from tests.factories import make_case, make_initiative, make_meeting

TYPED = "Det, der blev skrevet"


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path / "uploads"


@contextmanager
def room(most: int) -> Iterator[None]:
    """Let this process write no more than so many bytes to a file; the system refuses the rest."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def file(size: int = 20_000) -> SimpleUploadedFile:
    return SimpleUploadedFile("referat.txt", b"Referat\n" * (size // 8))


def picture() -> SimpleUploadedFile:
    content = BytesIO()
    Image.effect_noise((900, 600), 80).convert("RGB").save(content, "PNG")
    return SimpleUploadedFile("billede.png", content.getvalue())


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def post_document(browser: Client, sent: Any) -> Any:
    return browser.post("/en/sekretariat/indlaes/", {"file": sent, "text": ""})


def post_material(browser: Client, sent: Any) -> Any:
    meeting = make_meeting(3)
    return browser.post(
        f"/en{meeting.get_absolute_url()}materiale/ny/", {"title": TYPED, "file": sent}
    )


def post_other_material(browser: Client, sent: Any) -> Any:
    material = Material.objects.create(
        meeting=make_meeting(3), title="a", link="https://a.example/"
    )
    path = f"/en/moeder/3/materiale/{material.pk}/ret/"
    return browser.post(path, {"title": TYPED, "link": "", "file": sent})


def post_update(browser: Client, sent: Any) -> Any:
    initiative = make_initiative(lead=browser.member.organisation)  # type: ignore[attr-defined]
    path = f"/en{initiative.get_absolute_url()}fremdrift/"
    return browser.post(path, {"text": TYPED, "file": sent})


@pytest.mark.parametrize("post", [post_document, post_material, post_other_material, post_update])
def test_form_says_so_and_nothing_half_written_stays(
    post: Any, as_secretary: Client, secretary: Any, uploads: Path
):
    as_secretary.member = secretary  # type: ignore[attr-defined]
    with room(10_000):
        answer = post(as_secretary, file())

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is no room for the file just now." in page
    assert TYPED in page or post is post_document
    assert files_in(uploads) == []
    assert not Intake.objects.exists() and not InitiativeUpdate.objects.exists()
    assert [row.title for row in Material.objects.all()] in ([], ["a"])


@pytest.mark.parametrize("most", [2_000, 30_000])
def test_picture_says_so_and_neither_of_its_files_stays(
    most: int, as_member: Client, member: Any, uploads: Path
):
    case = make_case(written_by=member.organisation, title="Før", state="draft")
    path = f"/en{case.get_absolute_url()}ret/"
    page = as_member.get(path)
    sent = {"title": TYPED, "upload": picture(), "picture_alt": "Støj", "version": case.version}
    sent |= {"partner-TOTAL_FORMS": "0", "partner-INITIAL_FORMS": "0"}
    assert page.status_code == 200

    with room(most):
        answer = as_member.post(path, sent)

    case.refresh_from_db()
    assert "There is no room for the file just now." in answer.content.decode()
    assert TYPED in answer.content.decode()
    assert (case.title, case.picture.name, files_in(uploads)) == ("Før", "", [])


def test_large_file_that_finds_no_room_on_its_way_in_is_told_on_a_page(
    as_secretary: Client, uploads: Path
):
    as_secretary.raise_request_exception = False
    before = {*Path(tempfile.gettempdir()).glob("*.upload*")}
    with room(1_000_000):
        answer = post_document(as_secretary, file(3_000_000))

    assert answer.status_code == 507
    assert "The portal has run out of room" in answer.content.decode()
    assert {*Path(tempfile.gettempdir()).glob("*.upload*")} <= before
    assert not Intake.objects.exists()


def test_database_without_room_is_told_on_a_page(client: Client, db: None, monkeypatch: Any):
    def no_room(*_: Any) -> None:
        raise OperationalError from DiskFull()

    monkeypatch.setattr(views.pages, "page", no_room)
    client.raise_request_exception = False

    assert client.get("/en/").status_code == 507


def test_another_fault_of_the_disk_is_raised_and_leaves_nothing(uploads: Path, monkeypatch: Any):
    def broken(*_: Any) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "open", broken)
    with pytest.raises(OSError, match="Input"):
        default_storage.save("a.txt", ContentFile(b"a"))
    monkeypatch.undo()

    assert files_in(uploads) == []


def test_files_of_one_name_stay_apart(uploads: Path):
    names = {default_storage.save("a/b.txt", ContentFile(b"x")) for _ in range(3)}

    assert len(names) == 3
    assert len(files_in(uploads)) == 3
    assert "a/b.txt" in names


@pytest.mark.slow
def test_full_file_system(tmp_path: Path, settings: Any):
    """On a disk of 64 kB, which only an administrator can make."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("Only an administrator can mount a small disk.")
    try:
        settings.MEDIA_ROOT = disk
        default_storage.save("small.txt", ContentFile(b"a" * 1000))
        with pytest.raises(NoRoom):
            default_storage.save("large.txt", ContentFile(b"a" * 100_000))
        assert [path.name for path in files_in(disk)] == ["small.txt"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)
