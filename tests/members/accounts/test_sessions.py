"""Where somebody is logged in, and logging out everywhere."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from taskforce.members.tasks import forget_old_log_ins
from tests.conftest import LogIn
from tests.factories import make_member, make_user
from tests.members.accounts.ways import (
    PASSWORD,
    is_logged_in,
    link_in,
    log_in_by_code,
    with_password,
)

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) Chrome/140.0.0.0 Mobile Safari/537.36"


def log_in_with(user_agent: str, email: str, letters: list[Any]) -> Client:
    browser = Client(headers={"user-agent": user_agent})
    log_in_by_code(browser, email, letters)
    return browser


def test_my_page_lists_devices_with_their_day(db: None, mailoutbox, time_machine):
    make_member(user=make_user("ea@example.org"))
    time_machine.move_to("2026-03-01 12:00Z")
    log_in_with(PHONE, "ea@example.org", mailoutbox)
    time_machine.move_to("2026-03-02 12:00Z")
    here = log_in_with(MAC, "ea@example.org", mailoutbox)

    page = here.get("/min-side/")

    found = [(one.device, one.since.day, one.is_here) for one in page.context["log_ins"]]
    assert found == [("Firefox på Mac", 2, True), ("Chrome på Android", 1, False)]
    assert "siden 1. marts 2026" in page.content.decode()


def test_logs_out_everywhere(db: None, mailoutbox):
    make_member(user=make_user("ea@example.org"))
    other = make_member(user=make_user("bo@example.org"))
    phone = log_in_with(PHONE, "ea@example.org", mailoutbox)
    here = log_in_with(MAC, "ea@example.org", mailoutbox)
    somebody = log_in_with(MAC, "bo@example.org", mailoutbox)

    page = here.post("/konto/logout/everywhere/", follow=True)

    assert page.redirect_chain == [("/", 302)]
    assert "Du er logget ud alle steder, også her." in page.content.decode()
    assert [is_logged_in(one) for one in (phone, here, somebody)] == [False, False, True]
    assert UserSession.objects.get().user == other.user


def test_ends_log_ins_that_were_never_noted(db: None, log_in: LogIn):
    """As those from before the portal noted them."""
    member = make_member()
    old, here = log_in(member), log_in(member)

    here.post("/konto/logout/everywhere/")

    assert not is_logged_in(old)


def test_may_log_in_again_afterwards(db: None, mailoutbox):
    make_member(user=make_user("ea@example.org"))
    here = log_in_with(MAC, "ea@example.org", mailoutbox)
    here.post("/konto/logout/everywhere/")

    assert is_logged_in(log_in_with(MAC, "ea@example.org", mailoutbox))


def test_new_password_ends_the_others_and_takes_them_off_the_list(db: None, mailoutbox):
    with_password(make_member(user=make_user("ea@example.org")).user)
    phone = log_in_with(PHONE, "ea@example.org", mailoutbox)
    here = log_in_with(MAC, "ea@example.org", mailoutbox)

    here.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": "fire-blå-køer"})

    assert (is_logged_in(phone), is_logged_in(here)) == (False, True)
    assert [one.device for one in here.get("/min-side/").context["log_ins"]] == ["Firefox på Mac"]


def test_new_password_by_mail_ends_all(db: None, mailoutbox):
    make_member(user=make_user("ea@example.org"))
    phone = log_in_with(PHONE, "ea@example.org", mailoutbox)
    browser = Client()
    browser.post("/konto/password/reset/", {"email": "ea@example.org"})
    form = browser.get(link_in(mailoutbox), follow=True)

    browser.post(form.redirect_chain[-1][0], {"password1": "fire-blå-køer"})

    assert not is_logged_in(phone)
    assert not UserSession.objects.exists()
    assert not Session.objects.filter(session_key=phone.cookies["sessionid"].value).exists()


def test_former_member_sees_and_ends_them_too(db: None, mailoutbox):
    make_user("ea@example.org")
    here = log_in_with(MAC, "ea@example.org", mailoutbox)

    assert [one.is_here for one in here.get("/min-side/").context["log_ins"]] == [True]


def test_stranger_is_sent_to_log_in(client: Client, db: None):
    answer = client.post("/konto/logout/everywhere/")

    assert answer.url.startswith("/konto/login/code/")


def test_what_is_over_is_forgotten_at_night(transactional_db: None, mailoutbox, time_machine):
    time_machine.move_to("2026-03-01 12:00Z")
    make_member(user=make_user("ea@example.org"))
    log_in_with(PHONE, "ea@example.org", mailoutbox)
    time_machine.move_to("2026-03-20 12:00Z")
    here = log_in_with(MAC, "ea@example.org", mailoutbox)
    gone = log_in_with(PHONE, "ea@example.org", mailoutbox)
    gone.post("/konto/logout/")

    forget_old_log_ins(timestamp=0)

    assert [one.session_key for one in UserSession.objects.all()] == [
        here.cookies["sessionid"].value
    ]
    assert Session.objects.count() == 1
