"""Asking in: sent, opened, too late, sent again, corrected, withdrawn."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from taskforce.core.models import RefusedAddress
from taskforce.members.models import Invitation, Member, User
from taskforce.members.people import inviting
from tests.factories import (
    make_action_point,
    make_meeting,
    make_member,
    make_organisation,
    make_secretary,
    make_user,
)
from tests.racing import at_once
from tests.refusing import answers, refused

OVER = "The link no longer works"


@pytest.fixture
def ea(db: None) -> Member:
    return make_member(make_organisation("Odense"), user=make_user("ea@example.org", name="Ea"))


@pytest.fixture
def by(db: None) -> User:
    return make_secretary(user=make_user("sek@example.org")).user


def come(member: Member) -> None:
    member.user.last_login = timezone.now()
    member.user.save()
    inviting.note_log_in(user=member.user)


def test_invite_sends_a_letter_with_a_link(ea: Member, by: User, mailoutbox: list[EmailMessage]):
    invitation = inviting.invite(member=ea, by=by)

    (letter,) = mailoutbox
    assert (letter.to, letter.reply_to) == (["ea@example.org"], ["sekretariat@eksempel.example"])
    assert f"/velkommen/{invitation.key}/" in letter.body
    assert inviting.of_link(invitation.key) == invitation
    assert not inviting.has_come(ea)


def test_send_again_kills_the_link_before(ea: Member, by: User, mailoutbox: list[EmailMessage]):
    first = inviting.invite(member=ea, by=by)
    RefusedAddress.objects.create(address="ea@example.org", said="550")

    second = inviting.send_again(member=ea, by=by)

    assert Invitation.objects.get() == second and second.key != first.key
    assert [letter.to for letter in mailoutbox] == [["ea@example.org"]] * 2
    with refused(OVER):
        inviting.of_link(first.key)
    assert not RefusedAddress.objects.exists()


@pytest.mark.parametrize("act", ["send_again", "withdraw", "correct"])
def test_who_has_come_is_asked_in_no_more(ea: Member, by: User, act: str):
    inviting.invite(member=ea, by=by)
    come(ea)

    with refused("Ea has logged in already."):
        run(act, ea, by)


@pytest.mark.parametrize("act", ["send_again", "withdraw", "correct"])
@pytest.mark.parametrize("gone", ["left", "deactivated"])
def test_who_is_no_member_is_not_asked_in(ea: Member, by: User, act: str, gone: str):
    inviting.invite(member=ea, by=by)
    if gone == "left":
        Member.objects.filter(pk=ea.pk).update(to_date=timezone.localdate())
    else:
        User.objects.filter(pk=ea.user_id).update(is_active=False)

    with refused("This person is no member any more."):
        run(act, ea, by)


def run(act: str, member: Member, by: User) -> Any:
    if act == "withdraw":
        return inviting.withdraw(member=member)
    if act == "correct":
        return inviting.correct(member=member, email="new@example.org", by=by)
    return inviting.send_again(member=member, by=by)


def test_correct_sends_to_the_new_address_alone(
    ea: Member, by: User, mailoutbox: list[EmailMessage]
):
    first = inviting.invite(member=ea, by=by)
    mailoutbox.clear()

    second = inviting.correct(member=ea, email="EVA@example.org", by=by)

    assert [letter.to for letter in mailoutbox] == [["eva@example.org"]]
    assert User.objects.get(pk=ea.user_id).email == second.email == "eva@example.org"
    with refused(OVER):
        inviting.of_link(first.key)


def test_correct_refuses_the_address_of_another(ea: Member, by: User):
    invitation = inviting.invite(member=ea, by=by)
    make_user("eva@example.org")

    with refused("Somebody else logs in with this address.", field="email"):
        inviting.correct(member=ea, email="eva@example.org", by=by)
    assert inviting.of_link(invitation.key) == invitation


def test_withdraw_forgets_who_left_no_trace(ea: Member, by: User):
    invitation = inviting.invite(member=ea, by=by)

    inviting.withdraw(member=ea)

    assert not User.objects.filter(pk=ea.user_id).exists()
    with refused(OVER):
        inviting.of_link(invitation.key)


def test_withdraw_ends_the_membership_of_who_is_named_somewhere(ea: Member, by: User):
    inviting.invite(member=ea, by=by)
    point = make_action_point(make_meeting(), owner=ea)

    inviting.withdraw(member=ea)

    ea.refresh_from_db()
    point.refresh_from_db()
    assert (ea.to_date, point.owner) == (timezone.localdate(), ea)
    assert not Invitation.objects.exists()


def test_withdraw_keeps_the_person_who_was_here_before(ea: Member, by: User):
    Member.objects.filter(pk=ea.pk).update(to_date=timezone.localdate())
    again = make_member(user=ea.user)
    inviting.invite(member=again, by=by)

    inviting.withdraw(member=again)

    assert [*User.objects.get(pk=ea.user_id).memberships.all()] == [ea]


@pytest.mark.parametrize("wrong", ["nonsense", "used", "left", "deactivated", "other address"])
def test_link_is_over(ea: Member, by: User, wrong: str):
    key = inviting.invite(member=ea, by=by).key
    if wrong == "nonsense":
        key = "x"
    elif wrong == "used":
        come(ea)
    elif wrong == "left":
        Member.objects.filter(pk=ea.pk).update(to_date=timezone.localdate())
    elif wrong == "deactivated":
        User.objects.filter(pk=ea.user_id).update(is_active=False)
    else:
        User.objects.filter(pk=ea.user_id).update(email="eva@example.org")

    with refused(OVER):
        inviting.of_link(key)


def test_open_up_is_noted_once(ea: Member, by: User, time_machine: Any):
    invitation = inviting.invite(member=ea, by=by)
    opened = inviting.open_up(invitation=invitation).opened_at
    time_machine.move_to(timezone.now() + timedelta(days=1))

    assert opened and inviting.open_up(invitation=invitation).opened_at == opened


@pytest.mark.parametrize(("days", "works"), [(29.9, True), (30.1, False)])
def test_link_works_for_thirty_days(
    ea: Member, by: User, days: float, works: bool, time_machine: Any
):
    invitation = inviting.invite(member=ea, by=by)
    time_machine.move_to(timezone.now() + timedelta(days=days))

    assert invitation.is_expired is not works
    if not works:
        with refused(OVER):
            inviting.open_up(invitation=invitation)


def late(member: Member, by: User) -> Invitation:
    invitation = inviting.invite(member=member, by=by)
    invitation.sent_at = timezone.now() - timedelta(days=31)
    invitation.save()
    return invitation


def test_ask_again_tells_who_invited_once(ea: Member, by: User, mailoutbox: list[EmailMessage]):
    invitation = late(ea, by)
    mailoutbox.clear()

    for _ in range(2):
        assert inviting.ask_again(invitation=invitation).asked_again_at

    (letter,) = mailoutbox
    assert letter.to == ["sek@example.org"]
    assert letter.subject == "Ea beder om en ny invitation"
    assert f"/sekretariat/personer/{ea.user_id}/" in letter.body


def test_ask_again_tells_the_mailbox_where_the_inviter_has_left(
    ea: Member, by: User, mailoutbox: list[EmailMessage]
):
    make_secretary(user=make_user(last_login=timezone.now()))
    invitation = late(ea, by)
    mailoutbox.clear()
    Member.objects.filter(user=by).update(to_date=timezone.localdate())

    inviting.ask_again(invitation=Invitation.objects.get(pk=invitation.pk))

    assert [letter.to for letter in mailoutbox] == [["sekretariat@eksempel.example"]]


def test_ask_again_refuses_while_the_link_works(ea: Member, by: User):
    with refused("The link still works.", already=True):
        inviting.ask_again(invitation=inviting.invite(member=ea, by=by))


def test_log_in_and_withdrawal_at_once_leave_one_of_them(transactional_db: None):
    member = make_member(user=make_user("ea@example.org"))
    inviting.invite(member=member, by=make_secretary().user)

    def log_in() -> User:
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=member.user_id)
            user.last_login = timezone.now()
            user.save(update_fields=["last_login"])
            inviting.note_log_in(user=user)
            return user

    found = at_once(log_in, lambda: inviting.withdraw(member=member))

    assert answers(found) in (["DoesNotExist", "NoneType"], ["Refused", "User"])
