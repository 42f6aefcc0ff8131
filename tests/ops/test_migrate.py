"""Migrating: one process at a time, and never with code that is older than the database."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from taskforce.ops import alone, starting
from taskforce.ops.alone import StillHeldError


@pytest.fixture
def newer(db: None) -> None:
    MigrationRecorder(connection).record_applied("calls", "9999_of_the_next_release")


def test_newer_database_is_not_migrated(newer: None):
    with pytest.raises(CommandError, match="newer than this code: it has calls 9999_of_the_next"):
        call_command("migrate", verbosity=0)


def test_newer_database_is_not_served(newer: None, monkeypatch: Any):
    monkeypatch.setattr(connection, "close", lambda: None)
    with pytest.raises(SystemExit, match="The portal cannot start: The database is newer"):
        starting.check_age()


def test_database_of_the_same_age_is_served(db: None, monkeypatch: Any):
    monkeypatch.setattr(connection, "close", lambda: None)

    starting.check_age()


def test_database_that_is_away_is_waited_for(db: None, monkeypatch: Any):
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(starting, "refuse_newer_database", away)

    starting.check_age()


def test_migration_of_another_app_that_is_gone_is_no_newer_database(db: None):
    MigrationRecorder(connection).record_applied("gone", "0001_initial")
    MigrationRecorder(connection).record_applied("account", "0999_of_a_library")

    call_command("migrate", verbosity=0)


def test_lock_is_held_by_one_at_a_time(transactional_db: None, monkeypatch: Any):
    monkeypatch.setattr(alone, "PAUSE", 0.01)
    inside, most = [0], [0]

    def one(_number: int) -> None:
        with alone.alone("try"):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            threading.Event().wait(0.02)
            inside[0] -= 1
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(8)))

    assert most == [1]


def test_whoever_waits_is_told_once_and_not_for_ever(transactional_db: None, monkeypatch: Any):
    monkeypatch.setattr(alone, "PAUSE", 0.01)
    told: list[int] = []

    def other() -> None:
        try:
            with alone.alone("try", patience=0.1, waits=lambda: told.append(1)):
                pass
        finally:
            connection.close()

    with alone.alone("try"), ThreadPoolExecutor(1) as pool, pytest.raises(StillHeldError):
        pool.submit(other).result()

    assert told == [1]


def test_second_migration_waits_for_the_first(transactional_db: None, monkeypatch: Any):
    monkeypatch.setattr(alone, "PAUSE", 0.01)
    said, is_held, may_end = io.StringIO(), threading.Event(), threading.Event()

    def first() -> None:
        with alone.alone("migrate"):
            is_held.set()
            may_end.wait(10)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(first)
        is_held.wait(10)
        threading.Timer(0.2, may_end.set).start()
        call_command("migrate", verbosity=0, stderr=said)

    assert said.getvalue() == "Another process migrates the database: waiting for it.\n"


def test_lock_is_given_back_after_a_fault(transactional_db: None):
    with pytest.raises(LookupError), alone.alone("try"):
        raise LookupError

    def other() -> None:
        try:
            with alone.alone("try", patience=0):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(other).result()
