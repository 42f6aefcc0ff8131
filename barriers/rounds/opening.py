"""Plan a round and open it once: by hand, or by the worker when its time has come."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from barriers import locking
from barriers.models import Barrier, Eligible, PrioritisationRound, RoundBarrier, Voter
from barriers.rounds import candidates, letters
from barriers.rounds.counting import ballot_size
from barriers.rounds.forms import RoundForm
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member, Organisation, User


@transaction.atomic
def plan(*, form: RoundForm, by: Member) -> PrioritisationRound:
    """Add a draft of a round. Only the secretariat sees it until it opens."""
    form.instance.is_example = by.organisation.is_example
    voting_round: PrioritisationRound = form.save()
    _set_lists(voting_round, form)
    return voting_round


@transaction.atomic
def change(*, form: RoundForm) -> PrioritisationRound:
    """Save what was changed of a draft.

    Raises Refused where it was opened meanwhile, and Conflict where somebody saved first.
    """
    must_be_draft(locking.lock_round(form.instance))
    voting_round = form.save_current()
    _set_lists(voting_round, form)
    return voting_round


def _set_lists(voting_round: PrioritisationRound, form: RoundForm) -> None:
    list_barriers(voting_round, form.cleaned_data["listed"])
    chosen = [organisation.pk for organisation in form.cleaned_data["voting"]]
    could = candidates.organisations(is_example=voting_round.is_example)
    voting_round.left_out.set(could.exclude(pk__in=chosen))


def list_barriers(voting_round: PrioritisationRound, barriers: Iterable[Barrier]) -> None:
    """Replace the list of a round."""
    voting_round.choices.all().delete()
    RoundBarrier.objects.bulk_create(
        RoundBarrier(round=voting_round, barrier=barrier) for barrier in barriers
    )


@transaction.atomic
def schedule(
    *, voting_round: PrioritisationRound, by_itself: bool, note: str = ""
) -> PrioritisationRound:
    """Let the worker open a draft at its time, or no longer.

    Raises Refused where it is open, where its time is past, or where it could not open now.
    """
    draft = _locked_draft(voting_round)
    if by_itself and draft.opens_at <= timezone.now():
        raise Refused(_("That time has passed. Open it now, or change when it opens."))
    if by_itself and (why := why_not(draft, draft.opens_at)):
        raise Refused(why)
    draft.opens_by_itself, draft.note = by_itself, note or draft.note
    draft.save(update_fields=["opens_by_itself", "note"])
    return draft


@transaction.atomic
def discard(*, voting_round: PrioritisationRound) -> PrioritisationRound:
    """Delete a draft, and return what it was. Raises Refused where it is open."""
    draft = _locked_draft(voting_round)
    draft.delete()
    return draft


def _locked_draft(voting_round: PrioritisationRound) -> PrioritisationRound:
    locked = locking.lock_round(voting_round)
    must_be_draft(locked)
    return locked


def must_be_draft(voting_round: PrioritisationRound) -> None:
    """Raise Refused where a round has opened: neither its list nor its voters change then."""
    if not voting_round.is_draft:
        raise Refused(_("The round is opened, so its list and its voters stand."))


def current_list(draft: PrioritisationRound) -> QuerySet[Barrier]:
    """Return a draft's list as it would open now, with the kept barrier for a merged one."""
    rows = draft.barriers.values_list("pk", "merged_into")
    return candidates.barriers().filter(pk__in=[into or pk for pk, into in rows])


def voting_organisations(draft: PrioritisationRound) -> QuerySet[Organisation]:
    """Return the organisations that would vote if a draft opened now."""
    left_out = draft.left_out.values("pk")
    return candidates.organisations(is_example=draft.is_example).exclude(pk__in=left_out)


def why_not(draft: PrioritisationRound, at: datetime | None = None) -> str:
    """Return in a sentence why a draft cannot open now, or at a moment; empty where it can."""
    if draft.closes_at <= timezone.now():
        return _("The closing time has passed.")
    beside = PrioritisationRound.objects.open_at(at or timezone.now())
    if other := beside.filter(is_example=draft.is_example).first():
        # The same people would rank the same barriers twice, and the later count would stand alone.
        closes = date_format(timezone.localtime(other.closes_at), "DATETIME_FORMAT")
        words = _("One round is open at a time: “%(round)s” closes %(closes)s.")
        return words % {"round": other.title, "closes": closes}
    if current_list(draft).count() < 2:
        return _("There are fewer than two unresolved barriers on the list.")
    if not voting_organisations(draft).exists():
        return _("Nobody could vote.")
    return ""


@transaction.atomic
def open_round(
    *, voting_round: PrioritisationRound, by: User | None = None, note: str | None = None
) -> PrioritisationRound:
    """Open a draft and write to its voters; without a note, with the one that was kept.

    Raises Refused where it is open already or cannot open.
    """
    opened = open_without_letters(voting_round=voting_round, by=by)
    letters.announce(opened, note=opened.note if note is None else note, by=by)
    return opened


@transaction.atomic
def open_without_letters(
    *, voting_round: PrioritisationRound, by: User | None = None
) -> PrioritisationRound:
    """Fix the list and the voters of a draft, and let them vote.

    Raises Refused where it is open already or cannot open.
    """
    draft = locking.lock_rounds(voting_round)
    must_be_draft(draft)
    if why := why_not(draft):
        raise Refused(why)
    list_barriers(draft, [*current_list(draft)])
    # Barriers that were resolved since the planning leave a shorter list, and a shorter ballot.
    draft.ballot_size = min(draft.ballot_size, ballot_size(draft.choices.count()))
    draft.opened_at, draft.opens_by_itself = timezone.now(), False
    draft.opens_at = min(draft.opens_at, draft.opened_at)
    draft.save()
    freeze_voters(draft)
    record(Verb.OPENED, draft, by=by)
    return draft


def freeze_voters(voting_round: PrioritisationRound) -> None:
    """Save who may vote, with the names and kinds of today."""
    organisations = voting_organisations(voting_round)
    if voting_round.per == Voter.MEMBER:
        members = Member.objects.current().filter(organisation__in=organisations)
        voters = [
            _eligible(voting_round, member.organisation, member)
            for member in members.select_related("organisation")
        ]
    else:
        voters = [_eligible(voting_round, organisation) for organisation in organisations]
    Eligible.objects.bulk_create(voters)


def _eligible(
    voting_round: PrioritisationRound, organisation: Organisation, member: Member | None = None
) -> Eligible:
    return Eligible(
        round=voting_round,
        organisation=organisation,
        member=member,
        name=organisation.name,
        kind=organisation.kind,
    )
