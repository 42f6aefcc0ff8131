"""The news feed, as another program reads it."""

from datetime import timedelta
from xml.etree import ElementTree

from django.conf import settings
from django.test import Client
from django.utils import timezone

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from tests.factories import (
    make_barrier,
    make_join_request,
    make_meeting,
    make_minutes,
    make_statement,
)


def items(client: Client, path: str = "/feed/") -> list[ElementTree.Element]:
    answer = client.get(path)
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content).findall("channel/item")


def test_feed_has_the_newest_first_each_with_its_own_id(client, db):
    barrier, now = make_barrier("Udbud & øvrigt"), timezone.now()
    record(Verb.ADDED, barrier, by=None, at=now - timedelta(hours=1))
    record(Verb.CHANGED, barrier, by=None, at=now)

    newest, oldest = items(client, "/en/feed/")

    assert newest.findtext("title") == oldest.findtext("title") == "Udbud & øvrigt"
    assert newest.findtext("description") == "barrier · changed"
    assert newest.findtext("guid") != oldest.findtext("guid")
    assert newest.find("guid").get("isPermaLink") == "false"


def test_feed_is_only_read(client, db):
    assert client.head("/feed/").status_code == 200
    assert [client.post("/feed/").status_code, client.delete("/feed/").status_code] == [405, 405]


def test_feed_has_the_language_of_its_address(client, db):
    record(Verb.ADDED, make_barrier("Udbud"), by=None)

    (danish,), (english,) = items(client), items(client, "/en/feed/")

    assert danish.findtext("link") == f"{settings.SITE_URL}/barrierer/udbud/"
    assert english.findtext("link") == f"{settings.SITE_URL}/en/barrierer/udbud/"
    assert danish.findtext("description") != english.findtext("description")


def test_feed_is_the_same_for_everybody(client, as_secretary: Client):
    record(Verb.ADDED, make_barrier("Skjult", hidden_at=timezone.now()), by=None)
    record(Verb.ADDED, make_barrier("Vist"), by=None)

    assert [item.findtext("title") for item in items(as_secretary)] == ["Vist"]


def test_feed_ends_after_thirty(client, db):
    for _ in range(40):
        record(Verb.CHANGED, make_barrier(), by=None)

    assert len(items(client)) == 30


def test_feed_names_no_person(client, member):
    record(Verb.ADDED, make_barrier(), by=member.user)

    assert member.user.name not in client.get("/feed/").content.decode()


def test_feed_lists_what_became_public(client, db):
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
        f"{settings.SITE_URL}/en/barrierer/udbud/#udsagn-{statement.pk}",
        f"{settings.SITE_URL}/en/moeder/3/#referat",
    ]
