"""The list of meetings, and the page of one as each viewer may see it."""

from datetime import date, timedelta

from django.utils import timezone

from meetings.models import MeetingState
from taskforce.members.models import Kind, NameVisibility
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_entry,
    make_meeting,
    make_minutes,
    make_organisation,
)


def test_lists_the_latest_first_and_says_what_comes_next(client, db):
    make_minutes(make_meeting(1), published=True)
    make_minutes(make_meeting(2))
    day = timezone.localdate() + timedelta(days=9)
    coming = make_meeting(3, date=day, state=MeetingState.PLANNED)

    page = client.get("/moeder/")

    rows = [(row["number"], row["published"]) for row in page.context["rows"]]
    assert rows == [(3, None), (2, False), (1, True)]
    assert page.context["next_meeting"] == coming


def test_month_is_shown_as_a_month(client, db):
    make_meeting(4, date=date(2023, 1, 1), date_precision="month", state=MeetingState.PLANNED)

    assert "januar 2023" in client.get("/moeder/4/").content.decode()
    assert "1. januar" not in client.get("/moeder/").content.decode()
    assert "January 2023" in client.get("/en/moeder/4/").content.decode()


def test_people_show_by_kind_of_organisation_as_they_agreed(client, as_member, db):
    meeting = make_meeting(3)
    make_minutes(meeting, published=True)
    odense = make_organisation("Odense", kind=Kind.MUNICIPALITY)
    for name, visibility in (
        ("Ea", NameVisibility.PUBLIC),
        ("Bo", NameVisibility.MEMBERS),
        ("Per", NameVisibility.NOBODY),
    ):
        make_attendance(
            meeting,
            name=name,
            name_visibility=visibility,
            organisation=odense,
            organisation_name="Odense by",
        )

    def shown(browser) -> list[str]:
        ((_kind, people),) = browser.get("/moeder/3/").context["attendance"]
        return sorted(person.shown_name for person in people)

    assert shown(client) == ["", "", "Ea"]
    assert shown(as_member) == ["", "Bo", "Ea"]
    assert "Odense by" in client.get("/moeder/3/").content.decode()  # as it was at the meeting


def test_minutes_stand_under_their_agenda_items(client, db):
    meeting = make_meeting(3)
    minutes = make_minutes(meeting, published=True)
    first, second = make_agenda_item(meeting, "Velkommen"), make_agenda_item(meeting, "Nyt")
    entries = [make_entry(minutes, agenda_item=item) for item in (first, first, second)]

    page = client.get("/moeder/3/")

    parts = [(part.item, part.passages) for part in page.context["parts"]]
    assert parts == [(first, entries[:2]), (second, entries[2:])]
    assert f'id="{entries[0].anchor}"' in page.content.decode()


def test_text_of_minutes_has_nothing_active(client, db):
    minutes = make_minutes(make_meeting(3), published=True)
    make_entry(
        minutes,
        '<p onclick="x()">Vi <strong>aftalte</strong><script>bad()</script>'
        '<a href="javascript:bad()">dette</a><img src="https://example.org/x"></p>',
    )

    text = client.get("/moeder/3/").content.decode()

    assert "<p>Vi <strong>aftalte</strong>" in text
    for active in ("onclick", "bad()", "javascript:", "<img"):
        assert active not in text
