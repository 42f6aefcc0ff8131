"""Text is cleaned on its way in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskforce.core.text import clean, is_clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Sociale indkøb", "Sociale indkøb"),
        ("A\u030arhus", "Århus"),  # a letter and a ring, as a Mac or a PDF writes it
        ("vel\u00adfærd", "velfærd"),  # a soft hyphen
        ("a\u200bb\ufeffc", "abc"),  # blanks without width
        ("sikker\u202egnp.exe", "sikkergnp.exe"),  # text turned round
        ("a\x00b\x07c\x7fd", "abcd"),
        ("a\uffffb\ufdd0c\U0001fffed", "abcd"),  # no characters at all
        ("a\ud800b", "ab"),  # half of a pair
        (
            "en\r\nto\rtre\x0bfire\x0cfem\u2028seks\u2029syv\x85otte",
            "en\nto\ntre\nfire\nfem\nseks\nsyv\notte",
        ),
        ("a\tb", "a\tb"),
        ("100\u00a0kr.", "100\u00a0kr."),
        ("👩\u200d💻", "👩💻"),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_clean_text_stays_as_it_is(typed: str) -> None:
    once = clean(typed)

    assert is_clean(once)
    assert not {unicodedata.category(letter) for letter in once if letter not in "\t\n"} & {
        "Cc",
        "Cf",
        "Cs",
    }
    assert unicodedata.is_normalized("NFC", once)
    once.encode()  # no half of a pair is left
