"""Decorators of views that act on a case: who may come in, and where a refusal is shown."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from initiatives.models import Case
from taskforce.core.acts import Refused
from taskforce.core.refusals import add_message, refusals
from taskforce.members.models import Viewer
from taskforce.members.roles import (
    Guarded,
    MemberRequest,
    member_required,
    secretariat_required,
)

CaseView = Callable[..., HttpResponseBase]


def editable(view: CaseView) -> Guarded:
    """Let members in to a case that they may edit."""
    return member_required(_of_case(Case.objects.editable_by, view))


def own(view: CaseView) -> Guarded:
    """Let members in to a case of their organisation."""
    return member_required(_of_case(Case.objects.of_organisation, view))


def read_by_secretariat(view: CaseView) -> Guarded:
    """Let the secretariat in to a case that it may read."""
    return secretariat_required(_of_case(Case.objects.visible_to, view))


def _of_case(cases: Callable[[Viewer], Any], view: CaseView) -> Guarded:
    """Find the case among those allowed; where an act is refused, say why on the case's page."""

    @wraps(view)
    @refusals(_on_its_page)
    def found(request: MemberRequest, slug: str) -> HttpResponseBase:
        return view(request, get_object_or_404(cases(request.user), slug=slug))

    return found


def _on_its_page(request: HttpRequest, refused: Refused, slug: str) -> HttpResponse:
    """Say why on the case's page, or on the member's own page where the case was deleted."""
    add_message(request, refused)
    return redirect(Case.objects.filter(slug=slug).first() or "front:my_page")
