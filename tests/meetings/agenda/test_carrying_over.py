"""Carrying over what earlier meetings left, each thing once."""

from meetings.agenda import carrying_over
from meetings.models import OutcomeKind, Purpose
from tests.factories import (
    make_agenda_item,
    make_meeting,
    make_minutes,
    make_outcome,
    make_secretary,
)
from tests.meetings.agenda.agendas import HERE, keys, titles
from tests.meetings.planning.plans import days_ahead, make_planned
from tests.racing import at_once


def test_carries_over_once_and_in_order(as_secretary, meeting, last):
    deferred = make_agenda_item(last, "Mærkning", minutes=15, details="Se bilag")
    make_outcome(deferred, OutcomeKind.DEFERRED)
    make_agenda_item(meeting, "Velkomst")
    chosen = {"offers": keys(meeting)}

    as_secretary.post(f"{HERE}overfoer/", chosen)
    again = as_secretary.post(f"{HERE}overfoer/", chosen)

    assert titles(meeting) == [
        "Godkendelse af referat: 6. møde",
        "Opfølgning på aftaler",
        "Siden sidst",
        "Velkomst",
        "Bordet rundt",
        "Mærkning",
    ]
    carried = meeting.agenda.get(title="Mærkning")
    assert (carried.deferred_from, carried.minutes, carried.details) == (deferred, 15, "Se bilag")
    assert again.status_code == 200  # the page says that there is nothing of it any more
    assert again.context["carry"] is not None
    assert keys(meeting) == []


def test_two_presses_at_once_carry_over_once(transactional_db):
    meeting, by = make_planned(), make_secretary()
    last = make_meeting(6, date=days_ahead(-30))
    make_minutes(last, published=True)
    make_outcome(make_agenda_item(last, "Mærkning"), OutcomeKind.DEFERRED)
    chosen = keys(meeting)

    made = at_once(*[lambda: carrying_over.carry_over(meeting=meeting, keys=chosen, by=by)] * 4)

    assert sorted(map(len, made)) == [0, 0, 0, 5]
    assert meeting.agenda.count() == 5


def test_items_are_as_long_as_the_last_time(meeting, last):
    older = make_meeting(5, date=days_ahead(-60))
    for held, minutes in ((older, 40), (last, 30)):
        make_agenda_item(held, "Bordet rundt", purpose=Purpose.ROUND_TABLE, minutes=minutes)

    carrying_over.carry_over(
        meeting=meeting, keys=[Purpose.ROUND_TABLE, Purpose.SINCE_LAST], by=make_secretary()
    )

    assert [*meeting.agenda.values_list("purpose", "minutes")] == [
        (Purpose.SINCE_LAST, None),
        (Purpose.ROUND_TABLE, 30),
    ]


def test_nothing_chosen_and_nonsense_are_refused(as_secretary, meeting, last):
    for typed in ({}, {"offers": ["punkt-999999"]}, {"offers": ["x' or 1=1"]}):
        page = as_secretary.post(f"{HERE}overfoer/", typed)
        assert [*page.context["carry"].errors] == ["offers"]
    assert not meeting.agenda.exists()
