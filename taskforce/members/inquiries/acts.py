"""A buyer's request: asked, confirmed by mail, sent to each organisation alone, answered.

No organisation learns whom else the buyer asks, and the buyer sees an address only when they
answer. An unconfirmed request is deleted after two days, who asked is forgotten after six months.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.core import mail
from taskforce.core.acts import Refused
from taskforce.core.limits import Limit
from taskforce.members.models import AskedOrganisation, Inquiry, Organisation
from taskforce.members.organisations.reaching import address_of

DAY = timedelta(days=1)
OF_ADDRESS = Limit("buyers' requests of an address", most=3, within=DAY)
OF_VISITOR = Limit("buyers' requests", most=6, within=DAY)
UNCONFIRMED = timedelta(days=2)
KEPT = timedelta(days=183)

asked_by = Signer(salt="taskforce.members.inquiries.confirm")
answered_by = Signer(salt="taskforce.members.inquiries.answer")


@transaction.atomic
def ask(*, inquiry: Inquiry, organisations: Iterable[Organisation], visitor: str) -> Inquiry:
    """Keep a request until its address is confirmed; Refused after three a day."""
    many = _("This address has asked three times today. Try again tomorrow, or write to %(mail)s.")
    sentence = many % {"mail": settings.SECRETARIAT_EMAIL}
    OF_ADDRESS.count(inquiry.email.lower(), sentence)
    OF_VISITOR.count(visitor, sentence)
    inquiry.save()
    rows = [AskedOrganisation(inquiry=inquiry, organisation=each) for each in organisations]
    AskedOrganisation.objects.bulk_create(rows)
    path = reverse("members:confirm_inquiry", args=[asked_by.sign(str(inquiry.pk))])
    context = {"path": path, "count": len(rows)}
    mail.send(
        "inquiry_to_confirm",
        about=inquiry,
        to=inquiry.email,
        reply_to=settings.SECRETARIAT_EMAIL,
        context=context,
    )
    return inquiry


def to_confirm(key: str) -> Inquiry:
    """Return the request of a link in a mail; Refused where it is gone, or none of ours."""
    found = Inquiry.objects.exclude(email="").filter(pk=_pk(asked_by, key)).first()
    if found is None:
        raise Refused(_("The link no longer works"))
    return found


@transaction.atomic
def confirm(*, inquiry: Inquiry) -> Inquiry:
    """Send a request to each organisation; once, however often the button is pressed."""
    locked = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if locked.confirmed_at:
        raise Refused(_("Your request is sent already."), already=True)
    locked.confirmed_at = timezone.now()
    locked.save(update_fields=["confirmed_at"])
    # Who wants to be found no more since then is not asked, nor counted as silent.
    still_open = Organisation.objects.open_to_buyers()
    locked.asked.exclude(organisation__in=still_open).delete()
    for asked in locked.asked.select_related("organisation__contact__user"):
        path = reverse("members:answer_inquiry", args=[answered_by.sign(str(asked.pk))])
        mail.send(
            "inquiry",
            about=locked,
            to=address_of(asked.organisation),
            reply_to=locked.email,
            context={"inquiry": locked, "organisation": asked.organisation, "path": path},
        )
    return locked


def to_answer(key: str) -> AskedOrganisation:
    """Return what an organisation is asked by a link; Refused where it is too old, or answered."""
    asked = AskedOrganisation.objects.select_related(
        "inquiry", "organisation__contact__user"
    ).filter(pk=_pk(answered_by, key))
    found = asked.exclude(inquiry__email="").first()
    if found is None:
        raise Refused(_("The link no longer works"))
    if found.answer:
        raise Refused(_("You have answered this request already."), already=True)
    return found


@transaction.atomic
def answer(*, asked: AskedOrganisation, answer: str, words: str) -> AskedOrganisation:
    """Keep an organisation's answer and send it to the buyer; Refused where one was sent."""
    locked = AskedOrganisation.objects.select_for_update().get(pk=asked.pk)
    if locked.answer:
        raise Refused(_("You have answered this request already."), already=True)
    asked.answer, asked.answered_at = answer, timezone.now()
    asked.save(update_fields=["answer", "answered_at"])
    mail.send(
        "inquiry_answered",
        about=asked.inquiry,
        to=asked.inquiry.email,
        reply_to=address_of(asked.organisation),
        context={"organisation": asked.organisation, "answer": asked, "words": words},
    )
    return asked


def _pk(signer: Signer, key: str) -> int:
    """Return the key of a link's row; 0, which none has, for nonsense."""
    try:
        return int(signer.unsign(key))
    except (BadSignature, ValueError):
        return 0


def forget() -> None:
    """Delete what nobody confirmed, and who asked and what, after six months."""
    now = timezone.now()
    Inquiry.objects.waiting_since_before(now - UNCONFIRMED).delete()
    old = Inquiry.objects.sent().filter(confirmed_at__lt=now - KEPT).exclude(email="")
    old.update(name="", buyer="", email="", what="", where="")
