"""Calendars to subscribe to: of all deadlines, and of what one member follows."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from calls.calendar import feeds, keys
from calls.catalogue.filters import CallFilter
from calls.models import Call
from taskforce.members.roles import MemberRequest, member_required

ICS = "text/calendar; charset=utf-8"


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Return the deadlines of the calls that the list's filters find, of all without them."""
    filters = CallFilter(request.GET, Call.objects.visible_to(request.user))
    return HttpResponse(feeds.deadlines_of(filters.qs), content_type=ICS)


@require_safe
@never_cache
def own_calendar(request: HttpRequest, key: str) -> HttpResponse:
    member = keys.owner(key)
    if member is None:
        raise Http404
    return HttpResponse(feeds.followed_by(member), content_type=ICS)


@require_safe
@member_required
def subscribe(request: MemberRequest) -> HttpResponse:
    context = {"address": keys.address(request.member)}
    return render(request, "calls/calendar/subscribe.html", context)


@require_POST
@member_required
def renew_calendar(request: MemberRequest) -> HttpResponse:
    keys.renew(member=request.member)
    messages.success(request, _("Your calendar has a new address. The old one no longer works."))
    return redirect("calls:subscribe")
