"""The list of calls is shared by all but the secretariat; only what is one's own differs."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from calls.models import Openness, PartnerState
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_call,
    make_consortium,
    make_member,
    make_open_consortium,
    make_organisation,
    make_partner,
    make_secretary,
)

pytestmark = pytest.mark.django_db(transaction=True)  # within a transaction nothing is kept
LIST = "/opslag/"


def test_the_secretariat_alone_counts_what_is_hidden(log_in: LogIn):
    make_call("Penge").barriers.add(make_barrier("Skjult", hidden_at=timezone.now()))
    readers = [log_in(make_secretary()), log_in(make_member()), Client()]

    for _turn in range(2):
        told = ["1 barriere" in browser.get(LIST).text for browser in readers]
        assert told == [True, False, False]


@pytest.mark.parametrize("state", PartnerState.values)
def test_only_others_are_offered_to_ask(log_in: LogIn, state: str):
    call, lead, partner = make_call("Penge"), make_organisation(), make_organisation()
    sought = make_open_consortium(call, lead, seeking="Kan sælge")
    make_partner(sought, organisation=partner, state=state)
    readers = [
        log_in(make_member(organisation=lead)),
        log_in(make_member(organisation=partner)),
        log_in(make_member()),
        Client(),
    ]

    for _turn in range(2):
        for browser, may_ask in zip(readers, [False, False, True, True], strict=True):
            text = browser.get(LIST).text
            assert sought.get_absolute_url() in text
            assert (f"{sought.get_absolute_url()}deltag/" in text) == may_ask


def test_a_consortium_that_hides_is_gone_at_once(log_in: LogIn):
    lead = make_organisation()
    sought = make_open_consortium(make_call("Penge"), lead, seeking="Kan sælge")
    hidden = make_consortium(sought.call, lead=lead, seeking="Hemmeligt")
    readers = [log_in(make_member(organisation=lead)), log_in(make_member()), Client()]
    for browser in readers:
        text = browser.get(LIST).text
        assert "Kan sælge" in text
        assert "Søger partnere" in text

    sought.openness = Openness.HIDDEN
    sought.save()

    for browser in readers:
        text = browser.get(LIST).text
        assert "Penge" in text
        assert not [
            words for words in ("Kan sælge", hidden.seeking, "Søger partnere") if words in text
        ]


def test_the_days_left_change_at_midnight(log_in: LogIn, time_machine):
    time_machine.move_to(datetime.fromisoformat("2022-12-01T23:30:00+01:00"))
    make_call("Penge", day=date(2022, 12, 7))
    readers = [log_in(make_member()), Client()]

    for days in (6, 5):
        for _turn in range(2):
            for browser in readers:
                assert f"<strong>{days} dage tilbage</strong>" in browser.get(LIST).text
        time_machine.shift(timedelta(hours=1))
