"""The page on which an organisation writes its round-table news."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.round_table import acts as round_table
from meetings.round_table.forms import RoundTableForm
from taskforce.core.refusals import shown_in
from taskforce.core.relations import related
from taskforce.members.roles import MemberRequest, member_required


@member_required
def write(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), number=number)
    own = round_table.own_news(meeting, request.member)
    form = RoundTableForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            saved = round_table.write(form=form, by=request.member)
            messages.success(request, _("Your news is saved. Members can read it."))
            return redirect(saved)
    news = related(meeting, "round_table", request.user).select_related("organisation")
    context = {"form": form, "meeting": meeting, "open": round_table.takes_news(meeting)}
    context["others"] = news.exclude(organisation=request.member.organisation)
    return render(request, "meetings/round_table/write.html", context)
