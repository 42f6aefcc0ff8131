"""Take part in an initiative, name those who do, be the one to ask, and leave."""

from collections.abc import Iterable

from django.db import transaction

from initiatives.models import Initiative, Participation
from initiatives.work.locking import locked
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core import mail
from taskforce.members.models import Member, Organisation


@transaction.atomic
def join(*, initiative: Initiative, by: Member) -> bool:
    """Let a member's organisation take part, with the member as its contact; once is enough.

    False where the initiative has ended. The lead takes part without joining.
    """
    found = locked(initiative, Initiative.objects.under_way())
    if found is None:
        return False
    if found.lead_id == by.organisation_id:
        return True
    _row, created = Participation.objects.get_or_create(
        initiative=found, organisation=by.organisation, defaults={"contact": by}
    )
    if created:
        record(Verb.JOINED, found, by=by.user)
    return True


@transaction.atomic
def leave(*, initiative: Initiative, by: Member) -> bool:
    """Take a member's organisation off the list; False where the initiative has ended."""
    found = locked(initiative, Initiative.objects.under_way())
    if found is not None:
        found.participations.filter(organisation=by.organisation).delete()
    return found is not None


@transaction.atomic
def be_contact(*, initiative: Initiative, by: Member) -> bool:
    """Make a member the one to ask at their organisation; False where it takes no part."""
    own = {"organisation": by.organisation_id, "initiative": initiative.pk}
    taken = Participation.objects.filter(**own).update(contact=by)
    led = Initiative.objects.filter(pk=initiative.pk, lead=by.organisation_id)
    return bool(taken or led.update(contact=by))


def name(initiative: Initiative, organisations: Iterable[Organisation], *, by: Member) -> None:
    """Put organisations in the group, and write to their members, who may leave again."""
    for organisation in organisations:
        _row, created = Participation.objects.get_or_create(
            initiative=initiative, organisation=organisation
        )
        if created:
            _tell(initiative, organisation, by)


def hand_over(initiative: Initiative, *, by: Member) -> None:
    """Let a new lead begin: it takes part as such, and the old lead's contact is gone."""
    initiative.participations.filter(organisation=initiative.lead_id).delete()
    initiative.contact = by if by.organisation_id == initiative.lead_id else None
    initiative.save(update_fields=["contact"])
    _tell(initiative, initiative.lead, by)


def _tell(initiative: Initiative, organisation: Organisation, by: Member) -> None:
    for member in organisation.members.current().select_related("user"):
        if member != by:
            mail.send(
                "initiative_named",
                to=member.user.email,
                context={
                    "initiative": initiative,
                    "organisation": organisation,
                    "by": by.organisation,
                    "leads": initiative.lead_id == organisation.pk,
                },
            )
