"""Suggest something for an application, and answer suggestions."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from calls.consortia import letters
from calls.consortia.forms import ReplyForm, SuggestionForm
from calls.deadlines import today
from calls.models import Answer, Consortium, Suggestion
from taskforce.core.acts import Refused
from taskforce.members.models import Member


@transaction.atomic
def suggest(*, consortium: Consortium, form: SuggestionForm, by: Member) -> Suggestion:
    """Send a suggestion to a consortium; raises Refused where it asks for none any more."""
    rows = Consortium.objects.select_for_update(of=("self",)).select_related("call")
    locked = rows.get(pk=consortium.pk)
    must_ask(locked)
    form.instance.consortium = locked
    form.instance.organisation, form.instance.written_by = by.organisation, by
    suggestion: Suggestion = form.save()
    people = letters.deciders(consortium).exclude(pk=by.pk)
    letters.send(people, "suggestion_made", consortium, suggestion=suggestion)
    return suggestion


def must_ask(consortium: Consortium) -> None:
    """Raise Refused where a consortium asks for no suggestions any more."""
    if not consortium.takes_suggestions(today()):
        raise Refused(_("The consortium asks for no suggestions any more."))


@transaction.atomic
def answer(*, form: ReplyForm, by: Member) -> Suggestion:
    """Answer a suggestion, once; raises Refused where somebody answered first."""
    locked = Suggestion.objects.select_for_update().get(pk=form.instance.pk)
    if locked.answer != Answer.WAITING:
        raise Refused(_("Somebody else has answered this suggestion already."))
    form.instance.answered_at = timezone.now()
    suggestion: Suggestion = form.save()
    writer = Member.objects.current().filter(pk=suggestion.written_by_id or 0).exclude(pk=by.pk)
    people = writer.select_related("user")
    letters.send(people, "suggestion_answered", suggestion.consortium, suggestion=suggestion)
    return suggestion
