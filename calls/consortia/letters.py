"""Letters within a consortium. They name organisations, never a person."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from calls.models import Consortium, Partner, PartnerState
from taskforce.core import mail
from taskforce.members.models import Member, Organisation


def people_of(organisation: Organisation | None) -> QuerySet[Member]:
    """Return the members of an organisation today."""
    current = Member.objects.current().select_related("user")
    return current.filter(organisation=organisation) if organisation else current.none()


def deciders(consortium: Consortium) -> QuerySet[Member]:
    """Return the members who decide: the lead's, or those of confirmed partners where it has none.

    `ConsortiumQuerySet.run_by` says the same of one viewer.
    """
    lead = people_of(consortium.lead)
    if lead.exists():
        return lead
    joined = Partner.objects.filter(consortium=consortium, state=PartnerState.CONFIRMED)
    current = Member.objects.current().select_related("user")
    return current.filter(organisation__in=joined.values("organisation"))


def send(people: QuerySet[Member], name: str, consortium: Consortium, **context: Any) -> None:
    """Put a letter to each person in the outbox."""
    for member in people:
        mail.send(
            name,
            to=member.user.email,
            about=consortium,
            reply_to=settings.SECRETARIAT_EMAIL,
            context={"consortium": consortium, **context},
        )
