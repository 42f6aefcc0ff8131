"""The tests' own databases: cloned from one template, and emptied after real commits."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection
from django.test import TransactionTestCase
from procrastinate.contrib.django.models import ProcrastinateJob

from barriers.models import Barrier
from tests import databases
from tests.factories import make_barrier, make_round


def test_the_template_is_named_after_what_shapes_it(db: None, tmp_path: Any, monkeypatch: Any):
    path = tmp_path / "0001_initial.py"
    path.write_text("operations = []")
    monkeypatch.setattr(databases, "_sources", lambda: {path})
    before = databases._digest()

    assert databases._digest() == before
    path.write_text("operations = [1]")
    assert databases._digest() != before


def test_what_a_migration_imports_shapes_the_template():
    names = {path.name for path in databases._sources()}

    assert {"0001_initial.py", "danish.py"} <= names


def test_emptying_leaves_what_migrations_wrote_and_nothing_else(transactional_db: None):
    kinds = ContentType.objects.count()
    make_round(make_barrier())  # whose rows triggers and foreign keys protect
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('mail', 'x')"
        )

    databases.empty_all()

    assert ContentType.objects.count() == kinds > 0
    assert not Barrier.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_role_that_may_not_put_triggers_aside_empties_as_django_does(
    transactional_db: None, monkeypatch: Any
):
    def refused() -> None:
        raise ProgrammingError("permission denied")

    monkeypatch.setattr(databases, "empty_all", refused)
    make_barrier()

    TransactionTestCase("__init__")._fixture_teardown()

    assert not Barrier.objects.exists()
