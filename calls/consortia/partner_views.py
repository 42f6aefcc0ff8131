"""What a consortium and others do about it: partners join and leave, suggestions are answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from calls.consortia import fitting, joining, suggesting
from calls.consortia.forms import (
    AddPartnerForm,
    AskForm,
    EditPartnerForm,
    ReplyForm,
    SuggestionForm,
)
from calls.models import Consortium, Partner, Suggestion
from taskforce.core.acts import Refused
from taskforce.core.refusals import add_message, on_page, refusals, shown_in
from taskforce.members.models import Viewer
from taskforce.members.roles import MemberRequest, member_required


def _run_by(viewer: Viewer, slug: str, pk: int) -> Consortium:
    run = Consortium.objects.run_by(viewer).select_related("call", "lead")
    return get_object_or_404(run, call__slug=slug, pk=pk)


def _partner_of(consortium: Consortium, pk: int) -> Partner:
    partners = consortium.partners.select_related("consortium__call", "organisation")
    return get_object_or_404(partners, pk=pk)


def _show_consortium(
    request: HttpRequest, refused: Refused, slug: str, pk: int, **keys: int
) -> HttpResponse:
    """Lead to the consortium's page. What a colleague did first shows there without a message."""
    if isinstance(refused, joining.Over):
        add_message(request, refused)
    return redirect("calls:consortium", slug, pk)


def _show_call(request: HttpRequest, refused: Refused, slug: str, pk: int) -> HttpResponse:
    """Lead to the call's page, since the consortium may hide from whoever is out of it."""
    return redirect("calls:detail", slug)


@member_required
@refusals(on_page("calls:consortium"))
def ask(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    shown = Consortium.objects.shown_to(request.user)
    outside = shown.exclude(pk__in=Consortium.objects.inside(request.user).values("pk"))
    consortium = get_object_or_404(outside.select_related("call"), call__slug=slug, pk=pk)
    form = AskForm(request.POST or None)
    if request.method != "POST":
        joining.must_seek(consortium)
    elif form.is_valid():
        with shown_in(form):
            joining.ask(consortium=consortium, by=request.member, **form.cleaned_data)
            messages.success(request, _("The consortium is told, and answers you by mail."))
            return redirect(consortium)
    return render(request, "calls/consortia/ask.html", {"form": form, "consortium": consortium})


@require_POST
@member_required
@refusals(_show_consortium)
def accept(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    return _answer(request, slug, pk, accept=True)


@require_POST
@member_required
@refusals(_show_call)
def decline(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    return _answer(request, slug, pk, accept=False)


def _answer(request: MemberRequest, slug: str, pk: int, *, accept: bool) -> HttpResponse:
    invited = Consortium.objects.invited(request.user).select_related("call")
    consortium = get_object_or_404(invited, call__slug=slug, pk=pk)
    joining.answer_invitation(consortium=consortium, accept=accept, by=request.member)
    messages.success(request, _("Your answer is given, and the lead is told."))
    # Whoever declines may no longer see a consortium that hides.
    return redirect(consortium if accept else consortium.call)


@require_POST
@member_required
@refusals(_show_call)
def leave(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    shown = Consortium.objects.visible_to(request.user).select_related("call", "lead")
    consortium = get_object_or_404(shown, call__slug=slug, pk=pk)
    joining.leave(consortium=consortium, by=request.member)
    messages.success(request, _("Your organisation has left the consortium."))
    return redirect(consortium.call)


@member_required
def add_partner(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    consortium = _run_by(request.user, slug, pk)
    chosen = {"organisation": request.GET.get("organisation")}
    form = AddPartnerForm(request.POST or None, consortium=consortium, initial=chosen)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            partner = joining.add(form=form)
            words = {"partner": partner.title, "state": partner.get_state_display().lower()}
            messages.success(request, _("%(partner)s is on the list: %(state)s.") % words)
            return redirect(consortium)
    fits = fitting.fitting(consortium, request.user)
    context = {"form": form, "consortium": consortium, "fits": fits}
    return render(request, "calls/consortia/add_partner.html", context)


@member_required
def edit_partner(request: MemberRequest, slug: str, pk: int, partner: int) -> HttpResponse:
    consortium = _run_by(request.user, slug, pk)
    found = _partner_of(consortium, partner)
    form = EditPartnerForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            joining.change(form=form)
            messages.success(request, _("Your changes are saved."))
            return redirect(consortium)
    context = {"form": form, "consortium": consortium, "partner": found}
    return render(request, "calls/consortia/edit_partner.html", context)


@require_POST
@member_required
@refusals(_show_consortium)
def accept_partner(request: MemberRequest, slug: str, pk: int, partner: int) -> HttpResponse:
    consortium = _run_by(request.user, slug, pk)
    joining.decide(partner=_partner_of(consortium, partner), accept=True)
    messages.success(request, _("The organisation is a partner, and its people are told."))
    return redirect(consortium)


@require_POST
@member_required
@refusals(_show_consortium)
def decline_partner(request: MemberRequest, slug: str, pk: int, partner: int) -> HttpResponse:
    consortium = _run_by(request.user, slug, pk)
    joining.decide(partner=_partner_of(consortium, partner), accept=False)
    messages.success(request, _("The organisation is told that it is not this time."))
    return redirect(consortium)


@require_POST
@member_required
@refusals(_show_consortium)
def remove_partner(request: MemberRequest, slug: str, pk: int, partner: int) -> HttpResponse:
    consortium = _run_by(request.user, slug, pk)
    joining.remove(partner=_partner_of(consortium, partner))
    messages.success(request, _("The organisation is out of the consortium."))
    return redirect(consortium)


@require_POST
@member_required
@refusals(_show_consortium)
def invite_again(request: MemberRequest, slug: str, pk: int, partner: int) -> HttpResponse:
    consortium = _run_by(request.user, slug, pk)
    joining.invite_again(partner=_partner_of(consortium, partner))
    messages.success(request, _("The organisation is invited again."))
    return redirect(consortium)


@member_required
@refusals(on_page("calls:consortium"))
def suggest(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    shown = Consortium.objects.shown_to(request.user).exclude(suggestions_by=None)
    consortium = get_object_or_404(shown.select_related("call", "lead"), call__slug=slug, pk=pk)
    form = SuggestionForm(request.POST or None)
    if request.method != "POST":
        suggesting.must_ask(consortium)
    elif form.is_valid():
        with shown_in(form):
            suggesting.suggest(consortium=consortium, form=form, by=request.member)
            messages.success(request, _("Your suggestion is handed in. You are answered by mail."))
            return redirect(consortium)
    return render(request, "calls/consortia/suggest.html", {"form": form, "consortium": consortium})


@member_required
def answer_suggestion(request: MemberRequest, slug: str, pk: int, suggestion: int) -> HttpResponse:
    consortium = _run_by(request.user, slug, pk)
    made = Suggestion.objects.select_related("organisation", "consortium__call")
    found = get_object_or_404(made, consortium=consortium, pk=suggestion)
    form = ReplyForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            suggesting.answer(form=form, by=request.member)
            messages.success(request, _("The suggestion is answered."))
            return redirect(consortium)
    context = {"form": form, "consortium": consortium, "suggestion": found}
    return render(request, "calls/consortia/answer_suggestion.html", context)
