"""What the worker's jobs have in common."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from taskforce.core import jobs
from taskforce.core.jobs import fresh_connection, worker_works


def report(at: datetime) -> None:
    """Be a worker that reports at a moment."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [at])


@pytest.mark.parametrize(("ago", "works"), [(0, True), (120, True), (121, False)])
def test_worker_works_if_it_reported_within_two_minutes(db: None, ago: int, works: bool):
    now = timezone.now()
    report(now - timedelta(seconds=ago))

    assert worker_works(now) is works


def test_no_worker_does_not_work(db: None):
    assert worker_works(timezone.now()) is False


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record when connections would be closed, in place of closing them."""
    steps: list[str] = []
    monkeypatch.setattr(jobs, "close_old_connections", lambda: steps.append("closed"))
    return steps


def test_fresh_connection_closes_old_ones_before_and_after(closed: list[str]):
    @fresh_connection
    def work(name: str, *, times: int) -> str:
        closed.append("worked")
        return name * times

    assert work("x", times=3) == "xxx"
    assert closed == ["closed", "worked", "closed"]
    assert work.__name__ == "work"


def test_fresh_connection_closes_old_ones_after_a_job_that_fails(closed: list[str]):
    @fresh_connection
    def work() -> None:
        raise OSError("no disk")

    with pytest.raises(OSError, match="no disk"):
        work()
    assert closed == ["closed", "closed"]
