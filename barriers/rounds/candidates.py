"""What can be voted on, and who can vote, as of today."""

from django.db.models import QuerySet

from barriers.models import Barrier
from taskforce.members.models import Member, Organisation


def barriers() -> QuerySet[Barrier]:
    """Return the barriers that everybody may read and that are unresolved."""
    return Barrier.objects.shown().unresolved()


def organisations(*, is_example: bool) -> QuerySet[Organisation]:
    """Return the organisations that have a member; invented ones vote apart from real ones."""
    members = Member.objects.current().filter(organisation__is_example=is_example)
    return Organisation.objects.filter(in_taskforce=True, pk__in=members.values("organisation"))
