"""Sessions in the database, whose query is written once: every page of a member asks it."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from taskforce.core.prepared import prepared


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        for session in _alive(str(self.session_key), timezone.now()):
            return self.decode(session.session_data)
        self._session_key = None
        return {}


@prepared
def _alive(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
