"""Pages and buttons by which somebody follows."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taskforce.core.refusals import shown_in
from taskforce.following import acts, pages
from taskforce.following.forms import WhatForm
from taskforce.members.roles import MemberRequest, member_required


@require_POST
@member_required
def follow(request: MemberRequest) -> HttpResponse:
    form = _what(request)
    acts.follow(reader=request.user, **form.what)
    messages.success(request, _("You follow it now, and hear when something happens."))
    return redirect(form.back or "front:my_page")


@require_POST
@member_required
def unfollow(request: MemberRequest) -> HttpResponse:
    form = _what(request)
    acts.unfollow(reader=request.user, **form.what)
    messages.success(request, _("You no longer follow it, and get no more mail about it."))
    return redirect(form.back or "front:my_page")


@member_required
def choices(request: MemberRequest) -> HttpResponse:
    form = pages.choices_form(request.POST or None, request.user)
    if form.is_valid():
        with shown_in(form):
            form.save()
            messages.success(request, _("Your changes are saved."))
            return redirect("following:choices")
    return render(request, "following/choices.html", pages.choices_page(form, request.user))


def _what(request: MemberRequest) -> WhatForm:
    """Return what a button names; a thing that the member may not see does not exist."""
    form = WhatForm(request.POST, viewer=request.user)
    if not form.is_valid():
        raise Http404
    return form
