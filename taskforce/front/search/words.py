"""The words that stand in the portal, gathered by the worker: what is misspelt may mean one."""

import re
from collections.abc import Iterable, Iterator

from django.db import transaction

from taskforce.core import finding
from taskforce.core.danish import spelling
from taskforce.core.finding import Found
from taskforce.front.models import KnownWord

FEWEST, MOST = 3, 40  # letters
WORD = re.compile(rf"[^\W\d_]{{{FEWEST},{MOST}}}")
TAG = re.compile(r"<[^>]*>")


def of(text: str) -> set[str]:
    """Return the words of a text as they are compared and told: in small letters."""
    return {word.lower() for word in WORD.findall(TAG.sub(" ", text))}


@transaction.atomic
def gather() -> int:
    """Bring the list of words up to date; return how many there are."""
    standing = {
        word for kind in finding.kinds() if not kind.is_of_people for word in _of_kind(kind)
    }
    kept = {*KnownWord.objects.values_list("word", flat=True)}
    KnownWord.objects.filter(word__in=kept - standing).delete()
    new = (KnownWord(word=word, length=len(spelling(word))) for word in standing - kept)
    KnownWord.objects.bulk_create(new, batch_size=2000, ignore_conflicts=True)
    return len(standing)


def _of_kind(kind: Found) -> Iterator[str]:
    rows = kind.model._default_manager.order_by().values_list(
        finding.text(kind.title), finding.text(kind.text)
    )
    for title, text in rows.iterator(chunk_size=2000):
        yield from of(f"{title} {text}")


def near(words: Iterable[str]) -> list[str]:
    """Return the known words that are about as long as one of these."""
    lengths = {length for word in words for length in range(len(word) - 2, len(word) + 3)}
    return [*KnownWord.objects.filter(length__in=lengths).values_list("word", flat=True)]
