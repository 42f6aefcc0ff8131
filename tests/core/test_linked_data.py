"""Pages tell search engines what they are about, and nothing that a stranger may not read."""

import json
import re
from datetime import date, time
from typing import Any

from django.test import Client

from meetings.models import Format, MeetingState
from taskforce.core import linked_data
from tests.conftest import LogIn
from tests.factories import make_case, make_meeting, make_news, make_organisation, make_secretary

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def told(client: Client, path: str) -> Any:
    """Return the block of data of a page; None where it has none."""
    found = BLOCK.findall(client.get(path).content.decode())
    return json.loads(found[0]) if found else None


def test_meeting_is_an_event_without_its_link(client: Client, db: None, log_in: LogIn):
    meeting = make_meeting(
        7,
        date=date(2027, 3, 1),
        starts=time(14),
        ends=time(15, 30),
        format=Format.HYBRID,
        place="Odense",
        link="https://example.org/secret",
        state=MeetingState.PLANNED,
    )
    path = meeting.get_absolute_url()
    found = told(client, path)

    assert (found["@context"], found["@type"]) == ("https://schema.org", "Event")
    assert found["startDate"] == "2027-03-01T14:00:00+01:00"
    assert found["endDate"] == "2027-03-01T15:30:00+01:00"
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert [place["@type"] for place in found["location"]] == ["Place", "VirtualLocation"]
    assert told(log_in(make_secretary()), path) == found
    assert "secret" not in json.dumps(found)


def test_cancelled_meeting_of_which_the_month_is_known(client: Client, db: None):
    meeting = make_meeting(
        7, date=date(2027, 3, 1), date_precision="month", state=MeetingState.CANCELLED
    )
    found = told(client, meeting.get_absolute_url())

    assert found["startDate"] == "2027-03"
    assert found["eventStatus"] == "https://schema.org/EventCancelled"


def test_organisation_is_told_without_its_mailbox(client: Client, db: None):
    one = make_organisation("Odense", cvr="12345678", website="https://odense.example/")
    found = told(client, one.get_absolute_url())

    assert (found["@type"], found["name"], found["taxID"]) == (
        "Organization",
        "Odense",
        "DK12345678",
    )
    assert "mailbox" not in json.dumps(found)


def test_profile_that_nobody_confirmed_is_not_told(client: Client, db: None):
    one = make_organisation("Odense", cvr="12345678", line="Bread", unanswered=3)
    found = told(client, one.get_absolute_url())

    assert found["name"] == "Odense"
    assert "taxID" not in found
    assert "Bread" not in json.dumps(found)


def test_articles_are_told_once_they_are_published(client: Client, db: None, log_in: LogIn):
    secretary = log_in(make_secretary())
    news, draft = make_news("Fresh"), make_news("Draft", published_at=None)
    case = make_case("Bread", written_by=make_organisation("Odense"))

    assert told(client, news.get_absolute_url())["headline"] == "Fresh"
    assert told(client, case.get_absolute_url())["author"]["name"] == "Odense"
    assert "Draft" in secretary.get(draft.get_absolute_url()).content.decode()
    assert told(secretary, draft.get_absolute_url()) is None


def test_dataset_names_its_files(client: Client, db: None):
    found = told(client, "/data/barriers/")

    assert [one["contentUrl"] for one in found["distribution"]] == [
        f"http://localhost:8000/data/barriers.{kind}" for kind in ("csv", "json", "xlsx")
    ]
    assert told(client, "/data/")["@type"] == "DataCatalog"


def test_nothing_told_ends_the_block():
    text = "</script><script>alert(1)</script><!-- \u2028"
    block = linked_data.block(linked_data.thing("Event", name=text))

    assert block.count("<") == 2
    assert json.loads(BLOCK.findall(block)[0])["name"] == text.replace("\u2028", "\n")
