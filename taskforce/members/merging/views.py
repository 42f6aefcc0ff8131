"""Pages that merge organisations and people, and take that apart."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taskforce.core.acts import Refused
from taskforce.core.refusals import add_message, on_page, refusals, shown_in
from taskforce.members.merging import organisations, pages, people
from taskforce.members.merging.forms import OtherForm, SidesForm
from taskforce.members.models import Merge, Organisation, User
from taskforce.members.people import register
from taskforce.members.roles import MemberRequest, secretariat_required

Act = Callable[..., Any]


@secretariat_required
@refusals(on_page("members:merge_organisation"))
def merge_organisation(request: MemberRequest, slug: str) -> HttpResponse:
    kept = get_object_or_404(Organisation, slug=slug)
    form = OtherForm(request.GET or None, others=Organisation.objects.exclude(pk=kept.pk))
    here = reverse("members:merge_organisation", args=[slug])
    back = kept.get_absolute_url()
    if not form.is_valid():
        return _choose(request, form, kept, back)
    gone = form.cleaned_data["med"]
    other_way = reverse("members:merge_organisation", args=[gone.slug]) + f"?med={kept.pk}"
    sides = pages.sides_of_organisations(gone, kept)
    return _decide(request, organisations.merge, gone, kept, sides, (here, other_way, back))


@secretariat_required
@refusals(on_page("members:merge_person"))
def merge_person(request: MemberRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(register.people(), pk=pk)
    others = register.people().exclude(pk=pk)
    form = OtherForm(request.GET or None, others=others, label=_name_and_address)
    here, back = (reverse(f"members:{page}", args=[pk]) for page in ("merge_person", "person"))
    if not form.is_valid():
        return _choose(request, form, kept, back)
    gone = form.cleaned_data["med"]
    other_way = reverse("members:merge_person", args=[gone.pk]) + f"?med={pk}"
    sides = pages.sides_of_people(gone, kept)
    return _decide(request, people.merge, gone, kept, sides, (here, other_way, back))


def _name_and_address(user: User) -> str:
    return f"{user.name} ({user.email})"


def _choose(request: MemberRequest, form: OtherForm, kept: Model, back: str) -> HttpResponse:
    context = {"form": form, "kept": kept, "back": back}
    return render(request, "members/merging/choose.html", context)


def _decide(
    request: MemberRequest,
    act: Act,
    gone: Any,
    kept: Any,
    sides: list[pages.Side],
    ways: tuple[str, str, str],
) -> HttpResponse:
    """Show both sides and what would move; on POST merge them."""
    here, other_way, back = ways
    form = SidesForm(request.POST if request.method == "POST" else None, sides=sides)
    merge = partial(act, gone=gone, kept=kept, by=request.user)
    if form.is_valid():
        with shown_in(form):
            merge(from_gone=form.from_gone)
            messages.success(request, _("They are one now. You can undo it for a day."))
            return redirect(back)
    context = pages.moved(partial(merge, from_gone=set()))
    context |= {"form": form, "gone": gone, "kept": kept}
    context |= {"here": f"{here}?med={gone.pk}", "other_way": other_way, "back": back}
    return render(request, "members/merging/decide.html", context)


@require_POST
@secretariat_required
def take_apart(request: MemberRequest, pk: int) -> HttpResponse:
    merge = get_object_or_404(Merge, pk=pk)
    of_people = merge.of == Merge.Of.PEOPLE
    act: Act = people.take_apart if of_people else organisations.take_apart
    rows: QuerySet[Any] = User.objects.all() if of_people else Organisation.objects.all()
    try:
        act(merge=merge, by=request.user)
        messages.success(request, _("They are two again."))
    except Refused as refused:
        add_message(request, refused)
    kept = get_object_or_404(rows, pk=merge.kept)
    return redirect("members:person", kept.pk) if of_people else redirect(kept)
