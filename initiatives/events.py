"""What of initiatives and cases can be followed, and what is told of them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from initiatives.models import (
    Case,
    CaseState,
    Initiative,
    InitiativeUpdate,
    Participation,
    StepKind,
)
from taskforce.activity.models import Activity, Verb
from taskforce.dialogue.events import TALK
from taskforce.following.events import Event, event
from taskforce.following.kinds import Kind
from taskforce.following.novelty import Part, stands_on
from taskforce.following.things import followable
from taskforce.members.models import Organisation

OF_BARRIERS: dict[str, Any] = {"themed": lambda row: row.barriers.all(), "reads": ("barriers",)}
followable(Initiative, Kind.INITIATIVES, **OF_BARRIERS)
followable(Case, Kind.CASES, **OF_BARRIERS)


def _updates(n: int) -> str:
    return ngettext("%(n)s update", "%(n)s updates", n) % {"n": n}


def _initiatives(n: int) -> str:
    return ngettext("%(n)s initiative", "%(n)s initiatives", n) % {"n": n}


def _cases(n: int) -> str:
    return ngettext("%(n)s good example", "%(n)s good examples", n) % {"n": n}


stands_on(Initiative, Part(InitiativeUpdate, "initiative", _updates, "fremdrift"))
stands_on(Initiative, TALK)
stands_on(Organisation, Part(Initiative, "lead", _initiatives, "nu", verbs=(Verb.ADDED,)))
stands_on(Organisation, Part(Case, "partners", _cases, "eksempler", verbs=(Verb.PUBLISHED,)))


def _against(initiative: Initiative) -> Iterator[Model]:
    yield initiative
    yield from initiative.barriers.all()
    yield initiative.lead


def _around(case: Case) -> Iterator[Model]:
    yield case
    yield from case.initiatives.all()
    yield from case.barriers.all()
    yield from case.partners.all()


def _themes(row: Initiative | Case) -> list[Model]:
    return [barrier.theme for barrier in row.barriers.all()]


def _participation(initiative: Initiative, record: Activity) -> Participation:
    """Return the part of the organisation that joined: the latest of whoever pressed the button."""
    rows: list[Participation] = [*initiative.participations.all()]
    for row in reversed(rows):
        if any(member.user_id == record.actor_id for member in row.organisation.members.all()):
            return row
    unknown = Organisation(name=now("Another organisation"))
    return Participation(initiative=initiative, organisation=unknown)


def _was_published(case: Case) -> bool:
    """Tell whether a case was ever published; one from before there were steps has none."""
    kinds = {step.kind for step in case.steps.all()}
    return StepKind.PUBLISHED in kinds or not kinds


OF_AN_INITIATIVE: dict[str, Any] = {
    "about": _against,
    "themes": _themes,
    "reads": ("barriers__theme", "lead"),
}
OF_A_CASE: dict[str, Any] = {
    "about": _around,
    "themes": _themes,
    "reads": ("barriers__theme", "initiatives", "partners", "steps"),
}
GONE = Event(
    _("The good example “%(title)s” is no longer published"),
    stands=lambda case: case.state != CaseState.PUBLISHED and _was_published(case),
    once_gone=_("A good example that you follow can no longer be read in the portal"),
    **OF_A_CASE,
)

event(
    Initiative,
    Verb.ADDED,
    Event(
        _("New initiative: %(title)s"),
        words=lambda initiative: initiative.goal,
        new=Kind.NEW_INITIATIVES,
        **OF_AN_INITIATIVE,
    ),
)
event(
    Initiative,
    Verb.JOINED,
    Event(
        _("%(organisation)s takes part in “%(title)s”"),
        names=lambda row: {"title": row.initiative, "organisation": row.organisation},
        part=_participation,
        **OF_AN_INITIATIVE
        | {"reads": (*OF_AN_INITIATIVE["reads"], "participations__organisation__members")},
    ),
)
event(
    Initiative,
    Verb.CLOSED,
    Event(
        _("The initiative “%(title)s” has ended"),
        words=lambda initiative: initiative.outcome,
        stands=lambda initiative: not initiative.is_under_way,
        **OF_AN_INITIATIVE,
    ),
)
event(
    Initiative,
    Verb.OPENED,
    Event(
        _("The initiative “%(title)s” runs again"),
        stands=lambda initiative: initiative.is_under_way,
        **OF_AN_INITIATIVE,
    ),
)
event(
    InitiativeUpdate,
    Verb.ADDED,
    Event(
        _("%(organisation)s tells how “%(title)s” goes"),
        about=lambda update: _against(update.initiative),
        themes=lambda update: _themes(update.initiative),
        words=lambda update: update.text,
        names=lambda update: {"organisation": update.organisation, "title": update.initiative},
        reads=("initiative__barriers__theme", "initiative__lead", "organisation"),
    ),
)
event(
    Case,
    Verb.PUBLISHED,
    Event(
        _("New good example: %(title)s"),
        words=lambda case: case.achieved,
        stands=lambda case: case.state == CaseState.PUBLISHED,
        new=Kind.NEW_CASES,
        **OF_A_CASE,
    ),
)
event(
    Case,
    Verb.CORRECTED,
    Event(
        _("The good example “%(title)s” has changed"),
        words=lambda case: case.achieved,
        stands=lambda case: case.state == CaseState.PUBLISHED,
        **OF_A_CASE,
    ),
)
event(Case, Verb.HIDDEN, GONE)
event(Case, Verb.RETURNED, GONE)
