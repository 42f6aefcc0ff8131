"""The secretariat's pages of people: the register, adding, changing, and asking in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taskforce.core import sheets
from taskforce.core.paging import page_of
from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.members.accounts import sessions, two_step
from taskforce.members.models import Member, User
from taskforce.members.people import adding, changing, exports, inviting, pages, register
from taskforce.members.people.filters import PeopleFilter
from taskforce.members.people.forms import AddForm, BeginForm, PersonForm
from taskforce.members.roles import MemberRequest, secretariat_required


@require_safe
@secretariat_required
def people(request: MemberRequest) -> HttpResponse:
    filters = PeopleFilter(request.GET, register.people(), request=request)
    page = page_of(register.in_order(filters.qs), request)
    is_filtered = any(request.GET.get(name) for name in filters.filters)
    context = {"filters": filters, "page": page, "is_filtered": is_filtered}
    return render(request, "members/people/list.html", context | {"rows": pages.ready(page.rows)})


@require_safe
@secretariat_required
def as_csv(request: MemberRequest) -> HttpResponse:
    return sheets.as_csv(exports.NAME, exports.columns(), exports.rows(_filtered(request)))


@require_safe
@secretariat_required
def as_xlsx(request: MemberRequest) -> HttpResponse:
    return sheets.as_xlsx(exports.NAME, exports.columns(), exports.rows(_filtered(request)))


def _filtered(request: MemberRequest) -> Any:
    return PeopleFilter(request.GET, register.people(), request=request).qs


@secretariat_required
def add_person(request: MemberRequest) -> HttpResponse:
    form = AddForm(request.POST or None, initial=BeginForm(request.GET).initial_values)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            member = adding.add(form=form, by=request.user)
            words = _("%(name)s is a member. A letter with the way in is on its way to %(email)s.")
            about = {"name": member.user, "email": member.user.email}
            messages.success(request, words % about)
            return redirect("members:person", member.user_id)
    return render(request, "members/people/add.html", {"form": form})


@require_safe
@secretariat_required
def person(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    if found.merged_into_id:
        return redirect("members:person", found.merged_into_id)
    return render(request, "members/people/person.html", pages.detail(found))


@secretariat_required
@refusals(on_page("members:person"))
def edit_person(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(pk)
    name = seat.user.name
    form = PersonForm(request.POST or None, instance=seat)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            changing.change(form=form, by=request.user)
            if pk == request.user.pk and "email" in form.changed_data:
                sessions.stay(request, User.objects.get(pk=pk))
            messages.success(request, _("Your changes are saved."))
            return redirect("members:person", pk)
    return render(request, "members/people/edit.html", {"form": form, "name": name, "seat": seat})


def _seat(pk: int) -> Member:
    rows = Member.objects.current().select_related("user", "organisation")
    return get_object_or_404(rows, user=pk)


@require_POST
@secretariat_required
@refusals(on_page("members:person"))
def send_again(request: MemberRequest, pk: int) -> HttpResponse:
    invitation = inviting.send_again(member=_seat(pk), by=request.user)
    words = _("A new letter is on its way to %(email)s. The link in the one before is dead.")
    messages.success(request, words % {"email": invitation.email})
    return redirect("members:person", pk)


@secretariat_required
@refusals(on_page("members:person"))
def withdraw_invitation(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat(pk)
    if request.method != "POST":
        return render(request, "members/people/withdraw.html", {"seat": seat})
    inviting.withdraw(member=seat)
    messages.success(request, _("The invitation of %(name)s is withdrawn.") % {"name": seat.user})
    return redirect("members:people")


@secretariat_required
@refusals(on_page("members:person"))
def deactivate(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(register.people(), pk=pk)
    if request.method != "POST":
        return render(request, "members/people/deactivate.html", pages.detail(found))
    changing.deactivate(user=found, by=request.user)
    messages.success(request, _("%(name)s can no longer log in.") % {"name": found})
    return redirect("members:person", pk)


@require_POST
@secretariat_required
@refusals(on_page("members:person"))
def reactivate(request: MemberRequest, pk: int) -> HttpResponse:
    found = changing.reactivate(user=get_object_or_404(register.people(), pk=pk), by=request.user)
    messages.success(request, _("%(name)s can log in again.") % {"name": found})
    return redirect("members:person", pk)


@require_POST
@secretariat_required
@refusals(on_page("members:person"))
def switch_off_two_step(request: MemberRequest, pk: int) -> HttpResponse:
    two_step.switch_off(user=get_object_or_404(register.people(), pk=pk))
    messages.success(request, _("Two-step log-in is switched off, and the person is told."))
    return redirect("members:person", pk)
