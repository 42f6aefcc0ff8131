"""Save summaries in English."""

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404

from taskforce.activity.models import Verb
from taskforce.activity.recording import record_changes
from taskforce.core.refusals import shown_in
from taskforce.front.english.forms import SummaryForm
from taskforce.members.models import Member


def save_all(*, forms: list[SummaryForm], by: Member) -> int:
    """Save each summary that was changed by itself; return how many.

    One that somebody else saved meanwhile says so in its form, and the others are saved.
    """
    saved = 0
    for form in forms:
        if form.is_touched:
            with shown_in(form):
                _save(form, by)
                saved += 1
    return saved


@transaction.atomic
def _save(form: SummaryForm, by: Member) -> Any:
    """Save one summary; raises Conflict where somebody else saved another."""
    rows = type(form.instance)._default_manager.select_for_update(of=("self",))
    current = get_object_or_404(rows, pk=form.instance.pk)
    form.must_be_current(current)
    current.summary_en = form.cleaned_data["summary_en"]
    # A new version, so that a form which holds the row as it was does not write over it.
    current.version += 1
    current.save(update_fields=["summary_en", "version"])
    record_changes(current, by=by.user, verb=Verb.TRANSLATED)
    return current
