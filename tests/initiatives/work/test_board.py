"""The board and the timeline: what stands where, filters that stay in the address, paging."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from initiatives.models import Initiative, InitiativeUpdate
from initiatives.work import board, timeline
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


def test_what_runs_comes_first_and_of_it_what_is_due_first(client, db):
    make_initiative("Slut", state="stopped")
    make_initiative("Engang", state="running")
    make_initiative("Snart", state="running", due_on=today() + DAY)
    make_initiative("Foreslået", due_on=today())

    rows = client.get("/indsatser/").context["rows"]

    assert [row["title"] for row in rows] == ["Snart", "Engang", "Foreslået", "Slut"]


def test_card_tells_how_far_it_is_and_what_comes_next(client, db):
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


def test_filters_stand_in_the_address(client, as_member, member):
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


def test_only_the_column_that_is_asked_for_shows(client, db):
    make_initiative("Guide", state="running")

    columns = client.get("/indsatser/?status=running").context["columns"]

    assert [column["state"] for column in columns] == ["running"]


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
def test_nonsense_in_the_address_is_said_at_its_field(client, db, query, field):
    make_initiative("Guide")

    page = client.get(f"/indsatser/{query}")

    assert page.status_code == 200
    assert list(page.context["filters"].form.errors) == [field]


def test_hidden_barrier_is_no_choice_of_the_filter(client, as_secretary):
    hidden = make_barrier("Hemmelig", hidden_at="2026-01-01T00:00Z")
    make_initiative("Guide").barriers.add(hidden)

    for look in ("", "?vis=tidslinje", "guide/"):
        assert "Hemmelig" not in client.get(f"/indsatser/{look}").content.decode()
    assert "Hemmelig" in as_secretary.get("/indsatser/").content.decode()


@pytest.mark.parametrize("look", ["", "&vis=tidslinje"])
def test_pages_hold_25(client, db, look):
    for number in range(27):
        make_initiative(f"Nr. {number}", starts_on=today(), state="running")

    first = client.get(f"/indsatser/?q=Nr{look}")
    second = client.get(f"/indsatser/{first.context['page'].later}")

    assert [len(page.context["rows"]) for page in (first, second)] == [25, 2]
    assert ("vis=tidslinje" in first.context["page"].later) == bool(look)
    assert ("picture" in second.context) == bool(look)


def test_looks_keep_the_filters_and_the_page(client, db):
    make_initiative("Guide")

    page = client.get("/indsatser/?q=guide&side=2").content.decode()
    assert 'href="/indsatser/?q=guide&amp;side=2&amp;vis=tidslinje"' in page
    page = client.get("/indsatser/?q=guide&vis=tidslinje").content.decode()
    assert 'href="/indsatser/?q=guide"' in page
    assert '<input type="hidden" name="vis" value="tidslinje">' in page


def test_empty_board_says_so(client, db):
    assert "No initiative has begun yet." in client.get("/en/indsatser/").content.decode()
    assert "No initiative matches." in client.get("/en/indsatser/?q=x").content.decode()


# The timeline


def drawn(*initiatives: Initiative, on: date) -> timeline.Picture:
    rows = [*board.rows(Initiative.objects.filter(pk__in=[each.pk for each in initiatives]))]
    milestones = [milestone for each in initiatives for milestone in each.milestones.all()]
    picture = timeline.picture([board.ready(row, on) for row in rows], milestones, on)
    assert picture is not None
    return picture


def share(place: str) -> float:
    return float(place.removesuffix("%"))


def test_bar_reaches_from_start_to_due_with_milestones_and_today_between(db):
    initiative = make_initiative(
        state="running", starts_on=date(2030, 1, 1), due_on=date(2030, 12, 31)
    )
    make_milestone(initiative, "Nået", due_on=date(2030, 3, 1), done_on=date(2030, 3, 2))
    make_milestone(initiative, "Sen", due_on=date(2030, 4, 1))
    make_milestone(initiative, "Foran", due_on=date(2030, 9, 1))
    InitiativeUpdate.objects.create(
        initiative=initiative, organisation=initiative.lead, text="x", percent=50
    )

    picture = drawn(initiative, on=date(2030, 7, 2))

    (line,) = picture.lines
    assert share(line.x) == 0
    assert 95 < share(line.width) <= 100
    assert share(line.done) == pytest.approx(share(line.width) / 2, abs=0.01)
    assert 48 < share(picture.today) < 51
    assert [mark.kind for mark in line.marks] == ["done", "late", "ahead"]
    places = [share(mark.x) for mark in line.marks]
    assert places == sorted(places)
    # Months evenly apart; one at the very edge would be cut off.
    apart = [share(tick.x) for tick in picture.ticks]
    assert apart[0] == 0
    assert 3 <= len(apart) <= timeline.TICKS
    assert apart[-1] <= 85


def test_the_same_stands_in_words(client, db):
    initiative = make_initiative(
        "Guide", state="running", starts_on=date(2030, 1, 1), due_on=date(2031, 1, 2)
    )
    make_milestone(initiative, "Vi mødes", due_on=date(2030, 3, 1), done_on=date(2030, 3, 1))

    text = client.get("/en/indsatser/?vis=tidslinje").content.decode()

    items = re.findall("<li>.*?</li>", text)
    words = {" ".join(re.sub("<[^>]+>", "", item).split()) for item in items}
    assert words >= {
        "1 January 2030: starts",
        "1 March 2030: Vi mødes (reached)",
        "2 January 2031: is due",
    }
    # Places in the picture have a point in every language.
    danish = client.get("/indsatser/?vis=tidslinje").content.decode()
    assert re.search(r'cx="\d+\.\d\d%"', danish)
    assert not re.search(r'="\d+,\d+%?"', danish)


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_on": date(1, 1, 1), "due_on": date(9999, 12, 31)},
        {"starts_on": date(9999, 12, 31)},
        {"due_on": date(1, 1, 1)},
        {"state": "running", "starts_on": date(2026, 1, 1)},
        {"state": "stopped", "starts_on": date(2030, 1, 1), "ended_on": date(2026, 1, 1)},
        {"state": "done", "ended_on": date(2026, 2, 28)},
    ],
)
def test_any_dates_make_a_picture(db, fields):
    picture = drawn(make_initiative(**fields), on=date(2026, 6, 1))

    places = [picture.today, *(tick.x for tick in picture.ticks)]
    places += [part for line in picture.lines for part in (line.x, line.width, line.done)]
    assert all(0 <= share(place) <= 100 for place in places)


def test_what_has_no_date_has_no_picture(client, db):
    make_initiative("Guide")

    page = client.get("/en/indsatser/?vis=tidslinje")

    assert page.context["picture"] is None
    assert "None of them has a date." in page.content.decode()
    assert client.get("/indsatser/guide/").status_code == 200


# Elsewhere


def test_front_page_shows_what_runs_now_and_barriers_follow(client, db):
    barrier = make_barrier("Krav")
    for title, state in (("Kører", "running"), ("Foreslået", "proposed"), ("Slut", "done")):
        make_initiative(title, state=state).barriers.add(barrier)

    front = client.get("/en/").content.decode()
    page = client.get("/en/barrierer/krav/").content.decode()

    assert "What members do right now" in front
    assert "Kører" in front
    assert "Slut" not in front
    assert "Kører</a> <small>Running</small>" in page
    assert "Slut</a> <small>Done</small>" in page


def test_unknown_initiative_is_not_found(client, db):
    make_member()

    assert client.get("/indsatser/findes-ikke/").status_code == 404
