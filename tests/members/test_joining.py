"""Asking to join, and being answered."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from taskforce.core.acts import Refused
from taskforce.members import joining
from taskforce.members.models import JoinRequest, Member, Organisation, RequestState, User
from tests.conftest import Mailbox
from tests.factories import make_join_request, make_member, make_organisation

ASKED = {
    "name": "Ea Ny",
    "email": "Ea@Example.org",
    "organisation_name": "Det Nye Værksted",
    "kind": "social_enterprise",
    "message": "Vi sælger til kommuner.",
}


def test_request_is_kept_and_mailed_to_the_secretariat(client, mailbox: Mailbox):
    page = client.post("/bliv-medlem/", ASKED)

    assert page.url == "/bliv-medlem/tak/"
    request = JoinRequest.objects.get()
    assert (request.state, request.email) == (RequestState.RECEIVED, "ea@example.org")
    (letter,) = mailbox.letters
    assert letter["to"] == "sekretariat@eksempel.example"
    assert letter["reply-to"] == "ea@example.org"
    assert f"/sekretariat/anmodninger/{request.pk}/" in letter.get_content()


@pytest.mark.parametrize("field", ASKED)
def test_missing_value_is_said_at_its_field_and_keeps_the_rest(client, db, field):
    page = client.post("/bliv-medlem/", ASKED | {field: ""})

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    kept = [value for name, value in ASKED.items() if name not in (field, "kind")]
    assert all(value in page.content.decode() for value in kept)
    assert not JoinRequest.objects.exists()


def test_second_request_from_an_address_waits(client, db):
    make_join_request(email="ea@example.org")

    page = client.post("/bliv-medlem/", ASKED)

    assert "email" in page.context["form"].errors
    assert JoinRequest.objects.count() == 1


def test_accepted_person_comes_in_by_a_link_that_works_once(as_secretary, mailbox: Mailbox):
    request = make_join_request(name="Ea Ny", email="ea@example.org", organisation_name="Nyt Værk")

    as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/optag/", {"organisation": ""})

    member = Member.objects.get(user__email="ea@example.org")
    assert member.organisation.name == "Nyt Værk"
    (letter,) = mailbox.letters
    assert letter["to"] == "ea@example.org"
    path = re.search(r"http://localhost:8000(/velkommen/\S+)", letter.get_content())[1]

    newcomer = Client()
    assert newcomer.get(path).status_code == 200
    assert "sessionid" not in newcomer.cookies  # opening the link changes nothing
    assert newcomer.post(path).url == "/min-side/"
    assert newcomer.get("/min-side/").context["member"] == member
    assert Client().get(path).status_code == 410
    assert Client().post(path).status_code == 410


def test_welcome_link_expires(db, client, time_machine):
    member = make_member()
    token = joining.tokens.make_token(member.user)
    key = joining.urlsafe_base64_encode(str(member.user_id).encode())
    assert client.get(f"/velkommen/{key}/{token}/").status_code == 200

    time_machine.move_to(timezone.now() + timedelta(days=4))

    assert client.get(f"/velkommen/{key}/{token}/").status_code == 410


@pytest.mark.parametrize("key", ["x", "MTIz", "w6bDuMOl"])
def test_nonsense_link_lets_nobody_in(client, db, key):
    assert client.post(f"/velkommen/{key}/abc-123/").status_code == 410


def test_accepting_can_use_an_organisation_that_is_there(as_secretary, db):
    there = make_organisation("Nyt Værk")
    request = make_join_request(organisation_name="nyt værk")

    page = as_secretary.get(f"/sekretariat/anmodninger/{request.pk}/")
    assert page.context["accept_form"].initial["organisation"] == there
    as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/optag/", {"organisation": there.pk})

    assert Member.objects.get(user__email=request.email).organisation == there
    assert Organisation.objects.filter(name__iexact="nyt værk").count() == 1


def test_somebody_who_is_a_member_is_not_accepted_twice(as_secretary, db):
    there = make_member()
    request = make_join_request(email=there.user.email)

    page = as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/optag/", {"organisation": ""})

    assert page.context["accept_form"].non_field_errors()
    assert Member.objects.filter(user=there.user).count() == 1


def test_former_member_keeps_the_log_in_they_had(as_secretary, db):
    former = make_member(to_date=timezone.localdate())
    request = make_join_request(email=former.user.email)

    as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/optag/", {"organisation": ""})

    assert User.objects.get(email=former.user.email).member is not None


def test_declined_person_is_told_why(as_secretary, mailbox: Mailbox):
    request = make_join_request(email="bo@example.org")

    as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/afvis/", {"reason": "Vi er fulde."})

    request.refresh_from_db()
    assert (request.state, request.reason) == (RequestState.DECLINED, "Vi er fulde.")
    (letter,) = mailbox.letters
    assert letter["to"] == "bo@example.org"
    assert "Vi er fulde." in letter.get_content()


def test_declining_takes_a_reason(as_secretary, db):
    request = make_join_request()

    page = as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/afvis/", {"reason": " "})

    assert "reason" in page.context["decline_form"].errors
    assert JoinRequest.objects.waiting().get() == request


def test_second_answer_changes_nothing(secretary, db):
    request = make_join_request()

    assert joining.decline(request=request, reason="No", by=secretary)
    with pytest.raises(Refused):
        joining.decline(request=request, reason="Again", by=secretary)

    request.refresh_from_db()
    assert request.reason == "No"


def test_answered_requests_are_forgotten_after_six_months(db):
    now = timezone.now()
    old = {"state": RequestState.DECLINED, "reason": "No"}
    make_join_request(**old, handled_at=now - timedelta(days=184))
    recent = make_join_request(**old, handled_at=now - timedelta(days=182))
    waiting = make_join_request()

    assert joining.forget_old_requests() == 1

    assert set(JoinRequest.objects.all()) == {recent, waiting}
