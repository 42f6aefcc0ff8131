"""A barrier is found by the words of the doubles that were merged into it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from barriers.models import Barrier, BarrierState
from barriers.register import similar
from tests.factories import make_barrier, make_minutes, make_theme

MERGED = {"state": BarrierState.MERGED}


@pytest.fixture
def kept(db: None) -> Barrier:
    kept = make_barrier("Udbud er for store", theme=make_theme("Lov"))
    words = "Små virksomheder kan ikke byde på rammeaftaler."
    make_barrier("Kontrakterne er kæmpestore", description=words, merged_into=kept, **MERGED)
    make_barrier("Noget andet")
    return kept


def found(browser: Client, words: str) -> list[tuple[str, list[str]]]:
    rows = browser.get("/barrierer/", {"q": words}).context["rows"]
    return [(row["title"], row["found_in"]) for row in rows]


@pytest.mark.parametrize("words", ["kontrakt", "rammeaftale", "små virksomheder"])
def test_register_and_search_find_the_kept_one_and_say_what_was_merged(client, kept, words: str):
    assert found(client, words) == [("Udbud er for store", ["Kontrakterne er kæmpestore"])]
    (hit,) = client.get("/soeg/", {"q": words}).context["hits"]
    assert (hit.title, hit.found_in) == ("Udbud er for store", ("Kontrakterne er kæmpestore",))
    for path in ("/barrierer/", "/soeg/"):
        page = client.get(path, {"q": words}).content.decode()
        assert "Lagt sammen med:" in page
        assert "Kontrakterne er kæmpestore" in page


def test_filters_combine_with_the_words_of_the_merged(client, kept):
    rows = client.get("/barrierer/?q=kontrakt&tema=lov").context["rows"]

    assert [row["title"] for row in rows] == ["Udbud er for store"]
    assert client.get("/barrierer/?q=kontrakt&status=resolved").context["rows"] == []


def test_own_words_say_nothing_of_a_merge(client, kept):
    assert found(client, "udbud") == [("Udbud er for store", [])]
    assert "Lagt sammen med:" not in client.get("/barrierer/?q=udbud").content.decode()


def test_hits_of_own_words_come_before_those_of_none(client, kept):
    make_barrier("Kontrakt")

    titles = [hit.title for hit in client.get("/soeg/?q=kontrakt").context["hits"]]

    assert sorted(titles) == ["Kontrakt", "Udbud er for store"]


@pytest.mark.parametrize("unseen", ["hidden", "in draft minutes"])
def test_words_of_a_double_that_does_not_show_find_nothing(client, as_secretary, kept, unseen):
    double = Barrier.objects.get(merged_into=kept)
    if unseen == "hidden":
        double.hidden_at = timezone.now()
    else:
        double.raised_at = make_minutes().meeting
    double.save()

    for browser in (client, as_secretary):
        assert found(browser, "kontrakt") == []
        assert browser.get("/soeg/?q=kontrakt").context.get("hits", []) == []
    assert similar.to("Kontrakterne er kæmpestore", AnonymousUser()) == []


def test_hidden_kept_barrier_is_not_found_by_the_words_of_its_double(client, kept):
    Barrier.objects.filter(pk=kept.pk).update(hidden_at=timezone.now())

    assert found(client, "kontrakt") == []
    assert similar.to("Kontrakterne er kæmpestore", AnonymousUser()) == []


def test_kept_barrier_is_a_likely_double_of_what_was_merged_into_it(kept):
    likely = similar.to("Kontrakterne er kæmpestore", AnonymousUser(), at_least=similar.LIKELY)

    assert [row["title"] for row in likely] == ["Udbud er for store"]


def test_sheet_of_a_search_has_the_kept_one(client, kept):
    sheet = client.get("/barrierer/barrierer.csv?q=kontrakt").content.decode()

    assert "Udbud er for store" in sheet
