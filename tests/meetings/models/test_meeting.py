"""Meetings: which are coming or past, and when one is over."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.test import Client

from meetings.models import Meeting, Precision
from tests.factories import make_meeting
from tests.meetings.planning.plans import make_planned


def test_months_sort_among_days(client: Client, db: None):
    for number, day, precision in ((1, 15, "day"), (2, 1, "month"), (3, 20, "day")):
        month = {1: 12, 2: 1, 3: 1}[number]
        make_planned(
            number,
            date=date(2030 if number == 1 else 2031, month, day),
            date_precision=precision,
            starts=None,
            ends=None,
        )

    coming = Meeting.objects.coming(date(2030, 11, 1))

    assert [meeting.number for meeting in coming] == [1, 2, 3]


def test_meeting_without_an_end_is_over_with_its_day():
    meeting = Meeting(date=date(2031, 3, 4), starts=time(14))
    zone = ZoneInfo("Europe/Copenhagen")

    assert meeting.over_at == datetime(2031, 3, 5, tzinfo=zone)
    meeting.ends = time(15)
    assert meeting.over_at == datetime(2031, 3, 4, 15, tzinfo=zone)
    month = Meeting(date=date(2031, 12, 1), date_precision=Precision.MONTH)
    assert month.over_at == datetime(2032, 1, 1, tzinfo=zone)


def test_month_counts_as_coming_until_it_ends(db):
    meeting = make_meeting(4, date=date(2023, 1, 1), date_precision="month", state="planned")

    coming = type(meeting).objects.coming

    assert coming(date(2023, 1, 31)).get() == meeting
    assert not coming(date(2023, 2, 1)).exists()
