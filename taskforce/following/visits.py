"""When a member was here, and which things they opened: for what is new to them, and digests.

A visit ends after half an hour without a page. What each opened is theirs alone, and is forgotten
after half a year.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, Model, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from taskforce.activity.models import Activity
from taskforce.core import opening
from taskforce.following.models import Visit
from taskforce.members.models import User, Viewer

PAUSE = timedelta(minutes=30)  # ends a visit
OFTEN = timedelta(minutes=5)  # so often it is noted that somebody is here
KEPT = timedelta(days=183)


def last_visit(user: Viewer) -> datetime | None:
    """Return when the visit before this one ended; None where there was none."""
    if not isinstance(user, User) or user.seen_at is None:
        return None
    return user.last_visit_at if _is_under_way(user.seen_at) else user.seen_at


def _is_under_way(seen_at: datetime) -> bool:
    return timezone.now() - seen_at <= PAUSE


def seen(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware that notes that somebody reads: every few minutes, and each page of a thing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if _is_page(request, response) and isinstance(request.user, User):
            _note(request.user)
            if (thing := opening.noted(request)) and request.user.member:
                opened(request.user, thing)
        return response

    return middleware


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    is_read = request.method == "GET" and response.status_code == 200
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return is_read and is_html and settings.SESSION_COOKIE_NAME in request.COOKIES


def _note(user: User) -> None:
    now = timezone.now()
    if user.seen_at is None or now - user.seen_at > OFTEN:
        # Where two pages are read at once, the first one has it noted.
        as_read = User.objects.filter(pk=user.pk, seen_at=user.seen_at)
        as_read.update(seen_at=now, last_visit_at=last_visit(user))


def opened(user: User, thing: Model) -> None:
    """Note that a member opens the page of a thing."""
    own = Visit.objects.filter(**whose(user, thing))
    if not own.update(before=before(pause_began()), opened_at=timezone.now()):
        Visit.objects.bulk_create([Visit(**whose(user, thing))], ignore_conflicts=True)


def whose(user: Any, thing: Model) -> dict[str, Any]:
    """Return the fields by which a visit names its user and its thing."""
    kind = ContentType.objects.get_for_model(thing)
    return {"user_id": user.pk, "target_type": kind, "target_id": thing.pk}


def pause_began() -> datetime:
    """Return since when nothing was opened on a visit that is over."""
    return timezone.now() - PAUSE


def before(pause: datetime) -> Case:
    """Return when a thing was opened on the visit to it before the one that is under way."""
    is_over = When(opened_at__lt=pause, then=F("opened_at"))
    return Case(is_over, default=F("before"))


def opened_since(user: User, events: Iterable[tuple[Activity, Model]]) -> set[int]:
    """Return the ids of the events after which the user opened the thing that each shows on.

    Takes one query, however many events there are.
    """
    shown = [(event, ContentType.objects.get_for_model(thing), thing.pk) for event, thing in events]
    if not shown:
        return set()
    first = min(event.at for event, *_thing in shown)
    rows = Visit.objects.filter(user=user, opened_at__gte=first)
    when = {
        (kind, key): at
        for kind, key, at in rows.values_list("target_type", "target_id", "opened_at")
    }
    return {
        event.pk
        for event, kind, key in shown
        if (at := when.get((kind.pk, key))) and at >= event.at
    }


def forget() -> None:
    """Delete what was opened long ago."""
    Visit.objects.filter(opened_at__lt=timezone.now() - KEPT).delete()
