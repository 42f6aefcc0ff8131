"""What two texts differ in: every word of both is there, and only what differs is marked."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskforce.differences import after, before, difference

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
        ("<p><strong>Ja</strong></p>", "<p>Ja</p>", "Ja"),
    ],
)
def test_marks_words(old, new, expected):
    assert marked(old, new) == expected


@given(TEXTS, TEXTS)
def test_each_side_is_its_text(old, new):
    pieces = difference(old, new)

    assert "".join(piece.text for piece in before(pieces)) == old.strip() or "\n\n\n" in old
    assert "".join(piece.text for piece in after(pieces)) == new.strip() or "\n\n\n" in new
    kinds = [piece.kind for piece in pieces]
    assert all(first != second for first, second in itertools.pairwise(kinds))
