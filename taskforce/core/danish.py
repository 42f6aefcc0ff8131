"""Danish in the database and in addresses: sorting, searching, spelling."""

import re
import unicodedata
from functools import reduce
from operator import add
from typing import Any, Self, TypeVar

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVector,
    SearchVectorField,
)
from django.db import models
from django.db.models import Expression, F, Func, Value
from django.utils.crypto import get_random_string
from django.utils.text import slugify

Row = TypeVar("Row", bound=models.Model)

# What ends an address: no vowels, so that they make no words, and nothing to mistake for another.
TAIL = "bcdfghjkmnpqrstvwxz23456789"
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})

# æ, ø and å come last, in that order, and aa sorts as å (Retskrivningsordbogen § 5).
# Immutable, so that an index can hold it; the collation compares the bytes of what it returns.
DANISH_ORDER_SQL = """
CREATE FUNCTION danish_order(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(replace(lower(words), 'aa', 'å'), 'æøåäö', '{|}{|') COLLATE "C";
"""
DROP_DANISH_ORDER_SQL = "DROP FUNCTION danish_order(text);"
ALPHABET = str.maketrans("æøåäö", "{|}{|")  # as in the function above

# Postgres' Danish stemmer gives some forms of a word different stems: "barriererne" and "barriere",
# "socialt" and "social", "regler" and "regel". These rules change such endings before it sees them,
# in the text and in the query; the last ones are irregular words. tests/core/test_word_forms.py
# lists what was tried.
WORD_FORMS = (
    (r"(\w{2}er)nes?\M", r"\1"),  # barriererne(s): barrierer
    (r"(\w{2}(?:[aei][lv]|lær|som))t\M", r"\1"),  # socialt, aktivt, cirkulært: social …
    (r"(?:d(d)|([bgkp]|\m(?:ti|kapi)t))els?\M", r"\1\2le"),  # regel: regle, as in regler
    (r"(itet|kurs)\M", r"\1e"),  # kapacitet, konkurs: their last letters are no ending
    (r"\m(stor|svær|dyr|klar|grøn|høj|ny)t\M", r"\1"),
    (r"\mnye\M", "ny"),
    (r"\måbne\M|\måbent\M", "åben"),
    (r"\mbørn", "barn"),
    (r"\mlille\M", "små"),
)

# Letters that are written in two ways, in Danish letters, since the stemmer knows those.
ACCENTS = str.maketrans("éèêëáàâíìîóòôúùûüäöç", "eeeeaaaiiiooouuuuæøc")
TWO_LETTERS = {"aa": "å", "ae": "æ", "oe": "ø"}
DASHES = "‐‑‒–—−"  # each a character of its own, and all read as a hyphen


def danish_order(words: str) -> str:
    """Return what sorts words here as the function of that name does in the database."""
    return words.lower().replace("aa", "å").translate(ALPHABET)


def _spelled_in_sql(words: str) -> str:
    """Return SQL for words in one spelling: a dash parts words, and so does a hyphen in a word."""
    accents = "".join(map(chr, ACCENTS)), "".join(chr(plain) for plain in ACCENTS.values())
    words = f"translate(lower(normalize({words}, NFC)), '{accents[0]}', '{accents[1]}')"
    for two, one in TWO_LETTERS.items():
        words = f"replace({words}, '{two}', '{one}')"
    words = f"translate({words}, '{DASHES}', '{' ' * len(DASHES)}')"
    return f"regexp_replace({words}, '(\\w)-(?=\\w)', '\\1 ', 'g')"


def spelling(words: str) -> str:
    """Return words in the spelling in which they are compared: for names that may be one.

    Capitals, accents, å or aa, dashes and spaces make no difference.
    """
    plain = unicodedata.normalize("NFC", words).casefold().translate(ACCENTS)
    for two, one in TWO_LETTERS.items():
        plain = plain.replace(two, one)
    return " ".join(re.sub(rf"[-{DASHES}]", " ", plain).split())


def _in_sql(words: str) -> str:
    for pattern, instead in WORD_FORMS:
        words = f"regexp_replace({words}, '{pattern}', '{instead}', 'g')"
    return words


# Punctuation stays, since quotation marks and minus have a meaning in a search.
DANISH_FORMS_SQL = f"""
CREATE OR REPLACE FUNCTION danish_forms(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN {_in_sql(_spelled_in_sql("words"))};
"""
DROP_DANISH_FORMS_SQL = "DROP FUNCTION danish_forms(text);"


def slug(words: str, *, length: int = 60) -> str:
    """Return words for an address; æ, ø and å are spelled out (Django would drop the ø)."""
    return slugify(words.translate(LETTERS))[:length].strip("-") or "uden-navn"


def drawn_slug(queryset: models.QuerySet[Any], words: str) -> str:
    """Return a slug that no row has, ended by four letters that are drawn anew each time.

    A number would count the rows of one name, and so tell of one that its reader may not see.
    """
    drawn = f"{slug(words)}-{get_random_string(4, TAIL)}"
    is_taken = queryset.filter(slug=drawn).exists()
    return drawn_slug(queryset, words) if is_taken else drawn


def free_slug(queryset: models.QuerySet[Any], words: str) -> str:
    """Return a slug that no row has, with a number where the plain one is taken.

    "ny" is always taken: it is the address of the form that adds a row.
    """
    plain = slug(words)
    taken = {"ny", *queryset.filter(slug__startswith=plain).values_list("slug", flat=True)}
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (plain, *numbered) if free not in taken)


class DanishOrder(Func):
    """Sort in Danish order, in a database without a Danish collation."""

    function = "danish_order"
    output_field = models.TextField()


class DanishForms(Func):
    """Change words as `WORD_FORMS` says, so that Postgres' Danish stemmer joins their forms."""

    function = "danish_forms"
    output_field = models.TextField()


class DanishParts(Func):
    """The parts of the compounds among words in `danish_forms`, as far as they are known."""

    function = "danish_parts"
    output_field = models.TextField()


class WordsOf(Func):
    """The words of an array, as one text."""

    function = "words_of"
    output_field = models.TextField()


class FileWords(Func):
    """The name of an uploaded file, its words apart."""

    function = "file_words"
    output_field = models.TextField()


def search_field(*fields: str | Expression) -> models.GeneratedField:
    """Return a generated search column, in which the first field weighs most.

    Parts of compounds weigh least, so that the very word comes first.
    """
    weights = ("A", *"B" * (len(fields) - 1))
    whole = ((DanishForms(field), weight) for field, weight in zip(fields, weights, strict=True))
    parts = ((DanishParts(DanishForms(field)), "D") for field in fields)
    vectors: list[Any] = [
        SearchVector(words, weight=weight, config="danish") for words, weight in (*whole, *parts)
    ]
    return models.GeneratedField(
        expression=reduce(add, vectors),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


def search_query(words: str) -> SearchQuery:
    """Return the query for typed words: quotation marks, minus and "or" have their meaning."""
    return SearchQuery(DanishForms(Value(words)), config="danish", search_type="websearch")


class MadeQuery(SearchQuery):
    """A query that Postgres has made already: it is made once, however often it is asked."""

    def __init__(self, text: str) -> None:
        super().__init__(Value(text))
        self.text = text

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        return "%s::tsquery", [self.text]


class SearchQuerySet(models.QuerySet[Row]):
    """Rows with a `search` column and a page, found by words in any Danish form."""

    def with_own_page(self) -> Self:
        """Leave out rows that redirect to another row's page."""
        return self

    def search(self, words: str) -> Self:
        return self.found_by(search_query(words))

    def found_by(self, query: SearchQuery) -> Self:
        return self.matching(query).ranked_by(query)

    def matching(self, query: SearchQuery) -> Self:
        return self.filter(search=query)

    def ranked_by(self, query: SearchQuery) -> Self:
        return self.annotate(relevance=SearchRank(F("search"), query))
