"""Backup: one file with the database and the uploaded files.

A zip file: its checksums show damage before restoring changes anything. The secret key is not in
it, only a fingerprint, by which a restore tells whether the key is the same.
"""

import hashlib
import json
import os
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.recorder import MigrationRecorder

from taskforce.core.acts import Refused
from taskforce.core.version import version
from taskforce.ops import embedded_postgres, migrated

ABOUT = "about.json"
UNFINISHED = ".unfinished-"  # begins the name of the folder that a backup is written in
DUMP = "database.dump"  # written by pg_dump, in its custom format
UPLOADS = "uploads"


def back_up(folder: Path, now: datetime) -> Path:
    """Write a backup to a new file in `folder` and return its path. Only its owner may read it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=UNFINISHED) as work:
            return _write(folder / f"taskforce-{now:%Y-%m-%dT%H%M%S}.zip", Path(work))
    except OSError as error:
        raise Refused(f"No backup can be written to {folder}: {error}.") from error


def _write(target: Path, work: Path) -> Path:
    # The database first: then a file uploaded meanwhile is one too many, not one too few.
    dump = work / DUMP
    postgres("pg_dump", "--format=custom", f"--file={dump}")
    part = work / target.name
    with zipfile.ZipFile(part, "x", strict_timestamps=False) as archive:
        archive.writestr(ABOUT, json.dumps({"version": version(), "key": fingerprint()}))
        archive.write(dump, DUMP)
        for path in _uploads():
            with suppress(FileNotFoundError):  # deleted since
                archive.write(path, UPLOADS / path.relative_to(settings.MEDIA_ROOT))
    part.chmod(0o600)
    return part.rename(target)


def _uploads() -> Iterator[Path]:
    return (path for path in sorted(Path(settings.MEDIA_ROOT).rglob("*")) if path.is_file())


def fingerprint(key: str | None = None) -> str:
    """Return a short digest of a secret key, the portal's own by default. It gives nothing away."""
    text = f"taskforce.ops.backup:{key or settings.SECRET_KEY}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def migration_is_due() -> bool:
    """Return whether `migrate` would change a database that holds something already."""
    return bool(MigrationRecorder(connection).applied_migrations() and migrated.pending())


def postgres(name: str, *arguments: str, database: dict[str, Any] | None = None) -> None:
    """Run one of Postgres' programs on the portal's database, or on another one."""
    command, environment = DatabaseClient.settings_to_cmd_args_env(
        database or connection.settings_dict, list(arguments)
    )
    run([name, *command[1:]], environment)


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    program = str(embedded_postgres.program(command[0]))
    done = subprocess.run(  # noqa: S603  # arguments of our own and from the settings
        [program, *command[1:]],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise Refused(f"{command[0]} failed: {done.stderr.strip()}")
