"""What pages of letters show: a draft with its letter, and how far one is that is sent."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from taskforce.core.models import Mailing
from taskforce.front.letters import acts, audience
from taskforce.front.letters.forms import MarkForm

OFTEN = 3  # seconds between two looks at a letter that is being sent


def rows() -> Any:
    """Return all letters, the drafts first, with how many got them."""
    return Mailing.objects.annotate(
        readers=Count("copies"), sent=Count("copies", filter=Q(copies__sent_at__isnull=False))
    )


def draft(mailing: Mailing) -> dict[str, Any]:
    post = acts.shown(mailing)
    return {
        "mailing": mailing,
        "to": audience.in_words(mailing.audience),
        "post": post,
        "form": MarkForm(initial={"mark": post.mark}),
        "files": mailing.files.order_by("pk"),
    }


def sent(mailing: Mailing) -> dict[str, Any]:
    """Return who got a letter, who did not, and for whom it is on its way."""
    copies = [*mailing.copies.select_related("user").order_by("user__name", "name", "pk")]
    lost = {*acts.not_arrived(mailing).values_list("pk", flat=True)}
    waiting = [copy for copy in copies if not copy.sent_at and copy.pk not in lost]
    return {
        "mailing": mailing,
        "to": audience.in_words(mailing.audience) if mailing.text else "",
        "copies": copies,
        "arrived": sum(bool(copy.sent_at) for copy in copies),
        "lost": [copy for copy in copies if copy.pk in lost],
        "waiting": waiting,
        "refresh": OFTEN if waiting and _is_fresh(mailing) else 0,
        "files": mailing.files.order_by("pk"),
    }


def _is_fresh(mailing: Mailing) -> bool:
    """Tell whether a letter is being sent at this moment, as far as anybody would wait."""
    return (timezone.now() - mailing.sent_at).total_seconds() < 600
