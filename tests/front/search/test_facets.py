"""What the hits can be narrowed by, counted under the viewer's rights."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from barriers.models import BarrierState
from tests.factories import make_barrier, make_initiative, make_organisation, make_theme


@pytest.fixture
def hits(db: None) -> Any:
    first, second = make_theme("Kapital"), make_theme("Regler")
    home = make_organisation("Hjemme")
    one = make_barrier("Klang et", theme=first, raised_by=home, raised_on="2022-05-01")
    make_barrier("Klang to", theme=second, raised_on="2024-05-01")
    make_barrier("Klang skjult", theme=second, hidden_at=timezone.now(), raised_on="2024-05-02")
    make_barrier(
        "Klang løst",
        theme=second,
        state=BarrierState.RESOLVED,
        resolved_on="2024-06-01",
        answer="Sådan",
        raised_on="2024-05-03",
    )
    make_initiative("Klang for alle").barriers.add(one)
    return first, second, home


def counts(browser: Client, name: str, **chosen: Any) -> dict[str, int]:
    facets = browser.get("/en/soeg/", {"q": "klang", **chosen}).context["facets"]
    found = next((facet.choices for facet in facets if facet.name == name), [])
    return {str(choice.label): choice.count for choice in found}


def test_counts_are_of_what_the_viewer_may_see(client, hits, as_secretary: Client):
    assert counts(client, "slags") == {"Barriers": 3, "Initiatives": 1}
    assert counts(as_secretary, "slags") == {"Barriers": 4, "Initiatives": 1}
    assert counts(client, "tema") == {"Kapital": 2, "Regler": 2}


def test_a_choice_narrows_the_hits_and_the_other_counts(client, hits):
    _first, second, _home = hits
    page = client.get("/soeg/", {"q": "klang", "slags": "barriere", "tema": second.pk})

    assert {hit.title for hit in page.context["hits"]} == {"Klang to", "Klang løst"}
    assert counts(client, "tilstand", tema=second.pk) == {"Open": 1, "Resolved": 1}
    assert counts(client, "tema", tema=second.pk) == {"Kapital": 2, "Regler": 2}


def test_a_chosen_value_is_taken_off_by_its_own_link(client, hits):
    facets = client.get("/soeg/", {"q": "klang", "aar": "2022"}).context["facets"]
    (year,) = [choice for facet in facets for choice in facet.choices if choice.is_chosen]

    assert (year.label, year.url) == ("2022", "?q=klang")


@pytest.mark.parametrize("value", ["x", "9" * 30, "-1", "🙂"])
def test_a_value_that_is_none_finds_nothing_or_all_and_no_fault(client, hits, value: str):
    for name in ("slags", "tema", "aar", "tilstand", "organisation", "side"):
        assert client.get("/soeg/", {"q": "klang", name: value}).status_code == 200
