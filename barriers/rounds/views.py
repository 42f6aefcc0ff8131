"""Pages of rounds for everybody, and voting."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from barriers.models import Ballot, BallotDraft, PrioritisationRound
from barriers.rounds import exports, pages, prioritisation, voting
from barriers.rounds.forms import BallotForm
from barriers.rounds.voting import OwnBallot
from taskforce.core import opening
from taskforce.core.acts import Conflict, Refused
from taskforce.core.refusals import by_script, refusals, shown_in
from taskforce.core.summary import Fault
from taskforce.members.roles import MemberRequest, member_required


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "barriers/rounds/list.html", pages.overview(request.user))


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    found = PrioritisationRound.objects.visible_to(request.user).select_related("meeting")
    voting_round = get_object_or_404(found, slug=slug)
    opening.note(request, voting_round)
    context = pages.detail(voting_round, request.user)
    return render(request, "barriers/rounds/round.html", context)


@require_safe
def result_csv(request: HttpRequest, slug: str) -> HttpResponse:
    closed = PrioritisationRound.objects.closed().with_ranking()
    voting_round = get_object_or_404(closed, slug=slug)
    if not voting_round.has_ranking:
        return redirect(voting_round)
    return exports.result_csv(voting_round, request.user)


@member_required
def vote(request: MemberRequest, slug: str) -> HttpResponseBase:
    is_sent = request.method == "POST"
    voter = voting.voter_at(slug, request.member, to_show=not is_sent)
    voting_round = voter.round if voter else voting.round_at(slug, request.user)
    if voting_round is None:
        raise Http404
    if not is_sent and not voting_round.is_open(timezone.now()):
        return redirect(voting_round)
    if voter is None:
        context, status = {"round": voting_round}, 403 if is_sent else 200
        return render(request, "barriers/rounds/not_eligible.html", context, status=status)
    ballot = OwnBallot(voter, request.member)
    if is_sent:
        return _take(request, ballot)
    return render(request, "barriers/rounds/vote.html", ballot.current_page())


def _take(request: MemberRequest, ballot: OwnBallot) -> HttpResponseBase:
    """Do what the pressed button says, or show what is on the screen and why it was not done."""
    form = BallotForm(request.POST, ballot=ballot)
    if form.is_valid():
        with shown_in(form, Conflict):
            return _act(request, ballot, form)
    if by_script(request):
        return JsonResponse({}, status=422)  # the script lets the page itself say what is wrong
    if form.theirs is not None:
        context = ballot.conflict_page(form.on_screen, form.theirs)
        return render(request, "barriers/rounds/vote.html", context, status=409)
    version = form.cleaned_data.get("version", 0)
    context = ballot.page(form.on_screen, version, errors=[*map(Fault, form.messages)])
    return render(request, "barriers/rounds/vote.html", context)


def _too_late(
    request: MemberRequest, refused: Refused, ballot: OwnBallot, form: BallotForm
) -> HttpResponse:
    context = {"round": ballot.round, "titles": ballot.titles(form.on_screen)}
    return render(request, "barriers/rounds/too_late.html", context, status=409)


@refusals(_too_late)
def _act(request: MemberRequest, ballot: OwnBallot, form: BallotForm) -> HttpResponse:
    given = form.cleaned_data
    if given["act"] in ("send", "abstain"):
        cast = prioritisation.cast(
            voting_round=ballot.round,
            by=request.member,
            choices=form.to_cast,
            version=given["version"],
        )
        return _cast(request, ballot, cast)
    draft = prioritisation.save_draft(
        voting_round=ballot.round,
        by=request.member,
        choices=given["choice"],
        version=given["version"],
        attempted=given["attempted"],
    )
    return _saved(request, ballot, draft)


def _cast(request: MemberRequest, ballot: OwnBallot, cast: Ballot) -> HttpResponse:
    if cast.abstains:
        messages.success(request, _("You abstain. You can still vote until the round closes."))
    else:
        messages.success(
            request, _("The ballot is sent. You can change it until the round closes.")
        )
    return redirect(ballot.round)


def _saved(request: MemberRequest, ballot: OwnBallot, draft: BallotDraft) -> HttpResponse:
    if by_script(request):
        clock = timezone.localtime()
        said = _("Saved %(time)s, not sent yet") % {"time": f"{clock:%H.%M}"}
        return JsonResponse({"said": said, "version": draft.version})
    return redirect("barriers:vote", ballot.round.slug)  # the browser keeps its place on the page
