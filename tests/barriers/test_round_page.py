"""The page of a round, and voting on it."""

from django.utils import timezone

from barriers.models import Ballot
from barriers.rounds import prioritisation
from tests.factories import make_barrier, make_member, make_round


def test_nobody_learns_a_result_before_closing(client, as_member, as_secretary):
    a, b = make_barrier("First barrier"), make_barrier("Second barrier")
    voting = make_round(a, b, title="Vote")
    prioritisation.cast(round=voting, by=make_member(), choices=[b])

    for browser in (client, as_member, as_secretary):
        page = browser.get("/prioritering/vote/")
        assert page.context["results"] == []
        listed = [barrier.title for barrier in page.context["barriers"]]
        assert listed == ["First barrier", "Second barrier"]
        assert browser.get("/barrierer/").context["rows"][0]["rank"] is None


def test_result_shows_after_closing(client, db):
    a, b = make_barrier("a"), make_barrier("b")
    voting = make_round(a, b, title="Vote", is_example=True)
    prioritisation.cast(round=voting, by=make_member(), choices=[b])
    prioritisation.close(round=voting)

    page = client.get("/prioritering/vote/")

    shown = [(result.title, percent) for result, percent in page.context["results"]]
    assert shown == [("b", 100), ("a", 0)]
    assert "Eksempeltal" in page.content.decode()


def test_hidden_barrier_is_not_named_among_results(client, db):
    hidden = make_barrier("hidden", hidden_at=timezone.now())
    voting = make_round(hidden, title="Vote")
    prioritisation.close(round=voting)

    assert client.get("/prioritering/vote/").context["results"] == []


def test_member_votes_and_changes_the_ballot(as_member, member):
    a, b = make_barrier("a"), make_barrier("b")
    make_round(a, b, title="Vote")

    as_member.post("/prioritering/vote/stem/", {"place_1": a.pk, "place_2": b.pk})
    assert as_member.get("/prioritering/vote/stem/").context["form"].initial == {
        "place_1": str(a.pk),
        "place_2": str(b.pk),
    }
    as_member.post("/prioritering/vote/stem/", {"place_1": b.pk})

    ballot = Ballot.objects.get(organisation=member.organisation)
    assert [line.barrier for line in ballot.lines.all()] == [b]


def test_same_barrier_twice_is_said_at_its_field(as_member):
    a = make_barrier()
    make_round(a, title="Vote")

    page = as_member.post("/prioritering/vote/stem/", {"place_1": a.pk, "place_2": a.pk})

    assert list(page.context["form"].errors) == ["place_2"]
    assert not Ballot.objects.exists()


def test_barrier_that_is_not_on_the_list_is_refused(as_member):
    make_round(make_barrier(), title="Vote")

    page = as_member.post("/prioritering/vote/stem/", {"place_1": make_barrier().pk})

    assert list(page.context["form"].errors) == ["place_1"]


def test_vote_after_closing_is_told_so(as_member):
    a = make_barrier()
    voting = make_round(a, title="Vote")
    prioritisation.close(round=voting)

    page = as_member.post("/en/prioritering/vote/stem/", {"place_1": a.pk})

    assert "The round is closed" in page.content.decode()
    assert not Ballot.objects.exists()


def test_form_of_a_closed_round_leads_to_its_result(as_member):
    voting = make_round(make_barrier(), title="Vote")
    prioritisation.close(round=voting)

    assert as_member.get("/prioritering/vote/stem/").url == "/prioritering/vote/"
