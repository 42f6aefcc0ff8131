"""Carrying over what earlier meetings left, each thing once."""

from meetings.agenda import carrying_over
from meetings.models import OutcomeKind, Purpose
from taskforce.activity.models import Activity
from tests.factories import (
    make_action_point,
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


def test_returns_the_new_items(meeting, last, secretary):
    chosen = [Purpose.FOLLOW_UP, Purpose.ROUND_TABLE]

    made = carrying_over.carry_over(meeting=meeting, keys=chosen, by=secretary)

    assert [item.purpose for item in made] == chosen
    assert [*meeting.agenda.all()] == made
    assert [(act.verb, act.target_id) for act in Activity.objects.all()] == [
        ("changed", meeting.pk)
    ]


def test_what_is_on_the_agenda_is_left_out(meeting, last, secretary):
    make_agenda_item(meeting, "Runden", purpose=Purpose.ROUND_TABLE)

    made = carrying_over.carry_over(meeting=meeting, keys=[Purpose.ROUND_TABLE], by=secretary)

    assert (made, titles(meeting)) == ([], ["Runden"])
    assert not Activity.objects.exists()


def test_items_of_the_portal_come_with_their_text(meeting, last, secretary):
    make_action_point(last, "Send <liste>")

    carrying_over.carry_over(meeting=meeting, keys=[Purpose.FOLLOW_UP], by=secretary)

    here = "/moeder/6/#aftalt"
    expected = f'<ul><li><a href="{here}">Alle: Send &lt;liste&gt;</a></li></ul>'
    assert meeting.agenda.get().details == expected


def test_round_table_goes_behind_what_stands_there(meeting, secretary):
    make_agenda_item(meeting, "Velkomst", order=3)

    carrying_over.carry_over(meeting=meeting, keys=[Purpose.ROUND_TABLE], by=secretary)

    assert [*meeting.agenda.values_list("order", "title")] == [
        (3, "Velkomst"),
        (4, "Bordet rundt"),
    ]
