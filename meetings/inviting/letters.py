"""Letters of meetings to one member; whoever answers them reaches the secretariat."""

from typing import Any

from django.conf import settings

from taskforce.core import mail
from taskforce.members.models import Member


def write_to(member: Member, name: str, **context: Any) -> None:
    """Put a letter in the outbox, unless the person is no member any more; needs the user."""
    if member.is_current:
        mail.send(name, to=member.user.email, reply_to=settings.SECRETARIAT_EMAIL, context=context)
