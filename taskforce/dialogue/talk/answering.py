"""Say which reply answers a question, or that none does after all."""

from django.db import transaction
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.dialogue.models import Contribution
from taskforce.dialogue.talk.locking import lock_open, lock_spoken, may_mark
from taskforce.members.models import Member


@transaction.atomic
def mark(*, answer: Contribution, by: Member) -> Contribution:
    """Let a reply be the answer to the question above it; return the question.

    Raises Refused where the talk is closed, where either stands no more, where what is above is
    no question, and where the member neither asked it nor is of the secretariat.
    """
    question = _question(answer, by)
    question.answered_by = lock_spoken(answer)
    return _save(question, by)


@transaction.atomic
def unmark(*, answer: Contribution, by: Member) -> Contribution:
    """Let a question be unanswered again; return it. Raises Refused as `mark` does."""
    question = _question(answer, by)
    if question.answered_by_id != answer.pk:
        raise Refused(_("It is not the answer any more."), already=True)
    question.answered_by = None
    return _save(question, by)


def _question(answer: Contribution, by: Member) -> Contribution:
    lock_open(answer.target)
    question = lock_spoken(answer.parent or answer)
    if answer.parent_id is None or not may_mark(question, by):
        raise Refused(_("Only who asked, or the secretariat, can say what answers a question."))
    return question


def _save(question: Contribution, by: Member) -> Contribution:
    question.save(update_fields=["answered_by"])
    record(Verb.CHANGED, question, by=by.user)
    return question
