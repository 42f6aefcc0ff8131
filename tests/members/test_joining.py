"""Asking to join, and being answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.http import urlsafe_base64_encode

from taskforce.activity.models import Activity, Verb
from taskforce.members import joining
from taskforce.members.forms import AcceptForm, JoinForm
from taskforce.members.models import JoinRequest, Kind, Member, Organisation, RequestState, User
from tests.factories import (
    make_join_request,
    make_member,
    make_organisation,
    make_secretary,
    make_user,
)
from tests.racing import at_once
from tests.refusing import answers, refused

ANSWERED = "Somebody else has answered this request already."


def accept_form(request: JoinRequest, organisation: Organisation | None = None) -> AcceptForm:
    sent = {"organisation": organisation.pk if organisation else ""}
    form = AcceptForm(sent, request=request)
    assert form.is_valid()
    return form


def recorded() -> list[tuple[Any, ...]]:
    return [(row.verb, row.target_id, row.actor) for row in Activity.objects.order_by("pk")]


def test_ask_keeps_the_request_and_notifies_the_secretariat(
    db: None, mailoutbox: list[EmailMessage]
):
    form = JoinForm(
        {
            "name": "Ea Ny",
            "email": "Ea@Example.org",
            "organisation_name": "Nyt Værk",
            "kind": Kind.COMPANY,
            "message": "Vi sælger til kommuner.",
        }
    )
    assert form.is_valid()

    request = joining.ask(form=form, visitor="192.0.2.1")

    assert (request.state, request.email) == (RequestState.RECEIVED, "ea@example.org")
    assert recorded() == [(Verb.SUBMITTED, request.pk, None)]
    assert [(letter.to, letter.reply_to) for letter in mailoutbox] == [
        (["sekretariat@eksempel.example"], ["ea@example.org"])
    ]


def test_accept_makes_a_member_of_a_new_organisation(
    secretary: Member, mailoutbox: list[EmailMessage]
):
    request = make_join_request(
        name="Ea Ny", email="Ea@example.org", organisation_name="Nyt Værk", kind=Kind.COMPANY
    )

    member = joining.accept(request=request, form=accept_form(request), by=secretary)

    home = member.organisation
    assert (member.user.name, member.user.email) == ("Ea Ny", "ea@example.org")
    assert (home.name, home.kind, home.in_taskforce) == ("Nyt Værk", Kind.COMPANY, True)
    request.refresh_from_db()
    assert (request.state, request.handled_by) == (RequestState.ACCEPTED, secretary.user)
    assert recorded() == [
        (Verb.ACCEPTED, request.pk, secretary.user),
        (Verb.JOINED, home.pk, secretary.user),
    ]
    assert [letter.to for letter in mailoutbox] == [["ea@example.org"]]


def test_accept_uses_the_chosen_organisation(secretary: Member):
    request, home = make_join_request(), make_organisation()

    member = joining.accept(request=request, form=accept_form(request, home), by=secretary)

    assert member.organisation == home


def test_accept_uses_an_organisation_that_was_added_since_the_form_was_shown(secretary: Member):
    request = make_join_request(organisation_name="Nyt Værk")
    form = accept_form(request)
    home = make_organisation("Nyt Værk")

    assert joining.accept(request=request, form=form, by=secretary).organisation == home


def test_accept_of_a_former_member_keeps_their_user(secretary: Member):
    former = make_member(to_date=timezone.localdate())
    request = make_join_request(name="Another Name", email=former.user.email.upper())

    member = joining.accept(request=request, form=accept_form(request), by=secretary)

    assert (member.user, member.user.name) == (former.user, former.user.name)


def test_decline_keeps_the_reason_and_sends_it(secretary: Member, mailoutbox: list[EmailMessage]):
    request = make_join_request(email="bo@example.org")

    declined = joining.decline(request=request, reason="Vi er fulde.", by=secretary)

    assert declined == request
    request.refresh_from_db()
    assert (request.state, request.reason, request.handled_by) == (
        RequestState.DECLINED,
        "Vi er fulde.",
        secretary.user,
    )
    assert recorded() == [(Verb.DECLINED, request.pk, secretary.user)]
    (letter,) = mailoutbox
    assert (letter.to, letter.reply_to) == (["bo@example.org"], ["sekretariat@eksempel.example"])
    assert "Vi er fulde." in letter.body


def test_answered_request_is_refused_a_second_answer(
    secretary: Member, mailoutbox: list[EmailMessage]
):
    request = make_join_request()
    form = accept_form(request)
    joining.decline(request=request, reason="No", by=secretary)

    with refused(ANSWERED):
        joining.decline(request=request, reason="Again", by=secretary)
    with refused(ANSWERED):
        joining.accept(request=request, form=form, by=secretary)

    request.refresh_from_db()
    assert (request.state, request.reason) == (RequestState.DECLINED, "No")
    assert not Member.objects.exclude(pk=secretary.pk).exists()
    assert len(mailoutbox) == 1


def test_one_of_two_answers_at_once_is_refused(transactional_db: None):
    secretary, request = make_secretary(), make_join_request()
    form = accept_form(request)

    found = at_once(
        lambda: joining.accept(request=request, form=form, by=secretary),
        lambda: joining.decline(request=request, reason="No", by=secretary),
    )

    assert answers(found) in (["Member", "Refused"], ["JoinRequest", "Refused"])


def link_of(user: User) -> tuple[str, str]:
    return urlsafe_base64_encode(str(user.pk).encode()), joining.tokens.make_token(user)


def test_welcome_is_a_mail_with_the_link(db: None, mailoutbox: list[EmailMessage]):
    user = make_user("ea@example.org")

    joining.send_welcome(user)

    (letter,) = mailoutbox
    key, token = link_of(user)
    assert letter.to == ["ea@example.org"]
    assert f"http://localhost:8000/velkommen/{key}/{token}/" in letter.body


def test_welcome_link_names_its_user(db: None):
    user = make_user()

    assert joining.user_of_link(*link_of(user)) == user


@pytest.mark.parametrize("wrong", ["key", "token", "nonsense", "used", "too old", "deactivated"])
def test_welcome_link_is_refused(db: None, time_machine: Any, wrong: str):
    user = make_user()
    key, token = link_of(user)
    if wrong == "key":
        key, _token = link_of(make_user())
    elif wrong == "token":
        token = "abc-123"
    elif wrong == "nonsense":
        key = "w6bDuMOl"
    elif wrong == "used":
        user.last_login = timezone.now()
        user.save()
    elif wrong == "too old":
        time_machine.move_to(timezone.now() + timedelta(days=4))
    else:
        User.objects.update(is_active=False)

    with refused("The link no longer works"):
        joining.user_of_link(key, token)


def test_welcome_link_followed_twice_at_once_lets_one_in(transactional_db: None):
    user = make_user()
    key, token = link_of(user)

    def follow() -> User:
        with transaction.atomic():
            found = joining.user_of_link(key, token)
            found.last_login = timezone.now()
            found.save()
            return found

    assert answers(at_once(follow, follow)) == ["Refused", "User"]


def test_forget_deletes_answered_requests_after_six_months(db: None):
    now = timezone.now()
    old = {"state": RequestState.DECLINED, "reason": "No"}
    make_join_request(**old, handled_at=now - timedelta(days=184))
    recent = make_join_request(**old, handled_at=now - timedelta(days=182))
    waiting = make_join_request()

    assert joining.forget_old_requests() == 1
    assert joining.forget_old_requests() == 0

    assert set(JoinRequest.objects.all()) == {recent, waiting}
