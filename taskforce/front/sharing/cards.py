"""What stands on the picture of each kind of page. Words that everybody reads, and no person's."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from hashlib import sha256
from json import dumps
from pathlib import Path
from textwrap import wrap
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import override

from barriers.models import Barrier, PrioritisationRound
from calls.models import Call, Consortium
from initiatives.models import Case, Initiative
from meetings.models import Meeting
from taskforce.core.amounts import written
from taskforce.core.text import clean
from taskforce.following.models import Newsletter
from taskforce.members.models import Organisation
from taskforce.news.models import NewsItem

TEMPLATE = Path(__file__).with_name("card.typ")
DRAWING = TEMPLATE.read_text()
FRONT = "forside"  # the name of what has no card of its own
LINES = 3
SIZES = ((72, 22), (56, 28))  # of the letters, and how many stand in a line


@dataclass(frozen=True)
class Card:
    """A title, or a number and what it counts; and what kind of page it is."""

    title: str
    foot: str
    number: str = ""

    @property
    def drawn(self) -> dict[str, Any]:
        """Return the card with its title in lines that have room, or cut."""
        most, sizes = (LINES - 1, SIZES[1:]) if self.number else (LINES, SIZES)
        fit = ((size, wrap(self.title, width)) for size, width in sizes)
        small, width = SIZES[-1]
        cut = (small, wrap(self.title, width, max_lines=most, placeholder=" …"))
        size, lines = next((one for one in fit if len(one[1]) <= most), cut)
        return {"lines": lines, "size": size, "number": self.number, "foot": self.foot}

    @cached_property
    def fingerprint(self) -> str:
        """Return what changes with the words and with the drawing, for the picture's address."""
        return sha256(dumps([asdict(self), DRAWING]).encode()).hexdigest()[:16]


@cache
def front() -> Card:
    """Return the card of every page without one of its own."""
    with override("da"):
        return Card(_("More shall buy social"), _("Together we remove what stands in the way"))


def _barrier(barrier: Barrier) -> Card:
    return Card(barrier.title, f"{_('Barrier')} · {barrier.get_state_display().lower()}")


def _initiative(initiative: Initiative) -> Card:
    return Card(initiative.title, f"{_('Initiative')} · {initiative.get_state_display().lower()}")


def _call(call: Call) -> Card:
    return Card(call.title, _("EU call"))


def _meeting(meeting: Meeting) -> Card:
    return Card(str(meeting), f"{_('Meeting')} · {meeting.when}")


def _news(item: NewsItem) -> Card:
    return Card(item.title, item.get_kind_display())


def _case(case: Case) -> Card:
    foot = f"{_('Good example')} · {case.written_by}"
    if case.number is not None and case.unit:
        return Card(case.unit, foot, written(case.number))
    return Card(case.title, foot)


def _round(asked: PrioritisationRound) -> Card:
    return Card(asked.title, _("Prioritisation"))


def _consortium(consortium: Consortium) -> Card:
    return Card(consortium.name, _("Consortium"))


def _newsletter(letter: Newsletter) -> Card:
    return Card(str(letter), _("Newsletter"))


def _organisation(organisation: Organisation) -> Card:
    return Card(organisation.name, f"{_('Organisation')} · {organisation.get_kind_display()}")


CARDS: dict[type[Model], Callable[[Any], Card]] = {
    Barrier: _barrier,
    Initiative: _initiative,
    Call: _call,
    Meeting: _meeting,
    NewsItem: _news,
    Case: _case,
    PrioritisationRound: _round,
    Consortium: _consortium,
    Newsletter: _newsletter,
    Organisation: _organisation,
}


def of(thing: Model) -> Card:
    """Return the card of a thing, in Danish as its texts are."""
    with override("da"):
        card = CARDS[type(thing)](thing)
        return Card(clean(card.title), clean(card.foot), card.number)
