"""The health of the portal: yes or no for each part, and nothing that helps an attacker."""

from datetime import datetime

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from taskforce.core.jobs import worker_works


def check(now: datetime) -> dict[str, bool]:
    """Return whether the database answers, is migrated, and has a worker that works."""
    try:
        return {
            "database": True,
            "migrations": not _unapplied(),
            "worker": worker_works(now),
        }
    except DatabaseError:
        return {"database": False, "migrations": False, "worker": False}


def _unapplied() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
