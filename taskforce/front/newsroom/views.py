"""Pages on which the secretariat writes news, publishes it and takes it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taskforce.activity.taking_back import ReasonForm
from taskforce.core.acts import Refused
from taskforce.core.paging import page_of
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.front.newsroom import acts
from taskforce.front.newsroom.forms import BelongsForm, NewsForm, PlanForm, VersionForm
from taskforce.members.roles import MemberRequest, secretariat_required
from taskforce.news import publishing
from taskforce.news.models import NewsItem
from taskforce.news.pages import image_of


@require_safe
@secretariat_required
def index(request: MemberRequest) -> HttpResponse:
    page = page_of(NewsItem.objects.published(), request)
    context = {"page": page, "waiting": NewsItem.objects.unpublished()}
    return render(request, "front/news/list.html", context)


def _back(request: HttpRequest, refused: Refused, slug: str) -> HttpResponse:
    """Say why on the item's page, or on the list where it was deleted."""
    add_message(request, refused)
    return redirect(NewsItem.objects.filter(slug=slug).first() or "front:news")


def _form(request: MemberRequest, item: NewsItem, **begin: Any) -> NewsForm:
    sent: Any = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return NewsForm(*sent, instance=item, keeper=request.user, **begin)


@secretariat_required
def write(request: MemberRequest) -> HttpResponse:
    form = _form(request, NewsItem(), initial=BelongsForm(request.GET).begin())
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            item = acts.begin(form=form)
            form.forget_files()
            return redirect(item)
    return render(request, "front/news/write.html", {"form": form})


@secretariat_required
@refusals(_back)
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    item = get_object_or_404(NewsItem, slug=slug)
    form = _form(request, item)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            acts.write(form=form, by=request.member)
            form.forget_files()
            messages.success(request, _("Your changes are saved."))
            return redirect(item)
    context = {"form": form, "item": item, "image": image_of(item)}
    return render(request, "front/news/write.html", context)


@require_POST
@secretariat_required
@refusals(_back)
def publish(request: MemberRequest, slug: str) -> HttpResponse:
    item = get_object_or_404(NewsItem, slug=slug)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    publishing.publish(item=item, by=request.member, version=version)
    messages.success(request, _("The news is published."))
    return redirect(item)


@secretariat_required
@refusals(_back)
def plan(request: MemberRequest, slug: str) -> HttpResponse:
    item = get_object_or_404(NewsItem, slug=slug)
    form = PlanForm(request.POST or None, initial={"at": item.publish_at})
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            planned = publishing.plan(item=item, at=form.cleaned_data["at"])
            when = date_format(timezone.localtime(planned.publish_at), "DATETIME_FORMAT")
            messages.success(request, _("It publishes itself %(when)s.") % {"when": when})
            return redirect(item)
    return render(request, "front/news/plan.html", {"form": form, "item": item})


@require_POST
@secretariat_required
@refusals(_back)
def unplan(request: MemberRequest, slug: str) -> HttpResponse:
    item = publishing.unplan(item=get_object_or_404(NewsItem, slug=slug))
    messages.success(request, _("It no longer publishes itself."))
    return redirect(item)


@secretariat_required
@refusals(_back)
def take_back(request: MemberRequest, slug: str) -> HttpResponse:
    item = get_object_or_404(NewsItem, slug=slug)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publishing.take_back(item=item, reason=form.cleaned_data["reason"], by=request.member)
        messages.success(request, _("The news is a draft again. At its address stands the reason."))
        return redirect(item)
    return render(request, "front/news/take_back.html", {"form": form, "item": item})


@secretariat_required
@refusals(_back)
def discard(request: MemberRequest, slug: str) -> HttpResponse:
    item = get_object_or_404(NewsItem, slug=slug)
    if request.method == "POST":
        publishing.discard(item=item)
        messages.success(request, _("The draft is deleted."))
        return redirect("front:news")
    return render(request, "front/news/discard.html", {"item": item})
