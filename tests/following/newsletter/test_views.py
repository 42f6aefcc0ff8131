"""The pages of newsletters: public ones, and the secretariat's page of the next one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from barriers.models import Barrier
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.following.models import Newsletter
from taskforce.following.newsletter import due
from tests.factories import make_barrier

LIST, NEXT = "/nyhedsbrev/", "/sekretariat/nyhedsbrev/"
SKIP, AFTER_ALL = f"{NEXT}spring-over/", f"{NEXT}alligevel/"


def make_sent(day: date, **fields: Any) -> Newsletter:
    now = timezone.now()
    bounds = {"begins_at": now - timedelta(days=7), "ends_at": now, "sent_at": now}
    return Newsletter.objects.create(day=day, **bounds, **fields)


@pytest.fixture
def letter(db: None) -> Newsletter:
    made = make_sent(date(2026, 3, 10), introduction="<p>Vi har fået travlt.</p>")
    for title in ("Smalle døre", "Skjult siden"):
        made.events.add(record(Verb.ADDED, make_barrier(title), by=None))
    Barrier.objects.filter(title="Skjult siden").update(hidden_at=timezone.now())
    return made


def test_list_has_those_that_were_sent_the_latest_first(client: Client, letter: Newsletter):
    Newsletter.objects.create(begins_at=timezone.now(), introduction="<p>Ikke endnu</p>")
    later = make_sent(date(2026, 3, 17))

    page = client.get(LIST)

    assert [*page.context["page"].rows] == [later, letter]
    assert "Vi har fået travlt." in page.content.decode()
    assert "Ikke endnu" not in page.content.decode()
    assert page.headers["Cache-Control"] == "public, no-cache"


def test_list_says_so_where_there_is_none(client: Client, db: None):
    assert "Intet nyhedsbrev endnu" in client.get(LIST).content.decode()


@pytest.mark.parametrize("who", ["client", "as_secretary"])
def test_page_shows_what_everybody_sees_today(
    who: str, letter: Newsletter, request: pytest.FixtureRequest
):
    page = request.getfixturevalue(who).get("/nyhedsbrev/2026-03-10/").content.decode()

    assert "Vi har fået travlt." in page
    assert "Ny barriere: Smalle døre" in page
    assert "Skjult siden" not in page


@pytest.mark.parametrize("day", ["2026-03-11", "2026-02-30", "i-dag", "20260310x", "0"])
def test_there_is_no_page_of_another_day(client: Client, letter: Newsletter, day: str):
    assert client.get(f"/nyhedsbrev/{day}/").status_code == 404


def test_feed_and_sitemap_name_it(client: Client, letter: Newsletter):
    record(Verb.PUBLISHED, letter, by=None)

    assert letter.get_absolute_url() in client.get("/feed/").content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert letter.get_absolute_url() in sitemap
    assert LIST in sitemap


# The secretariat's page


def test_secretariat_sees_what_the_next_one_tells_and_when_it_goes(as_secretary: Client):
    record(Verb.ADDED, make_barrier("Smalle døre"), by=None)
    begins = timezone.now() - timedelta(days=1)
    Newsletter.objects.create(begins_at=begins)

    page = as_secretary.get(NEXT)

    (section,) = page.context["sections"]
    assert [piece.sentence for piece in section.pieces] == ["Ny barriere: Smalle døre"]
    assert page.context["goes_at"] > timezone.now()


def test_looking_at_it_writes_nothing(as_secretary: Client):
    assert as_secretary.get(NEXT).status_code == 200
    assert not Newsletter.objects.exists()


def test_secretariat_writes_the_introduction(as_secretary: Client):
    answer = as_secretary.post(NEXT, {"introduction": "Vi har fået travlt.", "version": 1})

    assert answer.status_code == 302
    assert Newsletter.objects.get().introduction == "<p>Vi har fået travlt.</p>"


def test_who_saves_second_sees_both_texts(as_secretary: Client):
    for words in ("Den første.", "Den anden."):
        answer = as_secretary.post(NEXT, {"introduction": words, "version": 1})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Den første." in page
    assert "Den anden." in page
    assert Newsletter.objects.get().introduction == "<p>Den første.</p>"


def test_too_long_an_introduction_stays_in_its_field(as_secretary: Client):
    words = "ord " * 1300

    page = as_secretary.post(NEXT, {"introduction": words, "version": 1})

    assert page.context["form"].errors["introduction"]
    assert "ord ord" in page.content.decode()


def test_skipped_and_after_all(as_secretary: Client):
    now = timezone.now()
    day = due.latest(now) + due.WEEK

    as_secretary.post(SKIP, {"day": day.isoformat()})
    assert Newsletter.objects.get().not_before == day + due.WEEK
    again = as_secretary.post(SKIP, {"day": day.isoformat()}, follow=True)
    assert "Nyhedsbrevet sendes ikke længere den dag." in again.content.decode()

    as_secretary.post(AFTER_ALL)
    assert Newsletter.objects.get().not_before is None


def test_skipping_a_day_that_is_none_changes_nothing(as_secretary: Client):
    as_secretary.post(SKIP, {"day": "i morgen"})

    assert not Newsletter.objects.exclude(not_before=None).exists()


def test_acts_take_a_post_by_the_secretariat(as_secretary: Client, as_member: Client):
    assert [as_secretary.get(path).status_code for path in (SKIP, AFTER_ALL)] == [405] * 2
    assert [as_member.post(path).status_code for path in (NEXT, SKIP, AFTER_ALL)] == [403] * 3
