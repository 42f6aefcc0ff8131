"""The parts of compounds: words of the vocabulary inside longer ones."""

import pytest
from django.db import connection

from taskforce.core.compounds import vocabulary

PARTS = """\
indkøbsaftalen: aftale indkøb
udbudsloven: lov udbud
arbejdsklausulerne: arbejde klausul
boligreglerne: bolig regel
børnehjem: barn hjem
arbejdsmarkedspolitikken: arbejde arbejdsmarked marked politik
virksomhedssamarbejder: samarbejde virksomhed
byrådets: by råd
kommunikation:
samarbejde:
klov:
møde:
"""


def parts(words: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT danish_parts(danish_forms(%s))", [words])
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("line", PARTS.splitlines())
def test_a_compound_has_its_parts(db: None, line: str):
    word, _, expected = line.partition(":")

    assert parts(word) == expected.strip()


def test_markup_and_numbers_have_none(db: None):
    assert parts('<a href="https://indkøbsaftale.dk">indkøbsaftale2</a>') == ""


def test_a_word_of_ten_thousand_letters_has_none(db: None):
    assert parts("indkøb" * 2_000) == ""


def test_the_vocabulary_has_each_word_once_and_no_capitals():
    lines = [form for word, forms in vocabulary().items() for form in (word, *forms)]

    assert len(lines) == len(set(lines))
    assert [word for word in lines if word != word.lower()] == []
