"""`restore --check` tries a backup in a scratch database, also on another release of Postgres."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from taskforce.core.version import version
from taskforce.ops import restoring
from tests.ops.test_backup import (
    KEPT,
    OTHER_KEY,
    back_up,
    damaged,
    emails,
    restore,
    upload,
    uploads,
    var,
    with_half_a_dump,
    write,
)
from tests.servers import address, installed, server

pytestmark = pytest.mark.slow  # a whole database goes out and in

__all__ = ["var"]  # a fixture


def check(file: Path, **options: Any) -> str:
    output = StringIO()
    call_command("restore", file, check=True, stdout=output, stderr=output, **options)
    return output.getvalue()


def scratch_databases() -> list[str]:
    with connection.cursor() as cursor:
        own = f"{connection.settings_dict['NAME'][:40]}_check_"
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [own])
        return [name for (name,) in cursor]


def test_says_what_would_come_back_and_changes_nothing(var):
    write(KEPT)
    upload("referat.txt", "as it was")
    file = back_up(var)
    write("later@taskforce.example")
    upload("referat.txt", "changed")
    before = uploads(var)

    said = check(file)

    assert said == f"{file} can be restored: 1 people, 1 files, of version {version()}.\n"
    assert sorted(emails()) == [KEPT, "later@taskforce.example"]
    assert uploads(var) == before
    assert scratch_databases() == []


def test_warns_of_another_key(var, settings):
    file = back_up(var)
    settings.SECRET_KEY = "another"

    assert check(file).endswith(OTHER_KEY)


@pytest.mark.parametrize("broken", [damaged, with_half_a_dump])
def test_refuses_what_could_not_be_restored_and_leaves_no_scratch(var, broken):
    file = broken(back_up(var))

    with pytest.raises(CommandError):
        check(file)

    assert scratch_databases() == []


def test_fault_in_the_database_leaves_no_scratch(var, monkeypatch):
    file = back_up(var)
    monkeypatch.setattr(restoring, "EMPTY_DATABASE", ["SELECT 1 / 0"])

    with pytest.raises(CommandError, match="division by zero"):
        check(file)

    assert scratch_databases() == []


def test_role_without_the_right_is_told_what_to_do(var):
    file = back_up(var)
    where = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE small LOGIN")
    try:
        with pytest.raises(CommandError) as refusal:
            check(file, server=f"postgres://small@{where['HOST'].replace('/', '%2F')}/postgres")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP ROLE small")

    assert str(refusal.value) == (
        "The database's user may make no scratch database: ALTER ROLE small CREATEDB."
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"server": "ftp://host/name"}, "--server is no address such as postgres://"),
        ({"server": "postgres://nobody@127.0.0.1:1/none"}, "No scratch database can be used: "),
    ],
)
def test_bad_server_costs_a_sentence(var, options, sentence):
    with pytest.raises(CommandError) as refusal:
        check(back_up(var), **options)

    assert str(refusal.value).startswith(sentence)


def test_server_is_for_a_check_only(var):
    with pytest.raises(CommandError, match=r"^--server goes with --check only"):
        call_command("restore", var / "any.zip", server="postgres://host/name")


# Another release of Postgres


def test_portal_on_an_older_postgres_comes_back_on_the_next_release(var, monkeypatch):
    write(KEPT)
    file = back_up(var)
    with server(installed()) as older, monkeypatch.context() as patch:
        for name, value in older.items():
            patch.setitem(connection.settings_dict, name, value)
        restore(file)
        of_the_older = back_up(var / "older")
    get_user_model().objects.all().delete()

    restore(of_the_older)

    assert emails() == [KEPT]


def test_backup_is_tried_on_another_server(var):
    file = back_up(var)
    with server(installed()) as older:
        assert check(file, server=address(older)).startswith(f"{file} can be restored: 0 people")
