"""Start an initiative against barriers, and change its plan."""

from collections.abc import Iterable

from django.db import transaction

from barriers.models import Barrier
from initiatives.models import Initiative, InitiativeState
from initiatives.work import addressing, participating
from initiatives.work.forms import InitiativeForm, Milestones, StartForm
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def start(*, form: StartForm, milestones: Milestones, by: Member) -> Initiative:
    """Start an initiative with its milestones and participants; its barriers' states follow."""
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
        participating.hand_over(initiative=initiative, by=by)
    participating.add(initiative=initiative, organisations=form.cleaned_data["named"], by=by)
    _follow(initiative, form.cleaned_data["against"], by)
    return initiative


@transaction.atomic
def change(*, form: InitiativeForm, milestones: Milestones, by: Member) -> Initiative:
    """Save a changed plan with its milestones; raises Conflict if somebody saved first."""
    led_by = form.initial["lead"]
    initiative = form.save_current()
    milestones.save()
    before = {*initiative.barriers.all()}
    # Barriers that the form could not offer, such as hidden ones, stay.
    after = {*form.cleaned_data["against"], *(before - {*form.offered})}
    initiative.barriers.set(after)
    record(Verb.CHANGED, initiative, by=by.user)
    if initiative.lead_id != led_by:
        participating.hand_over(initiative=initiative, by=by)
    participating.add(initiative=initiative, organisations=form.cleaned_data["named"], by=by)
    _follow(initiative, before ^ after, by)
    return initiative


def _follow(initiative: Initiative, barriers: Iterable[Barrier], by: Member) -> None:
    if initiative.state == InitiativeState.RUNNING:
        addressing.follow(barriers=[barrier.pk for barrier in barriers], by=by)
