"""Pages to invite people to a meeting, and to answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from meetings.inviting import acts as inviting
from meetings.inviting import answer_links, answering
from meetings.inviting.answers import choices
from meetings.inviting.forms import AnswerForm, InviteForm
from meetings.models import Meeting
from taskforce.members.roles import MemberRequest, member_required, secretariat_required


@secretariat_required
def invite(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    form = InviteForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        sent = inviting.invite(meeting=meeting, members=form.chosen, guests=form.guests)
        if sent is not None:
            told = ngettext("%(n)s invitation is sent.", "%(n)s invitations are sent.", sent)
            messages.success(request, told % {"n": sent})
            return redirect("meetings:invite", number)
        form.add_error(None, _("There is no day ahead to invite to any more. Nothing was sent."))
    context = {"form": form, "meeting": meeting, "open": inviting.can_invite(meeting)}
    context["no_agenda"] = not meeting.agenda.exists()
    listed = meeting.attendances.select_related("organisation")
    context["attendances"] = listed.order_by("organisation_name", "name")
    return render(request, "meetings/answering/invite.html", context)


@member_required
def answer(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), number=number)
    typed = request.POST if request.method == "POST" else None
    form = AnswerForm(typed, meeting=meeting, member=request.member)
    if request.method == "POST" and form.is_valid():
        row, chosen = form.attendance, form.chosen
        if answering.answer(attendance=row, answer=chosen, by=request.member):
            messages.success(request, _("The answer is kept. It can change until the meeting."))
            return redirect(meeting)
        form.add_error(None, _("The meeting takes no answers any more."))
    context = {"form": form, "meeting": meeting, "open": answering.takes_answers(meeting)}
    return render(request, "meetings/answering/answer.html", context)


@never_cache
def answer_by_link(request: HttpRequest, key: str) -> HttpResponse:
    found = answer_links.read(key)
    if found is None:
        return render(request, "meetings/answering/no_link.html", {"why": "forged"}, status=404)
    attendance, answer = found
    meeting = attendance.meeting
    context = {"attendance": attendance, "meeting": meeting, "answer": answer}
    if why := answering.why_closed_to(attendance):
        context["why"] = why
        return render(request, "meetings/answering/no_link.html", context, status=410)
    context |= {"links": answer_links.of(attendance, meeting), "fits": answer in choices(meeting)}
    taken = request.method == "POST" and answering.answer_by_link(attendance, answer)
    page = "thanks" if taken else "link"
    return render(request, f"meetings/answering/{page}.html", context)
