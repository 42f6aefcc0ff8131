"""One agenda of two: the planned one is filled in by the document's."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from meetings.models import AgendaItem, Meeting
from taskforce.core.relations import pointing_at
from taskforce.intake.matching import SAME_NAME, Names


@dataclass
class Merged:
    """The planned items: those that the document has too, and what comes of the others."""

    same: dict[int, AgendaItem] = field(default_factory=dict)  # by their place in the document
    stay: list[AgendaItem] = field(default_factory=list)  # others have built on them
    go: list[AgendaItem] = field(default_factory=list)


def merge(meeting: Meeting | None, titles: list[str]) -> Merged:
    """Match a meeting's planned items with a document's; without titles all stay as they are."""
    merged = Merged()
    if meeting is None or not titles:
        return merged
    planned = {str(item.pk): item for item in meeting.agenda.all()}
    for place, title in enumerate(titles):
        names = Names()
        for key, item in planned.items():
            names.add(key, item.title)
        if key := names.match(title, SAME_NAME):
            merged.same[place] = planned.pop(key)
    built_on = _built_on(planned.values())
    for item in planned.values():
        (merged.stay if item.pk in built_on else merged.go).append(item)
    return merged


def _built_on(items: Iterable[AgendaItem]) -> set[int]:
    """Return the keys of items that anything else in the portal points at."""
    keys = [item.pk for item in items]
    found: set[int] = set()
    for model, name in pointing_at(AgendaItem):
        rows = model._base_manager.filter(**{f"{name}__in": keys})
        found |= set(rows.values_list(name, flat=True))
    return found
