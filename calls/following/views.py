"""Follow, unfollow, and the calendars to subscribe to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from calls import calendar as calendars
from calls.following import acts as following
from calls.following import letters
from calls.models import Call, Consortium
from taskforce.members.roles import MemberRequest, member_required

ICS = "text/calendar; charset=utf-8"


@require_POST
@member_required
def follow(request: MemberRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    following.follow(followed=call, member=request.member)
    messages.success(request, _("You follow the call, and are told by mail of its deadlines."))
    return redirect(call)


@require_POST
@member_required
def unfollow(request: MemberRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    following.unfollow(followed=call, member=request.member)
    messages.success(request, _("You no longer follow it, and get no more mail about it."))
    return redirect(call)


@require_POST
@member_required
def follow_consortium(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    consortium = _consortium(request, slug, pk)
    following.follow(followed=consortium, member=request.member)
    messages.success(request, _("You follow the consortium, and are told by mail of its dates."))
    return redirect(consortium)


@require_POST
@member_required
def unfollow_consortium(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    consortium = _consortium(request, slug, pk)
    following.unfollow(followed=consortium, member=request.member)
    messages.success(request, _("You no longer follow it, and get no more mail about it."))
    return redirect(consortium)


def _consortium(request: MemberRequest, slug: str, pk: int) -> Consortium:
    shown = Consortium.objects.visible_to(request.user).select_related("call")
    return get_object_or_404(shown, call__slug=slug, pk=pk)


@never_cache
def unfollow_by_link(request: HttpRequest, key: str) -> HttpResponse:
    is_ours, found = following.read(key)
    if not is_ours:
        return render(request, "calls/following/no_link.html", status=404)
    # What hides by now is not named to whoever holds the mail.
    context = {"followed": found.followed if found and letters.is_shown(found) else None}
    if found and request.method == "POST":
        following.unfollow(followed=found.followed, member=found.member)
        found = None
    return render(request, "calls/following/stop.html", {**context, "follows": found is not None})


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    return HttpResponse(calendars.everybodys(request.user), content_type=ICS)


@require_safe
@never_cache
def own_calendar(request: HttpRequest, key: str) -> HttpResponse:
    member = calendars.owner(key)
    if member is None:
        raise Http404
    return HttpResponse(calendars.of_member(member), content_type=ICS)


@require_safe
@member_required
def subscribe(request: MemberRequest) -> HttpResponse:
    context = {"address": calendars.address(request.member)}
    return render(request, "calls/following/subscribe.html", context)


@require_POST
@member_required
def renew_calendar(request: MemberRequest) -> HttpResponse:
    calendars.renew(request.member)
    messages.success(request, _("Your calendar has a new address. The old one no longer works."))
    return redirect("calls:subscribe")
