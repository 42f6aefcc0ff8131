"""The form of a meeting: what it offers, what it takes, and what it says of another's version."""

from datetime import date, time
from typing import Any

import pytest

from meetings.models import Meeting, Precision
from meetings.planning.forms import MONTHS_AHEAD, MeetingForm, fingerprint
from tests.meetings.planning.plans import NEW, days_ahead, make_planned, typed

MONTH = f"{days_ahead(60):%Y-%m}"


def errors(**changes: Any) -> dict[str, list[str]]:
    return dict(MeetingForm(NEW | changes).errors)


def test_offers_this_month_and_those_that_follow(db: None, time_machine: Any):
    time_machine.move_to("2026-11-29 12:00")

    labels = [label for _key, label in MeetingForm().fields["month"].choices]

    assert len(labels) == MONTHS_AHEAD + 1
    assert labels[1:4] == ["november 2026", "december 2026", "januar 2027"]


def test_offers_a_past_month_that_the_meeting_has(db: None, time_machine: Any):
    time_machine.move_to("2026-11-29 12:00")
    past = Meeting(number=3, date=date(2026, 8, 1), date_precision=Precision.MONTH)

    form = MeetingForm(instance=past)

    keys = [key for key, _label in form.fields["month"].choices]
    assert keys[:3] == ["", "2026-08", "2026-11"]
    assert (form.initial["month"], form.initial["day"]) == ("2026-08", None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"number": "0"}, {"number": ["Møder tælles fra 1."]}),
        ({"day": ""}, {"day": ["Vælg en dag, eller vælg en måned nedenfor."]}),
        ({"month": MONTH}, {"month": ["Vælg enten en dag eller en måned, ikke begge."]}),
        (
            {"day": "", "month": MONTH},
            {"starts": ["Når kun måneden er kendt, er der intet klokkeslæt."]},
        ),
        ({"starts": ""}, {"starts": ["Skriv også, hvornår det begynder."]}),
        ({"ends": "14:00"}, {"ends": ["Mødet slutter, før det starter."]}),
        ({"day": str(days_ahead(-1))}, {"day": ["Det tidspunkt er gået."]}),
    ],
)
def test_each_fault_has_its_sentence(
    db: None, changes: dict[str, str], expected: dict[str, list[str]]
):
    assert errors(**changes) == expected


def test_today_is_not_past(db: None):
    assert errors(day=str(days_ahead(0))) == {}


def test_past_day_may_stay_as_it_is(db: None):
    meeting = make_planned(date=days_ahead(-3))

    form = MeetingForm(typed(meeting, title="Det sidste"), instance=meeting)

    assert form.is_valid()


def test_conflict_shows_the_fields_that_differ(db: None):
    meeting = make_planned(date=date(2031, 3, 4))
    mine = typed(meeting, day="2031-03-05", format="online")
    form = MeetingForm(mine, instance=Meeting.objects.get())
    assert form.is_valid()
    current = Meeting.objects.get()
    current.title, current.starts, current.format = "Forår", None, "in_person"

    form.show_conflict(current)

    assert form.theirs == [
        ("Titel", "Forår"),
        ("Dag", "4. marts 2031"),
        ("Starter", "–"),
        ("Form", "Fysisk"),
    ]
    assert form["began_with"].value() == fingerprint(current)
    assert list(form.errors) == ["__all__"]


def test_fingerprint_differs_with_each_field():
    facts: dict[str, Any] = {
        "number": 7,
        "title": "Forår",
        "date": date(2031, 3, 4),
        "date_precision": "day",
        "starts": time(14),
        "ends": time(15),
        "format": "online",
        "place": "Odense",
        "link": "https://example.org/",
    }
    others = {"date": date(2031, 3, 5), "date_precision": "month", "starts": None, "ends": None}
    one = fingerprint(Meeting(**facts))

    assert one == fingerprint(Meeting(**facts))
    for name in facts:
        assert one != fingerprint(Meeting(**(facts | {name: others.get(name, 8)}))), name
