"""The list of calls and the page of one, with what consortia show to whom."""

from datetime import date, datetime

from calls.models import Call, Openness, Partner, PartnerState
from tests.conftest import LogIn
from tests.factories import make_call, make_consortium, make_member, make_organisation


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
    assert page.context["open_rows"][0]["day"] == 7


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
