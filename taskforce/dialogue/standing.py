"""Questions without an answer stand in digests, for those who could answer."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taskforce.dialogue.models import Contribution
from taskforce.following.standing import Standing, stands
from taskforce.members.models import User


def unanswered(reader: User) -> Iterable[Contribution]:
    """Yield what others ask and nobody has answered, the longest waiting first."""
    rows = Contribution.objects.visible_to(reader).open().unanswered()
    return rows.exclude(written_by=reader).order_by("written_at", "pk")


stands(
    Standing(_("Questions without an answer"), unanswered, lambda: reverse("dialogue:questions"))
)
