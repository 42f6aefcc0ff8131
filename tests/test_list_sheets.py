"""Every list offers what it shows as a sheet: the same rows, with the filters of its address."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from meetings.models import AttendanceStatus
from taskforce.members.models import NameVisibility
from tests.conftest import LogIn
from tests.factories import (
    make_action_point,
    make_attendance,
    make_call,
    make_case,
    make_initiative,
    make_meeting,
    make_member,
    make_minutes,
    make_news,
    make_organisation,
)


def table(client: Client, path: str) -> list[list[str]]:
    """Return the lines of a CSV file, without their heads."""
    answer = client.get(path)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = io.StringIO(answer.content.decode("utf-8-sig"), newline="")
    return [*csv.reader(text, delimiter=";")][1:]


@pytest.fixture
def listed(db: None) -> None:
    """Two of each kind, of which the filter "Odense" finds one."""
    for title in ("Odense", "Aarhus"):
        make_initiative(f"Indsats {title}")
        make_case(f"Eksempel {title}")
        make_call(f"Opslag {title}", day=date(2099, 1, 1))
        make_organisation(f"Kommunen {title}")


@pytest.mark.parametrize(
    ("place", "name", "found"),
    [
        ("/indsatser/", "indsatser", "Indsats Odense"),
        ("/eksempler/", "eksempler", "Eksempel Odense"),
        ("/opslag/", "opslag", "Opslag Odense"),
        ("/organisationer/", "organisationer", "Kommunen Odense"),
    ],
)
def test_sheet_has_the_rows_of_its_page(
    client: Client, listed: None, place: str, name: str, found: str
):
    html = client.get(f"{place}?q=Odense").content.decode()
    addresses = [f"{place}{name}.{kind}?q=Odense" for kind in ("csv", "xlsx")]

    assert [address for address in addresses if f'href="{address}"' not in html] == []
    assert [row[0] for row in table(client, addresses[0])] == [found]
    assert len(table(client, f"{place}{name}.csv")) > 1
    book: Any = load_workbook(io.BytesIO(client.get(addresses[1]).content)).active
    assert [line[0] for line in [*book.values][1:]] == [found]


def test_sheet_of_meetings_tells_who_came_once_minutes_are_published(client: Client, db: None):
    for number, published in ((3, True), (4, False)):
        meeting = make_meeting(number)
        make_minutes(meeting, published=published)
        make_attendance(meeting, name="Ea")

    rows = {row[0]: row for row in table(client, "/moeder/moeder.csv")}

    assert (rows["3"][6], rows["3"][8]) == ("1", "http://localhost:8000/moeder/3/")
    assert rows["4"][6] == ""


def test_sheet_of_attendance_names_organisations_and_people_as_they_agreed(
    client: Client, db: None, log_in: LogIn
):
    held, ahead = make_meeting(3), make_meeting(4)
    make_minutes(held, published=True)
    for name, agreed in (("Ea", NameVisibility.PUBLIC), ("Bo", NameVisibility.MEMBERS)):
        make_attendance(held, name=name, name_visibility=agreed, organisation_name="Odense")
    make_attendance(ahead, name="Ida", organisation_name="Aarhus", status=AttendanceStatus.COMING)

    told = [(row[0], row[3], row[4]) for row in table(client, "/moeder/fremmoede.csv")]
    member = log_in(make_member())
    inside = [(row[0], row[3], row[4]) for row in table(member, "/moeder/fremmoede.csv")]

    assert told == [("3", "Odense", "Ea"), ("3", "Odense", "")]
    assert inside == [("4", "Aarhus", ""), ("3", "Odense", "Ea"), ("3", "Odense", "Bo")]


def test_sheet_of_action_points_is_filtered_as_its_page(db: None, log_in: LogIn):
    member, meeting = make_member(), make_meeting(3)
    make_minutes(meeting, published=True)
    make_action_point(meeting, "Ours", organisation=member.organisation)
    make_action_point(meeting, "Theirs", organisation=make_organisation())
    browser = log_in(member)

    assert [row[0] for row in table(browser, "/aftaler/aftaler.csv?hvis=vores")] == ["Ours"]
    assert len(table(browser, "/aftaler/aftaler.csv")) == 2


def test_sheet_of_news_has_what_is_published(client: Client, db: None):
    make_news("Published")
    make_news("Draft", published_at=None)

    assert [row[0] for row in table(client, "/nyt/nyt.csv")] == ["Published"]
