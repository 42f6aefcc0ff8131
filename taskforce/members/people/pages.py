"""What the pages of people show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import date as dated
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.core.models import RefusedAddress
from taskforce.members.merging.records import open_of
from taskforce.members.models import HandOver, Invitation, Member, Merge, Role, Silence, User
from taskforce.members.people import register
from taskforce.members.people.register import State

SHAPES = {
    State.INVITED: "idle",
    State.ACTIVE: "full",
    State.LEFT: "stop",
    State.DEACTIVATED: "stop",
    State.NOWHERE: "late",
}


@dataclass(frozen=True)
class Person:
    """A person in the register: their latest membership, its state, and what is unusual in it."""

    user: User
    seat: Member | None
    state: str
    refused: RefusedAddress | None

    @property
    def invitation(self) -> Invitation | None:
        return getattr(self.seat, "invitation", None)

    @property
    def hand_over(self) -> HandOver | None:
        return getattr(self.seat, "hand_over", None)

    @property
    def silence(self) -> Silence | None:
        return getattr(self.seat, "silence", None)

    @property
    def is_invited(self) -> bool:
        return self.state == State.INVITED

    @property
    def is_here(self) -> bool:
        """Tell whether they are a member today."""
        return self.state in register.HERE

    @property
    def is_deactivated(self) -> bool:
        return self.state == State.DEACTIVATED

    @property
    def is_secretary(self) -> bool:
        return self.seat is not None and self.seat.role == Role.SECRETARIAT

    @property
    def shape(self) -> str:
        """Return the class of the state's shape."""
        return "late" if self.is_stuck else SHAPES[State(self.state)]

    @property
    def is_stuck(self) -> bool:
        """Tell whether no mail reaches them, or they cannot come without the secretariat."""
        asked = self.invitation
        is_over = asked is not None and (asked.is_expired or asked.asked_again_at is not None)
        return (self.is_invited and is_over) or (self.is_here and self.refused is not None)

    @property
    def words(self) -> str:
        """Return the state in words."""
        return str(State(self.state).label)

    @property
    def told(self) -> str:
        """Return in words what came of the invitation, or since when the state stands."""
        if self.is_invited:
            return self._of_invitation()
        if self.state == State.ACTIVE:
            return _("last logged in %(day)s") % {"day": _day(self.user.last_login)}
        if self.state == State.LEFT and self.seat:
            return _("until %(day)s") % {"day": dated(self.seat.to_date, "DATE_FORMAT")}
        return ""

    def _of_invitation(self) -> str:
        asked = self.invitation
        if asked is None:
            return _("never logged in")
        if self.refused:
            return _("the mail could not be delivered")
        if asked.asked_again_at:
            return _("asks for a new invitation")
        if asked.is_expired:
            return _("the invitation of %(day)s has run out") % {"day": _day(asked.sent_at)}
        if asked.opened_at:
            return _("opened %(day)s, not logged in") % {"day": _day(asked.opened_at)}
        return _("sent %(day)s, not opened") % {"day": _day(asked.sent_at)}


def _day(moment: datetime | None) -> str:
    return dated(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


def ready(rows: list[Any]) -> list[Person]:
    """Return rows of the register for its page, in two queries."""
    seats = register.seats_of(rows)
    addresses = [row.email for row in rows]
    standing = RefusedAddress.objects.standing().filter(address__in=addresses)
    refused = {one.address: one for one in standing}
    return [Person(row, seats.get(row.seat), row.state, refused.get(row.email)) for row in rows]


def detail(user: User) -> dict[str, Any]:
    """Return everything on a person's page."""
    (person,) = ready([get_object_or_404(register.people(), pk=user.pk)])
    seats = user.memberships.select_related("organisation").order_by("-from_date", "-pk")
    return {
        "person": person,
        "merge": open_of(Merge.Of.PEOPLE, user),
        "earlier": [seat for seat in seats if seat != person.seat],
        "has_two_step": Authenticator.objects.filter(
            user=user, type=Authenticator.Type.TOTP
        ).exists(),
    }
