"""Pages to arrange an agenda, and to propose items for it."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from meetings.agenda import arranging, carrying_over, copying, pages, proposing, since_last
from meetings.agenda.forms import (
    CarryForm,
    CopyForm,
    DeclineForm,
    EarlierForm,
    FreshForm,
    ItemForm,
    PlaceForm,
    ProposalForm,
    SendForm,
    ThingForm,
)
from meetings.agenda.offers import offers
from meetings.inviting import acts as inviting
from meetings.models import AgendaItem, AgendaProposal, Meeting
from taskforce.core.acts import Conflict, Refused
from taskforce.core.mailing import noted, only_shows, rehearse
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.core.rich_text import as_html
from taskforce.members.roles import Guarded, MemberRequest, member_required, secretariat_required


def _back(meeting: Meeting, anchor: str = "") -> HttpResponse:
    response = redirect("meetings:agenda", meeting.number)
    response["Location"] += f"#{anchor}" if anchor else ""
    return response


def _refuse(
    request: HttpRequest, refused: Refused, /, meeting: Meeting, **keys: Any
) -> HttpResponse:
    add_message(request, refused)
    return _back(meeting)


def _refuse_to_send(request: HttpRequest, refused: Refused, /, meeting: Meeting) -> HttpResponse:
    add_message(request, refused)
    return _back(meeting, "send")


def arranger_required(view: Callable[..., HttpResponseBase]) -> Guarded:
    """Let the secretariat in to a meeting's agenda; its page says why an act is refused."""
    answered = refusals(_refuse)(view)

    @wraps(view)
    def guarded(request: MemberRequest, /, number: int, **keys: Any) -> HttpResponseBase:
        return answered(request, get_object_or_404(Meeting, number=number), **keys)

    return secretariat_required(guarded)


@require_safe
@secretariat_required
def agenda(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    return _show(request, meeting)


def _show(request: HttpRequest, meeting: Meeting, **sent: Any) -> HttpResponse:
    context = pages.arranged(meeting, request.user, **sent)
    return render(request, "meetings/agenda/agenda.html", context)


@require_POST
@arranger_required
def add(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    form = pages.item_form(AgendaItem(meeting=meeting), request.POST)
    if not form.is_valid():
        return _show(request, meeting, new=form)
    item = arranging.add(form=form, by=request.member)
    messages.success(request, _("“%(item)s” is on the agenda.") % {"item": item})
    return _back(meeting, "nyt-punkt")


@arranger_required
def edit(request: MemberRequest, meeting: Meeting, pk: int) -> HttpResponse:
    item = get_object_or_404(meeting.agenda.select_related("meeting"), pk=pk)
    arranging.must_be_open(meeting)
    posted = request.POST if request.method == "POST" else None
    form = pages.item_form(item, posted)
    if posted is not None and FreshForm(posted)["add_fresh"].value():
        form = _with_fresh(item, form)
    elif posted is not None and form.is_valid():
        with shown_in(form, Conflict):
            arranging.change(form=form, by=request.member)
            messages.success(request, _("Your changes are saved."))
            return _back(meeting, item.anchor)
    fresh = since_last.missing(item, as_html(form["details"].value() or ""))
    context = {"form": form, "item": item, "meeting": meeting, "fresh": fresh}
    return render(request, "meetings/agenda/edit.html", context)


def _with_fresh(item: AgendaItem, form: ItemForm) -> ItemForm:
    """Add the lines that the typed text lacks to its end; nothing is saved yet."""
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    typed = as_html(data.get("details", ""))
    data["details"] = typed + since_last.as_html(since_last.missing(item, typed))
    return pages.item_form(item, data)


@require_POST
@arranger_required
def move(request: MemberRequest, meeting: Meeting, pk: int) -> HttpResponse:
    item = get_object_or_404(meeting.agenda.select_related("meeting"), pk=pk)
    form = PlaceForm(request.POST)
    if form.is_valid():
        arranging.move(item=item, place=form.cleaned_data["place"], by=request.member)
    else:
        messages.error(request, _("Say with a number where it goes."))
    return _back(meeting, item.anchor)


@require_POST
@arranger_required
def remove(request: MemberRequest, meeting: Meeting, pk: int) -> HttpResponse:
    item = get_object_or_404(meeting.agenda.select_related("meeting"), pk=pk)
    arranging.remove(item=item, by=request.member)
    messages.success(request, _("“%(item)s” is off the agenda.") % {"item": item})
    return _back(meeting)


@require_POST
@arranger_required
def carry_over(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    form = CarryForm(request.POST, offers=offers(meeting))
    if not form.is_valid():
        return _show(request, meeting, carry=form)
    keys = form.cleaned_data["offers"]
    count = len(carrying_over.carry_over(meeting=meeting, keys=keys, by=request.member))
    words = ngettext("%(n)s item came on the agenda.", "%(n)s items came on the agenda.", count)
    messages.success(request, words % {"n": count})
    return _back(meeting)


@arranger_required
def copy(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    """Choose items of an earlier meeting's agenda, and copy them."""
    arranging.must_be_open(meeting)
    chosen = EarlierForm(request.GET, meeting=meeting)
    if not chosen.is_valid():
        return _show(request, meeting, earlier=chosen)
    earlier = chosen.cleaned_data["fra"]
    items = copying.lacking(meeting, earlier)
    form = CopyForm(request.POST if request.method == "POST" else None, items=items)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data["items"]
        made = copying.copy(meeting=meeting, earlier=earlier, items=found, by=request.member)
        words = ngettext(
            "%(n)s item came on the agenda.", "%(n)s items came on the agenda.", len(made)
        )
        messages.success(request, words % {"n": len(made)})
        return _back(meeting)
    context = {"form": form, "meeting": meeting, "earlier": earlier, "items": items}
    return render(request, "meetings/agenda/copy.html", context)


@arranger_required
@refusals(_refuse_to_send)
def send(request: MemberRequest, meeting: Meeting) -> HttpResponse:
    inviting.must_have_readers(meeting)
    posted = request.POST if request.method == "POST" else None
    form = SendForm(posted, initial={"sent_before": inviting.last_sent(meeting)})
    is_valid, sent_before = form.is_valid(), form["sent_before"].value() or ""
    act = partial(
        inviting.send_agenda,
        meeting=meeting,
        sent_before=sent_before,
        note=noted(form),
        by=request.user,
    )
    if is_valid and not only_shows(request):
        count = len(act())
        words = ngettext("The agenda is sent to %(n)s.", "The agenda is sent to %(n)s.", count)
        messages.success(request, words % {"n": count})
        return _back(meeting, "send")
    context = {"form": form, "meeting": meeting, "post": rehearse(act)}
    return render(request, "meetings/agenda/send_page.html", context)


# Proposals


@member_required
def propose(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), number=number)
    proposal = AgendaProposal(meeting=meeting)
    thing = ThingForm(request.GET).thing
    sent = request.POST if request.method == "POST" else None
    form = ProposalForm(sent, instance=proposal, thing=thing)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            proposed = proposing.propose(form=form, by=request.member)
            messages.success(request, _("The secretariat has your proposal, and answers by mail."))
            return redirect(proposed)
    is_open = proposing.takes_proposals(meeting)
    context = {"form": form, "meeting": meeting, "open": is_open, "thing": thing}
    return render(request, "meetings/agenda/propose.html", context)


def _on_meeting(
    request: HttpRequest, refused: Refused, /, number: int, **keys: int
) -> HttpResponse:
    add_message(request, refused)
    return redirect("meetings:detail", number)


@member_required
@refusals(_on_meeting)
def withdraw(request: MemberRequest, number: int, pk: int) -> HttpResponse:
    """Ask first, and withdraw a proposal of the own organisation."""
    own = AgendaProposal.objects.filter(proposed_by__organisation=request.member.organisation_id)
    rows = own.visible_to(request.user).select_related("meeting")
    proposal = get_object_or_404(rows, meeting__number=number, pk=pk)
    if request.method == "POST":
        proposing.withdraw(proposal=proposal, by=request.member)
        messages.success(request, _("The proposal is withdrawn."))
        return redirect(proposal)
    return render(request, "meetings/agenda/withdraw.html", {"proposal": proposal})


@require_POST
@arranger_required
def accept(request: MemberRequest, meeting: Meeting, pk: int) -> HttpResponse:
    proposal = get_object_or_404(meeting.proposals.select_related("meeting"), pk=pk)
    item = proposing.accept(proposal=proposal, by=request.member)
    messages.success(request, _("“%(item)s” is on the agenda.") % {"item": item})
    return _back(meeting, item.anchor)


@arranger_required
def decline(request: MemberRequest, meeting: Meeting, pk: int) -> HttpResponse:
    proposal = get_object_or_404(meeting.proposals.select_related("meeting"), pk=pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        proposing.decline(proposal=proposal, reason=reason, by=request.member)
        messages.success(request, _("The proposal is declined, and its author is told why."))
        return _back(meeting)
    context = {"form": form, "proposal": proposal, "meeting": meeting}
    return render(request, "meetings/agenda/decline.html", context)
