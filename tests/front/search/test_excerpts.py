"""What is marked, and which passage is shown."""

import pytest

from taskforce.front.search.excerpts import LETTERS, excerpt, marked


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("barri", "barriererne"),
        ("udbud", "udbuddene"),
        ("virksom", "virksomhedernes"),
        ("aftal", "indkøbsaftalen"),
        ("lov", "udbudsloven"),
        ("barn", "børn"),
        ("økonomi", "oekonomien"),
    ],
)
def test_any_form_is_marked_and_compounds(stem: str, word: str):
    assert marked(word, ((stem, False),)) == f"<mark>{word}</mark>"


@pytest.mark.parametrize(("stem", "word"), [("lov", "løve"), ("kommun", "kommunikation")])
def test_other_words_are_not(stem: str, word: str):
    assert marked(word, ((stem, False),)) == word


def test_markup_is_escaped_first():
    assert marked("<b>lov & ret</b>", (("lov", False),)) == (
        "&lt;b&gt;<mark>lov</mark> &amp; ret&lt;/b&gt;"
    )


def test_excerpt_is_the_passage_with_most_of_the_words():
    text = "lov " + "andet " * 100 + "lov om udbud " + "mere " * 100

    shown = excerpt(text, (("udbud", False), ("lov", False)))

    assert "<mark>lov</mark> om <mark>udbud</mark>" in shown
    assert (shown.startswith("… "), shown.endswith(" …")) == (True, True)
    assert len(shown) < LETTERS + 60


def test_one_word_without_end_is_cut():
    assert len(excerpt("a" * 10_000, ())) <= LETTERS + 4
