"""Join: ask, be answered by the secretariat, and come in by a link that works once."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core import mail
from taskforce.members.forms import AcceptForm, JoinForm
from taskforce.members.models import JoinRequest, Member, Organisation, RequestState, User

KEPT = timedelta(days=183)  # an answered request is deleted after six months


class WelcomeTokens(PasswordResetTokenGenerator):
    """Tokens of welcome links: they end with the first log-in, or after PASSWORD_RESET_TIMEOUT."""

    key_salt = "taskforce.members.joining.WelcomeTokens"


tokens = WelcomeTokens()


@transaction.atomic
def ask(*, form: JoinForm) -> JoinRequest:
    """Keep a request to join and tell the secretariat by mail."""
    request: JoinRequest = form.save()
    record(Verb.SUBMITTED, request, by=None)
    mail.send(
        "join_request",
        to=settings.SECRETARIAT_EMAIL,
        reply_to=request.email,
        context={"request": request},
    )
    return request


@transaction.atomic
def accept(*, request: JoinRequest, form: AcceptForm, by: Member) -> Member | None:
    """Make the person a member and send the way in; None where somebody answered before.

    The form names an organisation that exists already; without one a new one is made.
    """
    waiting = _lock(request)
    if waiting is None:
        return None
    organisation = form.cleaned_data["organisation"] or _new_organisation(waiting)
    user = _user(waiting)
    member = Member.objects.create(user=user, organisation=organisation)
    _close(waiting, RequestState.ACCEPTED, by=by)
    record(Verb.JOINED, organisation, by=by.user)
    send_welcome(user)
    return member


@transaction.atomic
def decline(*, request: JoinRequest, reason: str, by: Member) -> bool:
    """Decline with a reason that goes to the person; False where somebody answered before."""
    waiting = _lock(request)
    if waiting is None:
        return False
    _close(waiting, RequestState.DECLINED, by=by, reason=reason)
    mail.send(
        "join_declined",
        to=waiting.email,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={"request": waiting},
    )
    return True


def send_welcome(user: User) -> None:
    """Send the link that ends logged in."""
    key = urlsafe_base64_encode(str(user.pk).encode())
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    link = {"key": key, "token": tokens.make_token(user), "days": days}
    mail.send("welcome", to=user.email, context={"user": user, **link})


def user_of_link(key: str, token: str) -> User | None:
    """Return whom a welcome link lets in, or None where it is used, too old or not ours.

    Locks the user, so that of two who follow one link at once only one comes in.
    """
    try:
        pk = int(urlsafe_base64_decode(key))
    except (ValueError, OverflowError):
        return None
    user = User.objects.select_for_update().filter(pk=pk, is_active=True).first()
    return user if user and tokens.check_token(user, token) else None


def forget_old_requests() -> int:
    """Delete requests that were answered over six months ago; return how many."""
    deleted, _by_model = JoinRequest.objects.closed_before(timezone.now() - KEPT).delete()
    return deleted


def _lock(request: JoinRequest) -> JoinRequest | None:
    return JoinRequest.objects.waiting().select_for_update().filter(pk=request.pk).first()


def _close(request: JoinRequest, state: RequestState, *, by: Member, reason: str = "") -> None:
    request.state = state
    request.handled_by = by.user
    request.handled_at = timezone.now()
    request.reason = reason
    request.save()
    accepted = state == RequestState.ACCEPTED
    record(Verb.ACCEPTED if accepted else Verb.DECLINED, request, by=by.user)


def _new_organisation(request: JoinRequest) -> Organisation:
    organisation, _created = Organisation.objects.get_or_create(
        name=request.organisation_name, defaults={"kind": request.kind}
    )
    return organisation


def _user(request: JoinRequest) -> User:
    """Return the person's log-in; somebody who was a member before keeps the one they had."""
    known = User.objects.filter(email=request.email.lower()).first()
    return known or User.objects.create_user(request.email, name=request.name)
