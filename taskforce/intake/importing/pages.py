"""What the pages before and after an import show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from meetings.checking import consent
from meetings.checking.names import tidy
from meetings.models import Format, Meeting, Minutes, Precision
from meetings.models.meeting import date_in_words
from taskforce.core.danish import spelling
from taskforce.intake.importing import outcomes
from taskforce.intake.importing.agenda import merge
from taskforce.intake.importing.log import created_rows
from taskforce.intake.models import Intake
from taskforce.intake.reviewing.candidate_forms.base import NEW, CandidateForm
from taskforce.intake.reviewing.faults import faults, missing
from taskforce.intake.reviewing.review import Review
from taskforce.members.models import Viewer

# Before the import: the page that asks


@dataclass
class Planned:
    """What the import will make of one kind."""

    title: str | Promise
    names: list[str]


@dataclass
class FactChange:
    """A fact of the matched meeting that the import changes."""

    label: str
    before: str
    after: str


FACTS = {"date": "date", "start": "starts", "end": "ends", "mode": "format", "place": "place"}

# What everybody can read as soon as it is imported, and in which fields.
AT_ONCE = {
    "agenda": ("name", "details"),
    "barriers": ("name",),
    "statements": ("name",),
    "calls": ("name", "summary"),
    "news": ("name", "summary"),
}


def confirm(current: Review) -> dict[str, Any]:
    """Return everything that the import will make, and everything that it will not."""
    return {
        "intake": current.intake,
        "planned": [part for part in _planned(current) if part.names],
        "going": _removed(current),
        "left_out": [form for form in current.forms if form.is_skipped],
        "open": current.undecided,
        "faults": [*missing(current), *faults(current)],
        "loose_ends": current.loose_ends(),
        "changes": [*_changes(current)],
        "changed_meeting": current.meeting,
        "names": [*_names_at_once(current)],
        "is_ready": current.is_ready(),
    }


def _removed(current: Review) -> list[str]:
    titles = [form.raw("name") for form in current.accepted("agenda")]
    return [item.title for item in merge(current.meeting, titles).removed]


def _planned(current: Review) -> Iterable[Planned]:
    yield Planned(_("The meeting"), [_meeting(current)] if current.is_ready() else [])
    yield Planned(_("New organisations"), _new_organisations(current))
    for title, there in ((_("Who was there"), True), (_("Who sent apologies"), False)):
        yield Planned(title, [form.title for form in current.people(there=there)])
    yield from (
        Planned(title, [form.title for form in current.accepted(name)])
        for title, name in (
            (_("Agenda items"), "agenda"),
            (_("Passages of the minutes, as a draft"), "passages"),
        )
    )
    told = outcomes.outcomes_of(form for form in current.accepted("passages") if form.is_valid())
    taken = {str(form.candidate.index) for form in current.accepted("agenda")}
    words = [
        decision or str(kind.label) for item, (kind, decision) in told.items() if item in taken
    ]
    yield Planned(_("What was decided"), words)
    yield Planned(_("New barriers"), _new_barriers(current))
    yield from (
        Planned(title, [form.title for form in current.accepted(name)])
        for title, name in (
            (_("Statements"), "statements"),
            (_("Action points"), "action_points"),
            (_("News"), "news"),
            (_("Materials"), "materials"),
        )
    )
    calls = current.accepted("calls")
    yield Planned(_("New EU calls"), [form.title for form in calls if not form.raw("call")])
    again = [form.shown("call") for form in calls if form.raw("call")]
    yield Planned(_("EU calls of the portal, told again"), again)
    yield Planned(_("Next meeting"), _next_meeting(current))


def _meeting(current: Review) -> str:
    if current.meeting:
        return _("%(meeting)s, which is in the portal, is filled in") % {"meeting": current.meeting}
    return _("%(meeting)s, which is new") % {"meeting": Meeting(number=current.value("number"))}


def _changes(current: Review) -> Iterable[FactChange]:
    """Yield the facts that the document has otherwise than the matched meeting."""
    for name, field in FACTS.items():
        known, told = getattr(current.meeting, field, None), current.value(name)
        if name == "date" and told and current.meeting:
            known, told = current.meeting.when, date_in_words(told[0], _precision(told[1]))
        if known and told and known != told:
            yield FactChange(current.by_key[f"{name}-0"].label, _plainly(known), _plainly(told))


def _precision(is_month: bool) -> Precision:
    return Precision.MONTH if is_month else Precision.DAY


def _plainly(fact: Any) -> str:
    """Return a fact of a meeting as people read it."""
    if isinstance(fact, time):
        return f"{fact:%H.%M}"
    return str(dict(Format.choices).get(fact, fact))


def _names_at_once(current: Review) -> Iterable[tuple[str, CandidateForm]]:
    """Yield (name, form) where what shows at once names a person who did not agree to that."""
    names = consent.names_of(_hidden_names(current))
    for form in current.accepted(*AT_ONCE):
        if "barrier" in form.fields and form.raw("barrier") != NEW:
            continue
        text = tidy(" | ".join(map(form.raw, AT_ONCE[form.candidate.field])))
        for name in sorted({found.name for found in names.find(text)}):
            yield name, form


def _hidden_names(current: Review) -> list[str]:
    """Return the names of people who did not agree; those who are no members have not."""
    members = consent.hidden_members()
    keys = {"", *(f"m:{pk}" for pk in members)}
    people = current.accepted("attendees", "absent")
    there = (form.raw("name") for form in people if form.raw("member") in keys)
    return sorted({*members.values(), *there})


def _new_organisations(current: Review) -> list[str]:
    people = current.accepted("attendees", "absent")
    new = (form.raw("written") for form in people if current.is_new_organisation(form))
    return [*{spelling(name): name for name in new}.values()]


def _new_barriers(current: Review) -> list[str]:
    new = (
        form.raw("name")
        for form in current.accepted("barriers", "statements")
        if form.raw("barrier") == NEW
    )
    return [*{spelling(name): name for name in new}.values()]


def _next_meeting(current: Review) -> list[str]:
    number = current.meeting.number if current.meeting else current.value("number")
    forms = current.accepted("next_meeting")
    if not (forms and number):
        return [form.title for form in forms]
    following = Meeting(number=number + 1)
    if Meeting.objects.filter(number=following.number).exists():
        return [_("%(meeting)s is in the portal already") % {"meeting": following}]
    return [f"{following}: {form.title}" for form in forms]


# After the import


def imported(intake: Intake, viewer: Viewer) -> dict[str, Any]:
    """Return what the import made, counted by kind."""
    created = created_rows(intake.made)
    made = [(str(model._meta.verbose_name_plural), len(keys)) for model, keys in created]
    minutes = Minutes.objects.visible_to(viewer).filter(meeting=intake.meeting).first()
    return {
        "intake": intake,
        "meeting": intake.meeting,
        "minutes": minutes,
        "made": made,
        # Of several documents, the one that has waited longest is reviewed next.
        "next_up": Intake.objects.in_review().order_by("added_at", "pk").first(),
    }
