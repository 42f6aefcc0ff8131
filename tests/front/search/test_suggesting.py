"""Suggestions while somebody types."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_barrier, make_meeting, make_organisation


def titles(browser: Client, typed: str) -> list[str]:
    return [one["title"] for one in browser.get("/soeg/forslag/", {"q": typed}).json()["found"]]


def test_what_begins_as_typed_comes_first(client, db):
    make_barrier("Regler for udbud")
    make_organisation("Udbudsrådet")
    make_barrier("Noget andet", description="Om udbud")

    assert titles(client, "udb") == ["Udbudsrådet", "Regler for udbud"]


def test_a_suggestion_says_what_it_is_and_where(client, db):
    make_meeting(3, title="Stormøde")

    assert client.get("/en/soeg/forslag/", {"q": "storm"}).json() == {
        "found": [{"title": "Stormøde", "kind": "Meeting", "url": "/en/moeder/3/"}]
    }


def test_nothing_hidden_is_suggested(client, db, as_secretary: Client):
    make_barrier("Udbud", hidden_at=timezone.now())

    assert (titles(client, "udb"), titles(as_secretary, "udb")) == ([], ["Udbud"])


@pytest.mark.parametrize("typed", ["", "u", "-", "'", '"', "a" * 300])
def test_too_little_or_too_much_suggests_nothing(client, db, typed: str):
    make_barrier("Udbud")

    assert titles(client, typed) == []


def test_only_reading_is_allowed(client, db):
    assert client.post("/soeg/forslag/").status_code == 405
