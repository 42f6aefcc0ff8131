"""Correct published minutes: the old text stays readable, and the version is kept."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import formats, timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from meetings.models import (
    ActionPoint,
    Correction,
    Minutes,
    MinutesEntry,
    MinutesState,
    Outcome,
    OutcomeKind,
)
from meetings.review import publishing
from meetings.writing import acts as taking
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core import mail
from taskforce.members.models import Member


class NotCorrectedError(Exception):
    """Raised where nothing can be corrected; its text is for the reader."""


@transaction.atomic
def correct_passage(*, form: Any, by: Member) -> Correction | None:
    """Correct a passage; None where somebody else corrected it first, which the form says."""
    minutes = _published(form.instance.minutes)
    before = MinutesEntry.objects.select_related("speaker").get(pk=form.instance.pk)
    if not form.save_unless_changed():
        return None
    after = form.instance
    titles = _title(before), _title(after)
    old, new = before.text, after.text
    if titles[0] != titles[1]:
        old, new = (_under(*pair) for pair in zip(titles, (old, new), strict=True))
    return _keep(minutes, form, by, entry=after, old=old, new=new)


def _title(entry: MinutesEntry) -> str:
    return entry.speaker.organisation_name if entry.speaker else entry.heading


def _under(title: str, html: str) -> str:
    return f"<h4>{escape(title)}</h4>{html}" if title else html


@transaction.atomic
def correct_outcome(*, form: Any, by: Member) -> Correction | None:
    """Correct what came of an item; None where somebody else did first, which the form says."""
    minutes = _published(form.instance.minutes)
    current = Outcome.objects.select_for_update().get(pk=form.instance.pk)
    if not form.is_still(current):
        return None
    form.save()
    old, new = (_outcome(row) for row in (current, form.instance))
    if current.kind == form.instance.kind:
        old, new = current.decision, form.instance.decision
    return _keep(minutes, form, by, outcome=form.instance, old=old, new=new)


def _outcome(outcome: Outcome) -> str:
    kind = str(OutcomeKind(outcome.kind).label)
    return f"{kind}: {outcome.decision}" if outcome.decision else kind


@transaction.atomic
def correct_action(*, minutes: Minutes, form: Any, by: Member) -> Correction | None:
    """Correct an action point or add one; None where somebody else changed it first."""
    locked = _published(minutes)
    current = None
    if form.instance.pk:
        rows = ActionPoint.objects.select_for_update(of=("self",)).select_related("organisation")
        current = rows.get(pk=form.instance.pk)
        if not form.is_still(current):
            return None
    form.instance.meeting = locked.meeting
    point = form.save()
    old = _action(current) if current else ""
    return _keep(locked, form, by, action_point=point, old=old, new=_action(point))


def _action(point: ActionPoint) -> str:
    """Return an action point without the person: a name shows only where its owner agrees."""
    due = _("by %(day)s") % {"day": formats.date_format(point.due_on)} if point.due_on else ""
    who = point.organisation.name if point.organisation else _("Everybody")
    return " · ".join(filter(None, (point.what, who, due)))


@transaction.atomic
def correct_presence(*, minutes: Minutes, form: Any, by: Member) -> Correction:
    """Correct who was there. The texts name organisations, since a person's name may come off."""
    locked = _published(minutes)
    before = _present(locked)
    if spoke := taking.placed(locked, form.places):
        names = ", ".join(row.organisation_name for row in spoke)
        raise NotCorrectedError(
            _("%(names)s spoke at the meeting. Correct the passage first.") % {"names": names}
        )
    if form.guest.has_changed() and not taking.listed(locked, form.guest):
        raise NotCorrectedError(_("This person is on the list already. Tick them there."))
    return _keep(locked, form, by, old=before, new=_present(locked))


def _present(minutes: Minutes) -> str:
    there = minutes.meeting.attendances.present().order_by("organisation_name", "pk")
    rows = there.values_list("organisation_name", "online")
    return "\n".join(f"{name} ({_('online')})" if online else name for name, online in rows)


def _published(minutes: Minutes) -> Minutes:
    rows = Minutes.objects.select_for_update(of=["self"]).select_related("meeting")
    locked = rows.get(pk=minutes.pk)
    if locked.state != MinutesState.PUBLISHED:
        raise NotCorrectedError(_("The minutes are not published, so nothing is to correct."))
    return locked


def _keep(minutes: Minutes, form: Any, by: Member, *, old: str, new: str, **of: Any) -> Correction:
    version = publishing.freeze(minutes, by=by)
    correction = Correction.objects.create(
        minutes=minutes,
        version=version.number,
        corrected_on=timezone.localdate(),
        text=form.cleaned_data["wrong"],
        old_text=old,
        new_text=new,
        old_is_hidden=form.cleaned_data.get("hide_old", False),
        corrected_by=by,
        **of,
    )
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
