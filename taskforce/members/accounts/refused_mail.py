"""Say at log-in that the mail server of somebody's address took none of our mail."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from taskforce.core import bounces
from taskforce.core.models import RefusedAddress
from taskforce.members.models import User


def tell(request: HttpRequest, user: User, **_sent: Any) -> None:
    """Say so until mail arrives again, and once more then: a code that was used is mail."""
    if any(record["method"] == "code" for record in get_authentication_records(request, user)):
        bounces.start_afresh([user.email])
    refused = RefusedAddress.objects.filter(address=user.email).first()
    if refused is None:
        return
    if refused.over_at:
        refused.delete()
        words = _(
            "Your mail server refused our mail for a while: “%(said)s”. Now it takes it again. "
            "What you may have missed stands in the portal."
        )
    else:
        words = _(
            "Your mail server takes none of our mail: “%(said)s”. Change or confirm your address "
            "on your page."
        )
    messages.warning(request, words % {"said": refused.said}, fail_silently=True)
