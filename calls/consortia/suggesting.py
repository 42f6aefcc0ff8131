"""Suggest something for an application, and answer what others suggest."""

from django.db import transaction
from django.utils import timezone

from calls.consortia import letters
from calls.consortia.forms import ReplyForm, SuggestionForm
from calls.deadlines import today
from calls.models import Answer, Consortium, Suggestion
from taskforce.members.models import Member


@transaction.atomic
def suggest(*, consortium: Consortium, form: SuggestionForm, by: Member) -> bool:
    """Hand a suggestion to a consortium; False where it asks for none any more."""
    locked = Consortium.objects.select_for_update().get(pk=consortium.pk)
    if not locked.takes_suggestions(today()):
        return False
    suggestion = form.instance
    suggestion.consortium, suggestion.organisation, suggestion.written_by = (
        locked,
        by.organisation,
        by,
    )
    form.save()
    people = letters.who_runs(consortium).exclude(pk=by.pk)
    letters.write(people, "suggestion_made", consortium, suggestion=suggestion)
    return True


@transaction.atomic
def answer(*, form: ReplyForm, by: Member) -> bool:
    """Answer a suggestion, once; False where somebody else answered first."""
    suggestion = form.instance
    locked = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if locked.answer != Answer.WAITING:
        return False
    suggestion.answered_at = timezone.now()
    form.save()
    writer = Member.objects.current().filter(pk=suggestion.written_by_id or 0).exclude(pk=by.pk)
    people = writer.select_related("user")
    letters.write(people, "suggestion_answered", suggestion.consortium, suggestion=suggestion)
    return True
