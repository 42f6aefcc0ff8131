"""Pages to invite people to a meeting, and to answer an invitation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from meetings.inviting import answer_links, answering, pages
from meetings.inviting.answers import Answer, choices
from meetings.inviting.forms import AnswerForm, InviteForm
from meetings.models import Attendance, Meeting
from taskforce.core.acts import Refused
from taskforce.core.mailing import only_shows, rehearse
from taskforce.core.refusals import refusals, shown_in
from taskforce.members.roles import MemberRequest, member_required, secretariat_required


@secretariat_required
def invite(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    typed, picked = (
        request.POST if request.method == "POST" else None,
        request.GET.getlist("medlem"),
    )
    form = InviteForm(typed, meeting=meeting, picked=picked)
    is_valid = form.is_valid()
    act = pages.invitation(meeting, form, by=request.user)
    if is_valid and not only_shows(request):
        with shown_in(form):
            invited = act()
            sent = len(invited)
            words = ngettext("%(n)s invitation is sent.", "%(n)s invitations are sent.", sent)
            messages.success(request, words % {"n": sent})
            return redirect("meetings:invite", number)
    context = {"form": form, **pages.to_invite(meeting), "post": rehearse(act)}
    return render(request, "meetings/answering/invite.html", context)


@member_required
def answer(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), number=number)
    typed = request.POST if request.method == "POST" else None
    form = AnswerForm(typed, meeting=meeting, member=request.member)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            answering.answer(attendance=form.attendance, answer=form.chosen, by=request.member)
            messages.success(request, _("The answer is kept. It can change until the meeting."))
            return redirect(meeting)
    context = {"form": form, "meeting": meeting, "open": answering.takes_answers(meeting)}
    return render(request, "meetings/answering/answer.html", context)


def _show_link(request: HttpRequest, refused: Refused, /, key: str) -> HttpResponse:
    """Show the page of the link again: it offers the answers that the meeting takes."""
    if found := answer_links.read(key):
        return render(request, "meetings/answering/link.html", _link_context(*found))
    return _no_link(request, 404, why="forged")


@never_cache
@refusals(_show_link)
def answer_by_link(request: HttpRequest, key: str) -> HttpResponse:
    found = answer_links.read(key)
    if found is None:
        return _no_link(request, 404, why="forged")
    attendance, answer = found
    if why := answering.why_closed_to(attendance):
        return _no_link(request, 410, why=why, **_link_context(attendance, answer))
    page = "link"
    if request.method == "POST":
        answering.answer_by_link(attendance, answer)
        page = "thanks"
    return render(request, f"meetings/answering/{page}.html", _link_context(attendance, answer))


def _no_link(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    return render(request, "meetings/answering/no_link.html", context, status=status)


def _link_context(attendance: Attendance, answer: Answer) -> dict[str, Any]:
    meeting = attendance.meeting
    return {
        "attendance": attendance,
        "meeting": meeting,
        "answer": answer,
        "links": answer_links.of(attendance, meeting),
        "fits": answer in choices(meeting),
    }
