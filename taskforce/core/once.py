"""Do once what is sent twice: by a second tap, a reload, or a proxy that tries again.

Every form carries a key of its own (`{% csrf_token %}` writes it). The first request with a key and
these contents is answered as always; its answer is kept in the same transaction as what it did. A
second one waits for that transaction and lands where the first one landed.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from taskforce.core.models import SentForm

KEY = "engang"
KEPT = timedelta(days=1)
View = Callable[[HttpRequest], HttpResponse]


def once(get_response: View) -> View:
    """Middleware that answers the same form, sent again, with what it led to the first time."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.POST.get(KEY):
            return get_response(request)
        with transaction.atomic():
            key = digest(request)
            if not _is_first(key):
                return _again(request, SentForm.objects.get(digest=key))
            response = get_response(request)
            _keep(key, request, response)
        return response

    return middleware


def _is_first(key: str) -> bool:
    """Note a form, in one query; wait for whoever is sending the same one."""
    note = """
        INSERT INTO core_sentform (digest, location, messages, sent_at)
        VALUES (%s, '', '[]', %s) ON CONFLICT DO NOTHING"""
    with connection.cursor() as cursor:
        cursor.execute(note, [key, timezone.now()])
        return bool(cursor.rowcount)


def digest(request: HttpRequest) -> str:
    """Return what tells a form, its sender and its contents from every other.

    Who goes back and writes something else into the same form sends another one.
    """
    found = sha256()
    for part in _parts(request):
        found.update(f"{len(part)}:{part}".encode())
    return found.hexdigest()


def _parts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    yield str(request.user.pk)
    for name, values in sorted(request.POST.lists()):
        if name != "csrfmiddlewaretoken":
            yield name
            yield from values
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield from (name, str(file.name), str(file.size))


def _keep(key: str, request: HttpRequest, response: HttpResponse) -> None:
    """Keep where a form led to; what was refused, or logged somebody in, may be sent again."""
    if response.status_code >= 500 or transaction.get_rollback():
        transaction.set_rollback(True)
    elif isinstance(response, HttpResponseRedirect) and not request.session.modified:
        landed = "UPDATE core_sentform SET location = %s, messages = %s WHERE digest = %s"
        with connection.cursor() as cursor:
            cursor.execute(landed, [response.url, json.dumps(_queued(request)), key])
    else:
        SentForm.objects.filter(digest=key).delete()


def _queued(request: HttpRequest) -> list[Any]:
    storage: Any = messages.get_messages(request)
    return [[one.level, str(one.message)] for one in storage._queued_messages]


def _again(request: HttpRequest, sent: SentForm) -> HttpResponse:
    for level, words in sent.messages:
        messages.add_message(request, level, words)
    return HttpResponseRedirect(sent.location)


def forget() -> None:
    """Delete what was sent more than a day ago."""
    SentForm.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
