"""End a membership, hand over, and change organisation: now, or once the day has come."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.front.leaving import letters, matters
from taskforce.front.leaving.matters import Matter
from taskforce.members.models import HandOver, Member, Role, User
from taskforce.members.people.last_secretary import a_secretary_stays, others_must_stay

ROLE = "role"  # stands among what is given where the successor becomes a secretary


@transaction.atomic
def end(*, member: Member, last_day: date, by: User) -> HandOver:
    """Let a membership end after a day; one that has come ends it at once. The person is told.

    What they were responsible for stays with their organisation. Refused for the last secretary.
    """
    plan = _plan(member, by, last_day=last_day)
    letters.tell_of_end(plan, by=by)
    return _carry_out_if_due(plan)


@transaction.atomic
def hand_over(
    *,
    member: Member,
    successor: Member,
    first_day: date,
    stays: bool,
    gives: Iterable[str],
    by: User,
) -> HandOver:
    """Let another take over from a day on; both are told what.

    `gives` are keys of what stands open, and ROLE. The rest stays with the organisation, or with
    the member where they stay. Refused for the last secretary, and for somebody who has left.
    """
    if not Member.objects.current().filter(pk=successor.pk).exists():
        raise Refused(_("%(name)s is no member any more.") % {"name": successor.user}, field="to")
    plan = _plan(
        member,
        by,
        last_day=first_day - timedelta(days=1),
        successor=successor,
        stays=stays,
        gives=[*gives],
    )
    letters.tell_of_hand_over(plan, given(plan))
    return _carry_out_if_due(plan)


def _plan(member: Member, by: User, **what: object) -> HandOver:
    """Keep what is to happen; Refused where something is planned already."""
    locked = Member.objects.select_for_update(of=("self",)).select_related("user", "organisation")
    current = locked.filter(pk=member.pk, to_date=None, user__is_active=True).first()
    if current is None:
        raise Refused(_("This person is no member any more."), already=True)
    if HandOver.objects.filter(member=current).exists():
        raise Refused(_("Something is planned already. Call it off first."))
    plan = HandOver(member=current, arranged_by=by, **what)
    if current.role == Role.SECRETARIAT and (not plan.stays or ROLE in plan.gives):
        others_must_stay(current, plan.successor if ROLE in plan.gives else None)
    plan.save()
    return plan


def _carry_out_if_due(plan: HandOver) -> HandOver:
    """Carry it out where the day has come; a membership that ends today ends now."""
    first_day = plan.last_day + timedelta(days=1 if plan.successor else 0)
    if first_day <= timezone.localdate():
        carry_out(plan=plan)
    return plan


def carry_out_due() -> int:
    """Carry out what was planned for a day that is over; return how many were.

    What is refused, since nobody else would be left in the secretariat, waits on the desk.
    """
    done = 0
    for plan in HandOver.objects.filter(last_day__lt=timezone.localdate()):
        try:
            carry_out(plan=plan)
        except Refused:
            continue
        done += 1
    return done


@transaction.atomic
def call_off(*, member: Member) -> None:
    """Forget what was planned of a member; everybody who was told of it is told of this."""
    plan = HandOver.objects.select_for_update().filter(member=member).first()
    if plan is None:
        raise Refused(_("Nothing is planned."), already=True)
    letters.tell_of_calling_off(plan)
    plan.delete()


@transaction.atomic
def carry_out(*, plan: HandOver) -> Member:
    """Do what was planned; Refused where it is called off, or would take the last secretary."""
    rows = HandOver.objects.select_for_update(of=("self",)).select_related("member__user")
    if (waiting := rows.filter(pk=plan.pk).first()) is None:
        raise Refused(_("Nothing is planned."), already=True)
    plan = waiting
    member, successor = plan.member, _who_is_still_here(plan.successor)
    gives = given(plan) if successor else []
    if successor and ROLE in plan.gives:
        _take_role(successor)
    with a_secretary_stays():
        if not plan.stays:
            member.to_date = max(member.from_date, min(plan.last_day, timezone.localdate()))
        elif successor and ROLE in plan.gives:
            member.role = Role.MEMBER
        member.save(update_fields=["to_date", "role"])
    _settle(member, gives, successor, goes=not plan.stays)
    record(Verb.CLOSED, member, by=plan.arranged_by)
    plan.delete()
    return member


def _who_is_still_here(successor: Member | None) -> Member | None:
    rows = Member.objects.current().select_related("user", "organisation")
    return rows.filter(pk=successor.pk).first() if successor else None


def _take_role(successor: Member) -> None:
    successor.role = Role.SECRETARIAT
    successor.save(update_fields=["role"])
    record(Verb.CHANGED, successor, by=None)


def _settle(member: Member, gives: list[Matter], successor: Member | None, *, goes: bool) -> None:
    keys = {matter.key for matter in gives}
    for matter in matters.open_for(member):
        if matter.key in keys:
            matters.give(matter, successor)
        elif goes:
            matters.give(matter, None)


def given(plan: HandOver) -> list[Matter]:
    """Return what the successor takes over of what stands open today."""
    to = plan.successor
    found = matters.open_for(plan.member) if to else []
    return [matter for matter in found if to and matter.key in plan.gives and matter.fits(to)]
