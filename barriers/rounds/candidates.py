"""What can be voted on, and who could vote, as of today."""

from django.db.models import QuerySet

from barriers.models import Barrier
from taskforce.members.models import Member, Organisation


def barriers() -> QuerySet[Barrier]:
    """Return what can be voted on: everybody may read it, and it stands in the way today."""
    return Barrier.objects.shown().unresolved()


def organisations(*, is_example: bool) -> QuerySet[Organisation]:
    """Return the organisations that have somebody to vote; invented ones vote among themselves."""
    members = Member.objects.current().filter(organisation__is_example=is_example)
    return Organisation.objects.filter(in_taskforce=True, pk__in=members.values("organisation"))
