"""Every table is watched or named; nothing that is not watched makes a difference to strangers."""

from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from taskforce.front.page_cache import middleware, watching
from tests.conftest import put_away
from tests.test_access import EVERYBODY, PAGES, addresses_in
from tests.test_privacy import everything_read_by
from tests.world import World

# What strangers are answered anew each time: forms with a key, files, and what counts its readers.
ANEW = {"initiatives:ask_about_case", "members:write_to_organisation"}
ANEW |= {"members:ask_organisations", "members:join"}
ANEW |= {"meetings:material", "initiatives:file", "share_picture"}
ANEW |= {"api", "api_openapi", "api_row", "api_rows"}

WATCHED = """
SELECT tgrelid::regclass::text, array_agg(tgname::text ORDER BY tgname) FROM pg_trigger
WHERE tgname = ANY(%s) GROUP BY 1"""
TEXTS = """
SELECT column_name FROM information_schema.columns
WHERE table_name = %s AND data_type IN ('text', 'character varying') AND is_generated = 'NEVER'"""


def tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(watching.TABLES)
        return {name for (name,) in cursor}


def test_every_table_is_watched_or_named(db: None):
    with connection.cursor() as cursor:
        cursor.execute(WATCHED, [[*watching.TRIGGERS]])
        watched = dict(cursor)

    assert watched.keys() == tables() - watching.PRIVATE - watching.UNSEEN
    assert all(names == sorted(watching.TRIGGERS) for names in watched.values())


def test_tables_that_are_named_are_there(db: None):
    named = watching.PRIVATE | watching.UNSEEN | watching.SHOWS.keys()

    assert named - tables() <= {"cache"}  # made by a command


def test_columns_that_are_named_are_there(db: None):
    for table, columns in watching.UNSEEN_COLUMNS.items():
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, table)
        assert {*columns} <= {column.name for column in described}


def test_triggers_are_put_once(db: None, django_assert_num_queries: Any):
    with django_assert_num_queries(3):
        watching.watch_tables()


def test_a_page_that_reads_what_is_private_is_seen_to():
    assert middleware._is_watched('SELECT "barriers_barrier"."id" FROM "barriers_barrier"')
    assert not middleware._is_watched('SELECT 1 FROM "barriers_ballot" WHERE "id" = 1')
    assert not middleware._is_watched("select count(*) from barriers_ballot")
    assert not middleware._is_watched('INSERT INTO "barriers_barrier" VALUES (1)')
    assert not middleware._is_watched('  update "barriers_barrier" SET "title" = %s')


def is_anew(path: str) -> bool:
    """Ask for a page twice, since the first who ask for data bring their book up to date."""
    for _turn in range(2):
        answer: Any = Client().get(path)
        put_away(answer)
    kept = {path for _scheme, path, *_rest in middleware.store._pages}
    return answer.status_code == HTTPStatus.OK and path not in kept


@pytest.mark.slow
def test_every_page_of_strangers_is_kept_but_those_that_are_named(committed: World):
    """A page is not kept where it reads a table without triggers, or writes."""
    addresses = addresses_in(committed)
    names = [name for name, who in PAGES.items() if who == EVERYBODY]
    anew = {name for name in names for prefix in ("", "/en") if is_anew(prefix + addresses[name])}

    assert anew == ANEW


@pytest.mark.slow
def test_nothing_that_is_not_watched_shows(world: World):
    """Spoil every text of tables and drafts that are not watched: strangers read the same."""
    with time_machine.travel(timezone.now(), tick=False):
        before = everything_read_by(world, "stranger")
        spoilt = sum(spoil(table, where) for table, where in unwatched_rows().items())

        assert spoilt > 30
        assert everything_read_by(world, "stranger") == before


def unwatched_rows() -> dict[str, str]:
    """Return which rows of which tables are not watched, as a condition."""
    drafts = {
        table: f"NOT (SELECT {shows.replace('($1)', 'spoilt')})"
        for table, shows in watching.SHOWS.items()
    }
    return dict.fromkeys(sorted(watching.PRIVATE & tables()), "true") | drafts


def spoil(table: str, where: str) -> int:
    """Write another text into a table's rows, column by column; return how many rows took one."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [table])
        columns = [name for (name,) in cursor]
    return sum(_spoil_column(table, column, where) for column in columns)


def _spoil_column(table: str, column: str, where: str) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            statement = f"UPDATE {table} AS spoilt SET {column} = 'zq' || left({column}, 8)"
            cursor.execute(f"{statement} WHERE {column} <> '' AND {where}")
            return int(cursor.rowcount)
    except DatabaseError:
        return 0  # a state or a key that the database holds to
