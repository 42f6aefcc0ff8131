"""Restoring a backup brings back rows and uploaded files; restoring a bad one changes nothing."""

import re
import zipfile
from datetime import UTC, datetime
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

pytestmark = pytest.mark.slow  # a whole database goes out and in

KEPT = "kept@taskforce.example"


@pytest.fixture
def var(transactional_db: None, settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path


def back_up(var: Path) -> Path:
    output = StringIO()
    call_command("backup", folder=var / "backups", stdout=output)
    return Path(output.getvalue().strip().removeprefix("Written: "))


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


def test_restore_brings_back_rows_and_files(var):
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


def test_restore_drops_tables_that_are_newer_than_the_backup(var):
    file = back_up(var)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE newer (member bigint REFERENCES members_user)")

    restore(file)

    assert "newer" not in connection.introspection.table_names()


def test_restored_portal_can_be_backed_up_and_restored(var):
    write(KEPT)
    restore(back_up(var))
    again = back_up(var / "again")
    get_user_model().objects.all().delete()

    restore(again)

    assert emails() == [KEPT]
    write("next@taskforce.example")  # sequences continue where they were


def test_commands_print_the_file(var, monkeypatch):
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: datetime(2026, 11, 29, 12, 5, 9, tzinfo=UTC)
    )
    file = var / "backups" / "taskforce-2026-11-29T130509.zip"
    output = StringIO()

    call_command("backup", folder=file.parent, stdout=output)
    call_command("restore", file, stdout=output)

    assert output.getvalue() == (
        f"Written: {file}\nRestored: {file}. If it is of an older release, run `migrate` now.\n"
    )


def test_backup_leaves_out_a_file_that_was_deleted_meanwhile(var, monkeypatch):
    upload("kept.txt", "kept")
    gone = var / "uploads" / "gone.txt"
    monkeypatch.setattr(backup, "_uploads", lambda: iter([var / "uploads" / "kept.txt", gone]))

    with zipfile.ZipFile(back_up(var)) as archive:
        assert archive.namelist() == ["database.dump", "uploads/kept.txt"]


def test_restore_leaves_out_a_setting_that_older_servers_do_not_know(var, monkeypatch):
    scripts: list[str] = []

    def read_script(name: str, *arguments: str) -> None:
        [script] = [word for word in arguments if word.startswith("--file=")]
        scripts.append(Path(script.removeprefix("--file=")).read_text())

    file = back_up(var)
    monkeypatch.setattr(backup, "_postgres", read_script)

    restore(file)

    [script] = scripts
    assert "SET lock_timeout = 0;" in script
    assert "transaction_timeout" not in script


def test_only_the_owner_may_read_a_backup(var):
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
    """A valid zip file: only Postgres finds the fault."""
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


def a_folder(file: Path) -> Path:
    file.unlink()
    file.mkdir()
    return file


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (damaged, "{file} is damaged, or not a backup of the portal."),
        (cut_off, "{file} cannot be read as a backup: File is not a zip file."),
        (with_half_a_dump, "pg_restore failed: .+"),
        (without_a_dump, "{file} is damaged, or not a backup of the portal."),
        (without_a_file, "There is no file {file}."),
        (a_folder, "{file} cannot be read as a backup: .+ Is a directory: .+"),
    ],
)
def test_restore_refuses_a_broken_file_and_changes_nothing(var, broken, sentence):
    file = broken(back_up(var))
    write(KEPT)
    upload("kept.txt", "kept")

    with pytest.raises(CommandError) as refusal:
        restore(file)

    expected = sentence.replace("{file}", re.escape(str(file)))
    assert re.fullmatch(expected, str(refusal.value), re.DOTALL)
    assert emails() == [KEPT]
    assert uploads(var) == {"kept.txt": "kept"}


def test_restore_that_fails_in_the_database_changes_nothing(var, monkeypatch):
    file = back_up(var)
    write(KEPT)
    upload("kept.txt", "kept")
    monkeypatch.setattr(backup, "EMPTY_DATABASE", [*backup.EMPTY_DATABASE, "SELECT 1 / 0"])

    with pytest.raises(CommandError, match="division by zero"):
        restore(file)

    assert emails() == [KEPT]
    assert uploads(var) == {"kept.txt": "kept"}


def test_restore_writes_nothing_outside_the_folder(var):
    file = back_up(var)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("uploads/../../../outside.txt", "inside")

    restore(file)

    assert uploads(var) == {"outside.txt": "inside"}


def test_backup_refuses_while_the_database_is_away_and_leaves_no_file(var, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(CommandError, match="pg_dump failed"):
        patch.setitem(connection.settings_dict, "HOST", str(var))
        back_up(var)

    assert list((var / "backups").iterdir()) == []
