"""What of calls can be followed, and what is told of them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from calls.following import notifying
from calls.models import Call, Consortium
from taskforce.activity.models import Verb
from taskforce.dialogue.events import TALK
from taskforce.following.events import Event, event
from taskforce.following.kinds import Kind
from taskforce.following.novelty import Part, stands_on
from taskforce.following.things import followable

followable(Call, Kind.CALLS, themed=lambda call: call.barriers.all(), reads=("barriers",))
followable(Consortium, Kind.CONSORTIA)


def _consortia(n: int) -> str:
    return ngettext("%(n)s consortium", "%(n)s consortia", n) % {"n": n}


# What its partners change in their room is no news outside of it.
stands_on(Call, Part(Consortium, "call", _consortia, "konsortier", verbs=(Verb.ADDED,)))
stands_on(Consortium, TALK)

OF_A_CALL: dict[str, Any] = {
    "about": lambda call: [call, *call.initiatives.all(), *call.barriers.all()],
    "themes": lambda call: [barrier.theme for barrier in call.barriers.all()],
    "reads": ("initiatives", "barriers__theme"),
}
OF_A_CONSORTIUM: dict[str, Any] = {
    "about": lambda consortium: [consortium, consortium.call, consortium.lead],
    "names": lambda consortium: {"title": consortium, "call": consortium.call},
    "reads": ("call", "lead"),
}

event(
    Call,
    Verb.ADDED,
    Event(
        _("New EU call: %(title)s"),
        words=lambda call: call.summary,
        new=Kind.NEW_CALLS,
        **OF_A_CALL,
    ),
)
event(
    Call,
    Verb.CHANGED,
    Event(
        _("Dates or rules of the EU call “%(title)s” have changed"),
        words=notifying.in_short,
        **OF_A_CALL | {"reads": (*OF_A_CALL["reads"], "deadlines")},
    ),
)
event(
    Consortium,
    Verb.ADDED,
    Event(_("New consortium for “%(call)s”: %(title)s"), **OF_A_CONSORTIUM),
)
event(
    Consortium,
    Verb.CHANGED,
    Event(_("The consortium “%(title)s” has changed"), **OF_A_CONSORTIUM),
)
