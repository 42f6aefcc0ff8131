"""Set a goal, publish it, change it and take it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity import taking_back
from taskforce.activity.models import TakenBack, Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Conflict, Refused
from taskforce.members.models import Member
from taskforce.results.goals.forms import GoalForm
from taskforce.results.models import Goal, GoalStep, StepKind


@transaction.atomic
def set_goal(*, form: GoalForm, by: Member) -> Goal:
    """Save a goal as a draft, with what is to be reached and by when."""
    form.instance.entered_by = by
    goal: Goal = form.save()
    told = form.cleaned_data
    goal.steps.create(kind=StepKind.SET, number=told["number"], due_on=told["due_on"])
    record(Verb.ADDED, goal, by=by.user)
    return goal


@transaction.atomic
def publish(*, goal: Goal, by: Member) -> Goal:
    current = _locked(goal)
    if current.is_published:
        raise Refused(_("The goal is published already."), already=True)
    current.published_at = timezone.now()
    return _saved(current, Verb.PUBLISHED, by)


@transaction.atomic
def change(*, goal: Goal, version: int, measure: str, by: Member, **step: Any) -> GoalStep:
    """Add a step of a goal, and what says how far it is.

    Raises Conflict if somebody changed the goal since `version`.
    """
    current = _locked(goal)
    if current.version != version:
        raise Conflict(current)
    made = current.steps.create(**step)
    current.measure = measure
    _saved(current, Verb.CHANGED, by)
    return made


@transaction.atomic
def take_back(*, goal: Goal, reason: str, by: Member) -> TakenBack:
    """Make a published goal a draft again; the reason is kept with it."""
    current = _locked(goal)
    if not current.is_published:
        raise Refused(_("The goal has been taken back already."), already=True)
    current.published_at = None
    current.version += 1
    current.save()
    return taking_back.note(current, Verb.PUBLISHED, reason=reason, by=by.user)


def _saved(goal: Goal, verb: Verb, by: Member) -> Goal:
    goal.version += 1
    goal.save()
    record(verb, goal, by=by.user)
    return goal


def _locked(goal: Goal) -> Goal:
    return Goal.objects.select_for_update().get(pk=goal.pk)
