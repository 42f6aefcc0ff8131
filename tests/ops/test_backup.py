"""A backup holds rows and uploaded files and comes back; restoring a bad one changes nothing."""

import json
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
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from taskforce.core.version import version
from taskforce.ops import backup, restoring

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
    return Path(output.getvalue().splitlines()[0].removeprefix("Written: "))


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

    assert output.getvalue().splitlines() == [
        f"Written: {file}",
        f"The secret key is not in it; keep it elsewhere. Its fingerprint: {backup.fingerprint()}",
        f"Restored: {file}. If it is of an older release, run `migrate` now.",
    ]


def test_backup_leaves_out_a_file_that_was_deleted_meanwhile(var, monkeypatch):
    upload("kept.txt", "kept")
    gone = var / "uploads" / "gone.txt"
    monkeypatch.setattr(backup, "_uploads", lambda: iter([var / "uploads" / "kept.txt", gone]))

    with zipfile.ZipFile(back_up(var)) as archive:
        assert archive.namelist() == ["about.json", "database.dump", "uploads/kept.txt"]


def test_restore_leaves_out_a_setting_that_older_servers_do_not_know(var, monkeypatch):
    scripts: list[str] = []

    def read_script(name: str, *arguments: str, database: Any) -> None:
        [script] = [word for word in arguments if word.startswith("--file=")]
        scripts.append(Path(script.removeprefix("--file=")).read_text())

    file = back_up(var)
    monkeypatch.setattr(restoring, "postgres", read_script)

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


def with_words_of_another(file: Path) -> Path:
    with zipfile.ZipFile(file) as archive:
        dump = archive.read(backup.DUMP)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(backup.DUMP, dump)
        archive.writestr(backup.ABOUT, "[1, 2")
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
        (with_words_of_another, "What the backup says of itself in about.json is damaged."),
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
    monkeypatch.setattr(restoring, "EMPTY_DATABASE", [*restoring.EMPTY_DATABASE, "SELECT 1 / 0"])

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


def test_backup_that_has_nowhere_to_go_says_so(var):
    (var / "backups").write_text("a file where the folder should be")

    with pytest.raises(CommandError, match=r"^No backup can be written to .+/backups: "):
        back_up(var)


def test_backup_holds_the_keys_fingerprint_and_not_the_key(var, settings):
    with zipfile.ZipFile(back_up(var)) as archive:
        about = json.loads(archive.read("about.json"))
        everything = b"".join(archive.read(name) for name in archive.namelist())

    assert about == {"version": version(), "key": backup.fingerprint()}
    assert settings.SECRET_KEY not in backup.fingerprint()
    assert settings.SECRET_KEY.encode() not in everything


OTHER_KEY = (
    "It was made with another SECRET_KEY: links in mail sent before it, calendars that were "
    "subscribed to and log-ins hold only with that key.\n"
)


@pytest.mark.parametrize(
    ("key", "old_keys", "warning"),
    [("", [], ""), ("another", [], OTHER_KEY), ("another", ["as it was"], "")],
)
def test_restore_warns_of_another_key(var, settings, key, old_keys, warning):
    settings.SECRET_KEY = "as it was"
    file = back_up(var)
    settings.SECRET_KEY = key or settings.SECRET_KEY
    settings.SECRET_KEY_FALLBACKS = old_keys
    errors = StringIO()

    call_command("restore", file, stdout=StringIO(), stderr=errors)

    assert errors.getvalue() == warning


def test_restore_takes_a_backup_of_before_there_were_fingerprints(var):
    file = back_up(var)
    with zipfile.ZipFile(file) as archive:
        dump = archive.read(backup.DUMP)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(backup.DUMP, dump)
    errors = StringIO()

    call_command("restore", file, stdout=StringIO(), stderr=errors)

    assert errors.getvalue() == ""


def test_no_backup_before_a_migration_that_is_not_due(var):
    output = StringIO()

    call_command("backup", "--before-migration", folder=var / "backups", stdout=output)

    assert output.getvalue() == "No migration is due: no backup is needed.\n"
    assert not (var / "backups").exists()


def test_backup_before_a_migration_that_is_due(var):
    recorder = MigrationRecorder(connection)
    (last,) = MigrationLoader(connection).graph.leaf_nodes("barriers")
    recorder.record_unapplied(*last)

    call_command("backup", "--before-migration", folder=var / "backups", stdout=StringIO())

    recorder.record_applied(*last)
    assert len(list((var / "backups").iterdir())) == 1


def test_no_backup_before_the_first_migration(var):
    recorder = MigrationRecorder(connection)
    applied = recorder.applied_migrations()
    recorder.flush()

    call_command("backup", "--before-migration", folder=var / "backups", stdout=StringIO())

    for migration in applied:
        recorder.record_applied(*migration)
    assert not (var / "backups").exists()


def test_backup_says_that_a_bucket_is_not_in_it(var, settings):
    settings.S3_BUCKET = "portal-files"
    output = StringIO()

    call_command("backup", folder=var / "backups", stdout=output)

    assert output.getvalue().splitlines()[-1] == (
        "Uploaded files lie in portal-files and are not in it: let the bucket keep old versions."
    )


def test_rotating_deletes_what_is_not_kept_and_nothing_else(var):
    folder = var / "backups"
    folder.mkdir()
    names = [
        f"taskforce-2026-01-{day:02}T0230{second}.zip" for day in (1, 2) for second in ("00", "30")
    ]
    for name in [*names, "notes.txt", "taskforce-2026-01-01.zip"]:
        (folder / name).touch()
    output = StringIO()

    call_command("backup", "--rotate", folder=folder, stdout=output)

    gone = [folder / names[0], folder / names[2]]
    assert output.getvalue().splitlines()[2:] == [f"Deleted: {path}" for path in gone]
    assert [path for path in gone if path.exists()] == []
    assert len(list(folder.iterdir())) == 5
