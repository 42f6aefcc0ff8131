"""The list of initiatives as a board: order, cards, filters and pages."""

from datetime import timedelta

import pytest
from django.test import Client

from initiatives.models import InitiativeUpdate
from tests.factories import (
    make_barrier,
    make_initiative,
    make_member,
    make_milestone,
    make_organisation,
)
from tests.initiatives.work.starts import today

DAY = timedelta(days=1)


def titles(browser: Client, query: str = "") -> set[str]:
    return {row["title"] for row in browser.get(f"/indsatser/{query}").context["rows"]}


def test_board_has_a_column_for_each_state(client, db):
    for state in ("proposed", "running", "done", "stopped"):
        make_initiative(f"Er {state}", state=state)

    columns = client.get("/indsatser/").context["columns"]

    assert [(column["state"], [row["title"] for row in column["rows"]]) for column in columns] == [
        (state, [f"Er {state}"]) for state in ("proposed", "running", "done", "stopped")
    ]


def test_running_initiatives_come_first_by_due_date(client, db):
    make_initiative("Slut", state="stopped")
    make_initiative("Engang", state="running")
    make_initiative("Snart", state="running", due_on=today() + DAY)
    make_initiative("Foreslået", due_on=today())

    rows = client.get("/indsatser/").context["rows"]

    assert [row["title"] for row in rows] == ["Snart", "Engang", "Foreslået", "Slut"]


def test_card_shows_percentage_and_next_milestone(client, db):
    initiative = make_initiative("Guide", due_on=today() - DAY, state="running")
    for percent in (20, 55, None):
        InitiativeUpdate.objects.create(
            initiative=initiative, organisation=initiative.lead, text="x", percent=percent
        )
    make_milestone(initiative, "Nået", due_on=today() - 9 * DAY, done_on=today())
    make_milestone(initiative, "Senere", due_on=today() + 9 * DAY)
    make_milestone(initiative, "Næste", due_on=today() - DAY)

    (row,) = client.get("/indsatser/").context["rows"]

    assert (row["percent"], row["next_title"], row["next_is_late"]) == (55, "Næste", True)
    assert row["is_late"]


def test_filters_are_in_the_address(client, as_member, member):
    barrier = make_barrier("Krav")
    own = make_initiative("Guide til indkøb", state="running", lead=member.organisation)
    own.barriers.add(barrier)
    joined = make_initiative("Besøgsdag", state="proposed", lead=make_organisation("Anden"))
    joined.participations.create(organisation=member.organisation)
    make_initiative("Andres", state="done", lead=joined.lead)

    everything = {"Guide til indkøb", "Besøgsdag", "Andres"}
    assert titles(client) == everything
    assert titles(client, "?status=running") == {"Guide til indkøb"}
    assert titles(client, "?barriere=krav") == {"Guide til indkøb"}
    assert titles(client, "?leder=anden") == {"Besøgsdag", "Andres"}
    assert titles(client, "?leder=anden&status=done") == {"Andres"}
    assert titles(client, "?q=indkøbene") == {"Guide til indkøb"}
    assert titles(as_member, "?hvis=vores") == {"Guide til indkøb", "Besøgsdag"}
    assert titles(as_member, "?hvis=vores&status=proposed&vis=tidslinje") == {"Besøgsdag"}
    # Strangers have none of their own.
    assert titles(client, "?hvis=vores") == everything
    assert "hvis" not in client.get("/indsatser/").context["filters"].form.fields


def test_filter_by_state_shows_one_column(client, db):
    make_initiative("Guide", state="running")

    columns = client.get("/indsatser/?status=running").context["columns"]

    assert [column["state"] for column in columns] == ["running"]


def test_column_of_stopped_ones_stands_only_where_one_is_stopped(client, db):
    make_initiative("Guide", state="running")

    columns = client.get("/indsatser/").context["columns"]

    assert [column["state"] for column in columns] == ["proposed", "running", "done"]


def test_list_tells_state_lead_and_dates_in_lines(client, db):
    guide = make_initiative("Guide", state="running", due_on=today() - DAY)

    page = client.get("/en/indsatser/?vis=liste&q=guide")

    assert "columns" not in page.context and "picture" not in page.context
    shown = page.content.decode()
    assert '<span class="state half">Running</span>' in shown
    assert guide.lead.name in shown and 'class="state late"' in shown
    assert '<input type="hidden" name="vis" value="liste">' in shown


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?status=x", "status"),
        ("?barriere=x", "barriere"),
        ("?barriere=x%00", "barriere"),
        ("?leder=x", "leder"),
        ("?q=" + "x" * 201, "q"),
    ],
)
def test_nonsense_in_the_address_is_marked(client, db, query, field):
    make_initiative("Guide")

    page = client.get(f"/indsatser/{query}")

    assert page.status_code == 200
    assert list(page.context["filters"].form.errors) == [field]


def test_filter_offers_no_hidden_barrier(client, as_secretary):
    hidden = make_barrier("Hemmelig", hidden_at="2026-01-01T00:00Z")
    make_initiative("Guide").barriers.add(hidden)

    for look in ("", "?vis=tidslinje", "guide/"):
        assert "Hemmelig" not in client.get(f"/indsatser/{look}").content.decode()
    assert "Hemmelig" in as_secretary.get("/indsatser/").content.decode()


@pytest.mark.parametrize("look", ["", "&vis=tidslinje"])
def test_pages_hold_24(client, db, look):
    for number in range(26):
        make_initiative(f"Nr. {number}", starts_on=today(), state="running")

    first = client.get(f"/indsatser/?q=Nr{look}")
    second = client.get(f"/indsatser/{first.context['page'].later}")

    assert [len(page.context["rows"]) for page in (first, second)] == [24, 2]
    assert ("vis=tidslinje" in first.context["page"].later) == bool(look)
    assert ("picture" in second.context) == bool(look)


def test_board_and_timeline_keep_filters_and_page(client, db):
    make_initiative("Guide")

    page = client.get("/indsatser/?q=guide&side=2").content.decode()
    assert 'href="/indsatser/?q=guide&amp;side=2&amp;vis=tidslinje"' in page
    page = client.get("/indsatser/?q=guide&vis=tidslinje").content.decode()
    assert 'href="/indsatser/?q=guide"' in page
    assert '<input type="hidden" name="vis" value="tidslinje">' in page


def test_empty_board_says_so(client, db):
    assert "No initiative has begun yet" in client.get("/en/indsatser/").content.decode()
    assert "No initiative matches." in client.get("/en/indsatser/?q=x").content.decode()


# Elsewhere


def test_front_page_shows_what_runs_now_and_barriers_follow(client, db):
    barrier = make_barrier("Krav")
    for title, state in (("Kører", "running"), ("Foreslået", "proposed"), ("Slut", "done")):
        make_initiative(title, state=state).barriers.add(barrier)

    front = client.get("/en/").content.decode()
    page = " ".join(client.get("/en/barrierer/krav/").content.decode().split())

    assert "Kører" in front
    assert "Slut" not in front
    assert "Kører</a>, running" in page
    assert "Slut</a>, done" in page


def test_unknown_initiative_is_not_found(client, db):
    make_member()

    assert client.get("/indsatser/findes-ikke/").status_code == 404
