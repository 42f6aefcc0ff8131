"""Pages on which a stranger asks to follow, confirms it, and looks after what they follow."""

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from taskforce.core.acts import Refused
from taskforce.core.limits import visitor_of
from taskforce.core.refusals import refusals, shown_in
from taskforce.following import pages
from taskforce.following.forms import FollowedForm, WhatForm
from taskforce.following.models import Follow, Follower, FollowRequest
from taskforce.following.outside import acts, links
from taskforce.following.outside.forms import AddressForm


def ask(request: HttpRequest) -> HttpResponse:
    what = WhatForm(request.GET, viewer=AnonymousUser())
    if not what.is_valid():
        raise Http404
    form = AddressForm(request.POST or None)
    if form.is_valid():
        with shown_in(form):
            email = form.cleaned_data["email"]
            acts.ask(email=email, what=what.what, visitor=visitor_of(request))
            return redirect("following:asked")
    return render(request, "following/outside/ask.html", {"form": form, "what": what})


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "following/outside/asked.html")


def _over(request: HttpRequest, refused: Refused, /, key: str) -> HttpResponse:
    status = 200 if refused.already else 410
    return render(request, "following/outside/over.html", {"refused": refused}, status=status)


@never_cache
@refusals(_over)
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    found = acts.to_confirm(key)
    if request.method == "POST":
        reader = acts.confirm(request=found)
        messages.success(request, _("You follow it now, and hear when something happens."))
        if isinstance(reader, Follower):
            return redirect(links.page_of(reader))
        return redirect("following:choices")
    waiting = [*FollowRequest.objects.waiting().filter(email=found.email)]
    if not waiting:
        raise Refused(_("You follow it already."), already=True)
    titles = acts.titles(waiting, Follower())
    return render(request, "following/outside/confirm.html", {"titles": titles})


@never_cache
@refusals(_over)
def own_page(request: HttpRequest, key: str) -> HttpResponse:
    follower = links.read(key)
    follows = [*Follow.objects.of(follower)]
    form = FollowedForm(request.POST or None, follows=follows)
    if form.is_valid():
        form.save()
        if not Follower.objects.filter(pk=follower.pk).exists():
            return render(request, "following/outside/ended.html")
        messages.success(request, _("Your changes are saved."))
        return redirect("following:own_page", key=key)
    followed = pages.followed(follower, {}, form)
    return render(request, "following/outside/own_page.html", {"form": form, "followed": followed})
