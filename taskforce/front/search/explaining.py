"""What a word becomes in a search: for who keeps the lists of words, to see what they do."""

from dataclasses import dataclass

from django.db import connection

from taskforce.core import finding
from taskforce.front.search import synonyms
from taskforce.front.search.asking import read
from taskforce.front.search.making import make


@dataclass(frozen=True)
class Explained:
    """Typed words, the stems that are looked for, what means the same, and their parts."""

    words: str
    stems: list[str]
    others: list[str]
    parts: list[str]


def explained(words: str) -> Explained:
    asked = synonyms.widened(read(words, finding.kinds()), synonyms.known())
    stems = [stem for stem, _is_prefix in make(asked).marks]
    others = dict.fromkeys(other for term in asked.terms for other in term.others)
    return Explained(words, sorted(stems), list(others), _parts(words))


def _parts(words: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT danish_parts(danish_forms(%s))", [words])
        found: str = cursor.fetchone()[0]
    return found.split()
