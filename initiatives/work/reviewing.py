"""Ask the lead of an initiative how it goes once its review date has passed."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from initiatives.models import Initiative
from initiatives.work.locking import find_locked
from taskforce.core import mail
from taskforce.following.reminding import Due, reminders
from taskforce.members.models import User


@reminders
def of_reviews(now: datetime) -> Iterator[Due]:
    """Yield the initiatives whose review date has passed; a date that moves is another one."""
    late = Initiative.objects.past_review(timezone.localdate(now))
    yield from map(_due, late)


def _due(initiative: Initiative) -> Due:
    def readers() -> list[User | str]:
        same = Initiative.objects.under_way().filter(review_on=initiative.review_on)
        if (found := find_locked(initiative, same)) is None:
            return []
        members = found.lead.members.current().select_related("user")
        # Where the lead has no members any more, the secretariat takes care of it.
        return [member.user for member in members] or [settings.SECRETARIAT_EMAIL]

    def send(readers: Sequence[User | str]) -> Sequence[User | str]:
        for reader in readers:
            _ask(initiative, reader.email if isinstance(reader, User) else reader)
        return readers

    of = f"initiative-{initiative.pk} {initiative.review_on}"
    return Due(of, readers, _whose, send)


def _whose(reader: User | str) -> User | str:
    return reader if isinstance(reader, User) else "secretariat"


def _ask(initiative: Initiative, address: str) -> None:
    mail.send(
        "initiative_review",
        to=address,
        about=initiative,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={"initiative": initiative},
    )
