"""Who may come in: the three roles, and the decorators that stand at a view's door."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

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
        if not allowed(request.user):
            raise PermissionDenied
        request.member = request.user.member
        return view(request, *args, **kwargs)

    return login_required(guarded)


def member_required(view: View[Args]) -> Guarded:
    """Let members and the secretariat in; send strangers to log in, refuse former members."""
    return _required(view, is_member)


def secretariat_required(view: View[Args]) -> Guarded:
    """Let the secretariat in; send strangers to log in, refuse everybody else."""
    return _required(view, is_secretariat)
