"""What the worker's jobs have in common."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import close_old_connections
from django.db.models import Min
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinateWorker,
)

Args = ParamSpec("Args")
Result = TypeVar("Result")

SILENCE = timedelta(minutes=2)  # a worker reports every ten seconds
STALLED = 60  # seconds without a report, after which what a worker began is taken up again


def workers_at_work(now: datetime) -> int:
    """Return how many workers have reported lately."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=now - SILENCE).count()


def worker_works(now: datetime) -> bool:
    """Tell whether a worker has reported lately."""
    return workers_at_work(now) > 0


def oldest_letter(now: datetime) -> timedelta:
    """Return how long the oldest letter that is not sent yet has waited; nothing if none waits."""
    unsent = ProcrastinateJob.objects.filter(queue_name="mail", status__in=("todo", "doing"))
    since = ProcrastinateEvent.objects.filter(job__in=unsent, type="deferred").aggregate(
        since=Min("at")
    )["since"]
    return now - since if since else timedelta()


def fresh_connection(work: Callable[Args, Result]) -> Callable[Args, Result]:
    """Close dead database connections before and after a job, as Django does around a request."""

    @wraps(work)
    def worked(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        close_old_connections()
        try:
            return work(*args, **kwargs)
        finally:
            close_old_connections()

    return worked


def all_of(name: str, acts: Iterable[Callable[[], int]]) -> int:
    """Do all of it and return the sum; a fault of one stops no other, and is raised at the end."""
    number, faults = 0, []
    for act in acts:
        try:
            number += act()
        except Exception as fault:  # raised below, once the others are done
            faults.append(fault)
    if faults:
        raise ExceptionGroup(name, faults)
    return number
