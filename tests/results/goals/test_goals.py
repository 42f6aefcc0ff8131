"""Goals: the day they were set and every change stay to be read."""

from datetime import date

from django.test import Client

from taskforce.activity.models import TakenBack
from taskforce.results.models import Goal
from tests.factories import make_goal


def test_a_goal_is_set_published_and_changed_in_the_open(
    as_secretary: Client, client: Client, db: None
):
    typed = {"what": "Flere job", "unit": "job", "number": "1.000", "due_on": "31/12-2027"}
    page = as_secretary.post("/sekretariat/resultater/maal/nyt/", typed).url
    assert "Flere job" not in client.get("/resultater/").content.decode()
    as_secretary.post(f"{page}udgiv/")
    step = {
        "kind": "changed",
        "number": "800",
        "due_on": "2028-12-31",
        "reason": "Det går trægt.",
    }

    as_secretary.post(page, {**step, "version": Goal.objects.get().version})

    shown = client.get("/en/resultater/").content.decode()
    for words in ("Flere job", "1,000", "31 December 2027", "800", "Det går trægt."):
        assert words in shown


def test_a_change_needs_its_reason(as_secretary: Client, db: None):
    goal = make_goal()
    typed = {"kind": "missed", "number": "40", "due_on": "2027-01-01", "version": goal.version}

    page = as_secretary.post(f"/sekretariat/resultater/maal/{goal.pk}/", typed)

    assert [*page.context["form"].errors] == ["reason"]
    assert goal.steps.count() == 1


def test_whoever_changes_it_second_is_told(as_secretary: Client, db: None):
    goal = make_goal()
    Goal.objects.update(version=7)
    typed = {"kind": "reached", "number": "9", "due_on": date(2027, 1, 1), "reason": "Nået."}
    path = f"/sekretariat/resultater/maal/{goal.pk}/"

    page = as_secretary.post(path, {**typed, "version": 1})
    assert (page.status_code, goal.steps.count()) == (200, 1)

    as_secretary.post(path, {**typed, "version": page.context["form"]["version"].value()})
    assert [step.kind for step in goal.steps.all()] == ["set", "reached"]


def test_publishing_twice_says_that_it_is(as_secretary: Client, db: None):
    goal = make_goal(published_at=None)
    paths = [f"/sekretariat/resultater/maal/{goal.pk}/udgiv/"] * 2

    answers = [as_secretary.post(path, follow=True) for path in paths]

    said = [[str(words) for words in answer.context["messages"]] for answer in answers]
    assert said == [["Målet er offentligt."], ["Målet er allerede offentliggjort."]]


def test_taken_back_it_shows_no_more(as_secretary: Client, client: Client, db: None):
    goal = make_goal("Et mål")
    as_secretary.post(
        f"/sekretariat/resultater/maal/{goal.pk}/tag-tilbage/", {"reason": "Ikke aftalt."}
    )

    assert "Et mål" not in client.get("/resultater/").content.decode()
    assert TakenBack.objects.get().reason == "Ikke aftalt."
