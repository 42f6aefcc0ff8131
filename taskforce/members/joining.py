"""Joining: somebody asks, and the secretariat answers."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core import mail
from taskforce.core.acts import Refused
from taskforce.core.limits import Limit
from taskforce.members.forms import AcceptForm, JoinForm
from taskforce.members.models import (
    JoinRequest,
    Member,
    RequestState,
)
from taskforce.members.people import adding, inviting

ASKED = Limit("requests to join", most=5, within=timedelta(hours=1))
RECEIPTS = Limit("receipts of requests to join", most=3, within=timedelta(days=1))
KEPT = timedelta(days=183)  # an answered request is deleted after six months


@transaction.atomic
def ask(*, form: JoinForm, visitor: str) -> JoinRequest:
    """Keep a request to join, and notify the secretariat by mail; Refused after five in an hour.

    Returns the one that waits where the address has asked already: an answer of its own would tell
    strangers who has. The address gets a receipt in any case, which its reader alone sees.
    """
    many = _("Many requests came from here lately. Try again in an hour, or write to %(address)s.")
    ASKED.count(visitor, many % {"address": settings.SECRETARIAT_EMAIL})
    _send_receipt(form.cleaned_data["email"])
    try:
        with transaction.atomic():
            request: JoinRequest = form.save()
    except IntegrityError:
        waiting = JoinRequest.objects.waiting()
        return waiting.get(email__iexact=form.cleaned_data["email"])
    record(Verb.SUBMITTED, request, by=None)
    mail.send(
        "join_request",
        about=request,
        to=settings.SECRETARIAT_EMAIL,
        reply_to=request.email,
        context={"request": request},
    )
    return request


def _send_receipt(email: str) -> None:
    """Tell an address what happens next, a few times a day: it may be somebody else's."""
    try:
        RECEIPTS.count(email, "")
    except Refused:
        return
    is_member = Member.objects.current().filter(user__email=email).exists()
    secretariat = settings.SECRETARIAT_EMAIL
    context = {"is_member": is_member, "secretariat": secretariat}
    mail.send("join_receipt", to=email, reply_to=secretariat, context=context)


@transaction.atomic
def accept(*, request: JoinRequest, form: AcceptForm, by: Member) -> Member:
    """Make the person a member and ask them in by mail; Refused if it was answered before.

    The form names an organisation that exists already; without one a new one is made. Somebody who
    was here before is welcomed back: their log-in opens again, as a member's.
    """
    waiting = _lock(request)
    organisation = form.cleaned_data["organisation"] or adding.named(
        waiting.organisation_name, waiting.kind
    )
    member = adding.membership(adding.person(waiting.email, waiting.name), organisation)
    _close(waiting, RequestState.ACCEPTED, by=by)
    record(Verb.JOINED, organisation, by=by.user)
    inviting.invite(member=member, by=by.user)
    return member


@transaction.atomic
def decline(*, request: JoinRequest, reason: str, by: Member) -> JoinRequest:
    """Decline with a reason that is sent to the person; Refused if it was answered before."""
    waiting = _lock(request)
    _close(waiting, RequestState.DECLINED, by=by, reason=reason)
    mail.send(
        "join_declined",
        about=waiting,
        to=waiting.email,
        greeted=waiting.name,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={"request": waiting},
    )
    return waiting


def forget_old_requests() -> int:
    """Delete requests that were answered over six months ago; return how many."""
    deleted, _models = JoinRequest.objects.closed_before(timezone.now() - KEPT).delete()
    return deleted


def _lock(request: JoinRequest) -> JoinRequest:
    waiting = JoinRequest.objects.waiting().select_for_update().filter(pk=request.pk).first()
    if waiting is None:
        raise _answered_already()
    return waiting


def must_wait(request: JoinRequest) -> None:
    """Raise Refused where a request was answered, before its form is looked at."""
    if request.state != RequestState.RECEIVED:
        raise _answered_already()


def _answered_already() -> Refused:
    return Refused(_("Somebody else has answered this request already."))


def _close(request: JoinRequest, state: RequestState, *, by: Member, reason: str = "") -> None:
    request.state = state
    request.handled_by = by.user
    request.handled_at = timezone.now()
    request.reason = reason
    request.save()
    accepted = state == RequestState.ACCEPTED
    record(Verb.ACCEPTED if accepted else Verb.DECLINED, request, by=by.user)
