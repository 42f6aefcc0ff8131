"""Ask organisations a question; give them longer, close it, or withdraw it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.core.mailing import noted
from taskforce.dialogue.asking import letters
from taskforce.dialogue.asking.forms import AskForm, DayForm, WithdrawForm
from taskforce.dialogue.models import Asked, Question, QuestionState
from taskforce.dialogue.talk import carrying
from taskforce.members.models import Member, Organisation


@transaction.atomic
def ask(*, form: AskForm, by: Member) -> Question:
    """Ask a question, and write to each organisation.

    Raises Refused where one of them is asked the very same already, or was merged meanwhile.
    """
    question = form.save(commit=False)
    chosen = [one.pk for one in form.cleaned_data["organisations"]]
    rows = Organisation.objects.select_for_update().filter(pk__in=chosen)
    organisations = [*rows.order_by("pk")]
    if len(organisations) < len(chosen):
        raise Refused(_("An organisation is not there any more."), field="organisations")
    if again := _asked_already(question, organisations):
        words = _("%(name)s is asked this already, and can still answer.")
        raise Refused(words % {"name": again}, field="organisations")
    question.asked_by = by.user
    question.save()
    asked = Asked.objects.bulk_create(
        Asked(question=question, organisation=one, organisation_name=one.name)
        for one in organisations
    )
    record(Verb.ADDED, question, by=by.user)
    letters.ask(question, asked, note=noted(form), by=by.user)
    return question


def _asked_already(question: Question, organisations: list[Organisation]) -> Organisation | None:
    same = Question.objects.open().filter(
        text=question.text, about_type=question.about_type, about_id=question.about_id
    )
    asked = {*Asked.objects.filter(question__in=same).values_list("organisation", flat=True)}
    return next((one for one in organisations if one.pk in asked), None)


@transaction.atomic
def extend(*, form: DayForm, by: Member) -> Question:
    """Give a question another day, also one that is closed, and tell those who have not answered.

    Raises Conflict where somebody set another day first, Refused where it is withdrawn.
    """
    current = _lock(form.instance)
    form.must_be_current(current)
    question = form.instance
    question.state, question.ended_at = QuestionState.OPEN, None
    question.save(update_fields=["answer_by", "state", "ended_at"])
    record(Verb.CHANGED, question, by=by.user)
    waiting = [*question.asked.unanswered().select_related("organisation")]
    letters.tell_new_day(question, waiting, note=noted(form), by=by.user)
    return question


@transaction.atomic
def close(*, question: Question, by: Member) -> Question:
    """Take no more answers; those that came are read as before. Nobody is written to."""
    current = _lock(question)
    if not current.is_open:
        raise Refused(_("The question is closed."), already=True)
    _end(current, QuestionState.CLOSED)
    record(Verb.CLOSED, current, by=by.user)
    return current


@transaction.atomic
def withdraw(*, form: WithdrawForm, question: Question, by: Member) -> Question:
    """Take a question back, with its answers, also from the talk; tell everybody asked why."""
    current = _lock(question)
    current.reason = form.cleaned_data["reason"]
    _end(current, QuestionState.WITHDRAWN)
    record(Verb.TAKEN_BACK, current, by=by.user)
    carrying.take_back_all(current, by=by)
    asked = [*current.asked.select_related("organisation")]
    letters.tell_withdrawn(current, asked, by=by.user)
    return current


def _lock(question: Question) -> Question:
    """Return the question as it is; refused (`already`) where it is withdrawn."""
    current = Question.objects.select_for_update().get(pk=question.pk)
    if current.state == QuestionState.WITHDRAWN:
        raise Refused(_("The question is withdrawn."), already=True)
    return current


def _end(question: Question, state: QuestionState) -> None:
    question.state, question.ended_at = state, timezone.now()
    question.save(update_fields=["state", "ended_at", "reason"])
