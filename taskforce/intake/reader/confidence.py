"""How sure the reader may be: what looks odd makes all that was read in the same way doubtful.

A single odd name shows that a list was perhaps cut wrongly, so the others are doubtful too.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from taskforce.intake.reader.draft import AgendaItem, Call, Found, MinutesDraft, Person
from taskforce.intake.reader.grid import HEAD
from taskforce.intake.reader.names import ORGANISATION, likeness
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.vocabulary import label_of

# "Vejle Kommune deltog": words of a sentence stand behind the name.
ENDS_SMALL = re.compile(r"\s(?!kommun|region|stad|skole|net|forening|center|service)[a-zæøå]{1,9}$")
DOUBTFUL = 0.7  # below draft.SURE
FEW = 0.1  # of a list may look odd before all of it does


def weigh(draft: MinutesDraft) -> None:
    """Lower the confidence of what looks odd, and of what stands beside it."""
    both = draft.attendees + draft.absent
    odd_people = _share(both, _is_odd_person)
    draft.attendees = _doubted(draft.attendees, _is_odd_person, all_of_it=odd_people > FEW)
    # Rarely are more away than there; then the marks were perhaps read the wrong way round.
    turned = 2 * len(draft.absent) > len(both) or odd_people > FEW
    draft.absent = _doubted(draft.absent, _is_odd_person, all_of_it=turned)
    if any(one.value.organisation for one in both):
        draft.attendees = _doubted(draft.attendees, _has_no_place, all_of_it=False)
        draft.absent = _doubted(draft.absent, _has_no_place, all_of_it=False)
    odd_items = _share(draft.agenda, _is_odd_item)
    draft.agenda = _doubted(
        draft.agenda, _is_odd_item, all_of_it=odd_items > FEW or len(draft.agenda) < 3
    )
    draft.agenda = _doubted(draft.agenda, _may_name_more, all_of_it=_is_bare(draft.agenda))
    if any(one.value.start for one in draft.agenda):
        draft.agenda = _doubted(draft.agenda, lambda item: item.start is None, all_of_it=False)
    draft.calls = _doubted(draft.calls, _is_odd_call, all_of_it=False)


def _share(found: list[Found[Any]], is_odd: Callable[[Any], bool]) -> float:
    return sum(is_odd(one.value) for one in found) / len(found) if found else 0.0


def _doubted(
    found: list[Found[Any]], is_odd: Callable[[Any], bool], *, all_of_it: bool
) -> list[Found[Any]]:
    return [_lowered(one) if all_of_it or is_odd(one.value) else one for one in found]


def _lowered(found: Found[Any]) -> Found[Any]:
    return replace(found, confidence=min(found.confidence, DOUBTFUL))


def _is_odd_person(person: Person) -> bool:
    name, organisation = likeness(person.name), likeness(person.organisation)
    if name.person < 0.4 or " " not in person.name or ORGANISATION.search(person.name):
        return True
    if not person.organisation:
        return False
    return (
        (organisation.person >= 1.9 and organisation.organisation < 0.8)
        or person.organisation[0].islower()
        or bool(ENDS_SMALL.search(person.organisation))
        or len(person.organisation) > 70
    )


def _has_no_place(person: Person) -> bool:
    """Say whether somebody, among others who have one, has no organisation."""
    return not person.organisation


def _is_odd_item(item: AgendaItem) -> bool:
    title = item.title
    return (
        len(title) > 110
        or not title[:1].isalnum()
        or title[:1].islower()
        or bool(re.search(r"[\t:;]|\w{4,}\.\s+[A-ZÆØÅ]|@|https?:", title))
        or likeness(title).person >= 1.9
        or label_of(title) in HEAD
    )


def _is_bare(items: list[Found[AgendaItem]]) -> bool:
    """Say whether nothing but words tells that these are points: no number, time or person."""
    told = (one.value.start or one.value.responsible for one in items)
    return bool(items) and items[0].reason in (Reason.IN_TABLE, Reason.BY_LABEL) and not any(told)


def _may_name_more(item: AgendaItem) -> bool:
    """Say whether a person or a time may still stand in the title."""
    return bool(re.search(r"[()\[\]|@]|\s[–/-]\s|\bmin\b|\bv[./]|\.{3}", item.title))


def _is_odd_call(call: Call) -> bool:
    title = call.title
    return (
        len(title) > 80
        or title[:1].islower()
        or bool(re.search(r"[.;:]\s|\b(?:har|er|kan)\b", title))
    )
