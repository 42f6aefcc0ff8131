"""Test databases: migrated once into a template, and cloned from it for every run and worker.

Migrating takes seconds, cloning a fraction of one. The name of the template holds a digest of all
that shapes it, so that it outlives a run and is made anew as soon as a migration changes.
"""

import ast
import hashlib
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.utils import DatabaseError
from psycopg import sql

from taskforce.front.page_cache import watching

Made = TypeVar("Made")

LOCK = 2_022_1115  # of the server, while the template is made or cloned; any number of our own
PREFIX = "test_template_"
# What migrations fill, and tests leave alone.
KEPT = ("django_migrations", "django_content_type", "auth_permission")
EMPTY_ALL = """
DO $$ DECLARE name regclass; BEGIN
    SET LOCAL session_replication_role = replica;  -- neither triggers nor foreign keys
    FOR name IN SELECT oid FROM pg_class WHERE relkind = 'r'
        AND relnamespace = 'public'::regnamespace AND relname NOT IN ({kept})
    LOOP EXECUTE format('DELETE FROM %s', name); END LOOP;
END $$"""


def enter_clone(*, anew: bool) -> str:
    """Let Django use a fresh clone of the template, which is itself made anew if asked.

    Returns the name of the database that it used before.
    """
    own: str = connection.settings_dict["NAME"]
    name = connection.creation._get_test_db_name()
    _clone(name, anew=anew)
    _use(name)
    return own


def leave_clone(*, for_database: str, keep: bool) -> None:
    """Let Django use another database again, and drop the clone unless it is to be kept."""
    clone = connection.settings_dict["NAME"]
    _use(for_database)
    if not keep:
        with connection._nodb_cursor() as cursor:
            # Playwright runs an event loop, and Django keeps a connection of its own for that.
            _do(cursor, "DROP DATABASE {} WITH (FORCE)", clone)


@contextmanager
def made_once(blocker: Any, make: Callable[[], Made]) -> Iterator[Made]:
    """Make rows for all tests of a module, in a transaction around those of the tests.

    Each test finds them as they were made, and needs the fixture `db` as well. None may have real
    commits, nor expect an empty database.
    """
    with blocker.unblock(), transaction.atomic():
        made = make()
        with blocker.block():
            yield made
        transaction.set_rollback(True)


def empty_all() -> None:
    """Delete every row that a test wrote: some sixty times as fast as Django's flush.

    Raises DatabaseError where the role may not put triggers aside.
    """
    kept = sql.SQL(", ").join(map(sql.Literal, KEPT))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(EMPTY_ALL).format(kept=kept))


def _clone(name: str, *, anew: bool) -> None:
    with connection._nodb_cursor() as cursor:
        # Held until this connection closes, so that no other run drops the template meanwhile.
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        template = _template(cursor, anew=anew)
        _drop(cursor, name)
        _do(cursor, "CREATE DATABASE {} TEMPLATE {}", name, template)
        # A test's commit need not survive a power cut.
        _do(cursor, "ALTER DATABASE {} SET synchronous_commit = off", name)


def _template(cursor: Any, *, anew: bool) -> str:
    """Return the name of the template, which is made first where it is missing."""
    name = PREFIX + _digest()
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    there = {row[0] for row in cursor}
    for other in there - {name} | ({name} if anew else set()):
        with suppress(DatabaseError):  # another checkout may be at it
            _drop(cursor, other)
    if anew or name not in there:
        unfinished = f"{name}_new"
        _drop(cursor, unfinished)
        _do(cursor, "CREATE DATABASE {}", unfinished)
        _migrate(unfinished)
        _do(cursor, "ALTER DATABASE {} RENAME TO {}", unfinished, name)
    return name


def _migrate(name: str) -> None:
    own = connection.settings_dict["NAME"]
    _use(name)
    try:
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    finally:
        _use(own)


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _drop(cursor: Any, name: str) -> None:
    _do(cursor, "DROP DATABASE IF EXISTS {}", name)


def _do(cursor: Any, statement: str, *names: str) -> None:
    cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _digest() -> str:
    """Return a digest of the migrations, of what they import, of what runs them, and after them."""
    found = hashlib.sha256(Path(__file__).read_bytes() + Path(watching.__file__).read_bytes())
    found.update(f"{version('django')} {connection.pg_version} {apps.app_configs.keys()}".encode())
    for path in sorted(_sources()):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _sources() -> set[Path]:
    """Return the files of all migrations, and those of the portal's modules that they import."""
    migrations = {
        Path(found.origin)
        for migration in MigrationLoader(None).disk_migrations.values()
        if (found := importlib.util.find_spec(migration.__module__)) and found.origin
    }
    return migrations | {source for path in migrations for source in _imports(path)}


def _imports(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
        for name in names:
            source = importlib.util.find_spec(name)
            if source and source.origin and Path(source.origin).is_relative_to(settings.BASE):
                yield Path(source.origin)
