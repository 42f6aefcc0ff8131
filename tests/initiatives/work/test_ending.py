"""An initiative ends with what came of it, and can run again."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from initiatives.models import Initiative
from initiatives.work import ending
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Member
from tests.conftest import LogIn
from tests.factories import make_initiative, make_member, make_secretary
from tests.initiatives.work.starts import today
from tests.racing import at_once
from tests.refusing import answers

HERE = "/indsatser/guide/"
END, AGAIN = f"{HERE}afslut/", f"{HERE}genaabn/"


@pytest.fixture
def led(member: Member) -> Initiative:
    return make_initiative("Guide", lead=member.organisation, state="running")


def test_ends_with_what_came_of_it(as_member, led, client):
    assert as_member.post(END, {"state": "done", "outcome": "Ti nye købere"}).url == HERE

    led.refresh_from_db()
    assert (led.state, led.outcome, led.ended_on) == ("done", "Ti nye købere", today())
    update = led.updates.get()
    assert (update.text, update.state, update.percent) == ("Ti nye købere", "done", 100)
    page = client.get(f"/en{HERE}").content.decode()
    assert "What came of it" in page
    assert "Ti nye købere" in page
    assert "Take part" not in as_member.get(f"/en{HERE}").content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "   "}, "outcome"),
        ({"outcome": "x" * 4001}, "outcome"),
        ({"state": ""}, "state"),
        ({"state": "running"}, "state"),
    ],
)
def test_ending_takes_a_state_and_an_outcome(as_member, led, typed, field):
    page = as_member.post(END, {"state": "stopped", "outcome": "Min tekst", **typed})

    assert list(page.context["form"].errors) == [field]
    assert typed.get("outcome", "Min tekst") in page.content.decode()
    led.refresh_from_db()
    assert led.is_under_way


def test_runs_again_and_what_was_told_stays(as_member, member, led):
    Initiative.objects.update(review_on=today() - timedelta(days=4))
    ending.end(initiative=led, state="stopped", outcome="Ingen tid", by=member)

    assert as_member.post(AGAIN).url == HERE

    led.refresh_from_db()
    assert (led.state, led.outcome, led.ended_on, led.review_on) == ("running", "", None, None)
    assert [update.text for update in led.updates.all()] == ["Ingen tid"]
    told = Activity.objects.order_by("pk").values_list("verb", flat=True)
    assert [*told] == [Verb.CLOSED, Verb.OPENED]


def test_review_ahead_stays_when_it_runs_again(member, led):
    Initiative.objects.update(review_on=today())
    ending.end(initiative=led, state="done", outcome="Ja", by=member)
    ending.open_again(initiative=led, by=member)

    led.refresh_from_db()
    assert led.review_on == today()


def test_others_end_and_open_nothing(client: Client, log_in: LogIn, led):
    sent = {"state": "done", "outcome": "x"}
    for browser, status in (
        (client, 302),
        (log_in(make_member()), 404),
        (log_in(make_member(to_date=today())), 403),
    ):
        assert browser.get(END).status_code == status
        assert browser.post(END, sent).status_code == status
        assert browser.post(AGAIN).status_code == status
    led.refresh_from_db()
    assert led.state == "running"


def test_secretariat_ends_and_opens(log_in: LogIn, led):
    browser = log_in(make_secretary())

    browser.post(END, {"state": "done", "outcome": "Ja"})
    assert browser.get(END).status_code == 404  # it has ended
    browser.post(AGAIN)
    assert browser.get(AGAIN).status_code == 405

    led.refresh_from_db()
    assert led.state == "running"


def test_what_runs_is_not_opened_again(as_member, led):
    page = as_member.post(f"/en{AGAIN}", follow=True)

    assert "The initiative runs already." in page.content.decode()
    assert not Activity.objects.exists()


def test_two_who_end_at_once_end_once(transactional_db):
    by = make_member()
    led = make_initiative(lead=by.organisation, state="running")

    end = partial(ending.end, initiative=led, by=by)
    acts = [partial(end, state=state, outcome=state) for state in ("done", "stopped")]
    assert answers(at_once(*acts)) == ["Initiative", "Refused"]

    led.refresh_from_db()
    assert led.state == led.outcome == led.updates.get().text
    assert Activity.objects.filter(verb=Verb.CLOSED).count() == 1


def test_second_to_end_keeps_the_text(as_member, member, led, monkeypatch):
    """Somebody ends it between the page that was found and the lock that is taken."""
    end = ending.end

    def beaten(**told):
        end(initiative=led, state="done", outcome="Først", by=member)
        return end(**told)

    monkeypatch.setattr(ending, "end", beaten)
    page = as_member.post(f"/en{END}", {"state": "stopped", "outcome": "Min tekst"})

    assert "has ended meanwhile" in page.content.decode()
    assert "Min tekst" in page.content.decode()
    led.refresh_from_db()
    assert led.outcome == "Først"
