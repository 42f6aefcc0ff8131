"""Erase a person: nothing by which they could be known stays, and what they did still counts."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from calls.models import CalendarKey
from initiatives.models import Case, Initiative, Participation
from meetings.models import Attendance
from taskforce.core import bounces, kept_files
from taskforce.core.acts import Refused
from taskforce.core.models import KeptFile, MailChoice, MailingCopy
from taskforce.dialogue.models import Mention
from taskforce.following.models import (
    Digest,
    Follow,
    Follower,
    FollowRequest,
    Reminder,
    Rhythm,
    Told,
    Visit,
)
from taskforce.front.erasing import evidence
from taskforce.front.erasing.places import places_of, replace
from taskforce.members.accounts import sessions
from taskforce.members.models import (
    Erasure,
    HandOver,
    Invitation,
    JoinRequest,
    Member,
    MemberImport,
    Merge,
    NameVisibility,
    Silence,
    User,
)
from taskforce.members.people.last_secretary import a_secretary_stays

NAMELESS = "Slettet person"  # in the database, in the language of its texts
INSTEAD = "en deltager"  # in running text


@transaction.atomic
def erase(*, user: User, texts: set[str], by: User | None) -> Erasure:
    """Erase a person; in the texts named, other words stand for the name. Returns the evidence.

    The accounts that were merged into theirs go, too. Ballots, statements and what else they did
    stay, nobody's in particular. Raises Refused for oneself, for the last secretary, and where it
    is done already.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    if person == by:
        raise Refused(_("You cannot erase yourself. Ask a colleague."))
    if Erasure.objects.filter(person=person.pk).exists():
        raise Refused(_("This person is erased already."), already=True)
    for place in places_of(person.name):
        if place.key in texts and place.can_be_replaced:
            replace(place, person.name, INSTEAD)
    erased = Erasure.objects.values("person")
    for double in User.objects.filter(merged_into=person).exclude(pk__in=erased):
        erase(user=double, texts=texts, by=by)
    made = Erasure.objects.create(person=person.pk, digest=evidence.digest_of(person.email), by=by)
    with a_secretary_stays():
        _erase_columns(person)
        _erase_account(person)
    transaction.on_commit(lambda: evidence.write(made))
    return made


def _erase_columns(person: User) -> None:
    """Take the name and the address out of every column that holds one."""
    seats = Member.objects.filter(user=person)
    known = {"name": NAMELESS, "name_visibility": NameVisibility.NOBODY}
    Attendance.objects.filter(member__in=seats).update(**known)
    copies = MailingCopy.objects.filter(Q(user=person) | Q(email__iexact=person.email))
    copies.update(name=NAMELESS, email="")
    JoinRequest.objects.filter(email__iexact=person.email).delete()
    MemberImport.objects.filter(lines__icontains=person.email).delete()
    Merge.objects.filter(of=Merge.Of.PEOPLE, gone=person.pk).delete()
    Merge.objects.filter(of=Merge.Of.PEOPLE, kept=person.pk).delete()
    bounces.forget(person.email)
    MailChoice.objects.filter(address=person.email).delete()
    for model in (Initiative, Participation, Case):
        model._base_manager.filter(contact__in=seats).update(contact=None)
    for settings_of in (Invitation, HandOver, Silence, CalendarKey):
        settings_of._base_manager.filter(member__in=seats).delete()
    today = timezone.localdate()
    for seat in seats:
        seat.title, seat.name_visibility = "", NameVisibility.NOBODY
        seat.to_date = seat.to_date or max(seat.from_date, today)
        seat.save()


def _erase_account(person: User) -> None:
    sessions.end_all(user=person)
    for outside in (Follower, FollowRequest):
        outside._base_manager.filter(email=person.email).delete()
    of_mail = (MailChoice, Follow, Rhythm, Digest, Told)
    for own in (EmailAddress, Authenticator, *of_mail, Reminder, Visit, Mention):
        own._base_manager.filter(user=person).delete()
    kept_files.delete(KeptFile.objects.filter(by=person))
    person.name, person.email = NAMELESS, f"slettet-{person.pk}@example.invalid"
    person.is_active, person.last_login = False, None
    person.seen_at = person.last_visit_at = None
    person.set_unusable_password()
    person.save()


def repeat() -> int:
    """Erase again whom an older backup brought back; return how many."""
    lines = evidence.read()
    done = 0
    here = User.objects.exclude(pk__in=Erasure.objects.values("person"))
    for user in here.order_by("merged_into"):  # doubles first: they go with whom they are
        if evidence.digests_of(user.email) & lines:
            erase(user=user, texts={place.key for place in places_of(user.name)}, by=None)
            done += 1
    return done
