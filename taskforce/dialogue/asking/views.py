"""Pages of questions: the list, a question with its answers, asking, answering."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meetings.agenda import linking
from meetings.agenda.forms import ThingForm
from taskforce.core.acts import Conflict, Refused
from taskforce.core.mailing import only_shows
from taskforce.core.paging import page_of
from taskforce.core.refusals import add_message, on_page, refusals, shown_in
from taskforce.dialogue.asking import acts, answering, links, pages
from taskforce.dialogue.asking.forms import (
    AnswerForm,
    AskForm,
    DayForm,
    NothingForm,
    WithdrawForm,
)
from taskforce.dialogue.models import Asked, Question
from taskforce.dialogue.talk import carrying
from taskforce.members.models import Member
from taskforce.members.roles import MemberRequest, member_required, secretariat_required


@require_safe
@member_required
def index(request: MemberRequest) -> HttpResponse:
    page = page_of(pages.rows(request.user), request)
    own = pages.waiting_for(request.member)
    context = {"page": page, "waiting": own, "keeps": request.user.is_secretariat}
    return render(request, "dialogue/asking/list.html", context)


@require_safe
@member_required
def detail(request: MemberRequest, slug: str) -> HttpResponse:
    rows = Question.objects.visible_to(request.user).select_related("about_type")
    question = get_object_or_404(rows, slug=slug)
    return render(request, "dialogue/asking/detail.html", pages.detail(question, request.user))


@secretariat_required
def ask(request: MemberRequest) -> HttpResponse:
    thing = ThingForm(request.GET).thing
    chosen = {"about": linking.key_of_thing(thing) if thing else ""}
    form = AskForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_valid() and not only_shows(request):
        with shown_in(form):
            question = acts.ask(form=form, by=request.member)
            messages.success(request, _("The question is asked. The letters are on their way."))
            return redirect(question)
    post = pages.post_of_asking(form, request.member)
    return render(request, "dialogue/asking/ask.html", {"form": form, "post": post})


@member_required
@refusals(on_page("dialogue:question"))
def answer(request: MemberRequest, slug: str) -> HttpResponse:
    visible = Question.objects.visible_to(request.user).select_related("about_type")
    question = get_object_or_404(visible, slug=slug)
    found = pages.shown(question, request.user)
    asked = get_object_or_404(Asked, pk=found.own.pk if found.own else None)
    form = _answer_form(request, asked)
    if not (found.may_answer or form.is_bound):
        raise Refused(_("The question takes no answer from you any more."))
    if form.is_valid():
        with shown_in(form):
            answering.answer(form=form, by=request.member)
            messages.success(request, _("Thank you. Your answer is saved."))
            return redirect(asked)
    context = {"form": form, "question": question, "thing": question.thing(request.user)}
    return render(request, "dialogue/asking/answer.html", context | {"asked": asked})


def _answer_form(request: HttpRequest, asked: Asked) -> AnswerForm:
    sent = request.POST if request.method == "POST" else None
    is_nothing = NothingForm(sent).is_pressed if sent is not None else False
    return AnswerForm(sent, instance=asked, is_nothing=is_nothing)


@never_cache
def answer_by_link(request: HttpRequest, key: str) -> HttpResponse:
    found = links.read(key)
    if found is None:
        return render(request, "dialogue/asking/no_link.html", status=404)
    asked, member = found
    form, why = _answer_form(request, asked), links.why_closed(asked, member)
    context = {"form": form, "why": why, **_of_link(asked, member)}
    if why and not form.is_bound:
        return render(request, "dialogue/asking/no_link.html", context, status=410)
    if form.is_valid():
        with shown_in(form):
            answering.answer_by_link(form=form, by=member)
            return render(request, "dialogue/asking/thanks.html", context)
    return render(request, "dialogue/asking/answer.html", context)


def _of_link(asked: Asked, member: Member | None) -> dict[str, Any]:
    question = asked.question
    viewer = member.user if member else AnonymousUser()
    return {"asked": asked, "question": question, "by": member, "thing": question.thing(viewer)}


def _at_the_question(request: MemberRequest, refused: Refused, *, slug: str, pk: int) -> Any:
    add_message(request, refused)
    return redirect("dialogue:question", slug)


@require_POST
@secretariat_required
@refusals(_at_the_question)
def carry(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Let an answer stand in the talk, too, and lead there."""
    given = Asked.objects.visible_to(request.user).exclude(answer="").select_related("question")
    answer = get_object_or_404(given, question__slug=slug, pk=pk)
    made = carrying.carry(answer=answer, by=request.member)
    messages.success(request, _("The answer stands in the talk."))
    return redirect(made)


@secretariat_required
@refusals(on_page("dialogue:question"))
def extend(request: MemberRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(Question, slug=slug)
    form = DayForm(request.POST if request.method == "POST" else None, instance=question)
    if form.is_valid() and not only_shows(request):
        with shown_in(form, Conflict):
            acts.extend(form=form, by=request.member)
            messages.success(request, _("The question has its new day."))
            return redirect(question)
    post = pages.post_of_extending(form, request.member)
    context = {"form": form, "question": question, "post": post}
    return render(request, "dialogue/asking/extend.html", context)


@require_POST
@secretariat_required
@refusals(on_page("dialogue:question"))
def close(request: MemberRequest, slug: str) -> HttpResponse:
    question = acts.close(question=get_object_or_404(Question, slug=slug), by=request.member)
    messages.success(request, _("The question is closed. Its answers can still be read."))
    return redirect(question)


@secretariat_required
@refusals(on_page("dialogue:question"))
def withdraw(request: MemberRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(Question, slug=slug)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not only_shows(request):
        acts.withdraw(form=form, question=question, by=request.member)
        messages.success(request, _("The question is withdrawn."))
        return redirect(question)
    post = pages.post_of_withdrawing(form, question, request.member)
    context = {"form": form, "question": question, "post": post}
    return render(request, "dialogue/asking/withdraw.html", context)
