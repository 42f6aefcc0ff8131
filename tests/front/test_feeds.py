"""What programs read: the calendar, the news feed and the sitemap."""

from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from barriers.models import BarrierState
from initiatives.models import CaseState
from meetings.models import MeetingState, Precision
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_initiative,
    make_join_request,
    make_meeting,
    make_minutes,
    make_news,
    make_organisation,
    make_statement,
)

SPACES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
PLANNED = {"state": MeetingState.PLANNED}


def event(client: Client) -> icalendar.Event:
    found = icalendar.Calendar.from_ical(client.get("/meetings.ics").content)
    (only,) = found.walk("VEVENT")
    return only


def test_meeting_with_hours_stands_in_danish_time(client, db):
    make_meeting(4, date=date(2030, 7, 1), starts=time(9), ends=time(11, 30), **PLANNED)

    found = event(client)

    zone = ZoneInfo("Europe/Copenhagen")
    assert found.start == datetime(2030, 7, 1, 9, tzinfo=zone)
    assert found.end == datetime(2030, 7, 1, 11, 30, tzinfo=zone)
    assert found["dtstart"].params["TZID"] == "Europe/Copenhagen"


def test_calendar_brings_the_time_zone_it_names(client, db):
    make_meeting(4, date=date(2030, 7, 1), starts=time(9), **PLANNED)

    found = icalendar.Calendar.from_ical(client.get("/meetings.ics").content)

    assert [str(zone["tzid"]) for zone in found.walk("VTIMEZONE")] == ["Europe/Copenhagen"]


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2030, 1, 1), date(2030, 2, 1)),
        (date(2030, 2, 1), date(2030, 3, 1)),
        (date(2030, 12, 1), date(2031, 1, 1)),
    ],
)
def test_meeting_without_a_day_takes_its_month(client, db, day: date, after: date):
    make_meeting(4, date=day, date_precision=Precision.MONTH, **PLANNED)

    found = event(client)

    assert (found.start, found.end) == (day, after)
    assert found["transp"] == "TRANSPARENT"


def test_day_without_hours_is_a_whole_day(client, db):
    make_meeting(4, date=date(2030, 7, 1), **PLANNED)

    found = event(client)

    assert (found.start, found.end) == (date(2030, 7, 1), date(2030, 7, 2))


def test_meeting_is_the_same_event_when_it_is_moved(client, db):
    meeting = make_meeting(4, date=date(2030, 7, 1), **PLANNED)
    before = event(client)["uid"]
    meeting.date, meeting.title = date(2030, 8, 1), "Summer meeting"
    meeting.save()

    assert event(client)["uid"] == before == "meeting-4@localhost:8000"
    assert event(client).start == date(2030, 8, 1)


def test_cancelled_meeting_says_so(client, db):
    make_meeting(4, state=MeetingState.CANCELLED, place="Odense, Rådhuset; sal 3")

    found = event(client)

    assert found["status"] == "CANCELLED"
    assert found["location"] == "Odense, Rådhuset; sal 3"


def test_every_meeting_has_an_event_of_its_own(client, db):
    for number in (1, 2, 3):
        make_meeting(number)

    found = icalendar.Calendar.from_ical(client.get("/meetings.ics").content)

    assert len({str(found["uid"]) for found in found.walk("VEVENT")}) == 3


def items(client: Client, path: str = "/feed/") -> list[ElementTree.Element]:
    answer = client.get(path)
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall("channel/item")


def test_newest_news_stand_first_with_their_own_marks(client, db):
    barrier, now = make_barrier("Udbud & øvrigt"), timezone.now()
    record(Verb.ADDED, barrier, by=None, at=now - timedelta(hours=1))
    record(Verb.CHANGED, barrier, by=None, at=now)

    newest, oldest = items(client, "/en/feed/")

    assert newest.findtext("title") == oldest.findtext("title") == "Udbud & øvrigt"
    assert newest.findtext("description") == "barrier · changed"
    assert newest.findtext("guid") != oldest.findtext("guid")
    assert newest.find("guid").get("isPermaLink") == "false"


def test_feed_speaks_the_language_of_its_address(client, db):
    record(Verb.ADDED, make_barrier("Udbud"), by=None)

    (danish,), (english,) = items(client), items(client, "/en/feed/")

    assert danish.findtext("link") == "http://testserver/barrierer/udbud/"
    assert english.findtext("link") == "http://testserver/en/barrierer/udbud/"
    assert danish.findtext("description") != english.findtext("description")


def test_feed_is_the_same_for_everybody(client, as_secretary: Client):
    record(Verb.ADDED, make_barrier("Skjult", hidden_at=timezone.now()), by=None)
    record(Verb.ADDED, make_barrier("Vist"), by=None)

    assert [item.findtext("title") for item in items(as_secretary)] == ["Vist"]


def test_feed_ends_after_thirty(client, db):
    for _ in range(40):
        record(Verb.CHANGED, make_barrier(), by=None)

    assert len(items(client)) == 30


def test_actors_are_not_named_in_the_feed(client, member):
    record(Verb.ADDED, make_barrier(), by=member.user)

    assert member.user.name not in client.get("/feed/").content.decode()


def sitemap(client: Client) -> dict[str, set[str]]:
    """Return every address with the languages that it says it has."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        place.findtext("map:loc", namespaces=SPACES).removeprefix("http://testserver"): {
            link.get("hreflang") for link in place.findall("xhtml:link", SPACES)
        }
        for place in root.findall("map:url", SPACES)
    }


def test_sitemap_has_a_row_of_every_kind_in_both_languages(client, db):
    rows = [make_meeting(3), make_barrier(), make_initiative(), make_case(), make_call()]
    rows += [make_news(), make_organisation()]

    found = sitemap(client)

    for row in rows:
        path = row.get_absolute_url()
        assert found[path] == found[f"/en{path}"] == {"da", "en"}


def test_every_address_in_the_sitemap_opens(client, db):
    make_barrier()

    found = sitemap(client)

    assert reverse("front:front") in found
    assert {path: client.get(path).status_code for path in found} == dict.fromkeys(found, 200)


def test_sitemap_leaves_out_what_strangers_do_not_open(client, as_secretary: Client):
    make_case("Kladde", state=CaseState.DRAFT)
    make_case("Indsendt", state=CaseState.SUBMITTED)
    make_barrier("Skjult", hidden_at=timezone.now())

    for browser in (client, as_secretary):
        paths = "".join(sitemap(browser))
        assert not [word for word in ("kladde", "indsendt", "skjult") if word in paths]


def test_sitemap_leaves_out_a_barrier_that_only_leads_on(client, db):
    make_barrier("Flettet", state=BarrierState.MERGED, merged_into=make_barrier("Samlet"))

    found = sitemap(client)

    assert "/barrierer/samlet/" in found
    assert "/barrierer/flettet/" not in found


def test_feed_tells_what_became_public(client, db):
    published, draft = make_minutes(make_meeting(3), published=True), make_minutes()
    statement = make_statement(make_barrier("Udbud"))
    for row in (published, draft):
        record(Verb.PUBLISHED, row, by=None)
    for row in (statement, make_join_request()):
        record(Verb.ADDED, row, by=None)

    answer = client.get("/en/feed/")

    items = ElementTree.fromstring(answer.content).findall("channel/item")
    links = [item.findtext("link") for item in items]
    assert links == [
        f"http://testserver/en/barrierer/udbud/#udsagn-{statement.pk}",
        "http://testserver/en/moeder/3/#referat",
    ]


def test_sitemap_has_each_public_page_in_both_languages(client, db):
    make_barrier("Udbud")
    make_barrier("Skjult", hidden_at=timezone.now())

    text = client.get("/sitemap.xml").content.decode()

    assert "<loc>http://testserver/barrierer/udbud/</loc>" in text
    assert "<loc>http://testserver/en/barrierer/udbud/</loc>" in text
    assert "skjult" not in text


def test_robots_keep_out_of_accounts(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /konto/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
