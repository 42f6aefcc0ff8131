"""Danish in the database and in addresses: sorting, searching, spelling."""

from typing import Any, Self, TypeVar

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    SearchVector,
    SearchVectorField,
)
from django.db import models
from django.db.models import F, Func, Value
from django.utils.text import slugify

Row = TypeVar("Row", bound=models.Model)

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})

# æ, ø and å come last, in that order, and aa sorts as å (Retskrivningsordbogen § 5).
# Immutable, so that an index can hold it; the collation compares the bytes of what it returns.
DANISH_ORDER_SQL = """
CREATE FUNCTION danish_order(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(replace(lower(words), 'aa', 'å'), 'æøåäö', '{|}{|') COLLATE "C";
"""
DROP_DANISH_ORDER_SQL = "DROP FUNCTION danish_order(text);"

# Postgres' stemmer of Danish does not join every form of a word: "barriererne" and "barriere",
# "socialt" and "social", "regler" and "regel" stay apart. These endings are put in a form that it
# knows before it sees them, in what is searched and in what is searched for. Beside them stand a
# few words that bend in ways of their own. What was tried: tests/core/test_word_forms.py.
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


def _in_sql(words: str) -> str:
    for pattern, instead in WORD_FORMS:
        words = f"regexp_replace({words}, '{pattern}', '{instead}', 'g')"
    return words


# Punctuation stays where it is, so that quotation marks and minus keep their sense in a search.
DANISH_FORMS_SQL = f"""
CREATE FUNCTION danish_forms(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN {_in_sql("lower(words)")};
"""
DROP_DANISH_FORMS_SQL = "DROP FUNCTION danish_forms(text);"


def slug(words: str, *, length: int = 60) -> str:
    """Return words for an address: æ, ø and å are spelled out, where Django drops the ø."""
    return slugify(words.translate(LETTERS))[:length].strip("-") or "uden-navn"


def free_slug(queryset: models.QuerySet[Any], words: str) -> str:
    """Return a slug that no row has, with a number where the plain one is taken.

    "ny" is where every app's form for a new one lives.
    """
    plain = slug(words)
    taken = {"ny", *queryset.filter(slug__startswith=plain).values_list("slug", flat=True)}
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return next(free for free in (plain, *numbered) if free not in taken)


class DanishOrder(Func):
    """Sort as a Dane looks things up, in a database whose collation does not know Danish."""

    function = "danish_order"
    output_field = models.TextField()


class DanishForms(Func):
    """Put words in forms that Postgres' stemmer of Danish joins, as `WORD_FORMS` says."""

    function = "danish_forms"
    output_field = models.TextField()


def search_field(*fields: str) -> models.GeneratedField:
    """Return a search column that Postgres keeps: the first field weighs most, the others less."""
    first, *others = fields
    vector: Any = SearchVector(DanishForms(first), weight="A", config="danish")
    for field in others:
        vector = vector + SearchVector(DanishForms(field), weight="B", config="danish")
    return models.GeneratedField(
        expression=vector, output_field=SearchVectorField(), db_persist=True, editable=False
    )


class SearchQuerySet(models.QuerySet[Row]):
    """Rows with a `search` column and a page, found by words in any Danish form."""

    def with_own_page(self) -> Self:
        """Leave out what only leads on to another row's page."""
        return self

    def search(self, words: str) -> Self:
        forms = DanishForms(Value(words))
        query = SearchQuery(forms, config="danish", search_type="websearch")
        return self.filter(search=query).annotate(relevance=SearchRank(F("search"), query))
