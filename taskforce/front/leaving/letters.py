"""Letters about leaving and handing over; a reply reaches the secretariat."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from taskforce.core import mail
from taskforce.front.leaving.matters import Matter
from taskforce.members.models import HandOver, Member, Silence, User


def tell_of_end(plan: HandOver, *, by: User) -> None:
    """Tell a member until when they are one; the secretariat, where they leave by themselves."""
    by_self = by == plan.member.user
    context = {"member": plan.member, "last_day": plan.last_day, "by_self": by_self}
    _write(plan.member, "membership_ended", plan.member, **context)
    if by_self:
        mail.send(
            "member_left",
            about=plan.member,
            to=settings.SECRETARIAT_EMAIL,
            reply_to=plan.member.user.email,
            context=context,
        )


def tell_of_hand_over(plan: HandOver, given: Iterable[Matter]) -> None:
    """Tell both who takes over from whom, from when, and what."""
    told = {"plan": plan, "given": [*given], "takes_role": "role" in plan.gives}
    _write(plan.member, "hand_over_given", plan.member, **told)
    if plan.successor:
        _write(plan.successor, "hand_over_taken", plan.member, **told)


def tell_of_calling_off(plan: HandOver) -> None:
    """Tell everybody who was told of a plan that nothing comes of it."""
    for member in filter(None, (plan.member, plan.successor)):
        _write(member, "hand_over_called_off", plan.member, plan=plan)


def tell_of_silence(silence: Silence) -> None:
    _write(silence.member, "member_silent", silence.member, member=silence.member)


def _write(reader: Member, name: str, about: Member, **context: Any) -> None:
    to, secretariat = reader.user.email, settings.SECRETARIAT_EMAIL
    mail.send(name, to=to, about=about, reply_to=secretariat, context=context)
