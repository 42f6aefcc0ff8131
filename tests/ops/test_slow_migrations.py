"""A migration that locks a table for long is found, unless a line accepts it."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from taskforce.ops import slow_migrations


def noted(*_args: Any) -> None:
    """Change rows."""


def faults(*operations: Any, is_atomic: bool = True) -> list[str]:
    state = ProjectState()
    fields = [
        ("id", models.AutoField(primary_key=True)),
        ("name", models.CharField(max_length=50)),
        ("note", models.TextField(null=True)),
    ]
    state.add_model(ModelState("barriers", "Row", fields))
    migration = migrations.Migration("0002_try", "barriers")
    migration.operations, migration.atomic = list(operations), is_atomic
    return slow_migrations._faults(migration, state)


def altered(name: str, field: Any) -> Any:
    return migrations.AlterField("row", name, field)


def added(field: Any) -> Any:
    return migrations.AddField("row", "more", field)


INDEX = models.Index(fields=["name"], name="row_name")
CHECK = models.CheckConstraint(name="row_check", condition=models.Q(id__gt=0))


@pytest.mark.parametrize(
    ("operation", "word"),
    [
        (migrations.AddIndex("row", INDEX), "AddIndexConcurrently"),
        (migrations.AddConstraint("row", CHECK), "AddConstraintNotValid"),
        (
            migrations.AddConstraint("row", models.UniqueConstraint(fields=["name"], name="u")),
            "CONCURRENTLY first",
        ),
        (migrations.RunSQL("SELECT 1", "SELECT 1"), "slow_migrations.txt"),
        (added(models.SlugField()), "fill it in steps"),
        (added(models.CharField(max_length=5, unique=True)), "fill it in steps"),
        (altered("name", models.IntegerField()), "add a new column"),
        (altered("name", models.CharField(max_length=20)), "add a new column"),
        (altered("note", models.CharField(max_length=20, null=True)), "add a new column"),
        (altered("note", models.TextField()), "NOT VALID"),
        (altered("name", models.CharField(max_length=50, db_index=True)), "Concurrently"),
    ],
)
def test_finds_what_locks_a_table_with_rows(operation: Any, word: str):
    (fault,) = faults(operation)

    assert word in fault


@pytest.mark.parametrize(
    "operation",
    [
        AddIndexConcurrently("row", INDEX),
        added(models.CharField(max_length=5, default="")),
        added(models.IntegerField(null=True)),
        altered("name", models.CharField(max_length=80)),
        altered("name", models.TextField()),
        altered("name", models.CharField("words", max_length=50)),
        migrations.RemoveField("row", "note"),
        migrations.RunPython(noted, noted),
    ],
)
def test_leaves_what_is_done_at_once(operation: Any):
    assert faults(operation) == []


def test_table_that_the_migration_makes_is_empty():
    fields = [("id", models.AutoField(primary_key=True)), ("name", models.TextField())]

    assert (
        faults(migrations.CreateModel("New", fields), migrations.AddIndex("new", INDEX.clone()))
        == []
    )


def test_rows_and_tables_are_changed_apart():
    both = [added(models.IntegerField(null=True)), migrations.RunPython(noted, noted)]

    (fault,) = faults(*both)

    assert "stands apart" in fault
    assert faults(*both, is_atomic=False) == []


def test_every_one_of_today_is_accepted_and_no_other(capsys: Any):
    slow_migrations.main()

    assert capsys.readouterr().out.startswith("No migration locks a table for long, but for ")


def test_new_one_and_one_that_is_gone_end_the_check(tmp_path: Path, monkeypatch: Any):
    accepted = tmp_path / "slow_migrations.txt"
    accepted.write_text("# why\nbarriers.0001_gone  # small\n")
    monkeypatch.setattr(slow_migrations, "ACCEPTED", accepted)
    monkeypatch.setattr(slow_migrations, "find", lambda: iter([("calls.0099_new", "Locks.")]))

    with pytest.raises(SystemExit) as ended:
        slow_migrations.main()

    assert str(ended.value).splitlines()[:2] == [
        "calls.0099_new: Locks.",
        "barriers.0001_gone stands in slow_migrations.txt for nothing.",
    ]
