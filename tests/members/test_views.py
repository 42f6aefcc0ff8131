"""Pages of joining and of organisations."""

from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from django.conf import settings
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
    letters = {letter["to"]: letter for letter in mailbox.letters}
    assert sorted(letters) == ["ea@example.org", "sekretariat@eksempel.example"]
    letter = letters["sekretariat@eksempel.example"]
    assert letter["reply-to"] == "ea@example.org"
    assert f"/sekretariat/anmodninger/{request.pk}/" in letter.get_content()


@pytest.mark.parametrize(("role", "asks"), [("member", False), ("former", True)])
def test_join_asks_nobody_who_is_a_member(db, log_in: LogIn, role: str, asks: bool):
    member = make_member()
    client = log_in(member)
    if role == "former":
        Member.objects.filter(pk=member.pk).update(to_date=timezone.localdate())

    page = client.get("/bliv-medlem/")
    client.post("/bliv-medlem/", ASKED)

    assert ("Du er medlem" in page.content.decode()) is not asks
    assert ('name="organisation_name"' in page.content.decode()) is asks
    assert JoinRequest.objects.exists() is asks


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
    told = sorted(letter.to[0] for letter in mail.outbox)
    assert told == ["ea@example.org", "ea@example.org", "sekretariat@eksempel.example"]


def test_accepted_person_is_asked_in(as_secretary, mailbox: Mailbox):
    request = make_join_request(name="Ea Ny", email="ea@example.org", organisation_name="Nyt Værk")

    as_secretary.post(f"/sekretariat/anmodninger/{request.pk}/optag/", {"organisation": ""})

    member = Member.objects.get(user__email="ea@example.org")
    assert member.organisation.name == "Nyt Værk"
    (letter,) = mailbox.letters
    assert letter["to"] == "ea@example.org"
    assert f"http://localhost:8000/velkommen/{member.invitation.key}/" in letter.get_content()


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


def names_on(page: Any) -> list[str]:
    return [row["name"] for row in page.context["rows"]]


def test_organisations_are_listed_in_danish_order_and_filtered_by_kind_and_words(client, db):
    for name, kind in (
        ("Ø-værket", Kind.SOCIAL_ENTERPRISE),
        ("Aarhus Værk", Kind.SOCIAL_ENTERPRISE),
        ("Zebra", Kind.SOCIAL_ENTERPRISE),
        ("Odense", Kind.MUNICIPALITY),
    ):
        make_organisation(name, kind=kind, description=f"Lokale {kind} siden 1990")

    assert names_on(client.get("/organisationer/")) == [
        "Odense",
        "Zebra",
        "Ø-værket",
        "Aarhus Værk",
    ]
    enterprises = client.get("/organisationer/?slags=social_enterprise")
    assert names_on(enterprises) == ["Zebra", "Ø-værket", "Aarhus Værk"]
    assert names_on(client.get("/organisationer/?q=zebra")) == ["Zebra"]
    assert "Fjern filtre" in enterprises.content.decode()


@pytest.mark.parametrize("query", ["slags=nonsense", "q=%00", "side=x"])
def test_organisations_take_nonsense_in_the_address(client, db, query: str):
    make_organisation("Odense")

    assert client.get(f"/organisationer/?{query}").status_code == 200


def test_organisations_that_nothing_matches_lead_back_to_all(client, db):
    make_organisation("Odense")

    text = client.get("/en/organisationer/?q=nobody").content.decode()

    assert "Nothing matches" in text
    assert "See all organisations" in text


def test_organisations_tell_what_each_takes_part_in_and_no_noughts(client, db):
    home, quiet = make_organisation("Home"), make_organisation("Quiet")
    make_statement(make_barrier(raised_by=quiet), organisation=home)
    both = make_initiative(lead=home)
    for organisation in (home, make_organisation("Z")):
        Participation.objects.create(initiative=both, organisation=organisation)
    for state in (CaseState.PUBLISHED, CaseState.DRAFT):
        CasePartner.objects.create(case=make_case(state=state, written_by=quiet), organisation=home)

    rows = {row["name"]: row["counts"] for row in client.get("/en/organisationer/").context["rows"]}

    assert rows == {
        "Home": ["1 good example", "1 initiative", "1 statement"],
        "Quiet": [],
        "Z": ["1 initiative"],
    }


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


def test_organisation_of_which_nothing_is_told_says_so(client, db):
    page = client.get(f"/en{make_organisation('Home').get_absolute_url()}")

    assert "What Home says, does and takes part in shows here by itself." in page.content.decode()


def test_organisation_marks_the_cases_that_only_its_own_people_see(log_in: LogIn, db):
    home = make_organisation("Home")
    draft = make_case("Draft", state=CaseState.DRAFT, written_by=home)
    CasePartner.objects.create(case=draft, organisation=home)
    own = log_in(make_member(home))

    page = lxml.html.fromstring(own.get(f"/en{home.get_absolute_url()}").content.decode())

    (card,) = page.find_class("card")
    assert [tag.text_content() for tag in card.find_class("tag")] == ["Draft"]


def test_organisation_tells_its_part_in_what_it_works_on(client, db):
    home = make_organisation("Home")
    make_initiative("A", lead=home, state="done", ended_on=timezone.localdate(), outcome="Good")
    joined = make_initiative("B", state="running")
    Participation.objects.create(initiative=joined, organisation=home)
    make_consortium(make_call(), "C", lead=home, openness=Openness.OPEN)
    for number in range(6):
        make_barrier(f"Barrier {number}", raised_by=home)

    page = client.get(f"/en{home.get_absolute_url()}")

    told = [(row["title"], row["words"], row["part"]) for row in page.context["work"]]
    assert told == [
        ("B", "Running", "Takes part"),
        ("A", "Done", "Leads it"),
        ("C", "Preparing", "Leads the consortium"),
    ]
    assert "Show all 6" in page.content.decode()


def test_organisation_folds_more_than_four_statements(client, db):
    home = make_organisation("Home")
    for number in range(6):
        make_statement(make_barrier(), f"Words {number}", organisation=home)

    text = client.get(f"/en{home.get_absolute_url()}").content.decode()

    assert "Show all 6 statements" in text
    assert text.count("Words") == 6


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

    assert page.context["form"].errors == {"homepage": ["Lad feltet stå tomt."]}
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
    assert f"/velkommen/{now.invitation.key}/" in mailbox.letters[-1].get_content()


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


def test_country_of_an_organisation_is_named_in_the_language_of_the_page(client, db):
    path = make_organisation("Odense", country="SE").get_absolute_url()

    assert "<dd>Sverige</dd>" in client.get(path).content.decode()
    assert "<dd>Sweden</dd>" in client.get(f"/en{path}").content.decode()


def test_shared_organisation_shows_the_picture_of_its_example(client: Client, db: None):
    home, other = make_organisation(), make_organisation()
    picture = {"picture": "a/b.jpg", "picture_small": "a/c.jpg", "picture_alt": "To bagere"}
    size = {"picture_width": 1600, "picture_height": 900}
    make_case(written_by=home)
    case = make_case(written_by=home, **picture, **size)
    for organisation in (home, other):
        plain = make_case(written_by=organisation)
        CasePartner.objects.create(case=plain, organisation=organisation)
    CasePartner.objects.create(case=case, organisation=home)

    def shared(organisation: Organisation) -> str:
        page = client.get(organisation.get_absolute_url()).content.decode()
        return page.partition('<meta property="og:image" content="')[2].partition('"')[0]

    assert shared(home) == f"{settings.SITE_URL}{case.get_absolute_url()}billede/b.jpg"
    assert f"/organisation-{other.pk}/" in shared(other)  # a card with its name
