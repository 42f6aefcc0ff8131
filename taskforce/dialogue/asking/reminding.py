"""Remind organisations that have not answered a question, a few days before its day."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from taskforce.dialogue.asking import letters
from taskforce.dialogue.models import Asked, Question
from taskforce.following.models import Reminder
from taskforce.following.reminding import Due, reminders

REMINDED_BEFORE = timedelta(days=2)


@reminders
def of_questions(now: datetime) -> Iterator[Due]:
    """Yield the questions of the next days that were asked before today."""
    today = timezone.localdate(now)
    near = Question.objects.open().filter(
        answer_by__range=(today, today + REMINDED_BEFORE), asked_at__date__lt=today
    )
    yield from map(_due, near)


def _due(question: Question) -> Due:
    def waiting() -> list[Asked]:
        locked = Question.objects.select_for_update().get(pk=question.pk)
        if not locked.is_open:
            return []
        return [*locked.asked.unanswered().select_related("organisation")]

    return Due(_named(question), waiting, _row, lambda rows: letters.remind(question, rows))


def reminded_on(question: Question) -> datetime | None:
    """Return when those who have not answered were reminded of the question's day."""
    sent = Reminder.objects.filter(of=_named(question)).order_by("sent_at")
    return sent.values_list("sent_at", flat=True).first()


def _named(question: Question) -> str:
    return f"question-{question.pk} {question.answer_by}"


def _row(asked: Asked) -> str:
    return f"asked-{asked.pk}"
