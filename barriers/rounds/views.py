"""Pages of prioritisation rounds."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from barriers import register
from barriers.models import PrioritisationRound
from barriers.rounds import prioritisation
from barriers.rounds.forms import BallotForm
from taskforce.members.roles import MemberRequest, member_required
from taskforce.relations import related


@require_safe
def round(request: HttpRequest, slug: str) -> HttpResponse:
    found = PrioritisationRound.objects.visible_to(request.user).select_related("meeting")
    round = get_object_or_404(found, slug=slug)
    results = [*related(round, "results", request.user).select_related("barrier")]
    most = max((result.points for result in results), default=0)
    context = {
        "round": round,
        "is_open": round.is_open(timezone.now()),
        "results": [(result, register.percent(result.points, most)) for result in results],
        "barriers": related(round, "barriers", request.user),
    }
    return render(request, "barriers/rounds/round.html", context)


@member_required
def vote(request: MemberRequest, slug: str) -> HttpResponse:
    visible = PrioritisationRound.objects.visible_to(request.user)
    round = get_object_or_404(visible, slug=slug)
    if request.method != "POST" and not round.is_open(timezone.now()):
        return redirect(round)
    initial = prioritisation.own_choices(round=round, member=request.member)
    form = BallotForm(request.POST or None, round=round, initial=initial)
    if request.method == "POST" and form.is_valid():
        if prioritisation.cast(round=round, by=request.member, choices=form.choices):
            messages.success(request, _("Your ballot is cast. You can change it until closing."))
            return redirect(round)
        form.add_error(None, _("The round is closed, so your ballot was not taken."))
    return render(request, "barriers/rounds/vote.html", {"form": form, "round": round})
