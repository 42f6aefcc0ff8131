"""Talk: say something, reply, and do something with what was said."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taskforce.core.acts import Refused
from taskforce.core.paging import page_of
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.dialogue.models import Contribution, Hiding
from taskforce.dialogue.talk import (
    answering,
    contributing,
    editing,
    hiding,
    opening,
    pages,
)
from taskforce.dialogue.talk.forms import ContributionForm, EditForm, HideForm, ReplyForm
from taskforce.dialogue.things import model_named, talk_of
from taskforce.members.models import Viewer
from taskforce.members.roles import MemberRequest, member_required, secretariat_required


def _thing(viewer: Viewer, key: str, pk: int) -> Any:
    """Return what an address names, or what that was merged into."""
    model = model_named(key)
    if model is None:
        raise Http404
    talk = talk_of(model)
    found = get_object_or_404(talk.seen(viewer).select_related(), pk=pk)
    into = talk.moved_to(found)
    return found if into is None else get_object_or_404(talk.seen(viewer), pk=into.pk)


def _contribution(viewer: Viewer, pk: int) -> Contribution:
    rows = Contribution.objects.in_talk_of(viewer)
    return get_object_or_404(rows.select_related("organisation"), pk=pk)


def _place(contribution: Contribution) -> str:
    """Return the address of its place on the page of what it is about."""
    return f"{contribution.target.get_absolute_url()}#{contribution.anchor}"


def _in_its_place(request: MemberRequest, refused: Refused, *, pk: int) -> HttpResponse:
    """Say why nothing was done, where the contribution stands, or else on the list of questions."""
    add_message(request, refused)
    found = Contribution.objects.in_talk_of(request.user).filter(pk=pk).first()
    return redirect(_place(found) if found else "dialogue:questions")


@require_safe
def contribution(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lead to its place; a stranger to log in, be it there or not."""
    found = Contribution.objects.in_talk_of(request.user).filter(pk=pk).first()
    if found is None and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if found is None:
        raise Http404
    return redirect(_place(found))


@member_required
def add(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    thing = _thing(request.user, key, pk)
    is_public = contributing.is_read_by_all(thing)
    form = _form(ContributionForm, request, is_public)
    if form.is_valid():
        with shown_in(form):
            made = contributing.contribute(about=thing, by=request.member, **form.said)
            messages.success(request, _("Your contribution stands in the talk."))
            return redirect(_place(made))
    thing = _thing(request.user, key, pk)  # it may be merged meanwhile
    context = {"form": form, "thing": thing, "key": key, "is_public": is_public}
    return render(request, "dialogue/add.html", context)


@member_required
def reply(request: MemberRequest, pk: int) -> HttpResponse:
    to = _contribution(request.user, pk)
    is_public = contributing.is_read_by_all(to.target) and to.is_public
    form = _form(ReplyForm, request, is_public)
    if form.is_valid():
        with shown_in(form):
            made = contributing.reply(to=to, by=request.member, **form.said)
            messages.success(request, _("Your reply stands in the talk."))
            return redirect(_place(made))
    context = {"form": form, "contribution": to, "thing": to.target, "is_public": is_public}
    return render(request, "dialogue/reply.html", context)


def _form(kind: type[ReplyForm], request: MemberRequest, is_public: bool) -> Any:
    """Return the form as it was sent, or as it begins: also where somebody wants to mention."""
    if request.method != "POST":
        return kind(initial={"for_all": is_public})
    form = kind(request.POST)
    wants_to_choose = form.fields["choose"].clean(form["choose"].value())
    return kind.begun(request.POST) if wants_to_choose else form


@member_required
@refusals(_in_its_place)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    found = editing.must_be_own(contribution=_contribution(request.user, pk), by=request.member)
    is_public = editing.is_read_by_all(found)
    form = EditForm(request.POST or None, instance=found, initial={"for_all": is_public})
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("text", "version", "for_all")}
        with shown_in(form):
            editing.edit(contribution=found, by=request.member, **said)
            messages.success(request, _("Your changes are saved."))
            return redirect(_place(found))
    if request.method != "POST":
        editing.must_be_editable(contribution=found, by=request.member)
    context = {"form": form, "contribution": found, "is_public": is_public}
    return render(request, "dialogue/edit.html", context)


@member_required
@refusals(_in_its_place)
def take_away(request: MemberRequest, pk: int) -> HttpResponse:
    found = _contribution(request.user, pk)
    editing.must_be_own(contribution=found, by=request.member)
    if request.method == "POST":
        place = _place(found)
        gone = editing.take_away(contribution=found, by=request.member)
        said = _("The words are withdrawn.") if gone.pk else _("The contribution is deleted.")
        messages.success(request, said)
        return redirect(place)
    context = {"contribution": found, "can_be_deleted": editing.can_be_deleted(found)}
    return render(request, "dialogue/take_away.html", context)


@secretariat_required
@refusals(_in_its_place)
def hide(request: MemberRequest, pk: int) -> HttpResponse:
    found = _contribution(request.user, pk)
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hiding.hide(contribution=found, by=request.member, **form.cleaned_data)
        messages.success(request, _("The words are hidden from everybody. The log can undo it."))
        return redirect(_place(found))
    return render(request, "dialogue/hide.html", {"form": form, "contribution": found})


@require_safe
@secretariat_required
def log(request: MemberRequest) -> HttpResponse:
    return render(request, "dialogue/log.html", {"page": page_of(pages.log(request.user), request)})


def _in_the_log(request: MemberRequest, refused: Refused, *, pk: int) -> HttpResponse:
    add_message(request, refused)
    return redirect("dialogue:log")


@require_POST
@secretariat_required
@refusals(_in_the_log)
def show(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(pages.log(request.user), pk=pk)
    shown: Hiding = hiding.show(hiding=found, by=request.member)
    messages.success(request, _("The words show again."))
    return redirect(_place(shown.contribution))


@require_POST
@member_required
@refusals(_in_its_place)
def mark(request: MemberRequest, pk: int) -> HttpResponse:
    answer = _contribution(request.user, pk)
    answering.mark(answer=answer, by=request.member)
    messages.success(request, _("The question is answered."))
    return redirect(_place(answer))


@require_POST
@member_required
@refusals(_in_its_place)
def unmark(request: MemberRequest, pk: int) -> HttpResponse:
    answer = _contribution(request.user, pk)
    answering.unmark(answer=answer, by=request.member)
    messages.success(request, _("The question waits for an answer again."))
    return redirect(_place(answer))


def _at_the_thing(request: MemberRequest, refused: Refused, *, key: str, pk: int) -> HttpResponse:
    add_message(request, refused)
    return redirect(_thing(request.user, key, pk))


@secretariat_required
@refusals(_at_the_thing)
def open_to_all(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    thing = _thing(request.user, key, pk)
    if request.method == "POST":
        opening.open_to_all(about=thing, by=request.member)
        messages.success(request, _("Everybody can read what is written from now on."))
        return redirect(thing)
    return render(request, "dialogue/open_to_all.html", {"thing": thing, "key": key})


@require_POST
@secretariat_required
def close_to_others(request: MemberRequest, key: str, pk: int) -> HttpResponse:
    thing = _thing(request.user, key, pk)
    opening.close_to_others(about=thing)
    messages.success(request, _("Only members read the talk now."))
    return redirect(thing)


@require_safe
@member_required
def questions(request: MemberRequest) -> HttpResponse:
    """Show the questions without an answer, the longest waiting first."""
    page = page_of(pages.unanswered(request.user), request)
    return render(request, "dialogue/questions.html", {"page": page})
