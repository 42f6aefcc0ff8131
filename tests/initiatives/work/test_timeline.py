"""The timeline: bars, milestones and today at their positions, and the same as text."""

import re
from datetime import date

import pytest

from initiatives.models import Initiative, InitiativeUpdate
from initiatives.work import board, timeline
from tests.factories import make_initiative, make_milestone


def drawn(*initiatives: Initiative, on: date) -> timeline.Picture:
    rows = [*board.rows(Initiative.objects.filter(pk__in=[each.pk for each in initiatives]))]
    milestones = [milestone for each in initiatives for milestone in each.milestones.all()]
    picture = timeline.picture([board.ready(row, on) for row in rows], milestones, on)
    assert picture is not None
    return picture


def share(place: str) -> float:
    return float(place.removesuffix("%"))


def test_bar_runs_from_start_to_due_date_with_milestones_and_today(db):
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


def test_timeline_is_written_as_text_too(client, db):
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
def test_any_dates_stay_within_the_timeline(db, fields):
    picture = drawn(make_initiative(**fields), on=date(2026, 6, 1))

    places = [picture.today, *(tick.x for tick in picture.ticks)]
    places += [part for line in picture.lines for part in (line.x, line.width, line.done)]
    assert all(0 <= share(place) <= 100 for place in places)


def test_initiatives_without_dates_have_no_timeline(client, db):
    make_initiative("Guide")

    page = client.get("/en/indsatser/?vis=tidslinje")

    assert page.context["picture"] is None
    assert "None of them has a date." in page.content.decode()
    assert client.get("/indsatser/guide/").status_code == 200
