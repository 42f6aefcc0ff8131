"""Who may write minutes: the secretariat, while they are a draft."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from meetings.models import Meeting, Minutes
from meetings.writing import acts
from taskforce.core.acts import Refused
from taskforce.core.refusals import refusals
from taskforce.members.roles import Guarded, MemberRequest, secretariat_required


def closed(request: HttpRequest, refused: Refused, number: int, **_keys: Any) -> HttpResponse:
    """Show why nothing can be written. What the browser still keeps is offered there."""
    meeting = get_object_or_404(Meeting, number=number)
    context = {"meeting": meeting, "why": refused.sentence}
    return render(request, "meetings/writing/closed.html", context, status=409)


def draft_required(view: Callable[..., HttpResponseBase]) -> Guarded:
    """Let the secretariat in to minutes that are a draft; say why not where they are none."""

    @wraps(view)
    @refusals(closed)
    def guarded(request: MemberRequest, /, number: int, **keys: Any) -> HttpResponseBase:
        found = Minutes.objects.select_related("meeting")
        minutes = get_object_or_404(found, meeting__number=number)
        acts.must_be_draft(minutes)
        return view(request, minutes, **keys)

    return secretariat_required(guarded)
