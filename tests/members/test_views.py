"""Pages of joining and of organisations."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from calls.models import Openness
from initiatives.models import CasePartner, CaseState, Participation
from taskforce.core.acts import Refused
from taskforce.members import joining
from taskforce.members.forms import AcceptForm
from taskforce.members.models import (
    JoinRequest,
    Kind,
    Member,
    NameVisibility,
    Organisation,
    RequestState,
    Role,
    User,
)
from tests.conftest import LogIn, Mailbox
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_consortium,
    make_initiative,
    make_join_request,
    make_member,
    make_organisation,
    make_secretary,
    make_statement,
    make_user,
)
from tests.racing import at_once

ASKED = {
    "name": "Ea Ny",
    "email": "Ea@Example.org",
    "organisation_name": "Det Nye Værksted",
    "kind": "social_enterprise",
    "message": "Vi sælger til kommuner.",
}


def test_join_keeps_the_request_and_notifies_the_secretariat(client, mailbox: Mailbox):
    page = client.post("/bliv-medlem/", ASKED)

    assert page.url == "/bliv-medlem/tak/"
    request = JoinRequest.objects.get()
    assert (request.state, request.email) == (RequestState.RECEIVED, "ea@example.org")
    (letter,) = mailbox.letters
    assert letter["to"] == "sekretariat@eksempel.example"
    assert letter["reply-to"] == "ea@example.org"
    assert f"/sekretariat/anmodninger/{request.pk}/" in letter.get_content()


@pytest.mark.parametrize("field", ASKED)
def test_join_shows_a_missing_value_at_its_field_and_keeps_the_rest(client, db, field):
    page = client.post("/bliv-medlem/", ASKED | {field: ""})

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    kept = [value for name, value in ASKED.items() if name not in (field, "kind")]
    assert all(value in page.content.decode() for value in kept)
    assert not JoinRequest.objects.exists()


def test_second_request_of_an_address_is_kept_once_and_answered_as_the_first(client, db):
    first = client.post("/bliv-medlem/", ASKED)

    # Otherwise strangers could find out who has asked.
    again = client.post("/bliv-medlem/", ASKED | {"email": ASKED["email"].upper(), "name": "X"})

    assert (again.status_code, again.url) == (first.status_code, first.url)
    assert JoinRequest.objects.count() == 1
    assert len(mail.outbox) == 1


def test_accepted_person_logs_in_by_a_link_that_works_once(as_secretary, mailbox: Mailbox):
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
def test_welcome_link_of_nonsense_logs_nobody_in(client, db, key):
    assert client.post(f"/velkommen/{key}/abc-123/").status_code == 410


def test_accept_offers_an_organisation_of_the_same_name(as_secretary, db):
    there = make_organisation("Nyt Værk")
    request = make_join_request(organisation_name="nyt værk")

    page = as_secretary.get(f"/sekretariat/anmodninger/{request.pk}/")
    assert page.context["accept_form"].initial["organisation"] == there
    as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/optag/", {"organisation": there.pk})

    assert Member.objects.get(user__email=request.email).organisation == there
    assert Organisation.objects.filter(name__iexact="nyt værk").count() == 1


def test_accept_refuses_somebody_who_is_a_member(as_secretary, db):
    there = make_member()
    request = make_join_request(email=there.user.email)

    page = as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/optag/", {"organisation": ""})

    assert page.context["accept_form"].non_field_errors()
    assert Member.objects.filter(user=there.user).count() == 1


def test_accept_lets_a_former_member_log_in_again(as_secretary, db):
    former = make_member(to_date=timezone.localdate())
    request = make_join_request(email=former.user.email)

    as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/optag/", {"organisation": ""})

    assert User.objects.get(email=former.user.email).member is not None


def test_decline_sends_the_reason(as_secretary, mailbox: Mailbox):
    request = make_join_request(email="bo@example.org")

    as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/afvis/", {"reason": "Vi er fulde."})

    request.refresh_from_db()
    assert (request.state, request.reason) == (RequestState.DECLINED, "Vi er fulde.")
    (letter,) = mailbox.letters
    assert letter["to"] == "bo@example.org"
    assert "Vi er fulde." in letter.get_content()


def test_decline_needs_a_reason(as_secretary, db):
    request = make_join_request()

    page = as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/afvis/", {"reason": " "})

    assert "reason" in page.context["decline_form"].errors
    assert JoinRequest.objects.waiting().get() == request


def test_organisations_are_listed_by_kind_and_in_danish_order(client, db):
    for name, kind in (
        ("Ø-værket", Kind.SOCIAL_ENTERPRISE),
        ("Aarhus Værk", Kind.SOCIAL_ENTERPRISE),
        ("Zebra", Kind.SOCIAL_ENTERPRISE),
        ("Odense", Kind.MUNICIPALITY),
    ):
        make_organisation(name, kind=kind)

    groups = client.get("/en/organisationer/").context["groups"]

    assert [(kind, [row["name"] for row in rows]) for kind, rows in groups] == [
        ("Municipality", ["Odense"]),
        ("Social enterprise", ["Zebra", "Ø-værket", "Aarhus Værk"]),
    ]


def test_partner_outside_the_taskforce_has_a_page_and_is_not_listed(client, db):
    partner = make_organisation("Partner", in_taskforce=False)

    assert "Partner" not in client.get("/en/organisationer/").content.decode()
    assert (
        "Partner, not a member" in client.get(f"/en{partner.get_absolute_url()}").content.decode()
    )


def test_organisations_without_any_says_so(client, db):
    assert "No organisations yet." in client.get("/en/organisationer/").content.decode()


def test_organisation_links_to_what_it_says_and_does(client, db):
    home = make_organisation("Home")
    statement = make_statement(make_barrier("Raised by another"), "Our words", organisation=home)
    raised = make_barrier("Raised by us", raised_by=home)
    led, joined = make_initiative("Led", lead=home), make_initiative("Joined")
    Participation.objects.create(initiative=joined, organisation=home)
    told, draft = make_case("Told"), make_case("Draft", state=CaseState.DRAFT)
    for case in (told, draft):
        CasePartner.objects.create(case=case, organisation=home)
    call = make_call("Money")
    shown = make_consortium(call, "Shown", lead=home, openness=Openness.OPEN)
    make_consortium(call, "Hidden", lead=home, openness=Openness.HIDDEN)

    page = client.get(home.get_absolute_url())

    assert list(page.context["statements"]) == [statement]
    assert list(page.context["barriers"]) == [raised]
    assert set(page.context["initiatives"]) == {led, joined}
    assert list(page.context["cases"]) == [told]
    assert list(page.context["led_consortia"]) == [shown]


def test_organisation_lists_an_initiative_once_that_it_leads_and_joined(client, db):
    home = make_organisation("Home")
    both = make_initiative("Both", lead=home)
    for organisation in (home, make_organisation(), make_organisation()):
        Participation.objects.create(initiative=both, organisation=organisation)

    page = client.get(home.get_absolute_url())

    assert list(page.context["initiatives"]) == [both]


def test_organisation_shows_people_to_those_they_chose(client, log_in: LogIn, secretary):
    home = make_organisation("Home")
    for visibility in NameVisibility:
        user = make_user(name=f"For {visibility.value}")
        make_member(home, user=user, name_visibility=visibility)

    def names(browser) -> list[str]:
        people = browser.get(home.get_absolute_url()).context["people"]
        return [person.shown_name for person in people]

    assert names(client) == ["For public"]
    assert names(log_in(make_member())) == ["For members", "For public"]
    assert names(log_in(secretary)) == ["For members", "For nobody", "For public"]


def test_organisation_lists_no_former_member(client, db):
    home = make_organisation("Home")
    public = {"name_visibility": NameVisibility.PUBLIC}
    make_member(home, to_date=timezone.localdate(), **public)
    make_member(home, user=make_user(is_active=False), **public)

    assert list(client.get(home.get_absolute_url()).context["people"]) == []


@pytest.mark.parametrize("reason", ["Again", ""])
@pytest.mark.parametrize("answer", ["optag", "afvis"])
def test_second_answer_says_that_somebody_else_answered(
    as_secretary, secretary: Member, answer: str, reason: str
):
    request = make_join_request()
    joining.decline(request=request, reason="No", by=secretary)

    sent = {"organisation": "", "reason": reason}
    page = as_secretary.post(
        f"/en/sekretariat/anmodninger/{request.pk}/{answer}/", sent, follow=True
    )

    assert page.redirect_chain == [("/en/sekretariat/", 302)]
    assert [(message.level_tag, str(message)) for message in page.context["messages"]] == [
        ("error", "Somebody else has answered this request already.")
    ]


def test_join_refuses_a_program_that_fills_in_the_trap(client, db):
    page = client.post("/bliv-medlem/", ASKED | {"homepage": "https://example.org"})

    assert page.context["form"].errors == {"homepage": ["Lad dette felt stå tomt."]}
    assert not JoinRequest.objects.exists()


def accept_again(browser: Client, user: User, organisation: Organisation | None) -> None:
    request = make_join_request(email=user.email.upper())
    chosen = {"organisation": organisation.pk if organisation else ""}
    answer = browser.post(f"/sekretariat/anmodninger/{request.pk}/optag/", chosen)
    assert answer.url == "/sekretariat/"
    request.refresh_from_db()
    assert request.state == RequestState.ACCEPTED


@pytest.mark.parametrize("is_same", [True, False])
def test_deactivated_person_is_welcomed_back(as_secretary, mailbox: Mailbox, is_same: bool):
    before = make_member(user=make_user(is_active=False), role=Role.SECRETARIAT)
    organisation = before.organisation if is_same else make_organisation("Nyt Værk")

    accept_again(as_secretary, before.user, organisation)

    user = User.objects.get(pk=before.user_id)
    now = Member.objects.current().get(user=user)
    assert (user.is_active, now.organisation, now.role) == (True, organisation, Role.MEMBER)
    assert Member.objects.filter(user=user).count() == (1 if is_same else 2)
    link = re.search(r"http://localhost:8000(/velkommen/\S+)", mailbox.letters[-1].get_content())[1]
    newcomer = Client()
    assert newcomer.post(link).url == "/min-side/"
    assert newcomer.get("/min-side/").context["member"] == now


@pytest.mark.parametrize("days", [0, 400])
def test_who_left_is_welcomed_back(as_secretary, db, days: int):
    today = timezone.localdate()
    left = make_member(from_date=today - timedelta(days), to_date=today - timedelta(days))
    User.objects.filter(pk=left.user_id).update(is_active=False)

    accept_again(as_secretary, left.user, left.organisation)

    assert Member.objects.current().get(user=left.user).role == Role.MEMBER


def test_membership_that_begins_tomorrow_is_in_nobodys_way(as_secretary, db):
    tomorrow = timezone.localdate() + timedelta(days=1)
    before = make_member(user=make_user(is_active=False), from_date=tomorrow)

    accept_again(as_secretary, before.user, None)

    assert Member.objects.current().filter(user=before.user).count() == 1


def test_two_secretaries_accept_one_person_once(transactional_db):
    person = make_user("ea@example.org", is_active=False)
    request, secretary = make_join_request(email="ea@example.org"), make_secretary()
    form = AcceptForm({"organisation": ""}, request=request)
    assert form.is_valid()

    answers = at_once(*[lambda: joining.accept(request=request, form=form, by=secretary)] * 2)

    assert sorted(type(one).__name__ for one in answers) == ["Member", "Refused"]
    assert Member.objects.current().filter(user=person).count() == 1


def test_somebody_made_a_member_meanwhile_is_refused_in_words(secretary, db):
    request = make_join_request(email="ea@example.org")
    form = AcceptForm({"organisation": ""}, request=request)
    assert form.is_valid()
    make_member(user=make_user("ea@example.org"))

    with pytest.raises(Refused):
        joining.accept(request=request, form=form, by=secretary)


def test_join_thanks_says_what_happens_now(client, db):
    page = client.get("/bliv-medlem/tak/")

    assert (page.status_code, page.templates[0].name) == (200, "members/join_thanks.html")
