"""The front page: right with nothing, with the demonstration and with much of everything."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from barriers.models import BarrierState
from meetings.models import MeetingState
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.front import pages
from tests.factories import (
    count_with,
    make_barrier,
    make_call,
    make_case,
    make_initiative,
    make_meeting,
    make_organisation,
    make_round,
    make_secretary,
)
from tests.front.front_pages import check, main_of


@pytest.fixture
def demonstration(db: None, settings: Any) -> None:
    settings.DEMO = True
    call_command("load_example", activity=True, verbosity=0)


def test_front_with_nothing_says_what_it_is_and_what_to_do(client: Client, db: None):
    main = main_of(client)

    assert check(main) == [
        "Det første møde er ved at blive planlagt",
        "Hvad vil det sige at købe socialt?",
        "Fra barriere til løsning",
        "Vil I være med?",
    ]
    assert [one.text_content() for one in main.find_class("button")[:2]] == [
        "Bliv medlem",
        "Se, hvordan vi arbejder",
    ]
    assert len(main.find_class("yet")) == 5


def test_front_of_the_demonstration_shows_every_section(client: Client, demonstration: None):
    main = main_of(client)

    assert check(main) == [
        "Eksempel: 6. møde",
        "Hvad vil det sige at købe socialt?",
        "Det har medlemmerne opnået",
        "Fra barriere til løsning",
        "Det vil medlemmerne have løst først",
        "Det kan lade sig gøre",
        "Nyt fra taskforcen",
        "Det arbejder vi på",
        "20 organisationer er med",
        "Vil I være med?",
    ]
    assert not main.find_class("yet")
    figures = [" ".join(one.text_content().split()) for one in main.find_class("figure")]
    assert figures == [
        "80 job til mennesker i udsatte positioner Oplyst af Odense Kommune, november 2022",
        "1 indsats gennemført 1 er i gang, 1 er foreslået · Opdigtet eksempel",
        "Ingen endnu barrierer løst Vi kender 8 og arbejder på 2 af dem",
        "Ingen endnu EU-midler bevilget 1 konsortium er ved at søge · Opdigtet eksempel",
    ]


@pytest.mark.parametrize(("made", "shown"), [(1, 1), (2, 2), (3, 3), (5, 3), (7, 6)])
def test_cases_fill_their_rows(client: Client, db: None, made: int, shown: int):
    for _number in range(made):
        make_case()

    assert len(client.get("/").context["cases"]) == shown


def test_front_before_a_ranking_shows_the_newest_barriers(client: Client, db: None):
    make_barrier("First")
    main = main_of(client, "/en/")

    assert "The first barrier" in check(main)
    assert "ranking" not in client.get("/").context


def test_front_tells_the_round_that_is_open_then_the_one_that_is_counted(
    client: Client, db: None, time_machine: Any
):
    time_machine.move_to("2026-11-30 12:00+01:00")
    barrier = make_barrier()
    running = make_round(barrier, closes_at=timezone.now() + timedelta(days=2))

    def told() -> tuple[str, str]:
        step = client.get("/en/").context["path"][1]
        return step.now, step.url

    assert told() == ("Round open until 2 December", f"/en{running.get_absolute_url()}")

    count_with(running, barrier)
    assert told() == ("Counted in November 2026", f"/en{running.get_absolute_url()}")


def test_front_tells_which_barriers_got_no_points(client: Client, db: None):
    first, *others = (make_barrier() for _ in range(3))
    count_with(make_round(first, *others, ballot_size=1), first)

    page = client.get("/en/")

    assert page.context["pointless"] == 2
    assert "2 other barriers got no points in this round." in page.content.decode()


def test_front_tells_the_next_deadline_of_open_calls(client: Client, db: None, time_machine: Any):
    time_machine.move_to("2026-11-30 12:00+01:00")
    for days in (34, 3, -3):
        make_call(day=timezone.localdate() + timedelta(days=days))

    assert client.get("/en/").context["path"][4].now == "2 open calls, deadline 3 December"


def test_front_counts_initiatives_and_barriers_by_state(client: Client, db: None):
    make_initiative(state="running")
    make_initiative(state="proposed")
    make_barrier(state=BarrierState.RESOLVED, resolved_on=timezone.localdate(), answer="Gone")
    make_barrier()

    told = [step.now for step in client.get("/en/").context["path"]]

    assert (told[0], told[2]) == ("1 open, 1 resolved", "1 running, 1 proposed")


def test_ways_show_the_newest_real_case_of_each_kind(client: Client, db: None):
    for words in ("Old", "New"):
        make_case(kind="direct", achieved=words)
    make_case(kind="direct", achieved="Invented", is_example=True)
    make_case(kind="tender", achieved="")

    found = client.get("/").context["ways"]

    assert {kind: row["achieved"] for kind, row in found.items()} == {"direct": "New"}


def test_news_tells_each_thing_once_and_leaves_small_changes_out(client: Client, db: None):
    barrier, call = make_barrier("Barrier"), make_call("Call")
    for verb in (Verb.ADDED, Verb.CHANGED, Verb.RESOLVED):
        record(verb, barrier, by=None)
    record(Verb.ADDED, call, by=None)

    told = [(entry.title, entry.verb) for entry in client.get("/").context["news"]]

    assert told == [("Call", str(Verb.ADDED.label)), ("Barrier", str(Verb.RESOLVED.label))]


def test_wall_has_another_turn_every_day(client: Client, db: None, time_machine: Any):
    for _number in range(2 * pages.WALL):
        make_organisation()
    make_organisation("Partner", in_taskforce=False)
    shown = []
    for day in ("2026-11-30", "2026-11-30", "2026-12-01"):
        time_machine.move_to(f"{day} 12:00+01:00")
        shown.append([row["name"] for row in client.get("/").context["wall"]])

    assert shown[0] == shown[1] != shown[2]
    assert len(shown[0]) == pages.WALL


def test_members_are_led_to_what_waits_for_them(as_member: Client):
    (link,) = main_of(as_member).xpath(".//a[@class='button']")

    assert (link.text_content(), link.get("href")) == ("Se, hvad der venter på dig", "/min-side/")


def test_front_names_the_secretariat(client: Client, db: None):
    secretary = make_secretary(organisation=make_organisation("Huset"))

    assert client.get("/").context["secretariat"] == secretary.organisation


def test_front_without_a_coming_meeting_leads_to_earlier_ones(client: Client, db: None):
    make_meeting(3, state=MeetingState.HELD, date=timezone.localdate() - timedelta(days=9))

    text = client.get("/en/").content.decode()

    assert "No day is set yet" in text
    assert "See earlier meetings" in text
