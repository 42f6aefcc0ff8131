"""Backup and restore: one file with the database and the uploaded files.

A zip file: its checksums show damage before restoring changes anything.
"""

import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from taskforce.core.acts import Refused
from taskforce.ops import embedded_postgres

DUMP = "database.dump"  # written by pg_dump, in its custom format
UPLOADS = "uploads"
# Otherwise tables that the dump lacks would stay, and their foreign keys would block the restore.
EMPTY_DATABASE = ["SET lock_timeout = '30s'", "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"]
# pg_restore of version 17 and later writes this line; older servers do not know the setting.
NEW_SETTING = b"SET transaction_timeout = 0;\n"


def back_up(folder: Path, now: datetime) -> Path:
    """Write a backup to a new file in `folder` and return its path. Only its owner may read it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"taskforce-{now:%Y-%m-%dT%H%M%S}.zip"
    with TemporaryDirectory(dir=folder, prefix=".unfinished-") as work:
        # The database first: then a file uploaded meanwhile is one too many, not one too few.
        dump = Path(work) / DUMP
        _postgres("pg_dump", "--format=custom", f"--file={dump}")
        part = Path(work) / target.name
        with zipfile.ZipFile(part, "x", strict_timestamps=False) as archive:
            archive.write(dump, DUMP)
            for path in _uploads():
                with suppress(FileNotFoundError):  # deleted since
                    archive.write(path, UPLOADS / path.relative_to(settings.MEDIA_ROOT))
        part.chmod(0o600)
        return part.rename(target)


def restore(file: Path) -> None:
    """Restore database and uploaded files from `file`, or change nothing and raise Refused."""
    with TemporaryDirectory(dir=settings.VAR, prefix=".restored-") as work:
        folder = Path(work)
        _unpack(file, folder)
        _restore_database(folder / DUMP, folder)
        _restore_uploads(folder / UPLOADS, folder / "replaced")


def _uploads() -> Iterator[Path]:
    return (path for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")) if path.is_file())


def _unpack(file: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            if DUMP not in archive.namelist() or archive.testzip():
                raise Refused(f"{file} is damaged, or not a backup of the portal.")
            archive.extractall(folder)  # writes nothing outside the folder, whatever the names are
    except FileNotFoundError as error:
        raise Refused(f"There is no file {file}.") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise Refused(f"{file} cannot be read as a backup: {error}.") from error


def _restore_database(dump: Path, folder: Path) -> None:
    """Replace the database in one transaction."""
    script = folder / "database.sql"
    _run(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump)])
    older = folder / "older.sql"
    with script.open("rb") as lines, older.open("wb") as kept:
        kept.writelines(line for line in lines if line != NEW_SETTING)
    steps = [f"--command={statement}" for statement in EMPTY_DATABASE] + [f"--file={older}"]
    _postgres("psql", "--no-psqlrc", "--quiet", "--single-transaction", "-vON_ERROR_STOP=1", *steps)


def _restore_uploads(restored: Path, replaced: Path) -> None:
    """Replace the content of the folder. The folder may be a mount, which cannot be renamed."""
    uploads = Path(settings.MEDIA_ROOT)
    uploads.mkdir(parents=True, exist_ok=True)
    restored.mkdir(exist_ok=True)
    replaced.mkdir()
    for source, target in ((uploads, replaced), (restored, uploads)):
        for path in source.iterdir():
            shutil.move(path, target)


def _postgres(name: str, *arguments: str) -> None:
    """Run one of Postgres' programs on the portal's database."""
    command, environment = DatabaseClient.settings_to_cmd_args_env(
        connection.settings_dict, list(arguments)
    )
    _run([name, *command[1:]], environment)


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    program = str(embedded_postgres.program(command[0]))
    done = subprocess.run(  # noqa: S603  # arguments of our own and from the settings
        [program, *command[1:]],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise Refused(f"{command[0]} failed: {done.stderr.strip()}")
