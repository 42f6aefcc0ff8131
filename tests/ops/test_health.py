"""Health: yes or no to each part for programs, and sentences for people."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone, translation

from taskforce.core.version import version
from taskforce.ops import health
from taskforce.ops.models import Tally
from taskforce.ops.worker import QUEUES

HEARTBEAT = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s)"


def beat(ago: timedelta = timedelta()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(HEARTBEAT, [ago])


@pytest.fixture
def at_work(db: None) -> None:
    beat()


@pytest.fixture
def away(db: None, monkeypatch: Any) -> None:
    def break_down(*_args: Any) -> None:
        raise OperationalError("password of taskforce at db.internal refused")

    monkeypatch.setattr(health.migrated, "pending", break_down)


def drop_last_migration() -> None:
    (last,) = MigrationLoader(connection).graph.leaf_nodes("barriers")
    MigrationRecorder(connection).record_unapplied(*last)


def add_newer_migration() -> None:
    MigrationRecorder(connection).record_applied("barriers", "9999_of_the_next_release")


def test_all_is_well(at_work: None, client: Client):
    answer = client.get("/sundhed/")

    assert answer.json() == {
        "version": version(),
        "database": True,
        "migrations": True,
        "worker": True,
        "oldest_letter": 0,
    }
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/sundhed/", "/sundhed/klar/"])
@pytest.mark.parametrize("change", [drop_last_migration, add_newer_migration])
def test_database_of_another_age_is_unhealthy(
    at_work: None, client: Client, path: str, change: Callable[[], None]
):
    assert client.get(path).status_code == 200

    change()

    assert client.get(path).status_code == 503
    assert client.get(path).json()["migrations"] is False


def test_answer_holds_nothing_of_the_fault(away: None, client: Client):
    whole, ready = client.get("/sundhed/"), client.get("/sundhed/klar/")

    broken = {"database": False, "migrations": False}
    assert (whole.status_code, ready.status_code) == (503, 503)
    assert whole.json() == {"version": version(), **broken, "worker": False}
    assert ready.json() == broken


def test_alive_asks_no_database(db: None, client: Client, django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        answer = client.get("/sundhed/lever/")

    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_ready_needs_no_worker(db: None, client: Client):
    assert client.get("/sundhed/klar/").status_code == 200
    assert client.get("/sundhed/").status_code == 503


def test_ready_asks_one_question(db: None, client: Client, django_assert_max_num_queries: Any):
    client.get("/sundhed/klar/")

    with django_assert_max_num_queries(4):  # what is applied, twice, and whether the table is there
        client.get("/sundhed/klar/")


@pytest.mark.parametrize("path", ["/sundhed/", "/sundhed/klar/", "/sundhed/lever/"])
def test_answer_is_for_now_by_get_and_without_tls(
    db: None, client: Client, settings: Any, path: str
):
    settings.SECURE_SSL_REDIRECT = True
    browser = Client()

    assert "no-store" in browser.get(path)["Cache-Control"]
    assert browser.post(path).status_code == 405
    assert browser.get("/om/").status_code == 301


def test_silent_worker_is_unhealthy(db: None, client: Client):
    beat(timedelta(hours=1))

    assert client.get("/sundhed/").status_code == 503


def test_tells_how_long_the_oldest_letter_has_waited(
    db: None, client: Client, settings: Any, time_machine: Any
):
    settings.EMAIL_BACKEND = "taskforce.core.outbox.Backend"
    mail.send_mail("Subject", "Words", None, ["anna@example.org"])
    # Postgres notes by its own clock when a job was deferred.
    time_machine.move_to(timezone.now() + timedelta(seconds=90))

    assert client.get("/sundhed/").json()["oldest_letter"] in range(85, 96)


# The worker's own check


def test_check_of_the_worker_needs_all_its_parts(db: None):
    beat()
    with pytest.raises(CommandError, match="The worker is silent: 1 of its 2 parts"):
        call_command("check_worker")

    beat(timedelta(minutes=3))
    with pytest.raises(CommandError):
        call_command("check_worker")

    beat()
    call_command("check_worker")
    assert len(QUEUES) == 2


# In words


def told() -> dict[str, tuple[str, bool]]:
    with translation.override("en"):
        found = health.facts(timezone.now())
        return {fact.label: (fact.said, fact.is_well) for fact in found}


@pytest.fixture
def var(tmp_path: Path, settings: Any) -> Path:
    settings.VAR = tmp_path
    (tmp_path / "backups").mkdir()
    return tmp_path


def test_facts_of_a_server_that_is_well(at_work: None, var: Path):
    made = timezone.localtime() - timedelta(hours=3)
    (var / "backups" / f"taskforce-{made:%Y-%m-%dT%H%M%S}.zip").touch()
    Tally.objects.create(day=timezone.localdate(), kind="slow", number=2)
    Tally.objects.create(day=timezone.localdate() - timedelta(days=7), kind="fault")

    found = told()

    assert {label: said for label, (said, is_well) in found.items() if not is_well} == {}
    assert found["Version"][0] == version()
    assert found["Migrations"][0] == "Database and code are of the same age."
    assert found["Letters"][0] == "All are sent."
    assert found["Answers"][0] == "In the last seven days: 0 faults and 2 slow answers."
    assert found["Jobs"][0] == "None was given up."


def test_facts_of_a_server_that_is_not(db: None, var: Path, settings: Any, time_machine: Any):
    (var / "backups" / "taskforce-2026-01-02T033000.zip").touch()
    (var / "backups" / "notes.txt").touch()
    beat(timedelta(hours=1))
    settings.EMAIL_BACKEND = "taskforce.core.outbox.Backend"
    mail.send_mail("Subject", "Words", None, ["anna@example.org"])
    time_machine.move_to(timezone.now() + timedelta(minutes=20))

    found = told()

    bad = {label for label, (_said, is_well) in found.items() if not is_well}
    assert bad == {"Worker", "Letters", "Backup"}
    assert found["Backup"][0].startswith("The last one was made ")


def test_missing_migration_is_told_and_its_tables_are_left_alone(db: None, var: Path):
    drop_last_migration()

    found = told()

    assert found["Migrations"] == ("1 migration is missing: run migrate.", False)
    assert not {"Worker", "Letters", "Jobs", "Answers"} & found.keys()


def test_newer_database_is_told(db: None, var: Path):
    add_newer_migration()

    assert told()["Migrations"] == (
        "The database is newer than the code: start the newer release.",
        False,
    )


def test_database_that_is_away_is_told_beside_the_rest(away: None, var: Path, at_work: None):
    found = told()

    assert found["Database"] == ("It does not answer.", False)
    assert {"Backup", "Disk"} <= found.keys()


def test_no_worker_and_no_backup_are_told(db: None, var: Path):
    found = told()

    assert found["Worker"] == ("None has started: no mail is sent.", False)
    assert found["Backup"] == ("There is none.", False)


def test_full_disk_is_told(db: None, var: Path, monkeypatch: Any):
    usage = type("", (), {"total": 100 * 2**30, "free": 5 * 2**30})
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: usage)

    assert told()["Disk"] == ("5.0\xa0GB of 100.0\xa0GB are free.", False)


def test_folder_that_is_not_there_hides_no_other_fact(db: None, var: Path, settings: Any):
    settings.VAR = var / "gone" / "too"

    assert told()["Disk"][0].endswith("are free.")


def test_page_of_the_server_counts_what_is_wrong(as_secretary: Client, var: Path):
    page = as_secretary.get("/sekretariat/server/").content.decode()

    assert "2 ting er ikke, som de skal være." in page
    assert page.count("Se her") == 2


def test_page_of_the_server_says_that_all_is_well(as_secretary: Client, at_work: None, var: Path):
    made = timezone.localtime()
    (var / "backups" / f"taskforce-{made:%Y-%m-%dT%H%M%S}.zip").touch()

    page = as_secretary.get("/sekretariat/server/").content.decode()

    assert "Portalen har det godt." in page
    assert "Se her" not in page


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_backups_that_may_not_be_read_are_none(var: Path):
    (var / "backups").chmod(0)

    assert health.last_backup() is None
