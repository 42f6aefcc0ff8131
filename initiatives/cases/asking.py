"""Ask the author of a case. The question is sent by mail and saved nowhere else.

The asker does not learn the author's address; a reply to the mail goes to the asker.
"""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from initiatives.models import Case
from taskforce.core import mail
from taskforce.core.acts import Refused
from taskforce.members.models import Member

HOUR = 3600  # seconds
MOST_A_VISITOR = 5  # questions an hour
MOST_A_CASE = 20


def author_of(case: Case) -> Member | None:
    """Return the author who answers; None where its contact is no member any more."""
    return case.contact if case.contact and case.contact.is_current else None


def _count(case: Case, ip_address: str, now: datetime) -> None:
    """Count a question in this hour; raises Refused where there were too many.

    The visitor's address is stored as a hash, for an hour.
    """
    visitor = salted_hmac("initiatives.cases.asking", ip_address).hexdigest()[:32]
    hour = int(now.timestamp()) // HOUR
    limits = {f"asked:{visitor}:{hour}": MOST_A_VISITOR, f"asked:{case.pk}:{hour}": MOST_A_CASE}
    asked = cache.get_many(limits)
    if any(asked.get(key, 0) >= most for key, most in limits.items()):
        raise Refused(
            _("Many questions were asked from here. Try again in an hour, or write to %(address)s.")
            % {"address": settings.SECRETARIAT_EMAIL}
        )
    cache.set_many({key: asked.get(key, 0) + 1 for key in limits}, HOUR)


@transaction.atomic
def ask(
    *, case: Case, question: str, name: str, email: str, is_known: bool, ip_address: str
) -> str:
    """Send a question to the author and a receipt to the asker; return the author's address.

    A case without an author's member has its questions sent to the secretariat. `is_known` says
    that the asker is logged in: only then does the receipt repeat the question. Otherwise anybody
    could send anything to any address through the portal. Raises Refused after too many questions
    in an hour.
    """
    _count(case, ip_address, timezone.now())
    author = author_of(case)
    address = author.user.email if author else settings.SECRETARIAT_EMAIL
    context = {"case": case, "question": question, "name": name, "is_known": is_known}
    mail.send(
        "case_question",
        to=address,
        reply_to=email,
        context={**context, "is_author": author is not None},
    )
    mail.send("case_question_sent", to=email, reply_to=settings.SECRETARIAT_EMAIL, context=context)
    return address
