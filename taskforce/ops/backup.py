"""One file that holds the portal: its database, and what people uploaded.

A zip file, because its checksums tell a damaged one before anything is touched.
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

DUMP = "database.dump"  # of pg_dump, in its custom format
UPLOADS = "uploads"
# Tables that the dump does not know would otherwise stay, and hold on to those that it replaces.
EMPTY = ["SET lock_timeout = '30s'", "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"]
# Written by a pg_restore of version 17 and later; older servers do not know the word.
NEW_WORD = b"SET transaction_timeout = 0;\n"


def back_up(folder: Path, now: datetime) -> Path:
    """Write the portal to a new file in `folder` and return it. Only its owner may read it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"taskforce-{now:%Y-%m-%dT%H%M%S}.zip"
    with TemporaryDirectory(dir=folder, prefix=".unfinished-") as work:
        # The database first: a file uploaded meanwhile is one too many, not one too few.
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
    """Put the portal back as it is in `file`, or change nothing and raise Refused."""
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
            archive.extractall(folder)  # which lets no name lead out of the folder
    except FileNotFoundError as error:
        raise Refused(f"There is no file {file}.") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise Refused(f"{file} cannot be read as a backup: {error}.") from error


def _restore_database(dump: Path, folder: Path) -> None:
    """Replace the database in one transaction."""
    script = folder / "database.sql"
    _run(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump)])
    plain = folder / "plain.sql"
    with script.open("rb") as lines, plain.open("wb") as known:
        known.writelines(line for line in lines if line != NEW_WORD)
    steps = [f"--command={statement}" for statement in EMPTY] + [f"--file={plain}"]
    _postgres("psql", "--no-psqlrc", "--quiet", "--single-transaction", "-vON_ERROR_STOP=1", *steps)


def _restore_uploads(restored: Path, replaced: Path) -> None:
    """Swap what the folder holds; the folder itself may be a mount, which cannot be renamed."""
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
    done = subprocess.run(  # noqa: S603  # our own words and the settings'
        [program, *command[1:]],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise Refused(f"{command[0]} failed: {done.stderr.strip()}")
