"""Who has not answered is reminded once, two days before the day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from taskforce.dialogue.asking.reminding import of_questions
from taskforce.dialogue.models import Question, QuestionState
from taskforce.following.reminding import remind_due
from tests.factories import make_answer, make_member, make_question, make_user
from tests.racing import at_once

DAY = timedelta(days=1)


@pytest.fixture
def question(db: None) -> Question:
    silent, answered = make_member(user=make_user("silent@example.org")), make_member()
    asked_at = timezone.now() - 5 * DAY
    made = make_question(
        silent.organisation,
        answered.organisation,
        answer_by=timezone.localdate() + 2 * DAY,
        asked_at=asked_at,
    )
    make_answer(made, answered)
    return made


def test_each_is_reminded_once(question: Question):
    for expected in (1, 0):
        assert remind_due(of_questions, timezone.now()) == expected

    (letter,) = mail.outbox
    assert letter.to == ["silent@example.org"]
    assert letter.subject == f"Vi venter på jeres svar: {question.text}"


@pytest.mark.parametrize(
    "changes",
    [
        lambda: {"answer_by": timezone.localdate() + 3 * DAY},
        lambda: {"answer_by": timezone.localdate() - DAY},
        lambda: {"asked_at": timezone.now()},
        lambda: {"state": QuestionState.CLOSED, "ended_at": timezone.now()},
    ],
    ids=["far ahead", "over", "just asked", "closed"],
)
def test_nobody_is_reminded_otherwise(question: Question, changes: Callable[[], dict[str, Any]]):
    Question.objects.update(**changes())

    assert remind_due(of_questions, timezone.now()) == 0
    assert mail.outbox == []


def test_two_workers_remind_once(transactional_db: None):
    member = make_member()
    make_question(
        member.organisation,
        answer_by=timezone.localdate() + DAY,
        asked_at=timezone.now() - 3 * DAY,
    )

    counts = at_once(*[lambda: remind_due(of_questions, timezone.now())] * 2)

    assert sorted(counts) == [0, 1]
