"""Joining: somebody asks, the secretariat answers, and a welcome link logs them in once."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
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
    Organisation,
    RequestState,
    Role,
    User,
)

ASKED = Limit("requests to join", most=5, within=timedelta(hours=1))
KEPT = timedelta(days=183)  # an answered request is deleted after six months


class WelcomeTokens(PasswordResetTokenGenerator):
    """Tokens of welcome links: they end with the first log-in, or after PASSWORD_RESET_TIMEOUT."""

    key_salt = "taskforce.members.joining.WelcomeTokens"


tokens = WelcomeTokens()


@transaction.atomic
def ask(*, form: JoinForm, visitor: str) -> JoinRequest:
    """Keep a request to join, and notify the secretariat by mail; Refused after five in an hour.

    Returns the one that waits where the address has asked already: an answer of its own would tell
    strangers who has.
    """
    many = _("Many requests came from here lately. Try again in an hour, or write to %(address)s.")
    ASKED.count(visitor, many % {"address": settings.SECRETARIAT_EMAIL})
    try:
        with transaction.atomic():
            request: JoinRequest = form.save()
    except IntegrityError:
        waiting = JoinRequest.objects.waiting()
        return waiting.get(email__iexact=form.cleaned_data["email"])
    record(Verb.SUBMITTED, request, by=None)
    mail.send(
        "join_request",
        to=settings.SECRETARIAT_EMAIL,
        reply_to=request.email,
        context={"request": request},
    )
    return request


@transaction.atomic
def accept(*, request: JoinRequest, form: AcceptForm, by: Member) -> Member:
    """Make the person a member and send them the welcome link; Refused if it was answered before.

    The form names an organisation that exists already; without one a new one is made. Somebody who
    was here before is welcomed back: their log-in opens again, as a member's.
    """
    waiting = _lock(request)
    organisation = form.cleaned_data["organisation"] or _organisation_named(waiting)
    user = _user(waiting)
    member = _membership(user, organisation)
    _close(waiting, RequestState.ACCEPTED, by=by)
    record(Verb.JOINED, organisation, by=by.user)
    send_welcome(user)
    return member


@transaction.atomic
def decline(*, request: JoinRequest, reason: str, by: Member) -> JoinRequest:
    """Decline with a reason that is sent to the person; Refused if it was answered before."""
    waiting = _lock(request)
    _close(waiting, RequestState.DECLINED, by=by, reason=reason)
    mail.send(
        "join_declined",
        to=waiting.email,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={"request": waiting},
    )
    return waiting


def send_welcome(user: User) -> None:
    """Mail the welcome link, which logs the person in once."""
    key = urlsafe_base64_encode(str(user.pk).encode())
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    link = {"key": key, "token": tokens.make_token(user), "days": days}
    mail.send("welcome", to=user.email, context={"user": user, **link})


def user_of_link(key: str, token: str) -> User:
    """Return the user whom a welcome link logs in; Refused if it was used, too old or not ours.

    Locks the user, so that the link works once even if it is followed twice at the same moment.
    """
    user = User.objects.select_for_update().filter(pk=_pk_of(key), is_active=True).first()
    if user is None or not tokens.check_token(user, token):
        raise Refused(_("The link no longer works"))
    return user


def _pk_of(key: str) -> int:
    """Return the key of a link's user; 0, which nobody has, for nonsense."""
    try:
        return int(urlsafe_base64_decode(key))
    except (ValueError, OverflowError):
        return 0


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


def _organisation_named(request: JoinRequest) -> Organisation:
    if same := Organisation.objects.named(request.organisation_name):
        return same
    organisation, _created = Organisation.objects.get_or_create(
        name=request.organisation_name, defaults={"kind": request.kind}
    )
    return organisation


def _user(request: JoinRequest) -> User:
    """Return the person's user, active and locked: who was here before keeps theirs."""
    email = request.email.lower()
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name=request.name)
    except IntegrityError:
        user = User.objects.select_for_update().get(email=email)
    if user.memberships.current().exists():
        raise Refused(_("This person already is a member."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


def _membership(user: User, organisation: Organisation) -> Member:
    """Return the one membership of today, which gives no role but a member's.

    One that was open when its person was deactivated goes on if it is of the same organisation.
    """
    open_one = user.memberships.filter(to_date=None).first()
    if open_one and open_one.organisation == organisation:
        open_one.role = Role.MEMBER
        open_one.save(update_fields=["role"])
        return open_one
    if open_one:
        open_one.to_date = max(open_one.from_date, timezone.localdate())
        open_one.save(update_fields=["to_date"])
    return Member.objects.create(user=user, organisation=organisation)
