"""Searches that found nothing, for the secretariat to learn from: words alone, for ninety days."""

import re
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from taskforce.core.danish import spelling
from taskforce.front.models import MissedSearch

KEPT = timedelta(days=90)
LONGEST = 80
MOST = 2000  # different ones; a program that tries words at random fills no disk
# What may be an address, a number of a person or a telephone's is nobody's to keep.
PERSONAL = re.compile(r"@|\d[\d\s.-]{4,}\d")

NOTE = """
INSERT INTO front_missedsearch (words, times, last_on)
SELECT %s, 1, %s WHERE (SELECT count(*) FROM front_missedsearch) < %s
ON CONFLICT (words) DO UPDATE
SET times = front_missedsearch.times + 1, last_on = excluded.last_on
"""


def note(typed: str) -> None:
    """Note that words found nothing; those that may tell of a person are left out."""
    words = spelling(typed)
    if words and len(words) <= LONGEST and not PERSONAL.search(words):
        with connection.cursor() as cursor:
            cursor.execute(NOTE, [words, timezone.localdate(), MOST])


def forget() -> int:
    """Delete what nobody has looked for in ninety days; return how many were deleted."""
    old = MissedSearch.objects.filter(last_on__lt=timezone.localdate() - KEPT)
    return old.delete()[0]
