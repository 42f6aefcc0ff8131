"""When items begin, and whether the meeting is long enough."""

from datetime import time

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
