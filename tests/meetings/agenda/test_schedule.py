"""When items begin, and whether the meeting is long enough."""

from datetime import time

import pytest

from meetings.agenda import schedule
from meetings.models import AgendaItem, Meeting
from tests.factories import make_agenda_item, make_member
from tests.meetings.agenda.agendas import HERE
from tests.meetings.planning.plans import body, make_planned


def test_times_are_counted_from_the_start():
    meeting = Meeting(number=7, starts=time(14))
    items = [AgendaItem(pk=number, minutes=length) for number, length in enumerate([10, 25, 5])]

    assert schedule.beginnings(meeting, items) == {0: time(14), 1: time(14, 10), 2: time(14, 35)}


def test_no_time_is_invented():
    meeting = Meeting(number=7, starts=time(14))
    items = [
        AgendaItem(pk=1),
        AgendaItem(pk=2, minutes=10),
        AgendaItem(pk=3, starts=time(15), minutes=10),
        AgendaItem(pk=4),
    ]

    assert schedule.beginnings(meeting, items) == {1: time(14), 3: time(15), 4: time(15, 10)}
    assert schedule.beginnings(Meeting(number=7), items[:2]) == {}


def test_nothing_begins_after_midnight():
    meeting = Meeting(number=7, starts=time(23))
    items = [AgendaItem(pk=number, minutes=50) for number in range(3)]

    assert schedule.beginnings(meeting, items) == {0: time(23), 1: time(23, 50)}


def test_budget_tells_how_much_too_long_the_agenda_is():
    meeting = Meeting(number=7, starts=time(14), ends=time(15))
    items = [AgendaItem(minutes=45), AgendaItem(), AgendaItem(minutes=30)]

    budget = schedule.budget(meeting, items)

    assert (budget.used, budget.available, budget.over, budget.left) == (75, 60, 15, 0)
    assert budget.end == 80
    assert [(part.left, part.width) for part in budget.slices] == [(0, 60), (60, 40)]
    assert schedule.budget(meeting, items[:1]).left == 15
    assert schedule.budget(Meeting(number=7), items).over == 0
    assert budget.unknown == 1


def test_page_warns_where_the_agenda_runs_over(as_secretary, meeting):
    make_agenda_item(meeting, "Velkomst", minutes=60)
    make_agenda_item(meeting, "Nyt", minutes=45)

    page = as_secretary.get(HERE)

    assert [row.begins for row in page.context["rows"]] == [time(14), time(15)]
    assert "15 minutter for lang" in page.content.decode()


def test_times_stand_on_the_page_and_in_the_invitation(mailbox):
    from meetings.inviting import acts as inviting

    meeting, reader = make_planned(), make_member()
    make_agenda_item(meeting, "Velkomst", minutes=10)
    make_agenda_item(meeting, "Nyt", details="<p>Se <strong>bilag</strong></p>")

    inviting.invite(meeting=meeting, members=[reader])

    (letter,) = mailbox.letters
    assert "14.10 Nyt" in body(letter)
    assert "Se bilag" in body(letter)


def test_item_with_a_time_of_its_own_begins_then_and_later_ones_follow():
    meeting = Meeting(number=7, starts=time(14))
    items = [
        AgendaItem(pk=1, minutes=30),
        AgendaItem(pk=2, starts=time(14, 20), minutes=15),
        AgendaItem(pk=3),
    ]

    assert schedule.beginnings(meeting, items) == {1: time(14), 2: time(14, 20), 3: time(14, 35)}


def test_without_a_start_of_the_meeting_items_with_a_time_begin_then():
    items = [AgendaItem(pk=1, minutes=30), AgendaItem(pk=2, starts=time(9), minutes=5)]

    assert schedule.beginnings(Meeting(number=7), items) == {2: time(9)}


def test_midnight_itself_is_too_late_to_begin():
    meeting = Meeting(number=7, starts=time(23))
    items = [AgendaItem(pk=1, minutes=60), AgendaItem(pk=2, minutes=5), AgendaItem(pk=3)]

    assert schedule.beginnings(meeting, items) == {1: time(23)}


def test_item_with_a_time_of_its_own_begins_then_also_after_midnight():
    meeting = Meeting(number=7, starts=time(23, 50))
    items = [
        AgendaItem(pk=1, minutes=20),
        AgendaItem(pk=2, minutes=5),
        AgendaItem(pk=3, starts=time(8), minutes=10),
        AgendaItem(pk=4),
    ]

    found = schedule.beginnings(meeting, items)

    assert found == {1: time(23, 50), 3: time(8), 4: time(8, 10)}


def test_first_minute_of_the_day_is_a_time():
    meeting = Meeting(number=7, starts=time(0))

    assert schedule.beginnings(meeting, [AgendaItem(pk=1)]) == {1: time(0)}


def test_budget_that_fits_to_the_minute_leaves_nothing_and_runs_over_nothing():
    meeting = Meeting(number=7, starts=time(14), ends=time(15))

    budget = schedule.budget(meeting, [AgendaItem(minutes=20), AgendaItem(minutes=40)])

    assert (budget.used, budget.available, budget.over, budget.left) == (60, 60, 0, 0)
    assert budget.end == 100
    assert [(bar.left, bar.width) for bar in budget.slices] == [(0, 33.33), (33.33, 66.67)]


def test_budget_that_is_too_short_leaves_the_rest_of_the_picture_empty():
    meeting = Meeting(number=7, starts=time(14), ends=time(16))

    budget = schedule.budget(meeting, [AgendaItem(minutes=30), AgendaItem(minutes=60)])

    assert (budget.used, budget.available, budget.over, budget.left) == (90, 120, 0, 30)
    assert budget.end == 100
    assert [(bar.left, bar.width) for bar in budget.slices] == [(0, 25), (25, 50)]


@pytest.mark.parametrize("hours", [{}, {"starts": time(14)}, {"ends": time(15)}])
def test_budget_without_both_hours_of_the_meeting_knows_no_limit(hours):
    budget = schedule.budget(Meeting(number=7, **hours), [AgendaItem(minutes=75)])

    assert (budget.used, budget.available, budget.over, budget.left) == (75, None, 0, 0)
    assert budget.end == 100
    assert budget.slices == [schedule.Slice(0, 100)]


def test_budget_of_one_minute_fills_the_picture():
    budget = schedule.budget(Meeting(number=7), [AgendaItem(minutes=1)])

    assert budget.end == 100
    assert budget.slices == [schedule.Slice(0, 100)]


def test_budget_of_an_empty_agenda_is_empty():
    budget = schedule.budget(Meeting(number=7), [])

    assert (budget.used, budget.over, budget.left, budget.unknown) == (0, 0, 0, 0)
    assert (budget.end, budget.slices) == (0, [])
    with_hours = schedule.budget(Meeting(number=7, starts=time(14), ends=time(15)), [])
    assert (with_hours.left, with_hours.end, with_hours.slices) == (60, 100, [])


def test_budget_counts_items_without_a_length_apart():
    items = [AgendaItem(), AgendaItem(minutes=0), AgendaItem(minutes=5)]

    budget = schedule.budget(Meeting(number=7), items)

    assert (budget.used, budget.lengths, budget.unknown) == (5, [5], 2)


def test_budget_counts_whole_minutes():
    meeting = Meeting(number=7, starts=time(14), ends=time(14, 59, 59))

    assert schedule.budget(meeting, []).available == 59


@pytest.mark.parametrize(
    ("starts", "ends", "minutes"),
    [
        (time(9, 50), time(11, 5), 75),
        (None, time(11), None),
        (time(9), None, None),
    ],
)
def test_minutes_between(starts: time | None, ends: time | None, minutes: int | None):
    assert schedule.minutes_between(starts, ends) == minutes
