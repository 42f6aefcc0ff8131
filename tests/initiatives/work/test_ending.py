"""An initiative ends with its outcome, and can run again."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from barriers.models import BarrierState
from initiatives.models import Initiative
from initiatives.work import ending
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Member
from tests.conftest import LogIn
from tests.factories import make_barrier, make_initiative, make_member, make_secretary
from tests.initiatives.work.starts import today
from tests.racing import at_once
from tests.refusing import answers, refused

HERE = "/indsatser/guide/"
END, AGAIN = f"{HERE}afslut/", f"{HERE}genaabn/"


@pytest.fixture
def led(member: Member) -> Initiative:
    return make_initiative("Guide", lead=member.organisation, state="running")


def test_lead_ends_an_initiative_with_its_outcome(as_member, led, client):
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
def test_form_needs_a_state_and_an_outcome(as_member, led, typed, field):
    page = as_member.post(END, {"state": "stopped", "outcome": "Min tekst", **typed})

    assert list(page.context["form"].errors) == [field]
    assert typed.get("outcome", "Min tekst") in page.content.decode()
    led.refresh_from_db()
    assert led.is_under_way


def test_initiative_runs_again_and_keeps_its_updates(as_member, member, led):
    Initiative.objects.update(review_on=today() - timedelta(days=4))
    ending.end(initiative=led, state="stopped", outcome="Ingen tid", by=member)

    assert as_member.post(AGAIN).url == HERE

    led.refresh_from_db()
    assert (led.state, led.outcome, led.ended_on, led.review_on) == ("running", "", None, None)
    assert [update.text for update in led.updates.all()] == ["Ingen tid"]
    told = Activity.objects.order_by("pk").values_list("verb", flat=True)
    assert [*told] == [Verb.CLOSED, Verb.OPENED]


def test_open_again_keeps_a_review_date_ahead(member, led):
    Initiative.objects.update(review_on=today())
    ending.end(initiative=led, state="done", outcome="Ja", by=member)
    ending.open_again(initiative=led, by=member)

    led.refresh_from_db()
    assert led.review_on == today()


def test_nobody_but_lead_and_secretariat_ends_or_opens(client: Client, log_in: LogIn, led):
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
    assert browser.get(END).url == HERE  # it has ended
    browser.post(AGAIN)
    assert browser.get(AGAIN).status_code == 405

    led.refresh_from_db()
    assert led.state == "running"


def test_page_refuses_to_open_what_runs(as_member, led):
    page = as_member.post(f"/en{AGAIN}", follow=True)

    assert "The initiative runs already." in page.content.decode()
    assert not Activity.objects.exists()


def test_end_twice_at_once_ends_once(transactional_db):
    by = make_member()
    led = make_initiative(lead=by.organisation, state="running")

    end = partial(ending.end, initiative=led, by=by)
    acts = [partial(end, state=state, outcome=state) for state in ("done", "stopped")]
    assert answers(at_once(*acts)) == ["Initiative", "Refused"]

    led.refresh_from_db()
    assert led.state == led.outcome == led.updates.get().text
    assert Activity.objects.filter(verb=Verb.CLOSED).count() == 1


def test_page_keeps_the_text_where_somebody_ended_first(as_member, member, led, monkeypatch):
    """Somebody ends it between the page that was found and the lock that is taken."""
    end = ending.end

    def beaten(**told):
        end(initiative=led, state="done", outcome="Først", by=member)
        return end(**told)

    monkeypatch.setattr(ending, "end", beaten)
    page = as_member.post(f"/en{END}", {"state": "stopped", "outcome": "Min tekst"})

    assert "has ended in the meantime" in page.content.decode()
    assert "Min tekst" in page.content.decode()
    led.refresh_from_db()
    assert led.outcome == "Først"


# The acts


@pytest.mark.parametrize(("state", "percent"), [("done", 100), ("stopped", None)])
def test_end_saves_the_outcome_as_the_last_update_and_lets_barriers_go(led, member, state, percent):
    barrier = make_barrier(state=BarrierState.ADDRESSED)
    led.barriers.add(barrier)

    found = ending.end(initiative=led, state=state, outcome="Ti nye købere", by=member)

    led.refresh_from_db()
    barrier.refresh_from_db()
    assert found == led
    assert (led.state, led.outcome, led.ended_on) == (state, "Ti nye købere", today())
    assert (led.version, barrier.state) == (2, BarrierState.OPEN)
    update = led.updates.get()
    assert (update.organisation, update.text) == (member.organisation, "Ti nye købere")
    assert (update.state, update.percent) == (state, percent)
    verbs = Activity.objects.filter(target_type__model="initiative").values_list("verb", flat=True)
    assert [*verbs] == [Verb.CLOSED]


def test_end_refuses_what_has_ended(led, member):
    ending.end(initiative=led, state="done", outcome="Først", by=member)

    with refused("The initiative has ended in the meantime. Nothing was changed."):
        ending.end(initiative=led, state="stopped", outcome="Siden", by=member)

    led.refresh_from_db()
    assert (led.state, led.outcome) == ("done", "Først")


def test_open_again_lets_barriers_follow(led, member):
    barrier = make_barrier()
    led.barriers.add(barrier)
    ending.end(initiative=led, state="done", outcome="Ja", by=member)

    assert ending.open_again(initiative=led, by=member) == led

    led.refresh_from_db()
    barrier.refresh_from_db()
    assert (led.state, led.version, barrier.state) == ("running", 3, BarrierState.ADDRESSED)


def test_open_again_without_a_review_date(led, member):
    ending.end(initiative=led, state="done", outcome="Ja", by=member)

    assert ending.open_again(initiative=led, by=member).review_on is None


def test_open_again_refuses_what_runs(led, member):
    with refused("The initiative runs already."):
        ending.open_again(initiative=led, by=member)

    assert not Activity.objects.exists()
