import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from taskforce.core.addresses import address_of


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("barriers:detail", "small-lots-bcdf"),
        ("meetings:detail", 3),
        ("meetings:calendar_file", 3),
    ],
)
def test_address_is_the_one_that_reverse_finds(language: str, name: str, key: str | int):
    with translation.override(language):
        for _turn in range(2):
            assert address_of(name, key) == reverse(name, args=[key])


def test_unknown_name_is_refused():
    with pytest.raises(NoReverseMatch):
        address_of("barriers:nowhere", "a")
