"""The directory is narrowed by what its address says, and each choice says how many it finds."""

from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from taskforce.members.models import Organisation, Tag
from taskforce.members.models.organisation import HIDDEN
from taskforce.members.organisations.filters import Directory
from tests.factories import make_listed, make_organisation


@pytest.fixture
def places(db: None) -> None:
    """Make three that tell something, and a member that tells nothing."""
    bread, work = Tag.objects.create(name="Brød"), Tag.objects.create(name="Praktik")
    make_listed("Bageren", [bread])
    make_listed(
        *("Vaskeriet", [work]),
        delivers=["98"],
        delivers_to=["DK"],
        customers=["private"],
        effects=["profit"],
        municipality="751",
        line="Vasker tøj.",
    ).seeks.add(bread)
    make_listed("Den Tavse", [bread], unanswered=HIDDEN)
    make_organisation("Odense Kommune", municipality="461")


def directory(query: str = "") -> Directory:
    return Directory(QueryDict(query))


def names(query: str) -> list[str]:
    return sorted(directory(query).found.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Bageren", "Den Tavse", "Odense Kommune", "Vaskeriet"]),
        ("q=brød", ["Bageren"]),
        ("slags=municipality", ["Odense Kommune"]),
        ("leverer=15", ["Bageren"]),
        ("leverer=98&til=private", ["Vaskeriet"]),
        ("leverer=98&til=public", []),
        ("virkning=profit", ["Vaskeriet"]),
        ("sted=461", ["Bageren", "Odense Kommune", "Vaskeriet"]),
        ("sted=751", ["Vaskeriet"]),
        ("sted=1083", ["Bageren", "Odense Kommune", "Vaskeriet"]),
        ("sted=1081", ["Vaskeriet"]),
        ("vis=tilbyder", ["Bageren", "Vaskeriet"]),
        ("vis=soeger", ["Vaskeriet"]),
        ("vis=kan-spoerges", ["Bageren", "Vaskeriet"]),
        # What is wrong narrows nothing.
        ("slags=nonsense&leverer=00&stikord=x", ["Bageren", "Den Tavse", "Odense Kommune"]),
    ],
)
def test_address_narrows_the_list(places: None, query: str, found: list[str]):
    if "nonsense" in query:
        found = [*found, "Vaskeriet"]
    assert names(query) == found


def test_words_that_show_only_to_buyers_are_not_searched(places: None):
    Organisation.objects.filter(name="Bageren").update(capacity="Tusindvis", is_found=False)

    assert names("q=tusindvis") == []


def test_tag_finds_those_who_offer_it_and_those_who_seek_it(places: None):
    assert names(f"stikord={Tag.objects.get(name='Brød').pk}") == ["Bageren", "Vaskeriet"]
    assert names(f"stikord={Tag.objects.get(name='Praktik').pk}") == ["Vaskeriet"]


def test_every_choice_finds_as_many_as_it_says(places: None):
    form: Any = directory().form
    offered = {
        f"{name}={value}": label
        for name, field in form.fields.items()
        for value, label in getattr(field, "choices", [])
        if value
    }

    assert len(offered) > 10
    assert offered == {
        query: f"{offered[query].rpartition(' (')[0]} ({len(names(query))})" for query in offered
    }


def test_counts_hold_with_what_else_is_chosen(places: None):
    form: Any = directory("til=private").form

    assert ("98", "Andre ydelser, for eksempel vask og hjælp i hjemmet (1)") in [
        (value, str(label)) for value, label in form.fields["leverer"].choices
    ]
    assert "15" not in dict(form.fields["leverer"].choices)  # it would find nothing
    assert [value for value, _label in form.fields["til"].choices] == ["", "public", "private"]


def test_choice_that_finds_nothing_stays_while_it_is_chosen(places: None):
    form: Any = directory("leverer=98&til=public").form

    assert dict(form.fields["leverer"].choices)["98"].endswith("(0)")


def test_nothing_found_says_which_filter_to_leave_out(places: None):
    offers = directory("leverer=98&til=public&slags=social_enterprise").dropping()

    assert [(str(each["label"]), each["count"], each["address"]) for each in offers] == [
        ("Leverer", 1, "?slags=social_enterprise&til=public"),
        ("Til hvem", 1, "?slags=social_enterprise&leverer=98"),
    ]


def test_words_can_be_left_out_too(places: None):
    (offer,) = directory("q=findesikke").dropping()

    assert (offer["value"], offer["count"], offer["address"]) == ("findesikke", 4, "?")


def test_counting_takes_one_query_and_the_tags_another(places: None):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        directory("q=brød&leverer=15&sted=461")

    assert len(queries) == 2


def test_page_offers_other_ways_where_nothing_is_found(places: None, client: Any):
    page = client.get("/organisationer/?leverer=98&til=public").content.decode()

    assert 'href="?til=public"' in page
    assert "Uden Leverer: Andre ydelser, for eksempel vask og hjælp i hjemmet" in page
    assert "https://socialoekonomisk.dk/" in page


def test_page_is_of_members_and_of_those_who_asked_to_stand_there(db: None, client: Any):
    make_organisation("Medlemmet")
    make_organisation("Partneren", in_taskforce=False)
    make_listed("Den fundne", in_taskforce=False)
    make_listed("Den stille", in_taskforce=False, unanswered=HIDDEN)

    page = client.get("/organisationer/")

    assert [row["name"] for row in page.context["rows"]] == ["Den fundne", "Medlemmet"]


def test_card_shows_what_is_told_until_letters_go_unanswered(db: None, client: Any):
    tag = Tag.objects.create(name="Morgenbrød")
    listed = make_listed("Bageren", [tag])

    page = client.get("/organisationer/").content.decode()
    for told in ("Bager brød til kantiner.", "Morgenbrød", "Odense", "/logo/"):
        assert told in page, told

    Organisation.objects.filter(pk=listed.pk).update(unanswered=HIDDEN)
    page = client.get("/organisationer/").content.decode()
    for told in ("Bager brød til kantiner.", "Morgenbrød", "/logo/"):
        assert told not in page, told
