"""The list of calls and the page of one, with what consortia show to whom."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from calls.models import Call, Openness, Partner, PartnerState
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_call,
    make_consortium,
    make_initiative,
    make_member,
    make_organisation,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_list_has_open_calls_by_deadline_above_closed_ones(client, db, time_machine):
    time_machine.move_to(at("2022-12-01T12:00:00+01:00"))
    make_call("Later", day=date(2023, 2, 14))
    make_call("Sooner", day=date(2022, 12, 7))
    make_call("Over", day=date(2022, 11, 1))
    Call.objects.create(title="Whenever", summary="No deadline is known.")

    page = client.get("/opslag/")

    shown = [row["title"] for row in page.context["open_rows"]]
    assert shown == ["Sooner", "Later", "Whenever"]
    assert [row["title"] for row in page.context["rows"]] == ["Over"]
    assert page.context["open_rows"][0]["day"] == date(2022, 12, 7)


@pytest.mark.parametrize(
    ("fields", "support", "asks"),
    [
        ({}, "", ""),
        ({"grant_max": 200_000}, "Op til 200.000 euro", ""),
        ({"grant_min": 1_000, "grant_max": 2_000}, "Fra 1.000 til 2.000 euro", ""),
        ({"grant_min": 1_000, "budget": 9_000}, "Mindst 1.000 euro", ""),
        ({"budget": 9_000}, "9.000 euro i alt", ""),
        ({"participants_min": 3, "participants_max": 8}, "", "3–8 ansøgere"),
        ({"participants_min": 1}, "", "mindst 1 ansøger"),
        ({"participants_max": 8}, "", "højst 8 ansøgere"),
        (
            {"participants_min": 2, "countries_min": 1, "kinds_required": ["municipality"]},
            "",
            "mindst 2 ansøgere, mindst 1 land, heraf: Kommune",
        ),
    ],
)
def test_list_tells_in_words_what_a_call_gives_and_asks_for(client, db, fields, support, asks):
    make_call("Penge", **fields)

    (row,) = client.get("/opslag/").context["open_rows"]

    assert (row["support"], row["asks"]) == (support, asks)


def test_list_counts_what_a_call_answers_and_the_reader_sees(client, as_secretary):
    call = make_call("Penge")
    call.barriers.add(make_barrier("Dør"), make_barrier("Skjult", hidden_at=timezone.now()))
    call.initiatives.add(make_initiative("Salg"))

    def answers(browser) -> str:
        return browser.get("/opslag/").context["open_rows"][0]["answers"]

    assert answers(client) == "1 barriere og 1 indsats"
    assert answers(as_secretary) == "2 barrierer og 1 indsats"


def test_each_deadline_stands_once_and_along_time_where_there_are_several(client, db):
    make_call("Penge")
    page = client.get("/opslag/").content.decode()
    assert (page.count("30 dage tilbage"), "chart" in page) == (1, False)

    make_call("Flere penge")
    assert '<figure class="chart deadlines">' in client.get("/opslag/").content.decode()


def test_who_seeks_partners_is_asked_by_others_alone(client, db, log_in: LogIn):
    call, lead, partner = make_call("Penge"), make_member(), make_member()
    consortium = make_consortium(
        call, lead=lead.organisation, openness=Openness.OPEN, seeking="kan polsk"
    )
    Partner.objects.create(
        consortium=consortium, organisation=partner.organisation, state=PartnerState.INVITED
    )
    ask = f'href="{consortium.get_absolute_url()}deltag/"'

    for browser, asks in (
        (client, True),
        (log_in(make_member()), True),
        (log_in(lead), False),
        (log_in(partner), False),
    ):
        page = browser.get("/opslag/").content.decode()
        assert "kan polsk" in page
        assert (ask in page) == asks


def test_page_shows_the_rules_of_a_call(client, db):
    make_call(
        "Penge",
        budget=1_300_000,
        grant_max=300_000,
        participants_min=5,
        participants_max=10,
        countries_min=3,
    )

    text = client.get("/opslag/penge/").content.decode()

    for figure in ("1.300.000 euro", "300.000 euro", "5–10", "<dd>3</dd>"):
        assert figure in text
    assert "1,300,000 euro" in client.get("/en/opslag/penge/").content.decode()


def test_page_shows_a_hidden_consortium_to_its_own_alone(client, log_in: LogIn, secretary):
    call = make_call("Penge")
    lead, partner = make_member(), make_member()
    asked = make_member()
    hidden = make_consortium(
        call, "Skjult", lead=lead.organisation, openness=Openness.HIDDEN, description="plan"
    )
    for member, state in ((partner, PartnerState.CONFIRMED), (asked, PartnerState.INTERESTED)):
        Partner.objects.create(
            consortium=hidden, organisation=member.organisation, state=state, role="x"
        )

    def shown(browser) -> list[tuple[str, int]]:
        consortia = browser.get("/opslag/penge/").context["consortia"]
        return [(consortium.name, len(consortium.shown_partners)) for consortium in consortia]

    assert shown(client) == []
    assert shown(log_in(make_member())) == []
    assert shown(log_in(asked)) == []
    assert shown(log_in(lead)) == [("Skjult", 2)]
    assert shown(log_in(partner)) == [("Skjult", 2)]
    assert shown(log_in(secretary)) == [("Skjult", 0)]  # its name and lead, not its partners
    assert "plan" in log_in(partner).get("/opslag/penge/").content.decode()
    assert "plan" not in log_in(secretary).get("/opslag/penge/").content.decode()


def test_page_shows_confirmed_partners_only(client, db):
    call = make_call("Penge")
    consortium = make_consortium(call, openness=Openness.OPEN)
    for name, state in (("Sikker", PartnerState.CONFIRMED), ("Måske", PartnerState.INTERESTED)):
        organisation = make_organisation(name)
        Partner.objects.create(consortium=consortium, organisation=organisation, state=state)

    text = client.get("/opslag/penge/").content.decode()

    assert "Sikker" in text
    assert "Måske" not in text
