"""Who may open a page: the three roles, and a decorator of views for each."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from taskforce.members.accounts import lost_files
from taskforce.members.models import Member, User, Viewer

Args = ParamSpec("Args")


class UserRequest(HttpRequest):
    """A request by somebody who is logged in."""

    user: User


class MemberRequest(UserRequest):
    """A request by somebody who is a member today."""

    member: Member


View = Callable[Concatenate[MemberRequest, Args], HttpResponseBase]
Guarded = Callable[..., HttpResponseBase]


def membership(viewer: Viewer) -> Member | None:
    """Return the viewer's current membership, None for everybody else."""
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

    return logged_in_required(guarded)


def logged_in_required(view: Callable[..., HttpResponseBase]) -> Guarded:
    """Send strangers to log in, and then back to the page that they were on.

    After a POST that is the page of the form: the form's own address may answer no GET.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        lost_files.note(request)
        return redirect_to_login(_page_of(request))

    return guarded


def _page_of(request: HttpRequest) -> str:
    here = request.get_full_path()
    if request.method in ("GET", "HEAD"):
        return here
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return urlunsplit(("", "", *urlsplit(page)[2:4], ""))
    return here


def member_required(view: View[Args]) -> Guarded:
    """Let members and the secretariat in; send strangers to log in; refuse former members."""
    return _required(view, is_member)


def secretariat_required(view: View[Args]) -> Guarded:
    """Let the secretariat in; send strangers to log in; refuse everybody else."""
    return _required(view, is_secretariat)
