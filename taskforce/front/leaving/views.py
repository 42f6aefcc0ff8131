"""Pages by which somebody leaves, hands over or moves, their own and the secretariat's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.front.leaving import acts, matters, moving, pages, silence
from taskforce.front.leaving.forms import EndForm, HandOverForm, MoveForm
from taskforce.members.models import Member
from taskforce.members.roles import MemberRequest, member_required, secretariat_required


def _seat(pk: int) -> Member:
    rows = Member.objects.current().select_related("user", "organisation")
    return get_object_or_404(rows, user=pk)


@secretariat_required
@refusals(on_page("members:person"))
def end_membership(request: MemberRequest, pk: int) -> HttpResponse:
    return _end(request, _seat(pk), reverse("members:person", args=[pk]))


@member_required
@refusals(on_page("front:my_page"))
def leave(request: MemberRequest) -> HttpResponse:
    return _end(request, request.member, reverse("front:my_page"))


def _end(request: MemberRequest, member: Member, back: str) -> HttpResponse:
    form = EndForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            acts.end(member=member, last_day=form.cleaned_data["last_day"], by=request.user)
            messages.success(request, _("It is noted, and told by mail."))
            return redirect(back)
    context = {"form": form, "is_own": member == request.member, **pages.leaving(member)}
    return render(request, "front/leaving/end.html", context)


@secretariat_required
@refusals(on_page("members:person"))
def hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    return _hand_over(request, _seat(pk), reverse("members:person", args=[pk]))


@member_required
@refusals(on_page("front:my_page"))
def hand_over_mine(request: MemberRequest) -> HttpResponse:
    return _hand_over(request, request.member, reverse("front:my_page"))


def _hand_over(request: MemberRequest, member: Member, back: str) -> HttpResponse:
    shown = pages.leaving(member)
    choice = pages.successors(member, request.user)
    given = {"member": member, "successors": choice, "matters": shown["matters"]}
    form = HandOverForm(request.POST or None, **given)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            _carry_on(form, request)
            messages.success(request, _("It is noted, and both are told by mail."))
            return redirect(back)
    context = {"form": form, "is_own": member == request.member, "nobody": not choice.exists()}
    return render(request, "front/leaving/hand_over.html", shown | context)


def _carry_on(form: HandOverForm, request: MemberRequest) -> None:
    acts.hand_over(
        member=form.member,
        successor=form.cleaned_data["to"],
        first_day=form.cleaned_data["first_day"],
        stays=form.stays,
        gives=form.gives,
        by=request.user,
    )


@require_POST
@secretariat_required
@refusals(on_page("members:person"))
def call_off(request: MemberRequest, pk: int) -> HttpResponse:
    # A plan stands also while the log-in is shut.
    member = get_object_or_404(Member, user=pk, to_date=None)
    acts.call_off(member=member)
    messages.success(request, _("It is called off, and told by mail."))
    return redirect("members:person", pk)


@require_POST
@member_required
@refusals(on_page("front:my_page"))
def call_off_mine(request: MemberRequest) -> HttpResponse:
    acts.call_off(member=request.member)
    messages.success(request, _("It is called off, and told by mail."))
    return redirect("front:my_page")


@secretariat_required
@refusals(on_page("members:person"))
def move_person(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(pk)
    form = MoveForm(request.POST or None, initial={"title": seat.title})
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            typed = form.cleaned_data
            to, title, was_wrong = typed["to"], typed["title"], typed["why"] == "wrong"
            moving.move(member=seat, to=to, title=title, was_wrong=was_wrong, by=request.user)
            messages.success(request, _("Your changes are saved."))
            return redirect("members:person", pk)
    context = {"form": form, "seat": seat, "matters": matters.open_for(seat)}
    return render(request, "front/leaving/move.html", context)


@require_POST
@secretariat_required
@refusals(on_page("members:person"))
def keep_silent(request: HttpRequest, pk: int) -> HttpResponse:
    silence.keep(member=_seat(pk))
    messages.success(request, _("The person stays a member."))
    return redirect("members:person", pk)
