"""Follow and stop following, on the page and by a link in a mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from calls.following import acts, letters, links
from calls.models import Call, Consortium
from taskforce.core.acts import Refused
from taskforce.core.refusals import refusals
from taskforce.members.roles import MemberRequest, member_required


@require_POST
@member_required
def follow(request: MemberRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    acts.follow(followed=call, member=request.member)
    messages.success(request, _("You follow the call, and are told by mail of its deadlines."))
    return redirect(call)


@require_POST
@member_required
def unfollow(request: MemberRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    acts.unfollow(followed=call, member=request.member)
    messages.success(request, _("You no longer follow it, and get no more mail about it."))
    return redirect(call)


@require_POST
@member_required
def follow_consortium(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    consortium = _consortium(request, slug, pk)
    acts.follow(followed=consortium, member=request.member)
    messages.success(request, _("You follow the consortium, and are told by mail of its dates."))
    return redirect(consortium)


@require_POST
@member_required
def unfollow_consortium(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    consortium = _consortium(request, slug, pk)
    acts.unfollow(followed=consortium, member=request.member)
    messages.success(request, _("You no longer follow it, and get no more mail about it."))
    return redirect(consortium)


def _consortium(request: MemberRequest, slug: str, pk: int) -> Consortium:
    shown = Consortium.objects.visible_to(request.user).select_related("call")
    return get_object_or_404(shown, call__slug=slug, pk=pk)


def _no_link(request: HttpRequest, refused: Refused, key: str) -> HttpResponse:
    return render(request, "calls/following/no_link.html", status=404)


@csrf_exempt  # mail programs send it too (RFC 8058); the signed link is what lets in
@never_cache
@refusals(_no_link)
def unfollow_by_link(request: HttpRequest, key: str) -> HttpResponse:
    found = links.read(key)
    # Whoever holds the mail does not read the name of a consortium that hides by now.
    context = {"followed": found.followed if found and letters.may_name(found) else None}
    if found and request.method == "POST":
        acts.unfollow(followed=found.followed, member=found.member)
        found = None
    return render(request, "calls/following/stop.html", {**context, "follows": found is not None})
