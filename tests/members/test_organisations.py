"""Pages of organisations: who takes part, and what each says, does and shows."""

from django.utils import timezone

from calls.models import Openness
from initiatives.models import CasePartner, CaseState, Participation
from taskforce.members.models import Kind, NameVisibility
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_consortium,
    make_initiative,
    make_member,
    make_organisation,
    make_statement,
    make_user,
)


def test_lists_kinds_in_their_order_and_names_as_danes_sort(client, db):
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


def test_partner_outside_the_taskforce_has_a_page_but_stands_on_no_list(client, db):
    partner = make_organisation("Partner", in_taskforce=False)

    assert "Partner" not in client.get("/en/organisationer/").content.decode()
    assert (
        "Partner, not a member" in client.get(f"/en{partner.get_absolute_url()}").content.decode()
    )


def test_empty_list_says_so(client, db):
    assert "No organisations yet." in client.get("/en/organisationer/").content.decode()


def test_page_leads_to_what_the_organisation_says_and_does(client, db):
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


def test_initiative_that_is_led_and_joined_stands_once(client, db):
    home = make_organisation("Home")
    both = make_initiative("Both", lead=home)
    for organisation in (home, make_organisation(), make_organisation()):
        Participation.objects.create(initiative=both, organisation=organisation)

    page = client.get(home.get_absolute_url())

    assert list(page.context["initiatives"]) == [both]


def test_people_show_to_those_they_chose(client, log_in: LogIn, secretary):
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


def test_who_left_stands_there_no_more(client, db):
    home = make_organisation("Home")
    public = {"name_visibility": NameVisibility.PUBLIC}
    make_member(home, to_date=timezone.localdate(), **public)
    make_member(home, user=make_user(is_active=False), **public)

    assert list(client.get(home.get_absolute_url()).context["people"]) == []


def test_name_that_is_taken_as_an_address_gets_a_number(db):
    first, second = make_organisation("Ny Værk"), make_organisation("Ny værk!")

    assert (first.slug, second.slug) == ("ny-vaerk", "ny-vaerk-2")
