"""Calls: which are open, what is left in words, and what a consortium shows to whom."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from calls.deadlines import last_day, time_left
from calls.models import Call, CallDeadline, Consortium, Openness, Partner, PartnerState
from tests.conftest import LogIn
from tests.factories import make_call, make_consortium, make_member, make_organisation


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "clock", "passes"),
    [
        (date(2022, 12, 7), time(17), "2022-12-07T16:00:00+00:00"),
        (date(2022, 7, 7), time(17), "2022-07-07T15:00:00+00:00"),  # summer time
        (date(2023, 2, 14), None, "2023-02-14T23:00:00+00:00"),  # lasts the day
    ],
)
def test_deadline_passes_by_brussels_time(db, day, clock, passes):
    call = Call.objects.create(title="x", summary="x")
    CallDeadline.objects.create(call=call, day=day, time=clock)

    call.refresh_from_db()

    assert call.closes_at.astimezone(UTC).isoformat() == passes
    assert last_day(call.closes_at) == day


def test_call_closes_with_its_last_deadline(db):
    call = make_call(day=date(2030, 5, 1))
    CallDeadline.objects.create(call=call, day=date(2030, 2, 1), label="First stage")

    call.refresh_from_db()

    assert last_day(call.closes_at) == date(2030, 5, 1)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2022-11-15T12:00:00+01:00", "22 days left"),
        ("2022-12-05T23:59:00+01:00", "2 days left"),
        ("2022-12-06T00:01:00+01:00", "Tomorrow at 17.00"),
        ("2022-12-07T16:59:00+01:00", "Today at 17.00"),
        ("2022-12-07T17:00:00+01:00", "Closed"),
    ],
)
def test_time_left_in_words(now: str, words: str):
    with translation.override("en"):
        assert time_left(at("2022-12-07T17:00:00+01:00"), at(now)) == words


def test_open_ones_come_first_by_deadline_then_the_closed(client, db, time_machine):
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


def test_rules_of_a_call_stand_on_its_page(client, db):
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


def test_consortium_shows_what_it_wants_to_whom_it_wants(client, log_in: LogIn, secretary):
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


def test_secretariats_own_consortium_is_the_only_one_that_it_is_inside(db, secretary):
    call = make_call()
    own = make_consortium(call, lead=secretary.organisation)
    make_consortium(call)

    assert Consortium.objects.inside(secretary.user).get() == own


def test_interested_partners_are_the_consortiums_own_business(client, db):
    call = make_call("Penge")
    consortium = make_consortium(call, openness=Openness.OPEN)
    for name, state in (("Sikker", PartnerState.CONFIRMED), ("Måske", PartnerState.INTERESTED)):
        organisation = make_organisation(name)
        Partner.objects.create(consortium=consortium, organisation=organisation, state=state)

    text = client.get("/opslag/penge/").content.decode()

    assert "Sikker" in text
    assert "Måske" not in text
