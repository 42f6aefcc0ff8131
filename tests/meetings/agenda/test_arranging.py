"""Acts that arrange an agenda: what each changes, each refusal, and two who act at once."""

from meetings.agenda import arranging
from meetings.models import AgendaItem
from tests.factories import make_agenda_item, make_secretary
from tests.meetings.agenda.agendas import titles
from tests.meetings.planning.plans import make_planned
from tests.racing import at_once


def test_two_who_move_at_once_leave_one_order(transactional_db):
    meeting, by = make_planned(), make_secretary()
    items = [make_agenda_item(meeting, title) for title in "abcd"]

    at_once(
        *(
            lambda item=item: arranging.move(
                item=AgendaItem.objects.select_related("meeting").get(pk=item.pk), place=1, by=by
            )
            for item in (items[2], items[3])
        )
    )

    orders = [*meeting.agenda.values_list("order", flat=True)]
    assert orders == [1, 2, 3, 4]
    assert {*titles(meeting)[:2]} == {"c", "d"}
