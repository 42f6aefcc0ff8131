"""Plan a round and open it once: by hand, or by the worker when its time has come."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers.models import Barrier, Eligible, PrioritisationRound, RoundBarrier, Voter
from barriers.rounds import candidates, letters
from barriers.rounds.counting import ballot_size
from barriers.rounds.forms import RoundForm
from barriers.rounds.prioritisation import locked
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member, Organisation, User


class NotOpenedError(Exception):
    """Raised where a round cannot open or is open already; its text is for the reader."""


@transaction.atomic
def plan(*, form: RoundForm, by: Member) -> PrioritisationRound:
    """Keep a draft of a round. Only the secretariat knows of it until it opens."""
    form.instance.is_example = by.organisation.is_example
    voting_round: PrioritisationRound = form.save()
    _set_lists(voting_round, form)
    return voting_round


@transaction.atomic
def change(*, form: RoundForm) -> bool:
    """Save a draft anew; False where somebody else saved first.

    Raises NotOpenedError where it was opened meanwhile.
    """
    _must_be_draft(locked(form.instance))
    if not form.save_unless_changed():
        return False
    _set_lists(form.instance, form)
    return True


def _set_lists(voting_round: PrioritisationRound, form: RoundForm) -> None:
    list_barriers(voting_round, form.cleaned_data["listed"])
    chosen = [organisation.pk for organisation in form.cleaned_data["voting"]]
    could = candidates.organisations(is_example=voting_round.is_example)
    voting_round.left_out.set(could.exclude(pk__in=chosen))


def list_barriers(voting_round: PrioritisationRound, barriers: Iterable[Barrier]) -> None:
    voting_round.choices.all().delete()
    RoundBarrier.objects.bulk_create(
        RoundBarrier(round=voting_round, barrier=barrier) for barrier in barriers
    )


@transaction.atomic
def schedule(*, voting_round: PrioritisationRound, by_itself: bool) -> None:
    """Let the worker open a round at its time, or no longer; NotOpenedError where it is late."""
    draft = locked(voting_round)
    _must_be_draft(draft)
    if by_itself and draft.opens_at <= timezone.now():
        raise NotOpenedError(_("That time is past. Open it now, or change when it opens."))
    if by_itself and (why := why_not(draft)):
        raise NotOpenedError(why)
    draft.opens_by_itself = by_itself
    draft.save(update_fields=["opens_by_itself"])


@transaction.atomic
def discard(*, voting_round: PrioritisationRound) -> None:
    """Delete a draft. What was opened stays."""
    draft = locked(voting_round)
    _must_be_draft(draft)
    draft.delete()


def _must_be_draft(voting_round: PrioritisationRound) -> None:
    if not voting_round.is_draft:
        raise NotOpenedError(_("The round is opened, so its list and its voters stand."))


def still_listed(voting_round: PrioritisationRound) -> QuerySet[Barrier]:
    """Return a draft's list as it would open now: what is merged stands for what it went into."""
    rows = voting_round.barriers.values_list("pk", "merged_into")
    return candidates.barriers().filter(pk__in=[into or pk for pk, into in rows])


def why_not(voting_round: PrioritisationRound) -> str:
    """Return in a sentence why a draft cannot open; empty where it can."""
    if voting_round.closes_at <= timezone.now():
        return _("The time at which it closes is past.")
    if still_listed(voting_round).count() < 2:
        return _("There are fewer than two unresolved barriers on the list.")
    if not voting(voting_round).exists():
        return _("Nobody could vote.")
    return ""


def voting(voting_round: PrioritisationRound) -> QuerySet[Organisation]:
    """Return the organisations that would vote if a draft opened now."""
    left_out = voting_round.left_out.values("pk")
    return candidates.organisations(is_example=voting_round.is_example).exclude(pk__in=left_out)


@transaction.atomic
def open_round(*, voting_round: PrioritisationRound, by: User | None = None) -> None:
    """Open a draft and write to its voters; NotOpenedError where it is open or cannot be."""
    letters.opened(open_without_letters(voting_round=voting_round, by=by))


@transaction.atomic
def open_without_letters(
    *, voting_round: PrioritisationRound, by: User | None = None
) -> PrioritisationRound:
    """Fix the list and the voters of a draft and let its voters vote, without a letter.

    Raises NotOpenedError where it is opened already or cannot open.
    """
    draft = locked(voting_round)
    _must_be_draft(draft)
    if why := why_not(draft):
        raise NotOpenedError(why)
    list_barriers(draft, [*still_listed(draft)])
    # What was resolved since it was planned leaves a shorter list, and so a shorter ballot.
    draft.ballot_size = min(draft.ballot_size, ballot_size(draft.choices.count()))
    draft.opened_at, draft.opens_by_itself = timezone.now(), False
    draft.opens_at = min(draft.opens_at, draft.opened_at)
    draft.save()
    freeze_voters(draft)
    record(Verb.OPENED, draft, by=by)
    return draft


def freeze_voters(voting_round: PrioritisationRound) -> None:
    """Write down who may vote, with the names and kinds of today."""
    organisations = voting(voting_round)
    people = (
        Member.objects.current()
        .filter(organisation__in=organisations)
        .select_related("organisation")
    )
    if voting_round.per == Voter.MEMBER:
        voters = [
            _eligible(voting_round, member.organisation, member)
            for member in people.select_related("organisation")
        ]
    else:
        voters = [_eligible(voting_round, organisation) for organisation in organisations]
    Eligible.objects.bulk_create(voters)


def _eligible(
    voting_round: PrioritisationRound, organisation: Organisation, member: Member | None = None
) -> Eligible:
    name, kind = organisation.name, organisation.kind
    return Eligible(
        round=voting_round, organisation=organisation, member=member, name=name, kind=kind
    )


def open_due() -> None:
    """Open the rounds whose time has come, each in a transaction of its own.

    What cannot open stays a draft, and its page says why.
    """
    for due in PrioritisationRound.objects.due_to_open(timezone.now()):
        try:
            open_round(voting_round=due)
        except NotOpenedError:
            continue
