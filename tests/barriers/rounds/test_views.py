"""Pages of rounds for everybody."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from barriers.models import (
    Barrier,
    PrioritisationRound,
)
from barriers.rounds import opening, prioritisation
from taskforce.members.models import Kind
from tests.barriers.rounds.rounds import draft, hold, three
from tests.factories import (
    make_barrier,
    make_meeting,
    make_member,
    make_round,
    make_voter,
)


@pytest.fixture
def barriers(db: None) -> list[Barrier]:
    return [make_barrier(title) for title in ("Alpha", "Beta", "Gamma", "Aarhus", "Økonomi")]


def test_round_of_a_meeting_links_to_it(client, barriers, member):
    meeting = make_meeting(3)
    opening.open_round(voting_round=draft(*barriers, meeting=meeting))

    assert meeting.get_absolute_url() in client.get("/prioritering/vote/").content.decode()


def test_open_round_shows_its_list_and_no_result(client, as_member, as_secretary):
    a, b = make_barrier("First barrier"), make_barrier("Second barrier")
    voting = make_round(a, b, title="Vote")
    prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=[b])

    for browser in (client, as_member, as_secretary):
        page = browser.get("/prioritering/vote/")
        assert page.context["state"] == "open"
        assert "rows" not in page.context
        listed = [barrier.title for barrier in page.context["barriers"]]
        assert listed == ["First barrier", "Second barrier"]
        assert browser.get("/barrierer/").context["rows"][0]["rank"] is None


def test_times_are_written_as_danes_write_them(client, db):
    noon = datetime(2040, 12, 10, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
    make_round(make_barrier(), title="Vote", closes_at=noon)

    assert "10. december 2040 kl. 12.00" in client.get("/prioritering/vote/").content.decode()
    assert "10 December 2040, 12.00" in client.get("/en/prioritering/vote/").content.decode()


def test_counted_round_shows_its_result(client, db):
    a, b = make_barrier("a"), make_barrier("b")
    hold("Vote", [a, b], *three(Kind.COMPANY, [1]), is_example=True)

    page = client.get("/prioritering/vote/")

    shown = [(row.result.title, row.percent) for row in page.context["rows"]]
    assert shown == [("b", 100)]
    assert "Eksempeltal" in page.content.decode()


def test_counted_round_shows_its_turnout(client, barriers):
    for _ in range(3):
        make_member()
    hold("Vote", barriers, *three(Kind.COMPANY, [0]), (Kind.COMPANY, []))

    page = client.get("/en/prioritering/vote/").content.decode()

    figures = re.findall(r"<b[^>]*>(\w+)</b>\s*<span>([^<]+)</span>", page)
    assert figures == [("4", "voted"), ("1", "of the ballots blank"), ("3", "did not vote")]
    assert "of 7 that could vote" in page
    listed = " ".join(client.get("/en/prioritering/").content.decode().split())
    assert "4 of 7 voted, 1 of them blank" in listed


def test_counted_round_tells_none_in_words(client, barriers):
    hold("Vote", barriers, *three(Kind.COMPANY, [0]))

    page = client.get("/en/prioritering/vote/").content.decode()

    figures = re.findall(r"<b[^>]*>(\w+)</b>\s*<span>([^<]+)</span>", page)
    assert figures == [
        ("3", "voted"),
        ("none", "of the ballots blank"),
        ("nobody", "did not vote"),
    ]
    assert "of them blank" not in client.get("/en/prioritering/").content.decode()
    assert '<rect width="0"' not in page


@pytest.mark.parametrize("ballots", [[[], [], [], []], [[0]]], ids=["blank", "one"])
def test_round_of_blank_ballots_or_of_one_voter_ranks_nothing(client, barriers, ballots):
    hold("Vote", barriers, *((Kind.COMPANY, places) for places in ballots))

    page = " ".join(client.get("/en/prioritering/vote/").content.decode().split())

    assert f"of {len(ballots)} that could vote" in page
    assert "Too few ballots chose something, so no ranking is made." in page
    assert 'class="ranking"' not in page
    assert client.get(barriers[0].get_absolute_url()).context["barrier"].rank is None


def test_index_shows_the_latest_round_first(client, as_secretary, barriers):
    later = timezone.now() + timedelta(days=30)
    for title in ("First", "Second", "Third"):
        later += timedelta(days=1)
        hold(title, barriers, *three(Kind.COMPANY, [0]), closes_at=later)
    PrioritisationRound.objects.filter(slug="first").update(is_example=True)  # the row moves

    counted = client.get("/prioritering/").context["rounds"]["counted"]

    assert [str(one) for one in counted] == ["Third", "Second", "First"]


def test_index_shows_rounds_by_their_state(client, as_secretary, barriers):
    hold("Counted", barriers, *three(Kind.COMPANY, [0]))
    make_round(*barriers, title="Running")
    tomorrow = timezone.now() + timedelta(days=1)
    make_round(
        *barriers,
        title="Coming",
        opens_at=tomorrow,
        closes_at=tomorrow + timedelta(days=1),
    )

    rounds = client.get("/prioritering/").context["rounds"]
    assert {where: [str(one) for one in found] for where, found in rounds.items()} == {
        "draft": [],
        "open": ["Running"],
        "due": [],
        "counted": ["Counted"],
    }
    drafts = as_secretary.get("/prioritering/").context["rounds"]["draft"]
    assert [str(one) for one in drafts] == ["Coming"]


def test_index_marks_rounds_that_wait_for_the_viewers_ballot(as_member, member, barriers):
    voting = make_round(*barriers, title="Running")

    assert as_member.get("/prioritering/").context["waiting"] == {voting.pk}
    prioritisation.cast(voting_round=voting, by=member, choices=[])
    assert as_member.get("/prioritering/").context["waiting"] == set()


def test_round_whose_time_is_up_is_being_counted(client, barriers):
    past = timezone.now() - timedelta(seconds=1)
    make_round(*barriers, title="Vote", closes_at=past)

    page = client.get("/en/prioritering/vote/")

    assert page.context["state"] == "due"
    assert "being counted" in page.content.decode()
    assert PrioritisationRound.objects.closed().count() == 0
