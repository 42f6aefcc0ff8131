"""Health: yes or no to each part, for a load balancer that understands status codes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from taskforce.front import health


@pytest.fixture
def at_work(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


@pytest.mark.usefixtures("at_work")
def test_unapplied_migration_is_unhealthy(client: Client):
    assert client.get("/sundhed/").status_code == 200

    (last,) = MigrationLoader(connection).graph.leaf_nodes("barriers")
    MigrationRecorder(connection).record_unapplied(*last)

    answer = client.get("/sundhed/")

    assert answer.status_code == 503
    assert answer.json()["migrations"] is False


def test_answer_holds_nothing_of_the_fault(db: None, client: Client, monkeypatch: Any):
    def break_down() -> bool:
        raise OperationalError("password of taskforce at db.internal refused")

    monkeypatch.setattr(health, "_unapplied", break_down)

    answer = client.get("/sundhed/")

    assert answer.status_code == 503
    assert answer.content == b'{"database": false, "migrations": false, "worker": false}'


def test_answer_is_never_cached(db: None, client: Client):
    assert "no-store" in client.get("/sundhed/")["Cache-Control"]


def test_health_takes_no_post(db: None, client: Client):
    assert client.post("/sundhed/").status_code == 405


def test_health_needs_no_tls(db: None, settings: Any):
    settings.SECURE_SSL_REDIRECT = True

    assert Client().get("/sundhed/").status_code == 503  # nobody works here
    assert Client().get("/om/").status_code == 301


def test_health_needs_database_migrations_and_a_worker(transactional_db):
    client = Client()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_workers CASCADE")
    assert client.get("/sundhed/").json() == {
        "database": True,
        "migrations": True,
        "worker": False,
        "oldest_letter": 0,
    }
    assert client.get("/sundhed/").status_code == 503

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert client.get("/sundhed/").status_code == 200

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
        )
    assert client.get("/sundhed/").status_code == 503


def test_tells_how_long_the_oldest_letter_has_waited(
    db: None, client: Client, settings: Any, time_machine: Any
):
    settings.EMAIL_BACKEND = "taskforce.core.outbox.Backend"
    mail.send_mail("Subject", "Words", None, ["anna@example.org"])
    # Postgres notes by its own clock when a job was deferred.
    time_machine.move_to(timezone.now() + timedelta(seconds=90))

    assert client.get("/sundhed/").json()["oldest_letter"] in range(85, 96)
