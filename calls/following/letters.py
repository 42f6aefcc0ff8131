"""Letters to followers; each has a link that stops them."""

from typing import Any

from django.conf import settings

from calls.following.followers import Following
from calls.models import Consortium
from taskforce.core import mail
from taskforce.following.models import sees_as
from taskforce.following.outside.links import choices_of
from taskforce.following.stopping import links


def may_name(found: Following) -> bool:
    """Tell whether its reader may read the name of what they follow: a consortium may hide."""
    if found.consortium is None:
        return True
    shown = Consortium.objects.visible_to(sees_as(found.reader))
    return shown.filter(pk=found.consortium.pk).exists()


def may_show_dates(found: Following) -> bool:
    """Tell whether its reader may read the dates that a consortium set, not its name alone."""
    shown = Consortium.objects.shown_to(sees_as(found.reader))
    return found.consortium is not None and shown.filter(pk=found.consortium.pk).exists()


def send(found: Following, name: str, **context: Any) -> None:
    """Put a letter in the outbox; the caller asked `may_name`."""
    reader = found.reader
    mail.send(
        name,
        to=reader.email,
        about=found.followed,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={"followed": found.followed, "choices": choices_of(reader), **context},
        stop=links.stop(reader, found.follow, None),
    )
