"""Answer a question on behalf of an organisation: with words, or with nothing to add."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.dialogue.asking import links
from taskforce.dialogue.asking.forms import AnswerForm
from taskforce.dialogue.models import Asked, Question
from taskforce.members.models import Member


@transaction.atomic
def answer(*, form: AnswerForm, by: Member | None) -> Asked:
    """Save an organisation's one answer; `by` is None where its mailbox answers.

    Raises Conflict where a colleague answered meanwhile, and Refused where the question takes no
    answer any more.
    """
    question = Question.objects.select_for_update().get(pk=form.instance.question_id)
    rows = question.asked.select_related("organisation").order_by()
    current = rows.get(pk=form.instance.pk)
    if not question.is_open:
        raise Refused(_("The question takes no answers any more."))
    if not question.takes_from(current):
        raise Refused(_("The day to answer by has passed, so the answer stands as it is."))
    form.must_be_current(current)
    is_first = current.answered_at is None
    current.answer, current.answered_by = form.cleaned_data["answer"], by
    current.answered_at, current.organisation_name = timezone.now(), current.organisation.name
    current.save()
    record(Verb.ADDED if is_first else Verb.CHANGED, current, by=by.user if by else None)
    return current


@transaction.atomic
def answer_by_link(*, form: AnswerForm, by: Member | None) -> Asked:
    """Save the answer of whose link it is; refused where the link takes none.

    A colleague's words nobody changes without logging in.
    """
    rows = Asked.objects.select_related("question", "organisation")
    asked = rows.get(pk=form.instance.pk)
    if why := links.why_closed(asked, by):
        raise Refused(why)
    return answer(form=form, by=by)
