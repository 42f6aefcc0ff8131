"""One act changes a person's address: the old one loses every way in."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from taskforce.core.acts import Refused
from taskforce.members.accounts.addresses import change_address, settle
from taskforce.members.models import Member, User
from taskforce.members.people import inviting
from tests.conftest import LogIn
from tests.factories import make_member, make_secretary, make_user
from tests.members.accounts.ways import (
    code_in,
    code_of_app,
    is_logged_in,
    link_in,
    log_in_by_code,
    switch_on_two_step,
    with_password,
)
from tests.racing import at_once

OLD, NEW = "old@example.org", "new@example.org"


@pytest.fixture
def ea(db: None) -> Member:
    """A member who logged in by the old address before, so that the library knows it."""
    member = make_member(user=make_user(OLD, name="Ea"))
    settle(member.user)
    return member


def change(as_secretary: Client, user: User, email: str) -> Any:
    """Change somebody's address on the secretariat's page of them."""
    page = f"/sekretariat/personer/{user.pk}/ret/"
    form = as_secretary.get(page).context["form"]
    return as_secretary.post(page, {**form.initial, "email": email})


def test_secretary_changes_it_and_the_new_one_lets_in(as_secretary: Client, ea, mailoutbox):
    assert change(as_secretary, ea.user, "New@Example.org").status_code == 302
    assert [letter.to for letter in mailoutbox] == [[OLD], [NEW]]

    browser = Client()
    assert log_in_by_code(browser, NEW, mailoutbox).url == "/min-side/"
    assert is_logged_in(browser)
    rows = EmailAddress.objects.filter(user=ea.user)
    assert rows.values_list("email", "primary", "verified").get() == (NEW, True, True)


def test_old_address_gets_no_code_and_no_password(as_secretary: Client, ea, mailoutbox):
    change(as_secretary, with_password(ea.user), NEW)
    mailoutbox.clear()

    Client().post("/konto/login/code/", {"email": OLD})
    Client().post("/konto/password/reset/", {"email": OLD})

    subjects = [letter.subject for letter in mailoutbox]
    assert subjects == ["Ingen logger ind med denne e-mail"] * 2


def test_address_left_in_the_librarys_list_lets_nobody_in(ea, mailoutbox):
    """As it was left by changes before there was an act for them."""
    with_password(ea.user)
    User.objects.filter(pk=ea.user.pk).update(email=NEW)

    Client().post("/konto/login/code/", {"email": OLD})
    Client().post("/konto/password/reset/", {"email": OLD})
    page = Client().post("/konto/login/", {"login": OLD, "password": "tre-gule-heste"})

    subjects = [letter.subject for letter in mailoutbox]
    assert subjects == ["Ingen logger ind med denne e-mail"] * 2
    assert page.url == "/konto/login/code/"
    browser = Client()
    assert log_in_by_code(browser, NEW, mailoutbox).url == "/min-side/"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == [NEW]


def test_sessions_end(as_secretary: Client, ea, log_in: LogIn):
    phone = log_in(ea)
    assert is_logged_in(phone)

    change(as_secretary, ea.user, NEW)

    assert not is_logged_in(phone)


def test_code_that_was_asked_for_before_ends(ea, mailoutbox):
    thief = Client()
    thief.post("/konto/login/code/", {"email": OLD})
    code = code_in(mailoutbox)

    change_address(user=ea.user, email=NEW, by=make_user())

    answer = thief.post("/konto/login/code/confirm/", {"code": code})
    assert answer.url == "/konto/login/code/"
    assert not is_logged_in(thief)


def test_link_to_a_password_ends(ea, mailoutbox):
    Client().post("/konto/password/reset/", {"email": OLD})
    link = link_in(mailoutbox)
    assert Client().get(link).status_code == 302  # it works

    change_address(user=ea.user, email=NEW, by=make_user())

    assert Client().get(link).context["token_fail"]


def test_link_of_an_invitation_ends(ea, mailoutbox):
    link = f"/velkommen/{inviting.invite(member=ea, by=make_user()).key}/"
    assert Client().get(link).status_code == 200

    change_address(user=ea.user, email=NEW, by=make_user())

    assert Client().get(link).status_code == 410


def test_old_address_is_told_and_not_what_the_new_one_is(ea, mailoutbox):
    change_address(user=ea.user, email=NEW, by=make_user())

    letter = mailoutbox[0]
    assert (letter.to, letter.reply_to) == ([OLD], ["sekretariat@eksempel.example"])
    assert NEW not in letter.body


def test_address_of_another_is_refused_at_its_field(as_secretary: Client, ea, mailoutbox):
    make_user(NEW)

    page = change(as_secretary, ea.user, "NEW@example.org")

    assert list(page.context["form"].errors) == ["email"]
    assert not mailoutbox


def test_act_refuses_the_address_of_another(ea):
    make_user(NEW)

    with pytest.raises(Refused, match="En anden logger ind"):
        change_address(user=ea.user, email="New@example.org", by=ea.user)


def test_two_at_once_cannot_take_one_address(transactional_db: None):
    people = [make_user(), make_user()]

    answers = at_once(
        *[lambda who=who: change_address(user=who, email=NEW, by=who) for who in people]
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "User"]
    assert User.objects.filter(email=NEW).count() == 1


def test_secretary_who_changes_her_own_stays_logged_in(log_in: LogIn, db: None, mailoutbox):
    secretary = make_secretary()
    here, elsewhere = log_in(secretary), log_in(secretary)

    change(here, secretary.user, NEW)

    assert (is_logged_in(here), is_logged_in(elsewhere)) == (True, False)


def test_person_changes_it_by_a_link_to_the_new_one(ea, log_in: LogIn, mailoutbox):
    here, elsewhere = log_in(ea), log_in(ea)

    assert here.post("/konto/email/", {"email": "New@example.org"}).url == "/min-side/"
    assert [letter.to for letter in mailoutbox] == [[NEW]]
    link = link_in(mailoutbox)
    assert here.get(link).status_code == 200
    ea.user.refresh_from_db()
    assert ea.user.email == OLD  # opening the link changes nothing
    assert here.post(link).url == "/min-side/"

    ea.user.refresh_from_db()
    assert ea.user.email == NEW
    assert [letter.to for letter in mailoutbox[1:]] == [[OLD]]
    assert (is_logged_in(here), is_logged_in(elsewhere)) == (True, False)
    assert here.post(link).status_code == 410


def test_link_opened_where_nobody_is_logged_in_logs_nobody_in(ea, as_member, mailoutbox):
    browser = Client()
    browser.force_login(ea.user)
    browser.post("/konto/email/", {"email": NEW})
    phone = Client()

    phone.post(link_in(mailoutbox))

    ea.user.refresh_from_db()
    assert ea.user.email == NEW
    assert not is_logged_in(phone)


def test_link_is_over_after_three_days(ea, log_in: LogIn, mailoutbox, time_machine):
    log_in(ea).post("/konto/email/", {"email": NEW})

    time_machine.move_to(timezone.now() + timedelta(days=3, minutes=1))

    assert Client().post(link_in(mailoutbox)).status_code == 410


def test_form_does_not_tell_whose_an_address_is(ea, log_in: LogIn, mailoutbox):
    make_user(NEW)
    browser = log_in(ea)

    assert browser.post("/konto/email/", {"email": NEW}).url == "/min-side/"

    page = browser.post(link_in(mailoutbox))
    assert page.status_code == 410
    assert "En anden logger ind med denne e-mail." in page.content.decode()


@pytest.mark.parametrize("typed", ["", "no address", OLD.upper(), "x" * 250 + "@example.org"])
def test_bad_address_is_said_at_the_field(ea, log_in: LogIn, mailoutbox, typed: str):
    page = log_in(ea).post("/konto/email/", {"email": typed})

    assert list(page.context["form"].errors) == ["email"]
    assert not mailoutbox


def test_sixth_address_within_an_hour_waits(ea, log_in: LogIn, mailoutbox):
    browser = log_in(ea)
    for number in range(5):
        browser.post("/konto/email/", {"email": f"new{number}@example.org"})

    page = browser.post("/konto/email/", {"email": NEW})

    assert page.context["form"].non_field_errors() == [
        "Du har bedt om mange skift. Prøv igen om en time."
    ]
    assert NEW in page.content.decode()
    assert len(mailoutbox) == 5


def test_two_step_does_not_keep_one_from_a_new_address(ea, mailoutbox):
    switch_on_two_step(ea.user)
    browser = Client()
    assert log_in_by_code(browser, OLD, mailoutbox).url == "/konto/2fa/authenticate/"
    browser.post("/konto/2fa/authenticate/", {"code": code_of_app()})

    browser.post("/konto/email/", {"email": NEW})

    assert mailoutbox[-1].to == [NEW]
