"""How buyers' requests are answered, in figures: for the secretariat, and the yearly page."""

from dataclasses import dataclass

from django.db.models import Count, Q

from taskforce.members.models import Answer, AskedOrganisation


@dataclass(frozen=True)
class Counted:
    """Requests that were sent, how many organisations they went to, and what came of it."""

    sent: int
    asked: int
    yes: int
    no: int

    @property
    def silent(self) -> int:
        return self.asked - self.yes - self.no


def counted(year: int | None = None) -> Counted:
    """Count the requests that were sent, ever or in a year."""
    asked = AskedOrganisation.objects.exclude(inquiry__confirmed_at=None)
    if year:
        asked = asked.filter(inquiry__confirmed_at__year=year)
    found = asked.aggregate(
        sent=Count("inquiry", distinct=True),
        asked=Count("pk"),
        yes=Count("pk", filter=Q(answer=Answer.YES)),
        no=Count("pk", filter=Q(answer=Answer.NO)),
    )
    return Counted(**found)
