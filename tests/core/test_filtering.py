"""The filter by words, in any Danish form."""

import pytest

from taskforce.core.filtering import WordsFilter
from taskforce.members.models import Organisation
from tests.factories import make_organisation


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Huset", "Socialt Værksted"]),
        ("sociale", ["Socialt Værksted"]),
        ("huset", ["Huset"]),
        ("intet", []),
        ("x" * 201, ["Huset", "Socialt Værksted"]),  # too long: the filter is not applied
    ],
)
def test_words_filter(db: None, words: str, found: list[str]):
    for name in ("Huset", "Socialt Værksted"):
        make_organisation(name)

    filtered = WordsFilter({"q": words}, queryset=Organisation.objects.order_by("name"))

    rows = filtered.qs if filtered.is_valid() else filtered.queryset
    assert [row.name for row in rows] == found
