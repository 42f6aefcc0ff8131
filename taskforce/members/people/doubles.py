"""Who may be here already under another address or another spelling."""

from collections.abc import Iterable
from difflib import get_close_matches

from taskforce.core.danish import spelling
from taskforce.members.models import Member, Organisation

ALIKE = 0.85  # of the letters of two names, from which on one may be the other misspelled
MOST = 3


def people_like(name: str, *, but: int = 0) -> list[Member]:
    """Return the latest memberships of people whose names are much like this one.

    Names in the middle make no difference.
    """
    rows = (
        Member.objects.exclude(user=but)
        .order_by("user_id", "-from_date", "-pk")
        .distinct("user_id")
    )
    found = [*rows.select_related("user", "organisation")]
    names = {one.pk: spelling(one.user.name) for one in found}
    ends = _ends(spelling(name))
    alike = _alike(name, names.values()) | {each for each in names.values() if _ends(each) == ends}
    return [one for one in found if names[one.pk] in alike][:MOST]


def organisations_like(name: str) -> list[Organisation]:
    """Return organisations whose names, of today or before, are much like this one."""
    rows = [*Organisation.objects.all()]
    names = {one.pk: {*map(spelling, (one.name, *one.former_names))} for one in rows}
    alike = _alike(name, {each for known in names.values() for each in known})
    return [one for one in rows if alike & names[one.pk]][:MOST]


def _alike(name: str, known: Iterable[str]) -> set[str]:
    return {*get_close_matches(spelling(name), known, n=MOST * 3, cutoff=ALIKE)}


def _ends(name: str) -> tuple[str, ...]:
    words = name.split()
    return (words[0], words[-1]) if len(words) > 1 else (name,)
