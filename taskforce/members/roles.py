"""Who may come in: the three roles, and the decorators that stand at a view's door."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from taskforce.members.models import Member, User, Viewer

Args = ParamSpec("Args")


class MemberRequest(HttpRequest):
    """A request by somebody who is a member today."""

    user: User
    member: Member


View = Callable[Concatenate[MemberRequest, Args], HttpResponseBase]
Guarded = Callable[..., HttpResponseBase]


def membership(viewer: Viewer) -> Member | None:
    """Return the viewer's place in the taskforce today, None for everybody outside it."""
    return viewer.member if isinstance(viewer, User) else None


def is_member(viewer: Viewer) -> bool:
    return membership(viewer) is not None


def is_secretariat(viewer: Viewer) -> bool:
    return isinstance(viewer, User) and viewer.is_secretariat


def _required(view: View[Args], allowed: Callable[[Viewer], bool]) -> Guarded:
    @wraps(view)
    def guarded(request: Any, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(_page_of(request))
        if not allowed(request.user):
            raise PermissionDenied
        request.member = request.user.member
        return view(request, *args, **kwargs)

    return guarded


def _page_of(request: HttpRequest) -> str:
    """Return where to go on after logging in: what only takes a POST is no page to come back to."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    if request.method != "POST" or not is_ours:
        return request.get_full_path()
    parts = urlsplit(came_from)
    return parts._replace(scheme="", netloc="", fragment="").geturl()


def member_required(view: View[Args]) -> Guarded:
    """Let members and the secretariat in; send strangers to log in, refuse former members."""
    return _required(view, is_member)


def secretariat_required(view: View[Args]) -> Guarded:
    """Let the secretariat in; send strangers to log in, refuse everybody else."""
    return _required(view, is_secretariat)
