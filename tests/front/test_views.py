"""The front page and the secretariat's desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from initiatives.models import CaseState
from meetings.models import MeetingState
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from tests.factories import (
    count_with,
    make_barrier,
    make_call,
    make_case,
    make_join_request,
    make_meeting,
    make_minutes,
    make_news,
    make_round,
)
from tests.meetings.review.reviews import let_everything_stand


def test_empty_desk_says_that_nothing_waits(as_secretary: Client):
    page = as_secretary.get("/en/sekretariat/")

    assert page.context["tasks"] == page.context["can_wait"] == []
    assert "Nothing waits for you" in page.content.decode()


def test_desk_lists_waiting_requests_with_the_oldest_first(as_secretary: Client):
    first, second, declined = (make_join_request() for _ in range(3))
    as_secretary.post(f"/sekretariat/anmodninger/{declined.pk}/afvis/", {"reason": "Nej"})

    assert list(as_secretary.get("/sekretariat/").context["requests"]) == [first, second]


def test_desk_lists_coming_deadlines_with_the_next_first(as_secretary: Client):
    today = timezone.localdate()
    for title, days in (("Later", 20), ("Soon", 2), ("Past", -2)):
        make_call(title, day=today + timedelta(days=days))

    rows = as_secretary.get("/sekretariat/").context["calls"]

    assert [row["title"] for row in rows] == ["Soon", "Later"]


def test_desk_lists_no_published_minutes(as_secretary: Client):
    draft = make_minutes(make_meeting(4))
    assert list(as_secretary.get("/sekretariat/").context["drafts"]) == [draft]

    let_everything_stand(draft)
    as_secretary.post("/moeder/4/referat/offentliggoer/")

    assert list(as_secretary.get("/sekretariat/").context["drafts"]) == []


def test_desk_lists_activity_that_others_do_not_see(as_secretary: Client, as_member: Client):
    hidden = make_barrier("Hidden", hidden_at=timezone.now())
    record(Verb.HIDDEN, hidden, by=None)

    def told(browser: Client, path: str) -> list[str]:
        return [entry.title for entry in browser.get(path).context["latest"]]

    assert told(as_secretary, "/sekretariat/") == ["Hidden"]
    assert told(as_member, "/min-side/") == []


def test_nobody_reads_that_a_barrier_was_hidden_once_it_shows_again(
    as_secretary: Client, as_member: Client, client: Client
):
    back = make_barrier("Back again")
    for verb in (Verb.ADDED, Verb.HIDDEN, Verb.SHOWN):
        record(verb, back, by=None)

    for browser, path in ((as_secretary, "/sekretariat/"), (as_member, "/min-side/")):
        told = browser.get(path).context["latest"]
        assert [entry.verb for entry in told] == [str(Verb.ADDED.label)]
    feed = client.get(reverse("front:feed")).content.decode()
    assert feed.count("Back again") == 1


def test_desk_shows_what_waits_for_the_secretariat(as_secretary):
    request, draft = make_join_request(), make_minutes()
    submitted = make_case(state=CaseState.SUBMITTED)
    make_case(state=CaseState.DRAFT)
    call, voting = make_call("Money"), make_round(make_barrier())

    page = as_secretary.get("/sekretariat/")

    assert list(page.context["requests"]) == [request]
    assert list(page.context["drafts"]) == [draft]
    assert list(page.context["cases"]) == [submitted]
    assert [row["title"] for row in page.context["calls"]] == [call.title]
    assert list(page.context["rounds"]) == [voting]


@pytest.mark.parametrize("path", ["/", "/om/", "/organisationer/"])
def test_member_is_not_asked_to_become_one(client, as_member, as_secretary, path):
    assert 'href="/bliv-medlem/"' in client.get(path).content.decode()
    for who in (as_member, as_secretary):
        assert "/bliv-medlem/" not in who.get(path).content.decode()


def test_front_page_shows_what_counts_and_what_comes(client, db):
    first, second = make_barrier("First"), make_barrier("Second")
    count_with(make_round(first, second, ballot_size=2, is_example=True), first, second)
    day = timezone.localdate() + timedelta(days=1)
    coming = make_meeting(4, date=day, state=MeetingState.PLANNED)
    make_call("Money", day=day)
    case, news = make_case("Lunch"), make_news("Told")
    record(Verb.ADDED, news, by=None)

    page = client.get("/en/")

    ranking = [(row["title"], row["percent"]) for row in page.context["ranking"]]
    assert ranking == [("First", 100), ("Second", 50)]
    assert page.context["next_meeting"] == coming
    text = page.content.decode()
    assert "Example figures" in text
    assert "1 open call, deadline" in text
    for row in (case, news):
        assert str(row) in text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"beloeb": "4.000.000", "valuta": "EUR"}, "Det er 4 mio. euro."),
        ({"beloeb": "1,3 mio. kr.", "valuta": "DKK"}, "Det er 1,3 mio. kr."),
        ({"beloeb": "12", "valuta": "EUR"}, ""),
        ({"beloeb": "3.000"}, "Det er 3.000."),
        ({"beloeb": "3.000", "valuta": "<b>"}, "Det er 3.000."),
        ({}, ""),
    ],
)
def test_amount_is_told_in_words(db: None, client: Client, asked: dict[str, str], words: str):
    assert client.get("/beloeb/", asked).json() == {"words": words}


def test_amount_that_is_unclear_is_told_so(db: None, client: Client):
    found = client.get("/en/beloeb/", {"beloeb": "ca. 4.000", "valuta": "EUR"}).json()

    assert found["words"].startswith("This number can be read in more than one way")
