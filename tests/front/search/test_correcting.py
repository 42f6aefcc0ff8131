"""Misspelt words are corrected to what the viewer may read, and to nothing else."""

import pytest
from django.test import Client
from django.utils import timezone

from taskforce.front.models import KnownWord
from taskforce.front.search import words
from tests.factories import make_attendance, make_barrier, make_meeting, make_organisation


@pytest.fixture
def known(db: None) -> None:
    make_organisation("Odense Kommune")
    make_barrier("Udbuddene er svære", description="Om klausuler og virksomheder")
    make_barrier("Hemmelighedsfuld", hidden_at=timezone.now())
    words.gather()


def told(browser: Client, typed: str, **more: str) -> tuple[str, list[str]]:
    context = browser.get("/soeg/", {"q": typed, **more}).context
    found = context["found"]
    return found.corrected, [hit.title for hit in context["hits"]]


@pytest.mark.parametrize(
    ("typed", "meant", "title"),
    [
        ("Odnese", "Odense", "Odense Kommune"),
        ("klausller", "klausuler", "Udbuddene er svære"),
        ("virksmohedre", "virksomheder", "Udbuddene er svære"),
        ("Odnese kommune", "Odense kommune", "Odense Kommune"),
    ],
)
def test_a_misspelt_word_finds_what_was_meant(client, known, typed: str, meant: str, title: str):
    assert told(client, typed) == (meant, [title])


def test_words_that_a_search_passes_over_are_not_corrected(client, known):
    make_barrier("Nogen mangler noget")
    words.gather()

    assert told(client, "noget om Odnese") == ("noget om Odense", ["Odense Kommune"])


def test_the_page_says_so_and_leads_back(client, known):
    page = client.get("/en/soeg/", {"q": "Odnese"})

    assert "These are hits for “Odense” instead of “Odnese”." in page.content.decode()
    assert page.context["to_the_letter"] == "?q=Odnese&ordret=on"
    assert told(client, "Odnese", ordret="on") == ("", [])


def test_no_correction_tells_of_a_hidden_word(client, known, as_secretary: Client):
    assert KnownWord.objects.filter(word="hemmelighedsfuld").exists()

    assert told(client, "hemmelighedsfudl") == ("", [])
    assert told(as_secretary, "hemmelighedsfudl") == ("hemmelighedsfuld", ["Hemmelighedsfuld"])


def test_names_of_people_are_no_known_words(db):
    make_attendance(make_meeting(), name="Xerxes Navnesen")

    words.gather()

    assert not KnownWord.objects.filter(word__in=["xerxes", "navnesen"]).exists()


def test_words_that_stand_nowhere_any_more_are_forgotten(known):
    make_barrier("Kvantespring").delete()
    words.gather()

    assert not KnownWord.objects.filter(word="kvantespring").exists()


def test_where_nothing_has_all_words_some_are_enough(client, known):
    page = client.get("/en/soeg/", {"q": "klausuler rumraketter"})

    assert "Nothing has all of the words. These have some of them." in page.content.decode()
    assert [hit.title for hit in page.context["hits"]] == ["Udbuddene er svære"]
