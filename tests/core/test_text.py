"""Text is cleaned on its way in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskforce.core.text import MOST_MARKS, clean, is_clean

SCOTLAND = "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct") + "\U000e007f"


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
        ("👩\u200d💻 ❤️\u200d🔥", "👩\u200d💻 ❤️\u200d🔥"),  # joined to one picture
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian is written with such a joiner
        ("a\u200db", "ab"),
        ("👩\u200d\u200d", "👩"),
        (f"🏴{SCOTLAND}", f"🏴{SCOTLAND}"),
        ("🏴\U000e0067", "🏴"),
        (f"Hej{SCOTLAND}", "Hej"),  # words hidden in letters that do not show
        ("\u3164\u2800", "\u2800"),  # a blank letter; braille's own blank is one of its letters
        ("\u05e9\u05dc\u05d5\u05dd \u200f(Noa)", "\u05e9\u05dc\u05d5\u05dd (Noa)"),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_clean_text_stays_as_it_is(typed: str) -> None:
    once = clean(typed)

    assert is_clean(once)
    others = {letter for letter in once if letter not in "\t\n\u200c\u200d"}
    assert not {unicodedata.category(letter) for letter in others} & {"Cc", "Cf", "Cs"}
    assert unicodedata.is_normalized("NFC", once)
    once.encode()  # no half of a pair is left


def test_no_character_that_is_not_seen_is_kept():
    every = [chr(number) for number in range(0x110000)]
    unseen = [one for one in every if unicodedata.category(one) in ("Cc", "Cf", "Cs")]

    assert {clean(f"a{one}b") for one in unseen} == {"ab", "a\tb", "a\nb"}


@pytest.mark.parametrize(
    "marks", ["\u0315\u0300" * 200_000, "\u0300" * 200_000 + "\u0316" * 200_000]
)
def test_a_letter_with_countless_marks_costs_no_time(marks: str):
    # Sorting them all would take minutes.
    assert len(clean(f"e{marks}l")) <= 2 + MOST_MARKS
