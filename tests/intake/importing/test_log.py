"""The log of an import: what it creates, changes and removes."""

from datetime import date, time

from barriers.models import Barrier
from meetings.models import AgendaItem, Meeting
from taskforce.intake.importing.log import ImportLog, created_rows, plain
from tests.factories import make_agenda_item, make_meeting, make_organisation


def test_create_saves_a_row_and_logs_it(db: None):
    log = ImportLog()

    meeting = log.create(Meeting(number=7, date=date(2023, 3, 14)))

    assert Meeting.objects.get() == meeting
    assert log.as_json() == {
        "rows": [["meetings.Meeting", meeting.pk]],
        "changes": [],
        "removed": [],
    }
    assert (log.keys_of(Meeting), log.keys_of(Barrier)) == ([meeting.pk], [])


def test_change_saves_and_logs_only_what_differs(db: None):
    meeting = make_meeting(7, date=date(2023, 3, 1), place="Rådhuset", starts=None)
    log = ImportLog()

    log.change(meeting, date=date(2023, 3, 14), place="Rådhuset", starts=time(10))

    meeting.refresh_from_db()
    assert (meeting.date, meeting.place, meeting.starts) == (
        date(2023, 3, 14),
        "Rådhuset",
        time(10),
    )
    assert log.changes == [
        {
            "row": ["meetings.Meeting", meeting.pk],
            "fields": {"date": ["2023-03-01", "2023-03-14"], "starts": [None, "10:00:00"]},
        }
    ]


def test_change_to_the_same_logs_nothing(db: None):
    meeting = make_meeting(7, place="Rådhuset")
    log = ImportLog()

    assert log.change(meeting, place="Rådhuset") is meeting
    assert log.changes == []


def test_remove_deletes_a_row_and_logs_all_of_it(db: None):
    item = make_agenda_item(make_meeting(7), "Kaffe", minutes=15, details="Med kage")
    key = item.pk
    log = ImportLog()

    log.remove(item)

    assert not AgendaItem.objects.exists()
    (entry,) = log.removed
    assert entry["row"] == ["meetings.AgendaItem", key]
    kept = {name: entry["fields"][name] for name in ("id", "title", "minutes", "details")}
    assert kept == {"id": key, "title": "Kaffe", "minutes": 15, "details": "Med kage"}


def test_plain_gives_the_key_of_a_related_row(db: None):
    item = make_agenda_item(make_meeting(7))

    assert plain(item, "meeting") == item.meeting_id


def test_created_rows_come_by_model_in_the_order_of_creation(db: None):
    log = ImportLog()
    first = log.create(Meeting(number=7, date=date(2023, 3, 14)))
    item = log.create(AgendaItem(meeting=first, title="Kaffe", order=1))
    second = log.create(Meeting(number=8, date=date(2023, 3, 14)))
    make_organisation()

    found = [*created_rows(log.as_json())]

    assert found == [(Meeting, [first.pk, second.pk]), (AgendaItem, [item.pk])]
    assert [*created_rows({})] == []
