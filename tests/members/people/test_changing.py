"""Changing what stands about a person, and shutting their log-in."""

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from taskforce.members.models import Member, Role, User
from taskforce.members.people import changing, inviting
from tests.factories import make_member, make_organisation, make_secretary, make_user
from tests.members.people.people_forms import person_form, standing_secretary
from tests.members.people.test_last_secretary import LAST
from tests.racing import at_once
from tests.refusing import answers, conflict, refused


@pytest.fixture
def ea(db: None) -> Member:
    user = make_user("ea@example.org", name="Ea", last_login=timezone.now())
    return make_member(make_organisation("Odense"), user=user)


def test_change_saves_name_title_and_role(ea: Member, secretary: Member):
    form = person_form(ea, name="Ea Holm", title="Chef", role=Role.SECRETARIAT)

    changing.change(form=form, by=secretary.user)

    now = Member.objects.get(pk=ea.pk)
    assert (now.user.name, now.title, now.role) == ("Ea Holm", "Chef", Role.SECRETARIAT)


def test_change_of_address_is_told_to_both(
    ea: Member, secretary: Member, mailoutbox: list[EmailMessage]
):
    changing.change(form=person_form(ea, email="Eva@example.org"), by=secretary.user)

    assert User.objects.get(pk=ea.user_id).email == "eva@example.org"
    assert [letter.to for letter in mailoutbox] == [["ea@example.org"], ["eva@example.org"]]


def test_change_of_address_of_who_has_not_come_sends_the_invitation_there(
    secretary: Member, mailoutbox: list[EmailMessage]
):
    member = make_member(user=make_user("wrong@example.org"))
    inviting.invite(member=member, by=secretary.user)
    mailoutbox.clear()

    changing.change(form=person_form(member, email="right@example.org"), by=secretary.user)

    assert [letter.to for letter in mailoutbox] == [["right@example.org"]]
    assert "/velkommen/" in mailoutbox[0].body


def test_change_to_the_address_of_another_is_refused_and_nothing_is_kept(
    ea: Member, secretary: Member
):
    make_user("eva@example.org")
    form = person_form(ea, name="Eva", email="eva@example.org")

    with refused("Somebody else logs in with this address.", field="email"):
        changing.change(form=form, by=secretary.user)

    assert User.objects.get(pk=ea.user_id).name == "Ea"


@pytest.mark.parametrize("field", ["name", "title", "role", "email"])
def test_change_does_not_overwrite_what_a_colleague_saved(
    ea: Member, secretary: Member, field: str
):
    theirs = {"name": "X", "title": "X", "role": Role.SECRETARIAT, "email": "x@example.org"}
    form = person_form(ea, name="Ea Holm")
    changing.change(form=person_form(ea, **{field: theirs[field]}), by=secretary.user)

    with conflict(ea):
        changing.change(form=form, by=secretary.user)

    assert User.objects.get(pk=ea.user_id).name in ("Ea", "X")


def test_last_secretary_keeps_the_role(db: None):
    last = standing_secretary()

    with refused(LAST):
        changing.change(form=person_form(last, role=Role.MEMBER), by=last.user)


def test_two_secretaries_demote_each_other_at_once(transactional_db: None):
    one, other = standing_secretary(), standing_secretary()
    forms = {who: person_form(who, role=Role.MEMBER) for who in (one, other)}

    found = at_once(
        lambda: changing.change(form=forms[one], by=other.user),
        lambda: changing.change(form=forms[other], by=one.user),
    )

    assert answers(found) == ["Member", "Refused"]
    assert Member.objects.secretariat().count() == 1


def test_deactivate_shuts_the_log_in_and_reactivate_opens_it(ea: Member, secretary: Member):
    key = ea.user.log_in_key

    changing.deactivate(user=ea.user, by=secretary.user)

    shut = User.objects.get(pk=ea.user_id)
    assert (shut.is_active, shut.log_in_key == key, shut.member) == (False, False, None)
    changing.reactivate(user=ea.user, by=secretary.user)
    assert User.objects.get(pk=ea.user_id).member == ea


def test_deactivate_refuses_oneself_the_last_secretary_and_twice(ea: Member, secretary: Member):
    last = standing_secretary()

    with refused("You cannot shut your own log-in. Leave on your page instead."):
        changing.deactivate(user=last.user, by=last.user)
    with refused(LAST):
        changing.deactivate(user=last.user, by=secretary.user)
    changing.deactivate(user=ea.user, by=secretary.user)
    with refused("The log-in is shut already.", already=True):
        changing.deactivate(user=ea.user, by=secretary.user)


def test_reactivate_refuses_who_is_not_shut_out(ea: Member, secretary: Member):
    with refused("The log-in is open already.", already=True):
        changing.reactivate(user=ea.user, by=secretary.user)


def test_two_secretaries_shut_each_other_out_at_once(transactional_db: None):
    one, other = standing_secretary(), standing_secretary()

    found = at_once(
        lambda: changing.deactivate(user=one.user, by=other.user),
        lambda: changing.deactivate(user=other.user, by=one.user),
    )

    assert answers(found) == ["Refused", "User"]
    assert (
        make_secretary()
        and Member.objects.secretariat().filter(user__last_login__isnull=False).count() == 1
    )
