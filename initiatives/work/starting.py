"""Start an initiative from barriers, and change what was planned."""

from collections.abc import Iterable

from django.db import transaction

from initiatives.models import Initiative, InitiativeState
from initiatives.work import addressing, taking_part
from initiatives.work.forms import InitiativeForm, Milestones, StartForm
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def start(*, form: StartForm, milestones: Milestones, by: Member) -> Initiative:
    """Start an initiative with its milestones and group; its barriers follow if it runs."""
    initiative = form.instance
    if not initiative.lead_id:
        initiative.lead = by.organisation
    if initiative.lead_id == by.organisation_id:
        initiative.contact = by
    form.save()
    initiative.barriers.set(form.cleaned_data["against"])
    milestones.save()
    record(Verb.ADDED, initiative, by=by.user)
    if initiative.lead_id != by.organisation_id:
        taking_part.hand_over(initiative, by=by)
    taking_part.name(initiative, form.cleaned_data["named"], by=by)
    _follow(initiative, form.cleaned_data["against"], by)
    return initiative


@transaction.atomic
def change(*, form: InitiativeForm, milestones: Milestones, by: Member) -> bool:
    """Save what was changed, or return False where somebody else saved first."""
    led_by = form.initial["lead"]
    if not form.save_unless_changed():
        form.theirs.extend(milestones.in_words())
        return False
    initiative = form.instance
    milestones.save()
    before = {*initiative.barriers.all()}
    # Barriers that the form could not offer, such as hidden ones, stay.
    after = {*form.cleaned_data["against"], *(before - {*form.offered})}
    initiative.barriers.set(after)
    record(Verb.CHANGED, initiative, by=by.user)
    if initiative.lead_id != led_by:
        taking_part.hand_over(initiative, by=by)
    taking_part.name(initiative, form.cleaned_data["named"], by=by)
    _follow(initiative, before ^ after, by)
    return True


def _follow(initiative: Initiative, barriers: Iterable[object], by: Member) -> None:
    if initiative.state == InitiativeState.RUNNING:
        addressing.follow([barrier.pk for barrier in barriers], by=by)  # type: ignore[attr-defined]
