"""Carry an answer to a question of the secretariat into the talk about the same thing."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.dialogue.models import Asked, Contribution, ContributionKind, Question, QuestionState
from taskforce.dialogue.talk.editing import let_words_go
from taskforce.dialogue.talk.locking import is_open, lock_open
from taskforce.dialogue.things import place_of_talk
from taskforce.following.acts import follow
from taskforce.following.things import named
from taskforce.members.models import Member


def takes_answers(thing: Model | None) -> bool:
    """Tell whether answers about a thing can be carried into a talk."""
    place = place_of_talk(thing)
    return place is not None and is_open(place)


@transaction.atomic
def carry(*, answer: Asked, by: Member) -> Contribution:
    """Let what an organisation answered stand in the talk, as its own experience, for members.

    Raises Refused where there is no talk about what was asked, or it is closed, where the question
    was withdrawn, and where the answer stands in the talk (`already`).
    """
    place = place_of_talk(answer.question.about)
    if place is None:
        raise Refused(_("There is no talk about what was asked."))
    thing = lock_open(place)
    question = Question.objects.select_for_update().get(pk=answer.question_id)
    if question.state == QuestionState.WITHDRAWN:
        raise Refused(_("The question is withdrawn."))
    found = Asked.objects.select_related("organisation", "answered_by__user").get(pk=answer.pk)
    if Contribution.objects.filter(of_answer=found).exists():
        raise Refused(_("The answer stands in the talk already."), already=True)
    return _write(found, thing, by)


def _write(answer: Asked, thing: Any, by: Member) -> Contribution:
    who = answer.answered_by
    made = Contribution.objects.create(
        target_type=ContentType.objects.get_for_model(thing),
        target_id=thing.pk,
        kind=ContributionKind.EXPERIENCE,
        text=answer.answer,
        organisation=answer.organisation,
        organisation_name=answer.organisation_name,
        written_by=who.user if who else None,
        of_answer=answer,
    )
    if who and who.is_current:
        follow(reader=who.user, **named(made))  # and so they hear where their words stand
    record(Verb.ADDED, made, by=by.user)
    return made


def take_back_all(question: Question, *, by: Member) -> None:
    """Withdraw what was made of a question's answers, since nobody is to read them any more."""
    rows = Contribution.objects.select_for_update().filter(of_answer__question=question)
    for made in rows.filter(withdrawn_at=None).order_by("pk"):
        record(Verb.WITHDRAWN, made, by=by.user)
        let_words_go(made)
