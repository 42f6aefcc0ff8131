"""Whether database and code are of the same age."""

from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from taskforce.core.acts import Refused

Migrations = set[tuple[str, str]]  # of an app, by name


@cache
def of_the_code() -> Migrations:
    """Return the migrations that this code has; they stay the same while it runs."""
    loader = MigrationLoader(None)
    return set(loader.disk_migrations)


def pending(using: str = DEFAULT_DB_ALIAS) -> Migrations:
    """Return the migrations that the database lacks."""
    return of_the_code() - _applied(using)


def unknown(using: str = DEFAULT_DB_ALIAS) -> Migrations:
    """Return the portal's own migrations that the database has and this code does not know."""
    root = Path(settings.BASE)
    ours = {app.label for app in apps.get_app_configs() if _is_within(Path(app.path), root)}
    return {one for one in _applied(using) - of_the_code() if one[0] in ours}


def refuse_newer_database(using: str = DEFAULT_DB_ALIAS) -> None:
    """Raise Refused if a newer release has migrated the database."""
    if newer := sorted(unknown(using)):
        raise Refused(
            f"The database is newer than this code: it has {newer[-1][0]} {newer[-1][1]}. "
            "Start the newer release, or restore the backup from before its migration."
        )


def _applied(using: str) -> Migrations:
    return set(MigrationRecorder(connections[using]).applied_migrations())


def _is_within(path: Path, root: Path) -> bool:
    return path.is_relative_to(root) and "site-packages" not in path.parts
