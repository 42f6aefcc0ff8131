"""The health of the portal: yes or no for each part, and nothing that helps an attacker."""

from datetime import datetime

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from taskforce.core.jobs import oldest_letter, worker_works


def check(now: datetime) -> dict[str, bool | int]:
    """Return whether the database answers, is migrated, and has a worker that works.

    `oldest_letter` is how many seconds the oldest letter has waited to be sent, 0 where none does.
    """
    try:
        return {
            "database": True,
            "migrations": not _unapplied(),
            "worker": worker_works(now),
            "oldest_letter": round(oldest_letter(now).total_seconds()),
        }
    except DatabaseError:
        return {"database": False, "migrations": False, "worker": False}


def is_well(found: dict[str, bool | int]) -> bool:
    return all(part is not False for part in found.values())


def _unapplied() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
