"""Migrations that lock a table while it is read or written whole.

While such a lock is held, every page that needs the table waits. `make check` refuses new ones
unless slow_migrations.txt accepts them. Tables that a migration itself makes are empty and free.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import django
from django.db import models
from django.db.migrations import operations as ops
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

ACCEPTED = Path(__file__).with_suffix(".txt")
Field: TypeAlias = "models.Field[Any, Any]"
WITHOUT_LOCK = {"AddIndexConcurrently", "AddConstraintNotValid", "ValidateConstraint"}
INSTEAD = {
    "index": "use AddIndexConcurrently",
    "check": "use AddConstraintNotValid, and ValidateConstraint in the next migration",
    "unique": "make the index CONCURRENTLY first",
    "field": "add the field bare, fill it in steps, then its index CONCURRENTLY",
    "rewrite": "add a new column, fill it in steps, and change over",
    "null": "add a NOT VALID check first",
    "sql": "say in slow_migrations.txt that it locks nothing for long",
    "mixed": "a migration that changes rows stands apart from one that changes tables",
}

HINT = f"Where the table is small, accept it: a line with its reason in {ACCEPTED.name}."


def find() -> Iterator[tuple[str, str]]:
    """Yield each migration of the portal's own that may lock for long, and why."""
    loader, state, seen = MigrationLoader(None), ProjectState(), set()
    for leaf in sorted(loader.graph.leaf_nodes()):
        for node in loader.graph.forwards_plan(leaf):
            if node in seen:
                continue
            seen.add(node)
            migration = loader.graph.nodes[node]
            is_ours = _is_ours(migration)
            for fault in _faults(migration, state):  # it moves the state on
                if is_ours:
                    yield ".".join(node), fault


def _is_ours(migration: Migration) -> bool:
    root = str(Path(__file__).resolve().parents[2])
    path = str(sys.modules[type(migration).__module__].__file__)
    return path.startswith(root) and "site-packages" not in path


def _faults(migration: Migration, state: ProjectState) -> list[str]:
    """Return what locks for long in a migration, from the state before it, which moves on."""
    app, new, found = migration.app_label, set(), []
    for operation in migration.operations:
        if isinstance(operation, ops.CreateModel):
            new.add(operation.name_lower)
        model = getattr(operation, "model_name_lower", "")
        is_free = model in new or type(operation).__name__ in WITHOUT_LOCK
        if not is_free and (kind := _kind(operation, state, app)):
            found.append(f"{operation.describe()}: {INSTEAD[kind]}.")
        operation.state_forwards(app, state)
    changes_rows = any(isinstance(one, ops.RunPython) for one in migration.operations)
    if changes_rows and migration.atomic and not _only_code(migration.operations):
        found.append(f"{migration.name}: {INSTEAD['mixed']}.")
    return found


def _only_code(operations: Sequence[Operation]) -> bool:
    return all(isinstance(one, ops.RunPython | ops.RunSQL) for one in operations)


def _kind(operation: Operation, state: ProjectState, app: str) -> str:
    """Return the kind of lock that an operation takes on a table with rows; "" for a short one."""
    if isinstance(operation, ops.AddIndex):
        return "index"
    if isinstance(operation, ops.AddConstraint):
        return "check" if isinstance(operation.constraint, models.CheckConstraint) else "unique"
    if isinstance(operation, ops.AlterUniqueTogether):
        return "unique"
    if isinstance(operation, ops.RunSQL):
        return "sql"
    if isinstance(operation, ops.AddField):
        is_filled = isinstance(operation.field, models.GeneratedField)
        return "field" if is_filled or _is_indexed(operation.field) else ""
    if isinstance(operation, ops.AlterField):
        before = state.models[app, operation.model_name_lower].fields[operation.name]
        return _of_change(before, operation.field)
    return ""


def _is_indexed(field: Field) -> bool:
    return bool(getattr(field, "db_index", False) or field.unique)


def _of_change(before: Field, after: Field) -> str:
    if _is_rewritten(before, after):
        return "rewrite"
    if before.null and not after.null:
        return "null"
    return "index" if _is_indexed(after) and not _is_indexed(before) else ""


def _is_rewritten(before: Field, after: Field) -> bool:
    """Tell whether Postgres reads or writes every row: another type, or a shorter text."""
    kinds = {before.get_internal_type(), after.get_internal_type()}
    if kinds <= {"CharField", "TextField", "SlugField", "EmailField", "URLField"}:
        limits = [field.max_length if not _is_text(field) else None for field in (before, after)]
        return limits[1] is not None and (limits[0] is None or limits[1] < limits[0])
    return len(kinds) > 1


def _is_text(field: Field) -> bool:
    return field.get_internal_type() == "TextField"


def accepted() -> set[str]:
    lines = ACCEPTED.read_text().splitlines()
    return {line.partition("#")[0].strip() for line in lines} - {""}


def main() -> None:
    found = list(find())
    known = accepted()
    new = [f"{name}: {fault}" for name, fault in found if name not in known]
    gone = sorted(known - {name for name, _fault in found})
    if new or gone:
        lines = [*new, *(f"{name} stands in {ACCEPTED.name} for nothing." for name in gone)]
        sys.exit("\n".join([*lines, HINT]))
    print(f"No migration locks a table for long, but for {len(known)} that are accepted.")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taskforce.settings")
    os.environ.setdefault("DEBUG", "1")
    django.setup()
    main()
