"""Make somebody a member: a new person or one who was here before, of one organisation."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member, Organisation, Role, User
from taskforce.members.people import inviting
from taskforce.members.people.forms import AddForm


@transaction.atomic
def add(*, form: AddForm, by: User) -> Member:
    """Make the person of a form a member, and send them the way in; Refused if they are one.

    Somebody who was here before is welcomed back: their log-in opens again.
    """
    typed = form.cleaned_data
    organisation = typed["organisation"] or named(typed["new_organisation"], typed["kind"])
    user = person(typed["email"], typed["name"])
    more = {"title": typed["title"], "role": typed["role"]}
    return add_member(user, organisation, **more, has_letter=True, by=by)


@transaction.atomic
def add_member(
    user: User, organisation: Organisation, *, title: str, role: str, has_letter: bool, by: User
) -> Member:
    """Make a person a member of an organisation; the letter with their way in can wait."""
    is_first = not Member.objects.current().filter(organisation=organisation).exists()
    member = membership(user, organisation, title=title, role=role)
    if is_first:
        record(Verb.JOINED, organisation, by=by)
    record(Verb.ADDED, member, by=by)
    if has_letter:
        inviting.invite(member=member, by=by)
    return member


def named(name: str, kind: str) -> Organisation:
    """Return the organisation of a name, which is made where there is none."""
    if same := Organisation.objects.named(name):
        return same
    made, _created = Organisation.objects.get_or_create(name=name, defaults={"kind": kind})
    return made


def person(email: str, name: str) -> User:
    """Return the person of an address, active and locked: who was here before keeps their name."""
    email = email.lower()
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name=name)
    except IntegrityError:
        there = User.objects.get(email=email)
        # Of two accounts that became one, the one that is kept.
        user = User.objects.select_for_update().get(pk=there.merged_into_id or there.pk)
    if user.memberships.current().exists():
        raise Refused(_("This person already is a member."), field="email")
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


def membership(
    user: User, organisation: Organisation, *, title: str = "", role: str = Role.MEMBER
) -> Member:
    """Return the one membership of today.

    One that was open when its person was deactivated goes on if it is of the same organisation.
    """
    open_one = user.memberships.filter(to_date=None).first()
    if open_one and open_one.organisation == organisation:
        open_one.role, open_one.title = role, title or open_one.title
        open_one.save(update_fields=["role", "title"])
        return open_one
    if open_one:
        open_one.to_date = max(open_one.from_date, timezone.localdate())
        open_one.save(update_fields=["to_date"])
    return Member.objects.create(user=user, organisation=organisation, title=title, role=role)
