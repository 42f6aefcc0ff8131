"""The lead is asked once about a review date that has passed; pages show it until it is moved."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from initiatives.models import Initiative
from initiatives.work.reviewing import of_reviews
from taskforce.following.reminding import remind_due
from taskforce.following.tasks import send_reminders
from tests.conftest import LogIn, Mailbox
from tests.factories import make_initiative, make_member, make_organisation, make_secretary
from tests.initiatives.work.starts import DAY, days_ahead, today
from tests.racing import at_once


def ask(days_from_now: int = 0) -> int:
    return remind_due(of_reviews, timezone.now() + days_from_now * DAY)


def overdue(**fields: object) -> Initiative:
    return make_initiative("Guide", **({"review_on": today() - DAY, "state": "running"} | fields))


def test_each_member_of_the_lead_is_asked_once(mailbox: Mailbox):
    lead = make_organisation("Odense")
    people = [make_member(lead) for _ in range(2)]
    make_member(lead, to_date=today())
    make_member()
    overdue(lead=lead)

    for _ in range(3):
        send_reminders(timestamp=0)

    letters = mailbox.letters
    assert sorted(letter["to"] for letter in letters) == sorted(p.user.email for p in people)
    text = letters[0].get_content()
    assert "/indsatser/guide/fremdrift/" in text
    assert "/indsatser/guide/afslut/" in text
    assert "Guide" in letters[0]["subject"]


@pytest.mark.parametrize(
    "fields",
    [
        {"review_on": None},
        {"review_on": today()},
        {"review_on": today() + DAY},
        {"state": "done"},
        {"state": "stopped"},
    ],
)
def test_nobody_is_asked_before_the_date_or_after_the_end(mailbox: Mailbox, fields):
    initiative = overdue(lead=make_member().organisation, **fields)

    assert ask() == 0
    assert mailbox.letters == []
    assert not initiative.is_past_review


def test_worker_that_was_away_a_week_asks_once_about_each(mailbox: Mailbox):
    lead = make_member().organisation
    for days in (1, 3, 40):
        overdue(lead=lead, review_on=today() - days * DAY)

    assert [ask(), ask(), ask(7)] == [3, 0, 0]
    assert len(mailbox.letters) == 3


def test_two_workers_ask_once(mailbox: Mailbox):
    overdue(lead=make_member().organisation)

    assert sorted(at_once(ask, ask, ask)) == [0, 0, 1]
    assert len(mailbox.letters) == 1


def test_new_date_that_passes_is_asked_about_too(mailbox: Mailbox, as_member: Client, member):
    overdue(lead=member.organisation)
    ask()
    as_member.post("/indsatser/guide/fremdrift/", {"text": "Godt", "review_on": days_ahead(10)})

    assert [ask(), ask(10), ask(11), ask(12)] == [0, 0, 1, 0]
    assert len(mailbox.letters) == 2


def test_secretariat_is_asked_where_the_lead_has_no_members(mailbox: Mailbox):
    overdue(lead=make_organisation())

    ask()

    assert [letter["to"] for letter in mailbox.letters] == [settings.SECRETARIAT_EMAIL]


def test_asking_makes_no_new_version(db, member):
    initiative = overdue(lead=member.organisation)
    ask()

    initiative.refresh_from_db()
    assert initiative.version == 1


def test_edit_saved_after_asking_does_not_ask_again(db, member):
    """The form writes its own columns and no other."""
    from initiatives.work.forms import InitiativeForm
    from tests.factories import make_barrier

    found = overdue(lead=member.organisation)
    sent = {
        "title": "Guide",
        "goal": "x",
        "measure": "x",
        "against": [make_barrier().pk],
        "review_on": str(found.review_on),
        "reach": "group",
        "version": 1,
    }
    form = InitiativeForm(sent, instance=found, by=member)
    assert form.is_valid(), form.errors
    assert ask() == 1

    form.save_current()
    assert ask() == 0


# Where it shows


def shows(browser: Client, path: str) -> bool:
    """Tell whether a page says so, or has it among the tasks of who is logged in."""
    page = browser.get(f"/en{path}")
    tasks = {task.title for task in page.context.get("tasks", [])}
    return "To be looked at again" in page.content.decode() or "Guide" in tasks


def test_pages_show_an_overdue_review_until_it_is_moved(client, as_member, member, log_in: LogIn):
    initiative = overdue(lead=member.organisation)
    secretary = log_in(make_secretary())
    places = [
        (client, "/indsatser/guide/"),
        (client, "/indsatser/"),
        (client, "/indsatser/?vis=liste"),
        (as_member, "/min-side/"),
        (secretary, "/sekretariat/"),
    ]
    assert [shows(*place) for place in places] == [True] * 5
    assert "Tell how it goes and set a new day" in (
        as_member.get("/en/indsatser/guide/").content.decode()
    )

    as_member.post("/indsatser/guide/fremdrift/", {"text": "Uden ny dag"})
    assert [shows(*place) for place in places] == [True] * 5
    as_member.post("/indsatser/guide/fremdrift/", {"text": "Ny dag", "review_on": days_ahead(9)})

    assert [shows(*place) for place in places] == [False] * 5
    initiative.refresh_from_db()
    assert str(initiative.review_on) == days_ahead(9)


def test_form_suggests_a_new_date_only_where_it_has_passed(as_member, member):
    initiative = overdue(lead=member.organisation)

    def proposed() -> object:
        form = as_member.get("/indsatser/guide/fremdrift/").context["form"]
        return form["review_on"].value()

    assert proposed() == today() + timedelta(days=91)
    Initiative.objects.filter(pk=initiative.pk).update(review_on=today() + DAY)
    assert proposed() is None


def test_desk_shows_the_longest_overdue_first(log_in: LogIn, db):
    later, first = (overdue(review_on=today() - days * DAY) for days in (2, 9))
    overdue(state="done")

    page = log_in(make_secretary()).get("/sekretariat/")

    assert [*page.context["to_look_at"]] == [first, later]


def test_my_page_shows_own_initiatives_that_have_not_ended(as_member, member):
    led = overdue(lead=member.organisation)
    joined = make_initiative("Vi er med", state="running")
    joined.participations.create(organisation=member.organisation)
    make_initiative("Andres", state="running")
    make_initiative("Slut", lead=member.organisation, state="done")

    rows = as_member.get("/min-side/").context["initiatives"]

    assert [(row["title"], row["leads"]) for row in rows] == [
        (led.title, True),
        (joined.title, False),
    ]
