"""Letters of a round. No letter holds a word of any ballot, since mail is passed on."""

from collections.abc import Iterable

from django.db.models import QuerySet

from barriers.models import Eligible, PrioritisationRound, Voter
from meetings.inviting.letters import write_to
from taskforce.members.models import Member, NameVisibility, User


def people(voters: QuerySet[Eligible]) -> QuerySet[Member]:
    """Return the members of today who vote for some voters."""
    current = Member.objects.current().select_related("user", "organisation")
    each = current.filter(pk__in=voters.exclude(member=None).values("member"))
    together = voters.filter(member=None).values("organisation")
    return each | current.filter(organisation__in=together)


def opened(voting_round: PrioritisationRound) -> None:
    _write("round_opened", voting_round, people(voting_round.voters.all()))


def reminded(voting_round: PrioritisationRound) -> int:
    """Remind those who have not voted; return how many letters went out."""
    return _write("round_reminder", voting_round, people(voting_round.voters.without_ballot()))


def ballot_changed(voter: Eligible, *, sent_by: User, by: Member) -> None:
    """Tell both the colleague whose ballot it was and the one who changed it."""
    shown = "" if by.name_visibility == NameVisibility.NOBODY else by.user.name
    for member in Member.objects.current().filter(user__in=[sent_by, by.user]):
        write_to(
            member,
            "ballot_changed",
            round=voter.round,
            organisation=voter.name,
            by_name=by.user.name if member.pk == by.pk else shown,
            is_own=member.pk == by.pk,
        )


def _write(name: str, voting_round: PrioritisationRound, members: Iterable[Member]) -> int:
    written = 0
    for member in members:
        together = voting_round.per == Voter.ORGANISATION
        write_to(
            member, name, round=voting_round, organisation=member.organisation, together=together
        )
        written += 1
    return written
