"""Correct published minutes: the old text stays readable, and the version is kept."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import publishing
from meetings.models import Correction, Minutes, MinutesState, Outcome
from taskforce import mail
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


class NotCorrectedError(Exception):
    """Raised where nothing can be corrected; its text is for the reader."""


@transaction.atomic
def correct_passage(*, form: Any, by: Member) -> Correction | None:
    """Correct a passage; None where somebody else corrected it first, which the form says."""
    minutes = _published(form.instance.minutes)
    before = form.as_it_was
    if not form.save_unless_changed():
        return None
    return _keep(minutes, form, by, entry=form.instance, old=before, new=form.instance.text)


@transaction.atomic
def correct_decision(*, form: Any, by: Member) -> Correction | None:
    """Correct a decision; None where somebody else corrected it first, which the form says."""
    minutes = _published(form.instance.minutes)
    current = Outcome.objects.select_for_update().get(pk=form.instance.pk)
    if not form.is_still(current):
        return None
    form.save()
    before, after = current.decision, form.instance.decision
    return _keep(minutes, form, by, outcome=form.instance, old=before, new=after)


def _published(minutes: Minutes) -> Minutes:
    rows = Minutes.objects.select_for_update(of=["self"]).select_related("meeting")
    locked = rows.get(pk=minutes.pk)
    if locked.state != MinutesState.PUBLISHED:
        raise NotCorrectedError(_("The minutes are not published, so nothing is to correct."))
    return locked


def _keep(minutes: Minutes, form: Any, by: Member, *, old: str, new: str, **of: Any) -> Correction:
    correction = Correction.objects.create(
        minutes=minutes,
        corrected_on=timezone.localdate(),
        text=form.cleaned_data["what"],
        old_text=old,
        new_text=new,
        corrected_by=by,
        **of,
    )
    publishing.freeze(minutes, by=by)
    record(Verb.CORRECTED, minutes, by=by.user)
    return correction


def ask(*, minutes: Minutes, place: str, text: str, by: Member) -> None:
    """Send the secretariat what a member would have corrected."""
    mail.send(
        "correction_asked",
        to=settings.SECRETARIAT_EMAIL,
        reply_to=by.user.email,
        context={"minutes": minutes, "place": place, "text": text, "by": by},
    )
