"""Ask the author of a case: the question goes by mail, and is kept nowhere else.

Whoever asks never learns the author's address here; an answer to the letter goes to the asker.
"""

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from initiatives.models import Case
from taskforce.core import mail
from taskforce.members.models import Member

HOUR = 3600  # seconds
MOST_A_VISITOR = 5  # questions an hour
MOST_A_CASE = 20


class TooManyError(Exception):
    """Raised where so much was asked lately that programs must be at it; its text says so."""


def author_of(case: Case) -> Member | None:
    """Return who answers for a case, None where whoever sent it in is no member any more."""
    return case.contact if case.contact and case.contact.is_current else None


def count(request: HttpRequest, case: Case, now: datetime) -> None:
    """Count a question in this hour, or raise TooManyError.

    Of the visitor's address only a print is kept, and that for an hour.
    """
    address = get_adapter(request).get_client_ip(request)
    visitor = salted_hmac("initiatives.cases.asking", address).hexdigest()[:32]
    hour = int(now.timestamp()) // HOUR
    limits = {f"asked:{visitor}:{hour}": MOST_A_VISITOR, f"asked:{case.pk}:{hour}": MOST_A_CASE}
    asked = cache.get_many(limits)
    if any(asked.get(key, 0) >= most for key, most in limits.items()):
        raise TooManyError(
            _("Many questions were asked from here. Try again in an hour, or write to %(address)s.")
            % {"address": settings.SECRETARIAT_EMAIL}
        )
    cache.set_many({key: asked.get(key, 0) + 1 for key in limits}, HOUR)


@transaction.atomic
def ask(
    request: HttpRequest, *, case: Case, question: str, name: str, email: str, is_known: bool
) -> None:
    """Send a question to the author, and a receipt to whoever asks.

    Where nobody is the author any more it goes to the secretariat. `is_known` tells that the
    address is proven by a log-in: only then does the receipt repeat the question, for otherwise
    anybody could have anything sent to any address.
    """
    count(request, case, timezone.now())
    author = author_of(case)
    context = {"case": case, "question": question, "name": name, "is_known": is_known}
    mail.send(
        "case_question",
        to=author.user.email if author else settings.SECRETARIAT_EMAIL,
        reply_to=email,
        context={**context, "is_author": author is not None},
    )
    mail.send("case_question_sent", to=email, reply_to=settings.SECRETARIAT_EMAIL, context=context)
