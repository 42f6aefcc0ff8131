"""Rows with an address made from their name, and rows that count their versions."""

from functools import partial

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from barriers.models import Theme
from taskforce.core import danish
from taskforce.core.models import Slugged
from taskforce.members.models import Organisation
from taskforce.news.models import NewsItem
from tests.factories import make_barrier, make_organisation
from tests.racing import at_once


def test_slug_is_made_from_the_name_when_first_saved(db: None):
    organisation = make_organisation("Ærø Kommune")
    assert organisation.slug == "aeroe-kommune"

    organisation.name = "Marstal Kommune"
    organisation.save()

    assert organisation.slug == "aeroe-kommune"  # links to the page go on working


def test_slug_that_is_given_stays(db: None):
    assert make_organisation("Ærø Kommune", slug="oeen").slug == "oeen"


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (["Hus A", "Hus a", "Hus-A"], ["hus-a", "hus-a-2", "hus-a-3"]),
        (["Ny", "NY"], ["ny-2", "ny-3"]),  # the form that adds a row lives at "ny"
        (["!", "?"], ["uden-navn", "uden-navn-2"]),
    ],
)
def test_slug_that_is_taken_gets_a_number(db: None, names: list[str], slugs: list[str]):
    assert [make_organisation(name).slug for name in names] == slugs


def test_gap_among_numbers_is_filled(db: None):
    for name in ("Hus", "hus", "HUS"):
        make_organisation(name)
    Organisation.objects.filter(slug="hus-2").delete()

    assert make_organisation("hUs").slug == "hus-2"


def test_names_taken_at_the_same_moment_get_numbers(transactional_db: None):
    acts = [partial(make_organisation, name) for name in ("Hus", "hus", "HUS", "hUS")]

    assert sorted(row.slug for row in at_once(*acts)) == ["hus", "hus-2", "hus-3", "hus-4"]


def test_another_fault_of_the_row_is_not_taken_for_its_address(db: None):
    with pytest.raises(IntegrityError, match="kind"), transaction.atomic():
        make_organisation("Hus", kind=None)


def test_addresses_are_plain_only_where_everybody_sees_every_row():
    models = [model for model in apps.get_models() if issubclass(model, Slugged)]

    assert {model for model in models if model.has_plain_address} == {Theme, Organisation}
    assert len(models) >= 8


def test_address_ends_in_letters_that_are_drawn_again_where_they_are_taken(db, monkeypatch):
    drawn = iter(["kx4m", "kx4m", "b2cd"])
    monkeypatch.setattr(danish, "get_random_string", lambda length, _letters: next(drawn)[:length])

    made = [NewsItem.objects.create(title="Én ny bog", summary="x").slug for _ in range(2)]

    assert made == ["en-ny-bog-kx4m", "en-ny-bog-b2cd"]


def test_first_version_is_one(db: None):
    assert make_barrier().version == 1
