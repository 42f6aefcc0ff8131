"""The figures as data: those from outside, goals, and the numbers of years that are kept."""

from typing import Any

from django.test import Client
from django.utils import timezone

from taskforce.results.models import KeptYear
from taskforce.results.outside import shown
from tests.factories import make_figure, make_goal

YEAR = 2024
COUNTED = {
    "prioriterede": {"number": "4", "rows": 4, "is_example": False},
    "prioriterede-med-indsats": {"number": "3", "rows": 3, "is_example": False},
    "dage-til-svar": {"number": "12.5", "rows": 2, "is_example": True},
    "talt-engang": {"number": "1", "rows": 1, "is_example": False},
}


def rows(client: Client, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/data/{name}.json").json()["rows"]
    return found


def test_figure_is_told_with_its_source_once_it_is_published(client: Client, db: None):
    figure = make_figure("Job i alt", reported=3, asked=8)
    make_figure("Kladde", published_at=None)

    (row,) = rows(client, "figures")

    assert (row["id"], row["what"], row["number"], row["unit"]) == (
        *(figure.pk, "Job i alt", 80),
        "job",
    )
    assert (row["known"], row["source"], row["reported"], row["asked"]) == (
        *("counted", "En rapport"),
        *(3, 8),
    )
    assert row["from_on"] == str(figure.from_on)
    assert row["address"].endswith(f"/resultater/#tal-{figure.pk}")


def test_goal_is_told_with_each_change_and_a_draft_is_not(client: Client, db: None):
    goal, draft = make_goal("Hundrede job"), make_goal("Kladde", published_at=None)
    due = timezone.localdate()
    goal.steps.create(kind="changed", number=80, due_on=due, reason="Det gik langsommere.")

    told = [(row["goal"], row["kind"], row["number"]) for row in rows(client, "goals")]

    assert draft.steps.exists()
    assert told == [(goal.pk, "set", 100), (goal.pk, "changed", 80)]


def test_number_of_a_kept_year_says_of_how_many_and_what_was_wrong(client: Client, db: None):
    outside = shown(make_figure("Job i alt", reported=3, asked=8)).kept()
    told = {"unit": "job", "number": 80, "cases": 2, "organisations": 2, "is_example": False}
    known = {"counted": COUNTED, "told": [told], "outside": [outside]}
    kept = KeptYear.objects.create(year=YEAR, behind={"members": 14}, **known)
    kept.notes.create(text="Et møde for meget.")

    found = rows(client, "years")

    assert [(row["what"], row["number"], row["n"], row["of"]) for row in found] == [
        ("dage fra rejst til svar", 12.5, None, None),
        ("barrierer prioriteret af medlemmerne", 4, None, None),
        ("prioriterede barrierer har en indsats", 3, 3, 4),
        ("talt-engang", 1, None, None),
        ("job", 80, 2, 14),
        ("Job i alt", 80, 3, 8),
    ]
    assert {row["known"] for row in found} == {"counted", "reported"}
    assert [row["is_example"] for row in found] == [True, *[False] * 5]
    assert {(row["year"], row["from_on"]) for row in found[:5]} == {(YEAR, f"{YEAR}-01-01")}
    assert found[5]["from_on"] == outside["from_on"]
    assert {*found[0]["corrections"]} == {f"{timezone.localdate()}: Et møde for meget."}
    assert len({row["id"] for row in found}) == 6


def test_number_of_a_kept_year_is_found_by_its_id(client: Client, db: None):
    KeptYear.objects.create(year=YEAR, counted=COUNTED)
    first, *_ = rows(client, "years")

    assert client.get(f"/api/v1/years/{first['id']}/").json() == first
