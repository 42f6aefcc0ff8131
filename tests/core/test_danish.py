"""Danish in addresses and in the database's order."""

import pytest

from taskforce.core.danish import danish_order, slug
from taskforce.members.models import Organisation
from tests.factories import make_organisation


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Søren på Ærø", "soeren-paa-aeroe"),
        ("Ét møde", "et-moede"),
        ("!!!", "uden-navn"),
        ("a" * 80, "a" * 60),
        ("Indkøb & udbud", "indkoeb-udbud"),
    ],
)
def test_slug_spells_danish_letters_out(words: str, written: str):
    assert slug(words) == written


def test_names_sort_in_danish_order(db):
    right = ["Bo", "Zebra", "Æble", "Økologi", "Århus", "Aarup"]
    for name in sorted(right):
        make_organisation(name)

    assert [organisation.name for organisation in Organisation.objects.all()] == right
    assert sorted({*right}, key=danish_order) == right
