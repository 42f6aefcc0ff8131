"""Where somebody is logged in, and how to end it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string

from taskforce.core.prepared import prepared
from taskforce.members.accounts.devices import device_of
from taskforce.members.models import User


@dataclass(frozen=True)
class LogIn:
    """A device on which somebody is logged in, since when, and whether it is this one."""

    device: str
    since: datetime
    is_here: bool


def log_ins(user: User, here: str | None) -> list[LogIn]:
    """Return where a person is logged in, newest first; `here` is the key of this session."""
    return [
        LogIn(device_of(row.user_agent), row.created_at, row.session_key == here)
        for row in _alive(user.pk, timezone.now())
    ]


@prepared
def _alive(user: int, now: datetime) -> QuerySet[UserSession]:
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    rows: QuerySet[UserSession] = UserSession.objects.filter(user=user, session_key__in=alive)
    return rows.order_by("-created_at", "-pk")


@transaction.atomic
def end_all(*, user: User) -> None:
    """Log a person out everywhere. What was remembered of the log-ins is forgotten."""
    user.log_in_key = get_random_string(22)
    user.save(update_fields=["log_in_key"])
    _forget(UserSession.objects.filter(user=user))


def stay(request: HttpRequest, user: User) -> None:
    """Keep this device logged in after all log-ins ended."""
    request.user = user
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)


def forget_others(*, request: HttpRequest, user: User, **signal: Any) -> None:
    """Forget the other log-ins of a person whose password changed: Django ended them."""
    others = UserSession.objects.filter(user=user)
    _forget(others.exclude(session_key=request.session.session_key))


@transaction.atomic
def forget_old() -> int:
    """Delete sessions that are over, and what was kept of log-ins; return how many of these."""
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
    alive = Session.objects.values("session_key")
    deleted: int = UserSession.objects.exclude(session_key__in=alive).delete()[0]
    return deleted


def _forget(rows: Any) -> None:
    Session.objects.filter(session_key__in=rows.values("session_key")).delete()
    rows.delete()
