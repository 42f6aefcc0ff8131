"""Asking to join, and being answered."""

from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone

from taskforce.activity.models import Activity, Verb
from taskforce.members import joining
from taskforce.members.forms import AcceptForm, JoinForm
from taskforce.members.models import JoinRequest, Kind, Member, Organisation, RequestState
from tests.factories import (
    make_join_request,
    make_member,
    make_organisation,
    make_secretary,
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
        (["ea@example.org"], ["sekretariat@eksempel.example"]),
        (["sekretariat@eksempel.example"], ["ea@example.org"]),
    ]


def typed(email: str) -> JoinForm:
    form = JoinForm(
        {
            "name": "Køb billigt",
            "email": email,
            "organisation_name": "Nyt Værk",
            "kind": Kind.COMPANY,
            "message": "Vi sælger til kommuner.",
        }
    )
    assert form.is_valid()
    return form


def test_ask_sends_a_receipt_in_both_languages_without_a_typed_word(
    db: None, mailoutbox: list[EmailMessage]
):
    joining.ask(form=typed("ea@example.org"), visitor="192.0.2.1")

    receipt = mailoutbox[0]
    assert receipt.subject == "Din anmodning om medlemskab / Your request to join"
    assert "Sekretariatet læser den og svarer dig på mail." in receipt.body
    assert "The secretariat reads it and answers you by mail." in receipt.body
    assert receipt.body.count("sekretariat@eksempel.example") == 3
    assert "http://localhost:8000/en/privatliv/" in receipt.body
    assert not [word for word in ("billigt", "Værk", "sælger") if word in receipt.body]


def test_ask_sends_the_same_receipt_where_a_request_waits(db: None, mailoutbox: list[EmailMessage]):
    """An answer of its own on the page would tell strangers who has asked; the mail may."""
    joining.ask(form=typed("ea@example.org"), visitor="192.0.2.1")
    joining.ask(form=typed("ea@example.org"), visitor="192.0.2.2")

    first, _to_secretariat, second = mailoutbox
    assert (first.to, first.body) == (second.to, second.body)


def test_ask_tells_a_member_alone_that_they_are_one(member: Member, mailoutbox: list[EmailMessage]):
    joining.ask(form=typed(member.user.email), visitor="192.0.2.1")

    assert mailoutbox[0].to == [member.user.email]
    assert "Du er allerede medlem" in mailoutbox[0].body
    assert "You are a member already" in mailoutbox[0].body
    assert "/konto/login/code/" in mailoutbox[0].body


def test_ask_sends_an_address_three_receipts_a_day_and_says_nothing_of_more(
    db: None, mailoutbox: list[EmailMessage]
):
    for number in range(5):
        joining.ask(form=typed("ea@example.org"), visitor=f"192.0.2.{number}")

    assert [letter.to for letter in mailoutbox].count(["ea@example.org"]) == 3


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
    assert member.invitation.invited_by == secretary.user


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


def test_forget_deletes_answered_requests_after_six_months(db: None):
    now = timezone.now()
    old = {"state": RequestState.DECLINED, "reason": "No"}
    make_join_request(**old, handled_at=now - timedelta(days=184))
    recent = make_join_request(**old, handled_at=now - timedelta(days=182))
    waiting = make_join_request()

    assert joining.forget_old_requests() == 1
    assert joining.forget_old_requests() == 0

    assert set(JoinRequest.objects.all()) == {recent, waiting}
