"""The result of a round as a sheet."""

import csv
import io

import pytest

from barriers.models import Barrier
from taskforce.core.text import clean
from taskforce.members.models import Kind
from tests.barriers.rounds.rounds import COMPANIES, MUNICIPALITIES, hold, three
from tests.factories import (
    make_barrier,
    make_round,
)


@pytest.fixture
def barriers(db: None) -> list[Barrier]:
    return [make_barrier(title) for title in ("Alpha", "Beta", "Gamma", "Aarhus", "Økonomi")]


def test_sheet_has_a_column_for_each_group(client, barriers):
    hold("Vote", barriers, *MUNICIPALITIES, *COMPANIES)

    answer = client.get("/en/prioritering/vote/resultat.csv")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vote.csv"'
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    lines = [*csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")]
    assert lines[0][:4] == ["Rank", "Barrier", "Points", "Chosen by"]
    assert lines[0][-2:] == ["Municipality (3)", "Private company (3)"]
    assert lines[1] == ["1", "Beta", "12", "6", "", "6", "6"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", " =", "\r"])
def test_no_cell_runs_as_a_formula(client, db, start: str):
    barriers = [make_barrier(f"{start}1+1"), make_barrier("b")]
    hold("Vote", barriers, *three(Kind.COMPANY, [0]))

    text = client.get("/prioritering/vote/resultat.csv").content.decode("utf-8-sig")

    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert f"'{clean(start)}1+1" in [cell for line in lines for cell in line]


def test_heading_marks_example_figures(client, barriers):
    hold("Vote", barriers, *three(Kind.COMPANY, [0]), is_example=True)

    assert "Eksempeltal" in client.get("/prioritering/vote/resultat.csv").content.decode()


def test_open_round_has_no_sheet(as_secretary):
    make_round(make_barrier(), title="Vote")

    assert as_secretary.get("/prioritering/vote/resultat.csv").status_code == 404
