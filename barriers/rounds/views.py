"""Pages of rounds for everybody, and voting."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from barriers.models import Ballot, BallotDraft, Barrier, Eligible, PrioritisationRound
from barriers.rounds import exports, pages, prioritisation, voting
from barriers.rounds.forms import BallotForm
from barriers.rounds.prioritisation import ChangedMeanwhileError
from taskforce.members.roles import MemberRequest, member_required


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "barriers/rounds/list.html", pages.overview(request.user))


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    found = PrioritisationRound.objects.visible_to(request.user).select_related("meeting")
    voting_round = get_object_or_404(found, slug=slug)
    return render(request, "barriers/rounds/round.html", pages.detail(voting_round, request.user))


@require_safe
def result_csv(request: HttpRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound.objects.closed(), slug=slug)
    return exports.result_csv(voting_round, request.user)


@member_required
def vote(request: MemberRequest, slug: str) -> HttpResponse:
    visible = PrioritisationRound.objects.visible_to(request.user)
    voting_round = get_object_or_404(visible, slug=slug)
    voter = voting.voter_of(voting_round, request.member)
    if request.method != "POST" and not voting_round.is_open(timezone.now()):
        return redirect(voting_round)
    if voter is None:
        status = 403 if request.method == "POST" else 200
        return render(
            request, "barriers/rounds/not_eligible.html", {"round": voting_round}, status=status
        )
    barriers = voting.listed(voting_round, request.member)
    if request.method == "POST":
        return _take(request, voting_round, voter, barriers)
    chosen, version = voting.on_the_desk(voter)
    return _ballot(request, voting_round, voter, barriers, chosen=chosen, version=version)


def _ballot(
    request: MemberRequest,
    voting_round: PrioritisationRound,
    voter: Eligible,
    barriers: list[Barrier],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = voting.page(
        voting_round,
        barriers,
        voter=voter,
        sent=voting.sent(voter, request.member),
        is_unsent=voting.is_unsent(voter),
        **more,
    )
    return render(request, "barriers/rounds/vote.html", context, status=status)


def _take(
    request: MemberRequest,
    voting_round: PrioritisationRound,
    voter: Eligible,
    barriers: list[Barrier],
) -> HttpResponse:
    """Do what the pressed button says, and keep what is on the screen whatever comes of it."""
    form = BallotForm(request.POST, voting_round=voting_round, listed=barriers)
    if not form.is_valid():
        errors = [error for found in form.errors.values() for error in found]
        return _mend(request, voting_round, voter, barriers, form, errors=errors)
    try:
        done = _act(request, voting_round, form)
    except ChangedMeanwhileError as error:
        by = voting.shown(error.draft.saved_by, request.member)
        more = {"theirs": voting.theirs(error.draft, barriers), "by": by, "conflict": True}
        return _mend(
            request,
            voting_round,
            voter,
            barriers,
            form,
            status=409,
            version=error.draft.version,
            **more,
        )
    if done is None:
        return _too_late(request, voting_round, form)
    return _done(request, voting_round, form, done)


def _act(
    request: MemberRequest, voting_round: PrioritisationRound, form: BallotForm
) -> BallotDraft | Ballot | None:
    given, by = form.cleaned_data, request.member
    version: int = given["version"]
    if given["act"] == "abstain":
        return prioritisation.cast(voting_round=voting_round, by=by, choices=[], version=version)
    if given["act"] == "send":
        choices = [form.barriers[pk] for pk in given["choice"]]
        return prioritisation.cast(
            voting_round=voting_round, by=by, choices=choices, version=version
        )
    return prioritisation.save_draft(
        voting_round=voting_round,
        by=by,
        choices=given["choice"],
        version=version,
        attempted=given["attempted"],
    )


def _done(
    request: MemberRequest,
    voting_round: PrioritisationRound,
    form: BallotForm,
    done: BallotDraft | Ballot,
) -> HttpResponse:
    if isinstance(done, Ballot):
        if done.abstains:
            messages.success(request, _("You abstain. You can still vote until the round closes."))
        else:
            messages.success(
                request, _("The ballot is sent. You can change it until the round closes.")
            )
        return redirect(voting_round)
    if _by_script(request):
        clock = timezone.localtime()
        said = _("Saved %(time)s, not sent yet") % {"time": f"{clock:%H.%M}"}
        return JsonResponse({"said": said, "version": done.version})
    return redirect(
        "barriers:vote", voting_round.slug
    )  # the place on the page comes along by itself


def _mend(
    request: MemberRequest,
    voting_round: PrioritisationRound,
    voter: Eligible,
    barriers: list[Barrier],
    form: BallotForm,
    *,
    status: int = 200,
    version: int | None = None,
    **more: Any,
) -> HttpResponse:
    """Show the ballot as it was on the screen, with what is to be mended."""
    if _by_script(request):
        return JsonResponse({}, status=422)  # the script lets the page itself say what is wrong
    kept = form.cleaned_data.get("version", 0) if version is None else version
    more |= {"chosen": form.on_screen, "version": kept}
    return _ballot(request, voting_round, voter, barriers, status=status, **more)


def _too_late(
    request: MemberRequest, voting_round: PrioritisationRound, form: BallotForm
) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({}, status=409)
    titles = [form.barriers[pk].title for pk in form.on_screen]
    context = {"round": voting_round, "titles": titles}
    return render(request, "barriers/rounds/too_late.html", context, status=409)


def _by_script(request: HttpRequest) -> bool:
    """Tell whether a script saves while somebody chooses, rather than a button being pressed."""
    return request.headers.get("Accept") == "application/json"
