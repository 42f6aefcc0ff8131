"""Feeds of everything, of a thing and of a list, as programs read them."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from tests.factories import make_barrier, make_initiative, make_news, make_theme

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/feed/json/{query}")
    assert answer["Content-Type"] == "application/feed+json"
    return [item["title"] for item in answer.json()["items"]]


@pytest.fixture
def happened(db: None) -> dict[str, Any]:
    """A barrier of each of two themes, an initiative on one of them, and news."""
    capital, law = make_theme("Kapital"), make_theme("Lovgivning")
    rows = {
        "loan": make_barrier("No loans", theme=capital, description="Banks say no."),
        "rule": make_barrier("Old rules", theme=law),
        "fund": make_initiative("A fund"),
        "news": make_news("Fresh"),
    }
    rows["fund"].barriers.add(rows["loan"])
    for name in ("loan", "rule", "fund"):
        record(Verb.ADDED, rows[name], by=None)
    record(Verb.PUBLISHED, rows["news"], by=None)
    return {**rows, "capital": capital}


def test_feed_of_everything_has_the_newest_first(client: Client, happened: dict[str, Any]):
    assert titles(client) == [
        "Nyhed: Fresh",
        "Ny indsats: A fund",
        "Ny barriere: Old rules",
        "Ny barriere: No loans",
    ]


def test_atom_and_json_tell_the_same(client: Client, happened: dict[str, Any]):
    query = f"?ting=barrier-{happened['rule'].pk}"
    answer = client.get(f"/feed/atom/{query}")
    feed = ElementTree.fromstring(answer.content)
    (entry,) = feed.findall(f"{ATOM}entry")
    told: Any = client.get(f"/feed/json/{query}").json()
    (item,) = told["items"]

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert entry.findtext(f"{ATOM}id") == item["id"]
    assert entry.findtext(f"{ATOM}title") == item["title"] == "Ny barriere: Old rules"
    assert item["url"] == f"http://localhost:8000{happened['rule'].get_absolute_url()}"
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert (told["language"], told["title"]) == ("da", "Old rules · Buy Social Taskforce Danmark")


def test_feed_of_a_thing_has_what_is_about_it(client: Client, happened: dict[str, Any]):
    loan, capital = happened["loan"], happened["capital"]

    assert "Ny barriere: No loans" in titles(client, f"?ting=barrier-{loan.pk}")
    assert "Ny barriere: Old rules" not in titles(client, f"?ting=barrier-{loan.pk}")
    assert "Ny barriere: No loans" in titles(client, f"?ting=theme-{capital.pk}")
    assert "Ny barriere: Old rules" not in titles(client, f"?ting=theme-{capital.pk}")
    assert titles(client, f"?ting=initiative-{happened['fund'].pk}") == ["Ny indsats: A fund"]


def test_feed_of_a_list_takes_its_filters(client: Client, happened: dict[str, Any]):
    assert titles(client, "?liste=barrierer&tema=kapital") == ["Ny barriere: No loans"]
    assert titles(client, "?liste=barrierer&q=rules") == ["Ny barriere: Old rules"]
    assert titles(client, "?liste=nyt") == ["Nyhed: Fresh"]
    link = client.get("/feed/json/?liste=barrierer&tema=kapital").json()["home_page_url"]
    assert link == "http://localhost:8000/barrierer/?tema=kapital"


def test_new_title_makes_no_new_entry(client: Client, happened: dict[str, Any]):
    rule = happened["rule"]
    query = f"/feed/json/?ting=barrier-{rule.pk}"
    before = client.get(query).json()["items"]
    rule.title = "New rules"
    rule.save()
    after = client.get(query).json()["items"]

    assert [item["title"] for item in after] == ["Ny barriere: New rules"]
    assert [item["id"] for item in after] == [item["id"] for item in before]


def test_what_is_hidden_leaves_every_feed(client: Client, happened: dict[str, Any]):
    rule = happened["rule"]
    assert "Old rules" in json.dumps(titles(client))
    rule.hidden_at = timezone.now()
    rule.save()

    assert "Old rules" not in json.dumps(titles(client))
    assert client.get(f"/feed/atom/?ting=barrier-{rule.pk}").status_code == 404


@pytest.mark.parametrize("query", ["ting=barrier-999", "ting=nothing-1", "ting=x", "liste=nothing"])
def test_feed_of_nothing_is_not_found(client: Client, db: None, query: str):
    assert client.get(f"/feed/json/?{query}").status_code == 404


def test_pages_say_where_their_feeds_are(client: Client, happened: dict[str, Any]):
    rule = happened["rule"]
    page = client.get(rule.get_absolute_url()).content.decode()
    listing = client.get("/barrierer/?tema=kapital").content.decode()

    assert f'href="/feed/atom/?ting=barrier-{rule.pk}"' in page
    assert 'href="/feed/json/?liste=barrierer&amp;tema=kapital"' in listing
