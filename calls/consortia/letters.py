"""Letters within a consortium. They name organisations, never a person."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from calls.models import Consortium, Partner, PartnerState
from taskforce.core import mail
from taskforce.members.models import Member, Organisation


def people_of(organisation: Organisation | None) -> QuerySet[Member]:
    """Return who is in the portal for an organisation today."""
    current = Member.objects.current().select_related("user")
    return current.filter(organisation=organisation) if organisation else current.none()


def who_runs(consortium: Consortium) -> QuerySet[Member]:
    """Return the lead's people; those of confirmed partners where the lead has none here."""
    lead = people_of(consortium.lead)
    if lead.exists():
        return lead
    joined = Partner.objects.filter(consortium=consortium, state=PartnerState.CONFIRMED)
    current = Member.objects.current().select_related("user")
    return current.filter(organisation__in=joined.values("organisation"))


def write(people: QuerySet[Member], name: str, consortium: Consortium, **context: Any) -> None:
    """Put a letter to each person in the outbox."""
    for member in people:
        mail.send(
            name,
            to=member.user.email,
            reply_to=settings.SECRETARIAT_EMAIL,
            context={"consortium": consortium, **context},
        )
