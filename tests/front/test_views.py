"""The front page: what comes next, what counts most, and what is new."""

from datetime import timedelta

from django.utils import timezone

from barriers.rounds import prioritisation
from meetings.models import MeetingState
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_meeting,
    make_news,
    make_round,
    make_voter,
)


def test_front_page_of_an_empty_portal(client, db):
    page = client.get("/en/")

    assert page.status_code == 200
    assert "Members have not prioritised yet." in page.content.decode()


def test_front_page_shows_what_counts_and_what_comes(client, db):
    first, second = make_barrier("First"), make_barrier("Second")
    voting = make_round(first, second, ballot_size=2, is_example=True)
    prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=[first, second])
    prioritisation.close(voting_round=voting)
    day = timezone.localdate() + timedelta(days=1)
    coming = make_meeting(4, date=day, state=MeetingState.PLANNED)
    call, case, news = make_call("Money"), make_case("Lunch"), make_news("Told")

    page = client.get("/en/")

    ranking = [(row["title"], row["percent"]) for row in page.context["ranking"]]
    assert ranking == [("First", 100), ("Second", 50)]
    assert page.context["next_meeting"] == coming
    text = page.content.decode()
    assert "Example figures" in text
    for row in (call, case, news):
        assert str(row) in text
