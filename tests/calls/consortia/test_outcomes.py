"""What became of an application: told by those inside and the secretariat, shown in the thread."""

import pytest
from django.test import Client

from calls.models import Call, Consortium, Openness, Outcome
from taskforce.members.models import Member
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_call,
    make_consortium,
    make_member,
    make_open_consortium,
    make_organisation,
)


@pytest.fixture
def lead(db: None) -> Member:
    return make_member(make_organisation("Leder"))


@pytest.fixture
def consortium(lead: Member) -> Consortium:
    return make_open_consortium(make_call("Penge"), lead.organisation, name="Vores")


def path(consortium: Consortium, end: str = "") -> str:
    return f"{consortium.get_absolute_url()}{end}"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"outcome": "nonsense"}, "outcome"),
        ({"outcome": "rejected", "outcome_amount": "5"}, "outcome_amount"),
        ({"outcome": "granted", "outcome_amount": "-5"}, "outcome_amount"),
        ({"outcome": "granted", "outcome_link": "nonsense"}, "outcome_link"),
    ],
)
def test_bad_outcomes(
    log_in: LogIn, lead: Member, consortium: Consortium, typed: dict[str, str], field: str
):
    page = log_in(lead).post(path(consortium, "udfald/"), {"version": "1", **typed})

    assert field in page.context["form"].errors
    assert Consortium.objects.get().outcome == Outcome.PREPARING


def test_outcome_shows_at_the_end_of_the_thread(
    client: Client, log_in: LogIn, lead: Member, consortium: Consortium
):
    barrier = make_barrier("Dyr")
    consortium.call.barriers.add(barrier)
    typed = {"outcome": "granted", "outcome_amount": "250000", "version": "1"}

    log_in(lead).post(
        path(consortium, "udfald/"), typed | {"outcome_link": "https://eu.example/vundet"}
    )

    assert "250.000 euro" in client.get("/opslag/penge/").content.decode()
    assert "https://eu.example/vundet" in client.get(path(consortium)).content.decode()
    assert ": Bevilget" in client.get(barrier.get_absolute_url()).content.decode()
    assert Call.objects.get().outcome == Outcome.GRANTED


def test_thread_begins_again_and_nobody_is_sought_any_more(
    client: Client, log_in: LogIn, lead: Member, consortium: Consortium
):
    barrier, browser = make_barrier("Dyr"), log_in(lead)
    consortium.call.barriers.add(barrier)
    consortium.seeking = "kan polsk"
    consortium.save()
    assert "kan polsk" in client.get("/opslag/").content.decode()
    assert 'id="tjek"' in browser.get(path(consortium)).content.decode()

    browser.post(
        path(consortium, "udfald/"), {"outcome": "granted", "version": str(consortium.version)}
    )
    assert log_in(make_member()).get(path(consortium, "deltag/")).status_code == 404

    again = f"/indsatser/ny/?barriere={barrier.slug}"
    assert again in browser.get("/opslag/penge/").content.decode()
    assert again not in client.get("/opslag/penge/").content.decode()
    for page in ("/opslag/", "/opslag/penge/", path(consortium)):
        assert "kan polsk" not in client.get(page).content.decode()
    assert 'id="tjek"' not in browser.get(path(consortium)).content.decode()


def test_best_outcome_of_those_that_show_themselves_is_the_calls(db: None):
    call = make_call()
    for outcome in (Outcome.REJECTED, Outcome.APPLIED):
        make_consortium(call, openness=Openness.CLOSED, outcome=outcome)
    won = make_consortium(call, openness=Openness.HIDDEN, outcome=Outcome.GRANTED)
    assert Call.objects.get().outcome == Outcome.APPLIED  # what hides is not told

    won.openness = Openness.CLOSED
    won.save()
    assert Call.objects.get().outcome == Outcome.GRANTED
    won.delete()
    assert Call.objects.get().outcome == Outcome.APPLIED


def test_secretariat_tells_an_outcome_and_strangers_do_not(
    log_in: LogIn, secretary: Member, member: Member, consortium: Consortium
):
    Consortium.objects.update(openness=Openness.HIDDEN)
    typed = {"outcome": "rejected", "version": "1"}

    assert log_in(member).post(path(consortium, "udfald/"), typed).status_code == 404
    assert log_in(secretary).post(path(consortium, "udfald/"), typed).status_code == 302
    assert Consortium.objects.get().outcome == Outcome.REJECTED
