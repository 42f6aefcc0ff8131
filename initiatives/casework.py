"""The way of a case: written by a member, submitted, published or sent back by the secretariat."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from initiatives.forms import CaseForm
from initiatives.models import Case, CaseState
from taskforce import mail
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def write(*, form: CaseForm, partners: Any, by: Member) -> Case:
    """Keep a new case as a draft of the member's organisation."""
    form.instance.written_by = by.organisation
    form.instance.contact = by
    case: Case = form.save()
    partners.instance = case
    partners.save()
    record(Verb.ADDED, case, by=by.user)
    return case


@transaction.atomic
def change(*, form: CaseForm, partners: Any, by: Member) -> bool:
    """Save what was changed, or return False where somebody else saved first."""
    if not form.save_unless_changed():
        return False
    partners.save()
    record(Verb.CHANGED, form.instance, by=by.user)
    return True


@transaction.atomic
def submit(*, case: Case, by: Member) -> bool:
    """Hand a draft to the secretariat; False where it is no draft."""
    return _move(case, CaseState.DRAFT, CaseState.SUBMITTED, Verb.SUBMITTED, by)


@transaction.atomic
def publish(*, case: Case, by: Member) -> bool:
    """Let everybody read a submitted case; False where it is not submitted."""
    return _move(case, CaseState.SUBMITTED, CaseState.PUBLISHED, Verb.PUBLISHED, by)


@transaction.atomic
def send_back(*, case: Case, reason: str, by: Member) -> bool:
    """Make a submitted case a draft again and tell its author why; False where it is not."""
    moved = _move(case, CaseState.SUBMITTED, CaseState.DRAFT, Verb.RETURNED, by)
    if moved and case.contact:
        mail.send(
            "case_returned",
            to=case.contact.user.email,
            context={"case": case, "reason": reason},
        )
    return moved


def _move(case: Case, before: CaseState, after: CaseState, verb: Verb, by: Member) -> bool:
    """Change the state in one statement, so that of two who try only one does."""
    published_at = timezone.now() if after == CaseState.PUBLISHED else None
    moved = Case.objects.filter(pk=case.pk, state=before).update(
        state=after, published_at=published_at
    )
    if moved:
        record(verb, case, by=by.user)
    return bool(moved)
