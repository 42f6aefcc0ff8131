"""What pages show of questions, as the viewer may see it."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from taskforce.core.mailing import Preview, rehearse
from taskforce.core.prepared import prepared
from taskforce.dialogue.asking import acts, letters, reminding
from taskforce.dialogue.asking.forms import AskForm, DayForm, WithdrawForm
from taskforce.dialogue.models import Asked, Question, QuestionState
from taskforce.dialogue.talk import carrying
from taskforce.members.models import Member, Viewer, shown_name
from taskforce.members.roles import is_member, is_secretariat, membership


@dataclass(frozen=True)
class Shown:
    """A question with the answers that the viewer reads, and their own organisation's place.

    `missing` are those that have not answered, for the secretariat alone.
    """

    question: Question
    given: list[Asked]
    own: Asked | None
    missing: list[Asked]

    @property
    def may_answer(self) -> bool:
        return self.own is not None and self.question.takes_from(self.own)


def about(viewer: Viewer, *things: Model) -> list[Shown]:
    """Return the questions on the page of what they are about; none to strangers.

    Several things are one that others were merged into.
    """
    if not is_member(viewer):
        return []
    kind = ContentType.objects.get_for_model(things[0])
    return _shown(_standing(viewer, kind.pk, tuple(thing.pk for thing in things)), viewer)


@prepared
def _standing(viewer: Viewer, kind: int, keys: tuple[int, ...]) -> QuerySet[Question]:
    standing = Question.objects.visible_to(viewer).exclude(state=QuestionState.WITHDRAWN)
    return standing.filter(about_type=kind, about_id__in=keys)


def shown(question: Question, viewer: Viewer) -> Shown:
    return _shown([question], viewer)[0]


def _shown(questions: list[Any], viewer: Viewer) -> list[Shown]:
    seen = defaultdict(list)
    for row in _asked(viewer, tuple(question.pk for question in questions)) if questions else ():
        seen[row.question_id].append(row)
    for question in questions:
        question.seen = seen[question.pk]
    return [_one(question, viewer) for question in questions]


@prepared
def _asked(viewer: Viewer, questions: tuple[int, ...]) -> QuerySet[Asked]:
    rows = Asked.objects.visible_to(viewer).filter(question__in=questions)
    by = shown_name(
        viewer, name="answered_by__user__name", visibility="answered_by__name_visibility"
    )
    return rows.annotate(by_name=by).select_related("organisation", "contribution")


def _one(question: Any, viewer: Viewer) -> Shown:
    member = membership(viewer)
    given = [row for row in question.seen if row.answered_at]
    for row in question.seen:
        row.question = question
    own = [row for row in question.seen if member and row.organisation_id == member.organisation_id]
    answered = {row.organisation_id for row in given}
    waiting = [row for row in question.seen if row.organisation_id not in answered]
    return Shown(
        question=question,
        given=given,
        own=next((row for row in own if row.answered_at), next(iter(own), None)),
        missing=waiting if is_secretariat(viewer) else [],
    )


def detail(question: Question, viewer: Viewer) -> dict[str, Any]:
    """Return everything on a question's page."""
    found = shown(question, viewer)
    thing = question.thing(viewer)
    silent = letters.readers(found.missing)[1] if found.missing else []
    return {
        "shown": found,
        "question": question,
        "thing": thing,
        "is_barrier": thing is not None and thing._meta.model_name == "barrier",
        "keeps": is_secretariat(viewer),
        "talks": is_secretariat(viewer) and not question.reason and carrying.takes_answers(thing),
        "unreached": {left.name for left in silent},
        "reminded_on": reminding.reminded_on(question) if found.missing else None,
    }


class AnswerNamedForm(forms.Form):
    """From which answer somebody comes to make something of it: `?svar=7`."""

    svar = forms.ModelChoiceField(Asked.objects.none())


def named(query: QueryDict, viewer: Viewer) -> Asked | None:
    """Return the answer that an address names, for the secretariat; None where there is none."""
    form = AnswerNamedForm(query)
    field: Any = form.fields["svar"]
    if is_secretariat(viewer):
        field.queryset = Asked.objects.visible_to(viewer).exclude(answer="")
    return form.cleaned_data["svar"] if form.is_valid() else None


def rows(viewer: Viewer) -> QuerySet[Question]:
    """Return the questions of the list, with how many have answered and of how many."""
    given = Count("asked", filter=Q(asked__answered_at__isnull=False))
    found = Question.objects.visible_to(viewer).annotate(answers=given, of=Count("asked"))
    return found.order_by("-asked_at", "-pk")


@prepared
def waiting_for(member: Member) -> QuerySet[Asked]:
    """Return what a member's organisation is asked and has not answered."""
    found = Asked.objects.waiting_for(member).select_related("question")
    return found.order_by("question__answer_by", "pk")


def at_the_desk() -> QuerySet[Question]:
    """Return the questions whose day has passed without an answer of everybody."""
    late = Question.objects.open().filter(answer_by__lt=timezone.localdate())
    missing = Asked.objects.unanswered().values("question")
    return late.filter(pk__in=missing).annotate(
        answers=Count("asked", filter=Q(asked__answered_at__isnull=False)), of=Count("asked")
    )


def post_of_asking(form: AskForm, by: Member) -> Preview | None:
    """Return the letters of a question that is filled in; none before."""
    return rehearse(partial(acts.ask, form=form, by=by)) if form.is_valid() else None


def post_of_extending(form: DayForm, by: Member) -> Preview | None:
    return rehearse(partial(acts.extend, form=form, by=by)) if form.is_valid() else None


def post_of_withdrawing(form: WithdrawForm, question: Question, by: Member) -> Preview | None:
    act = partial(acts.withdraw, form=form, question=question, by=by)
    return rehearse(act) if form.is_valid() else None
