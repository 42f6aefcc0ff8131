"""The secretariat's pages of people, and where the link of an invitation leads."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from taskforce.core.models import RefusedAddress
from taskforce.members.models import Member, User
from taskforce.members.people import inviting
from tests.conftest import LogIn
from tests.factories import make_member, make_organisation, make_user
from tests.members.accounts.ways import code_in, is_logged_in, switch_on_two_step
from tests.members.people.people_forms import typed

REGISTER = "/sekretariat/personer/"


def page_of(member: Member, act: str = "") -> str:
    return f"{REGISTER}{member.user_id}/{act}"


def active(name: str, **fields: Any) -> Member:
    """Make a member who has logged in."""
    user = make_user(f"{name.lower()}@example.org", name=name, last_login=timezone.now())
    return make_member(user=user, **fields)


def listed(browser: Client, query: str = "") -> list[str]:
    page = browser.get(f"{REGISTER}{query}")
    return [row.user.name for row in page.context["rows"]]


@pytest.fixture
def everybody(as_secretary: Client, secretary: Member) -> Client:
    """Return the secretary's browser, with somebody in every state."""
    User.objects.filter(pk=secretary.user_id).update(name="Secretary", last_login=timezone.now())
    home, by = make_organisation("Odense", slug="odense"), secretary.user
    active("Active", organisation=home, title="Chef")
    active("Left", organisation=home, to_date=timezone.localdate())
    shut = active("Shut")
    User.objects.filter(pk=shut.user_id).update(is_active=False)
    make_user("nowhere@example.org", name="Nowhere")
    fresh = make_member(home, user=make_user("fresh@example.org", name="Fresh"))
    inviting.invite(member=fresh, by=by)
    stuck = make_member(user=make_user("stuck@example.org", name="Stuck"))
    late = inviting.invite(member=stuck, by=by)
    late.sent_at = timezone.now() - timedelta(days=15)
    late.save()
    bounced = make_member(user=make_user("bounced@example.org", name="Bounced"))
    inviting.invite(member=bounced, by=by)
    RefusedAddress.objects.create(address="bounced@example.org", said="550 No such user")
    return as_secretary


def test_register_puts_first_what_is_unusual(everybody: Client):
    assert listed(everybody) == [
        *("Bounced", "Stuck", "Nowhere", "Active", "Fresh", "Secretary", "Left", "Shut"),
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?tilstand=invited", ["Bounced", "Stuck", "Fresh"]),
        ("?tilstand=active", ["Active", "Secretary"]),
        ("?tilstand=left", ["Left"]),
        ("?tilstand=deactivated", ["Shut"]),
        ("?tilstand=nowhere", ["Nowhere"]),
        ("?rolle=secretariat", ["Secretary"]),
        ("?organisation=odense", ["Active", "Fresh", "Left"]),
        ("?organisation=odense&tilstand=active", ["Active"]),
        ("?q=odense", ["Active", "Fresh", "Left"]),
        ("?q=STUCK", ["Stuck"]),
        ("?q=fresh@example odense", ["Fresh"]),
        ("?q=nobody", []),
    ],
)
def test_register_is_searched_and_filtered(everybody: Client, query: str, names: list[str]):
    assert listed(everybody, query) == names


def test_register_tells_what_came_of_each_invitation(everybody: Client):
    today = f"{timezone.localdate():%-d}."
    rows = {row.user.name: row for row in everybody.get(REGISTER).context["rows"]}

    assert rows["Bounced"].told == "mailen kunne ikke leveres"
    assert rows["Fresh"].told.startswith(f"sendt {today}")
    assert rows["Left"].told.startswith(f"til {today}")
    assert rows["Active"].told.startswith(f"sidst logget ind {today}")
    assert {name for name, row in rows.items() if row.is_stuck} == {"Bounced"}


def test_register_of_nobody_says_so(as_secretary: Client, db: None):
    page = as_secretary.get(f"{REGISTER}?q=nobody").content.decode()

    assert "Intet matcher" in page or "Ingen" in page
    assert f'href="{REGISTER}"' in page


def test_person_added_in_one_form_and_found_on_their_page(
    as_secretary: Client, mailoutbox: list[EmailMessage]
):
    answer = as_secretary.post(f"{REGISTER}ny/", typed(title="Chef"))

    member = Member.objects.get(user__email="ea@example.org")
    assert answer.url == page_of(member)
    assert [letter.to for letter in mailoutbox] == [["ea@example.org"]]
    page = as_secretary.get(answer.url)
    assert page.context["person"].seat == member
    assert "En mail med vejen ind er på vej til ea@example.org." in page.content.decode()


@pytest.mark.parametrize(
    ("who", "words"),
    [("public", "Everybody"), ("nobody", "Nobody; the organisation alone shows")],
)
def test_page_says_who_may_read_the_name(as_secretary: Client, db: None, who: str, words: str):
    seat = make_member(name_visibility=who)

    page = as_secretary.get(f"/en/sekretariat/personer/{seat.user_id}/").content.decode()

    told = page.partition("Who may read the name</dt>")[2].partition("</dd>")[0]
    assert told.split("<dd>")[1].split() == words.split()


def test_wrong_form_keeps_what_was_typed_and_makes_nobody(as_secretary: Client, db: None):
    page = as_secretary.post(f"{REGISTER}ny/", typed(email="wrong", title="Chef"))

    assert page.status_code == 200
    assert page.context["form"]["title"].value() == "Chef"
    assert not User.objects.filter(name="Ea Holm").exists()


@pytest.mark.parametrize(
    "query", ["?hvem={pk}", "?hvem=x", "?af=odense", "?af=x", "?hvem=99999999999"]
)
def test_form_begins_with_what_its_address_names(as_secretary: Client, db: None, query: str):
    home = make_organisation("Odense", slug="odense")
    former = active("Ea", organisation=home, to_date=timezone.localdate(), title="Chef")

    page = as_secretary.get(f"{REGISTER}ny/" + query.format(pk=former.user_id))

    form = page.context["form"]
    found = [form[name].value() for name in ("name", "email", "title")]
    whole = ["Ea", "ea@example.org", "Chef"] if "{pk}" in query else [None, None, None]
    assert found == whole
    is_known = "{pk}" in query or query == "?af=odense"
    assert form["organisation"].value() == (home.pk if is_known else None)


def test_person_is_changed_in_one_form(as_secretary: Client, db: None):
    member = active("Ea")
    page = as_secretary.get(page_of(member, "ret/"))
    sent = {name: page.context["form"][name].value() for name in ("email", "role", "seen")}

    answer = as_secretary.post(
        page_of(member, "ret/"), {**sent, "name": "Ea Holm", "title": "Chef"}
    )

    assert answer.url == page_of(member)
    now = Member.objects.get(pk=member.pk)
    assert (now.user.name, now.title) == ("Ea Holm", "Chef")


def test_form_says_who_is_told_of_another_address(as_secretary: Client, secretary: Member):
    invited, come = make_member(), active("Come")
    inviting.invite(member=invited, by=secretary.user)

    letter, both = "Another address gets the welcome letter", "Another address is told to both"
    for member, words, others in ((invited, letter, both), (come, both, letter)):
        page = as_secretary.get(f"/en/sekretariat/personer/{member.user_id}/ret/").content.decode()
        assert words in page
        assert others not in page


def test_page_shows_what_a_colleague_saved_meanwhile(as_secretary: Client, db: None):
    member = active("Ea")
    typed = {"name": "Ea", "email": "ea@example.org", "role": "member", "seen": "x"}

    page = as_secretary.post(page_of(member, "ret/"), {**typed, "title": "Chef"})

    (said,) = page.context["form"].non_field_errors()
    assert said.endswith("Ea, ea@example.org, Medlem")
    assert page.context["form"]["title"].value() == "Chef"
    again = {**typed, "title": "Chef", "seen": page.context["form"]["seen"].value()}
    assert as_secretary.post(page_of(member, "ret/"), again).url == page_of(member)


@pytest.mark.parametrize("act", ["ret/", "send-igen/", "traek-tilbage/"])
def test_who_is_no_member_has_no_such_page(as_secretary: Client, db: None, act: str):
    left = active("Left", to_date=timezone.localdate())

    assert as_secretary.post(page_of(left, act)).status_code == 404


def test_invitation_is_sent_again_and_withdrawn(
    as_secretary: Client, secretary: Member, mailoutbox: list[EmailMessage]
):
    member = make_member(user=make_user("ea@example.org"))
    first = inviting.invite(member=member, by=secretary.user).key

    as_secretary.post(page_of(member, "send-igen/"))

    assert Client().get(f"/velkommen/{first}/").status_code == 410
    assert as_secretary.get(page_of(member, "traek-tilbage/")).status_code == 200
    assert as_secretary.post(page_of(member, "traek-tilbage/")).url == REGISTER
    assert not User.objects.filter(email="ea@example.org").exists()


def test_log_in_is_shut_and_opened(as_secretary: Client, log_in: LogIn):
    member = active("Ea")
    theirs = log_in(member)
    assert is_logged_in(theirs)

    assert as_secretary.get(page_of(member, "luk-login/")).status_code == 200
    as_secretary.post(page_of(member, "luk-login/"))
    assert not is_logged_in(theirs)
    as_secretary.post(page_of(member, "aabn-login/"))

    assert Member.objects.current().filter(pk=member.pk).exists()


def test_refusal_stands_on_the_persons_page(as_secretary: Client, secretary: Member):
    answer = as_secretary.post(page_of(secretary, "luk-login/"), follow=True)

    assert answer.redirect_chain == [(page_of(secretary), 302)]
    assert "Du kan ikke lukke dig selv ude." in answer.content.decode()


def test_two_step_is_switched_off_for_who_lost_the_phone(
    as_secretary: Client, mailoutbox: list[EmailMessage]
):
    member = active("Ea")
    switch_on_two_step(member.user)
    assert "Slå login i to trin fra" in as_secretary.get(page_of(member)).content.decode()

    as_secretary.post(page_of(member, "slaa-to-trin-fra/"))

    assert [letter.to for letter in mailoutbox] == [["ea@example.org"]]
    assert not as_secretary.get(page_of(member)).context["has_two_step"]


# The way in


@pytest.fixture
def link(secretary: Member, mailoutbox: list[EmailMessage]) -> str:
    """Return the path of an invitation of Ea, in whose letter it stands."""
    member = make_member(make_organisation("Odense"), user=make_user("ea@example.org", name="Ea"))
    key = inviting.invite(member=member, by=secretary.user).key
    mailoutbox.clear()
    return f"/velkommen/{key}/"


def ea() -> Member:
    return Member.objects.get(user__email="ea@example.org")


def test_invited_person_comes_in_by_the_button_and_a_code(
    client: Client, link: str, mailoutbox: list[EmailMessage]
):
    page = client.get(link)
    assert (page.status_code, ea().invitation.opened_at, mailoutbox) == (200, None, [])

    assert client.post(link).url == "/konto/login/code/confirm/"
    assert [letter.to for letter in mailoutbox] == [["ea@example.org"]]
    assert ea().invitation.opened_at and not ea().invitation.accepted_at
    client.post("/konto/login/code/confirm/", {"code": code_in(mailoutbox)})

    assert client.get("/min-side/").context["member"] == ea()
    assert ea().invitation.accepted_at
    assert Client().get(link).status_code == 410


def test_opening_the_link_lets_nobody_in_who_does_not_read_the_mail(client: Client, link: str):
    client.post(link)

    assert not is_logged_in(client)
    client.post("/konto/login/code/confirm/", {"code": "ABCD-EFGH"})
    assert not is_logged_in(client)


def test_who_is_logged_in_as_another_is_told_which_two_there_are(
    as_member: Client, member: Member, link: str, mailoutbox: list[EmailMessage]
):
    page = as_member.get(link).content.decode()
    assert f"Du er logget ind med {member.user.email}" in page
    assert "invitationen er til ea@example.org" in page
    assert is_logged_in(as_member)

    as_member.post(link)
    as_member.post("/konto/login/code/confirm/", {"code": code_in(mailoutbox)})

    assert as_member.get("/min-side/").context["member"] == ea()


def test_who_is_logged_in_with_the_invited_address_needs_no_code(
    link: str, log_in: LogIn, mailoutbox: list[EmailMessage]
):
    browser = log_in(ea())

    assert browser.post(link).url == "/min-side/"
    assert (bool(ea().invitation.accepted_at), mailoutbox) == (True, [])


def test_link_asks_for_a_new_one_once_it_is_too_late(
    client: Client, link: str, secretary: Member, mailoutbox: list[EmailMessage], time_machine: Any
):
    time_machine.move_to(timezone.now() + timedelta(days=31))

    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    assert mailoutbox == []
    answer = client.post(f"{link}ny/", follow=True)

    assert "Vi har givet det videre." in answer.content.decode()
    assert "Du har bedt om et nyt." in answer.content.decode()
    assert [letter.to for letter in mailoutbox] == [[secretary.user.email]]


def test_asking_for_a_new_link_while_the_old_one_works_says_so(client: Client, link: str):
    answer = client.post(f"{link}ny/", follow=True)

    assert answer.redirect_chain == [(link, 302)]
    assert "Linket virker stadig." in answer.content.decode()


@pytest.mark.parametrize("path", ["/velkommen/x/", "/velkommen/x/ny/"])
def test_link_of_nonsense_leads_nowhere(client: Client, db: None, path: str):
    answer = client.post(path, follow=True)

    assert answer.status_code == 410
    assert not is_logged_in(client)


def test_codes_by_a_link_are_counted_as_all_are(
    client: Client, link: str, mailoutbox: list[EmailMessage]
):
    for _ in range(7):
        answer = client.post(link)

    assert (len(mailoutbox), answer.url) == (5, link)


def test_desk_shows_who_cannot_come(as_secretary: Client, secretary: Member):
    member = make_member(user=make_user("ea@example.org", name="Ea"))
    inviting.invite(member=member, by=secretary.user)
    assert "Ea" not in [task.title for task in as_secretary.get("/sekretariat/").context["tasks"]]
    RefusedAddress.objects.create(address="ea@example.org", said="550 No such user")

    (task,) = as_secretary.get("/sekretariat/").context["tasks"]

    assert (task.title, task.act_url) == ("Ea", page_of(member, "ret/"))
