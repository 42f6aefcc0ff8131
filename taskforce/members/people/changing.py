"""Change what stands about a person, shut their log-in, and open it again."""

from django.db import transaction
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.accounts import sessions
from taskforce.members.accounts.addresses import change_address
from taskforce.members.models import Invitation, Member, User
from taskforce.members.people import inviting
from taskforce.members.people.forms import PersonForm
from taskforce.members.people.last_secretary import a_secretary_stays


@transaction.atomic
def change(*, form: PersonForm, by: User) -> Member:
    """Save name, address, title and role; Conflict if a colleague saved first.

    Another address is an act of its own, by which the old one loses every way in. Somebody who has
    not come yet gets their letter at the new address instead. Refused for the last secretary.
    """
    locked = Member.objects.select_for_update(of=("self",)).select_related("user", "organisation")
    current = locked.get(pk=form.instance.pk)
    form.must_be_current(current)
    typed = form.cleaned_data
    current.user.name = typed["name"]
    current.user.save(update_fields=["name"])
    current.title, current.role = typed["title"], typed["role"]
    with a_secretary_stays():
        current.save(update_fields=["title", "role"])
    record(Verb.CHANGED, current, by=by)
    if typed["email"] != current.user.email:
        _change_address(current, typed["email"], by)
    return current


def _change_address(member: Member, email: str, by: User) -> None:
    if inviting.has_come(member) or not Invitation.objects.filter(member=member).exists():
        change_address(user=member.user, email=email, by=by)
    else:
        inviting.correct(member=member, email=email, by=by)


@transaction.atomic
def deactivate(*, user: User, by: User) -> User:
    """Shut a person's log-in at once, everywhere; Refused for oneself and the last secretary."""
    person = _locked(user)
    if person == by:
        raise Refused(_("You cannot shut your own log-in. Leave on your page instead."))
    if not person.is_active:
        raise Refused(_("The log-in is shut already."), already=True)
    person.is_active = False
    with a_secretary_stays():
        person.save(update_fields=["is_active"])
    sessions.end_all(user=person)
    _record(Verb.CLOSED, person, by)
    return person


@transaction.atomic
def reactivate(*, user: User, by: User) -> User:
    """Open a person's log-in again; their membership goes on where it had not ended."""
    person = _locked(user)
    if person.is_active:
        raise Refused(_("The log-in is open already."), already=True)
    person.is_active = True
    person.save(update_fields=["is_active"])
    _record(Verb.REOPENED, person, by)
    return person


def _locked(user: User) -> User:
    # No key, so that two secretaries who shut each other out at once do not wait in a ring.
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _record(verb: Verb, person: User, by: User) -> None:
    if seat := person.memberships.order_by("-from_date", "-pk").first():
        record(verb, seat, by=by)
