"""Letters of a round. No letter holds a word of any ballot, since mail is passed on."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from barriers.models import Eligible, PrioritisationRound, Voter
from meetings.inviting.letters import write_to
from taskforce.core.mailing import Inside, LeftOut, Letters, Reader
from taskforce.members.models import Member, NameVisibility, User


def members_of(voters: QuerySet[Eligible]) -> QuerySet[Member]:
    """Return the members of today who vote for these voters."""
    current = Member.objects.current().select_related("user", "organisation")
    alone = current.filter(pk__in=voters.exclude(member=None).values("member"))
    together = voters.filter(member=None).values("organisation")
    return alone | current.filter(organisation__in=together)


def announce(
    voting_round: PrioritisationRound, *, note: str = "", by: User | None = None
) -> list[Member]:
    """Write to everybody who votes that the round is open; return them."""
    return _write("round_opened", voting_round, voting_round.voters.all(), note=note, by=by)


def remind(voting_round: PrioritisationRound) -> list[Member]:
    """Write to those whose ballot is missing; return them."""
    return _write("round_reminder", voting_round, voting_round.voters.without_ballot())


def ballot_changed(voter: Eligible, *, sent_by: User, by: Member) -> None:
    """Write to the colleague who sent the ballot, and to the one who changed it."""
    name = "" if by.name_visibility == NameVisibility.NOBODY else by.user.name
    for member in Member.objects.current().filter(user__in=[sent_by, by.user]):
        write_to(
            member,
            "ballot_changed",
            about=voter.round,
            round=voter.round,
            organisation=voter.name,
            by_name=by.user.name if member.pk == by.pk else name,
            is_own=member.pk == by.pk,
        )


def _write(
    template: str, voting_round: PrioritisationRound, voters: QuerySet[Eligible], **sent: Any
) -> list[Member]:
    members = [*members_of(voters)]
    together = voting_round.per == Voter.ORGANISATION

    def inside(reader: Reader) -> Inside:
        about = {"round": voting_round, "organisation": reader.organisation, "together": together}
        return Inside(about)

    readers = [
        Reader(
            member.user.name, member.user.email, str(member.organisation), member.user_id, member
        )
        for member in members
    ]
    alone = _("none of its people logs in")
    there = {member.organisation_id for member in members}
    names = (
        voters.filter(member=None).exclude(organisation__in=there).values_list("name", flat=True)
    )
    without = [LeftOut(name, "", alone) for name in names]
    letters = Letters(template, voting_round, readers, inside, without)
    return [reader.of for reader in letters.send(**sent)]
