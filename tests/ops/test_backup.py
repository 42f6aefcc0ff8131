"""A backup brings back both what was typed and what was uploaded; a bad one changes nothing."""

import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from taskforce.ops import backup

KEPT = "kept@taskforce.example"


@pytest.fixture
def var(transactional_db: None, settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path


def back_up(var: Path) -> Path:
    said = StringIO()
    call_command("backup", folder=var / "backups", stdout=said)
    return Path(said.getvalue().strip().removeprefix("Written: "))


def restore(file: Path) -> None:
    call_command("restore", file, stdout=StringIO())


def emails() -> list[str]:
    return list(get_user_model().objects.values_list("email", flat=True))


def write(email: str) -> None:
    get_user_model().objects.create_user(email=email)


def upload(name: str, words: str) -> None:
    default_storage.save(name, ContentFile(words))


def uploads(var: Path) -> dict[str, str]:
    """Return the files of the uploads folder and what is in them."""
    folder = var / "uploads"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_text() for path in files}


def test_brings_back_rows_and_files(var):
    write(KEPT)
    upload("referater/mødet.txt", "as it was")
    file = back_up(var)
    get_user_model().objects.all().delete()
    default_storage.delete("referater/mødet.txt")
    upload("referater/mødet.txt", "changed")
    upload("later.txt", "one too many")

    restore(file)

    assert emails() == [KEPT]
    assert uploads(var) == {"referater/mødet.txt": "as it was"}


def test_drops_tables_that_are_newer_than_the_backup(var):
    file = back_up(var)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE newer (member bigint REFERENCES members_user)")

    restore(file)

    assert "newer" not in connection.introspection.table_names()


def test_what_was_restored_can_be_backed_up_again(var):
    write(KEPT)
    restore(back_up(var))
    again = back_up(var / "again")
    get_user_model().objects.all().delete()

    restore(again)

    assert emails() == [KEPT]
    write("next@taskforce.example")  # counting goes on where it was


def test_only_its_owner_reads_it(var):
    file = back_up(var)

    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert list(file.parent.iterdir()) == [file]


def damaged(file: Path) -> Path:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    return file


def cut_off(file: Path) -> Path:
    file.write_bytes(file.read_bytes()[:-1000])
    return file


def with_half_a_dump(file: Path) -> Path:
    """A sound zip file: only Postgres sees what is wrong."""
    with zipfile.ZipFile(file) as archive:
        dump = archive.read(backup.DUMP)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(backup.DUMP, dump[: len(dump) // 2])
    return file


def without_a_dump(file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("uploads/hello.txt", "hello")
    return file


def without_a_file(file: Path) -> Path:
    file.unlink()
    return file


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (damaged, "is damaged, or not a backup"),
        (cut_off, "cannot be read as a backup"),
        (with_half_a_dump, "pg_restore failed"),
        (without_a_dump, "is damaged, or not a backup"),
        (without_a_file, "There is no file"),
    ],
)
def test_a_broken_file_changes_nothing(var, broken, sentence):
    file = broken(back_up(var))
    write(KEPT)
    upload("kept.txt", "kept")

    with pytest.raises(CommandError, match=sentence):
        restore(file)

    assert emails() == [KEPT]
    assert uploads(var) == {"kept.txt": "kept"}


def test_a_fault_on_the_way_changes_nothing(var, monkeypatch):
    file = back_up(var)
    write(KEPT)
    upload("kept.txt", "kept")
    monkeypatch.setattr(backup, "EMPTY", [*backup.EMPTY, "SELECT 1 / 0"])

    with pytest.raises(CommandError, match="division by zero"):
        restore(file)

    assert emails() == [KEPT]
    assert uploads(var) == {"kept.txt": "kept"}


def test_lets_no_name_lead_out_of_the_folder(var):
    file = back_up(var)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("uploads/../../../outside.txt", "inside")

    restore(file)

    assert uploads(var) == {"outside.txt": "inside"}


def test_tells_when_the_database_is_away(var, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(CommandError, match="pg_dump failed"):
        patch.setitem(connection.settings_dict, "HOST", str(var))
        back_up(var)

    assert list((var / "backups").iterdir()) == []
