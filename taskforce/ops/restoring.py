"""Restore: a backup takes the place of what is there, or is only tried.

Whoever tries one looks at all of it: the file, the dump in a scratch database, the key.
"""

import json
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from taskforce.core.acts import Refused
from taskforce.ops.backup import ABOUT, DUMP, UPLOADS, fingerprint, postgres, run

# Otherwise tables that the dump lacks would stay, and their foreign keys would block the restore.
EMPTY_DATABASE = ["SET lock_timeout = '30s'", "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"]
# pg_restore of version 17 and later writes this line; older servers do not know the setting.
NEW_SETTING = b"SET transaction_timeout = 0;\n"


@dataclass(frozen=True)
class Found:
    """What a backup holds."""

    version: str  # of the portal that wrote it; "" where it does not say
    has_our_key: bool
    files: int
    people: int = 0


def restore(file: Path) -> Found:
    """Restore database and uploaded files from `file`, or change nothing and raise Refused."""
    with TemporaryDirectory(dir=settings.VAR, prefix=".restored-") as work:
        folder = Path(work)
        found = _unpack(file, folder)
        _restore_database(folder / DUMP, folder, connection.settings_dict)
        _restore_uploads(folder / UPLOADS, folder / "replaced")
    return found


def check(file: Path, server: dict[str, Any] | None = None) -> Found:
    """Restore `file` into a scratch database, of the portal's server or another, and drop it again.

    Raises Refused where the file could not be restored.
    """
    with TemporaryDirectory(dir=settings.VAR, prefix=".restored-") as work:
        folder = Path(work)
        found = _unpack(file, folder)
        with _scratch(server or connection.settings_dict) as scratch:
            _restore_database(folder / DUMP, folder, scratch)
            with psycopg.connect(**reach(scratch)) as reader:
                [(people,)] = reader.execute("SELECT count(*) FROM members_user")
    return Found(found.version, found.has_our_key, found.files, people)


def _unpack(file: Path, folder: Path) -> Found:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if DUMP not in names or archive.testzip():
                raise Refused(f"{file} is damaged, or not a backup of the portal.")
            archive.extractall(folder)  # writes nothing outside the folder, whatever the names are
    except FileNotFoundError as error:
        raise Refused(f"There is no file {file}.") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise Refused(f"{file} cannot be read as a backup: {error}.") from error
    files = sum(name.startswith(f"{UPLOADS}/") and not name.endswith("/") for name in names)
    return _found(folder / ABOUT, files)


def _found(about: Path, files: int) -> Found:
    """Return what a backup tells of itself; one from before version 1.1 tells nothing."""
    try:
        told = json.loads(about.read_text()) if about.exists() else {}
        key, wrote = str(told.get("key", "")), str(told.get("version", ""))
    except (ValueError, AttributeError) as error:
        raise Refused(f"What the backup says of itself in {ABOUT} is damaged.") from error
    keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return Found(
        version=wrote,
        has_our_key=not key or key in map(fingerprint, keys),
        files=files,
    )


def _restore_database(dump: Path, folder: Path, database: dict[str, Any]) -> None:
    """Replace a database in one transaction."""
    script = folder / "database.sql"
    run(["pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump)])
    older = folder / "older.sql"
    with script.open("rb") as lines, older.open("wb") as kept:
        kept.writelines(line for line in lines if line != NEW_SETTING)
    steps = [f"--command={statement}" for statement in EMPTY_DATABASE] + [f"--file={older}"]
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "-vON_ERROR_STOP=1"]
    postgres("psql", *options, *steps, database=database)


def _restore_uploads(restored: Path, replaced: Path) -> None:
    """Replace the content of the folder. The folder may be a mount, which cannot be renamed."""
    uploads = Path(settings.MEDIA_ROOT)
    uploads.mkdir(parents=True, exist_ok=True)
    restored.mkdir(exist_ok=True)
    replaced.mkdir()
    for source, target in ((uploads, replaced), (restored, uploads)):
        for path in source.iterdir():
            shutil.move(path, target)


@contextmanager
def _scratch(server: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Make a database beside that of `server`, and drop it whatever happens."""
    name = f"{server['NAME'][:40]}_check_{secrets.token_hex(4)}"
    try:
        # The role's right to make databases is asked for where it is missing.
        with psycopg.connect(**reach(server), autocommit=True) as maker:
            maker.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            try:
                yield {**server, "NAME": name}
            finally:
                maker.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as error:
        role = server["USER"] or "taskforce"
        raise Refused(
            f"The database's user may make no scratch database: ALTER ROLE {role} CREATEDB."
        ) from error
    except psycopg.Error as error:
        raise Refused(f"No scratch database can be used: {str(error).strip()}") from error


def reach(server: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments by which psycopg connects to a database of Django's settings."""
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD"}
    names |= {"host": "HOST", "port": "PORT"}
    given = {word: server.get(name) for word, name in names.items()}
    return {**server.get("OPTIONS", {}), **{word: value for word, value in given.items() if value}}
