"""Take part in an initiative, and leave it."""

from django.db import transaction

from initiatives.models import Initiative, Participation
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def join(*, initiative: Initiative, by: Member) -> None:
    """Let a member's organisation take part; once is enough."""
    _found, created = Participation.objects.get_or_create(
        initiative=initiative, organisation=by.organisation
    )
    if created:
        record(Verb.JOINED, initiative, by=by.user)


@transaction.atomic
def leave(*, initiative: Initiative, by: Member) -> None:
    """Take a member's organisation off the list of those who take part."""
    Participation.objects.filter(initiative=initiative, organisation=by.organisation).delete()
