"""The portal is never without a secretary who has logged in: triggers see to it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taskforce.core.acts import Refused
from taskforce.members.models import Member

CONSTRAINT = "a_secretary_stays"  # of the triggers in migration 0005


@contextmanager
def a_secretary_stays() -> Iterator[None]:
    """Make Refused out of it where the block would take the last secretary away.

    The database refuses, whoever else is leaving at the same moment.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != CONSTRAINT:
            raise
        raise _refusal() from None


def others_must_stay(member: Member, successor: Member | None) -> None:
    """Refuse to plan that a secretary goes on a day where no other would be left by then.

    A successor counts, if they have logged in; who is to go too does not.
    """
    others = Member.objects.secretariat().exclude(user__last_login=None).exclude(pk=member.pk)
    has_come = successor is not None and successor.user.last_login is not None
    if not has_come and not others.filter(hand_over=None).exists():
        raise _refusal()


def _refusal() -> Refused:
    return Refused(
        _(
            "This is the last secretary who has logged in. Let another one in first, and wait "
            "until they have logged in."
        )
    )
