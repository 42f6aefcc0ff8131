"""What two texts differ in: every word of both is there, and only what differs is marked."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskforce.core.differences import after, before, difference

TEXTS = st.text(alphabet="ab .\n", max_size=60)


def marked(old: str, new: str) -> str:
    marks = {"=": "{}", "-": "[-{}]", "+": "[+{}]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in difference(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("<p>Ja.</p>", "<p>Ja.</p>", "Ja."),
        ("", "<p>Ny</p>", "[+Ny]"),
        ("<p>Væk</p>", "", "[-Væk]"),
        ("<p>Vi mødtes kl. 14.</p>", "<p>Vi mødtes kl. 15.</p>", "Vi mødtes kl. [-14][+15]."),
        ("<p>Et</p><p>To</p>", "<p>Et</p><p>Tre</p>", "Et\n\n[-To][+Tre]"),
        ("<p>Ea Bæk kom</p>", "<p>En gæst kom</p>", "[-Ea Bæk][+En gæst] kom"),
        ("<p>Et</p><p>To</p>", "<p>En</p><p>To</p>", "[-Et][+En]\n\nTo"),
        ("<p>a</p><p>b</p><p>c</p>", "<p>a</p><p>x</p><p>y</p><p>c</p>", "a\n\n[-b][+x\n\ny]\n\nc"),
        ("<p>a b</p><p>c</p>", "<p>a c</p>", "a [-b\n\n]c"),
        ("<p><strong>Ja</strong></p>", "<p>Ja</p>", "Ja"),
    ],
)
def test_marks_words(old, new, expected):
    assert marked(old, new) == expected


@given(TEXTS, TEXTS)
def test_each_side_is_the_whole_text(old, new):
    pieces = difference(old, new)

    assert "".join(piece.text for piece in before(pieces)) == old.strip() or "\n\n\n" in old
    assert "".join(piece.text for piece in after(pieces)) == new.strip() or "\n\n\n" in new
    kinds = [piece.kind for piece in pieces]
    assert all(first != second for first, second in itertools.pairwise(kinds))


@pytest.mark.parametrize(
    ("word", "between"), [("og", " "), ("ord{}", " "), ("og", "</p><p>"), ("", "</p><p>a</p><p>")]
)
def test_rewritten_long_texts_take_little_time(word, between):
    """A public page shows what corrections changed: no text that fits a field makes it wait."""
    old = between.join(["Først", *(word.format(number % 50) for number in range(20_000)), "sidst"])
    new = between.join(["Nu", *(word.format(number % 40) for number in range(15_000)), "til sidst"])

    started = time.process_time()  # whatever else the machine does
    pieces = difference(f"<p>{old}</p>", f"<p>{new}</p>")

    assert time.process_time() - started < 5
    assert pieces[0].text.startswith("Først")
    assert pieces[-1].text.strip() == "sidst"


def test_change_in_a_long_text_is_still_marked_by_the_word():
    text = " ".join(f"ord{number % 50}" for number in range(20_000))

    assert marked(f"{text} før {text}", f"{text} efter {text}") == (f"{text} [-før][+efter] {text}")
