"""Join an initiative and leave it, become a contact, add organisations, change the lead."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.models import Initiative, Participation
from initiatives.work.locking import lock_under_way
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core import mail
from taskforce.core.acts import Refused
from taskforce.members.models import Member, Organisation


@transaction.atomic
def join(*, initiative: Initiative, by: Member) -> Participation:
    """Let a member's organisation take part, once, with the member as its contact.

    Raises Refused where the initiative has ended, and to the lead, which takes part anyway.
    """
    found = lock_under_way(initiative)
    if found.lead_id == by.organisation_id:
        raise Refused(_("Your organisation takes part."), already=True)
    row, created = Participation.objects.get_or_create(
        initiative=found, organisation=by.organisation, defaults={"contact": by}
    )
    if created:
        record(Verb.JOINED, found, by=by.user)
    return row


@transaction.atomic
def leave(*, initiative: Initiative, by: Member) -> Initiative:
    """End a member's organisation's part; raises Refused where the initiative has ended."""
    found = lock_under_way(initiative)
    found.participations.filter(organisation=by.organisation).delete()
    return found


@transaction.atomic
def become_contact(*, initiative: Initiative, by: Member) -> Member:
    """Make a member the contact of their organisation.

    Raises Refused where it takes no part, or the initiative has ended.
    """
    lock_under_way(initiative)
    own = {"organisation": by.organisation_id, "initiative": initiative.pk}
    joined = Participation.objects.filter(**own).update(contact=by)
    led = Initiative.objects.filter(pk=initiative.pk, lead=by.organisation_id)
    if not joined and not led.update(contact=by):
        raise Refused(_("Your organisation takes no part in it."))
    return by


def add(
    *, initiative: Initiative, organisations: Iterable[Organisation], by: Member
) -> list[Participation]:
    """Let organisations take part and write to their members, who may leave again.

    Return the new participations, without those of organisations that took part before.
    """
    rows = [
        Participation.objects.get_or_create(initiative=initiative, organisation=organisation)
        for organisation in organisations
    ]
    new = [row for row, created in rows if created]
    for row in new:
        _notify(initiative, row.organisation, by)
    return new


def hand_over(*, initiative: Initiative, by: Member) -> Initiative:
    """Let the new lead take over: it is no participant any more, and the old contact goes."""
    initiative.participations.filter(organisation=initiative.lead_id).delete()
    initiative.contact = by if by.organisation_id == initiative.lead_id else None
    initiative.save(update_fields=["contact"])
    _notify(initiative, initiative.lead, by)
    return initiative


def _notify(initiative: Initiative, organisation: Organisation, by: Member) -> None:
    for member in organisation.members.current().select_related("user"):
        if member != by:
            mail.send(
                "initiative_named",
                to=member.user.email,
                about=initiative,
                context={
                    "initiative": initiative,
                    "organisation": organisation,
                    "by": by.organisation,
                    "leads": initiative.lead_id == organisation.pk,
                },
            )
