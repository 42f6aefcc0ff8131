"""Ask the author of a case. The question is sent by mail and saved nowhere else.

The asker does not learn the author's address; a reply to the mail goes to the asker.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.models import Case
from taskforce.core import mail
from taskforce.core.limits import Limit
from taskforce.members.models import Member

HOUR = timedelta(hours=1)
OF_VISITOR = Limit("questions about cases", most=5, within=HOUR)
ABOUT_CASE = Limit("questions about a case", most=20, within=HOUR)


def author_of(case: Case) -> Member | None:
    """Return the author who answers; None where its contact is no member any more."""
    return case.contact if case.contact and case.contact.is_current else None


@transaction.atomic
def ask(*, case: Case, question: str, name: str, email: str, is_known: bool, visitor: str) -> str:
    """Send a question to the author and a receipt to the asker; return the author's address.

    A case without an author's member has its questions sent to the secretariat. `is_known` says
    that the asker is logged in: only then does the receipt repeat the question. Otherwise anybody
    could send anything to any address through the portal. Raises Refused after too many questions
    in an hour.
    """
    many = _("Many questions were asked from here. Try again in an hour, or write to %(address)s.")
    sentence = many % {"address": settings.SECRETARIAT_EMAIL}
    OF_VISITOR.count(visitor, sentence)
    ABOUT_CASE.count(str(case.pk), sentence)
    author = author_of(case)
    address = author.user.email if author else settings.SECRETARIAT_EMAIL
    context = {"case": case, "question": question, "name": name, "is_known": is_known}
    mail.send(
        "case_question",
        to=address,
        about=case,
        reply_to=email,
        context={**context, "is_author": author is not None},
    )
    mail.send(
        "case_question_sent",
        to=email,
        about=case,
        reply_to=settings.SECRETARIAT_EMAIL,
        context=context,
    )
    return address
