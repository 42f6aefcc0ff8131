"""Correct published minutes: the old text stays readable, and a new version is kept."""

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
from meetings.writing import acts as writing
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core import mail
from taskforce.core.acts import Refused
from taskforce.members.models import Member


@transaction.atomic
def correct_passage(*, form: Any, by: Member) -> Correction:
    """Correct a passage; raises Conflict if somebody else corrected it first."""
    minutes = _published(form.instance.minutes)
    before = MinutesEntry.objects.select_related("speaker").get(pk=form.instance.pk)
    after = form.save_current()
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
def correct_outcome(*, form: Any, by: Member) -> Correction:
    """Correct what came of an item; raises Conflict if somebody else corrected it first."""
    minutes = _published(form.instance.minutes)
    current = Outcome.objects.select_for_update().get(pk=form.instance.pk)
    form.must_be_current(current)
    form.save()
    old, new = (_outcome(row) for row in (current, form.instance))
    if current.kind == form.instance.kind:
        old, new = current.decision, form.instance.decision
    return _keep(minutes, form, by, outcome=form.instance, old=old, new=new)


def _outcome(outcome: Outcome) -> str:
    kind = str(OutcomeKind(outcome.kind).label)
    return f"{kind}: {outcome.decision}" if outcome.decision else kind


@transaction.atomic
def correct_action(*, minutes: Minutes, form: Any, by: Member) -> Correction:
    """Correct an action point or add one; raises Conflict if somebody else corrected it first."""
    locked = _published(minutes)
    current = None
    if form.instance.pk:
        rows = ActionPoint.objects.select_for_update(of=("self",)).select_related("organisation")
        current = rows.get(pk=form.instance.pk)
        form.must_be_current(current)
    form.instance.meeting = locked.meeting
    point = form.save()
    old = _action(current) if current else ""
    return _keep(locked, form, by, action_point=point, old=old, new=_action(point))


def _action(point: ActionPoint) -> str:
    """Return an action point in words, without the person: they may not have agreed to it."""
    due = _("by %(day)s") % {"day": formats.date_format(point.due_on)} if point.due_on else ""
    who = point.organisation.name if point.organisation else _("Everybody")
    return " · ".join(filter(None, (point.what, who, due)))


@transaction.atomic
def correct_presence(*, minutes: Minutes, form: Any, by: Member) -> Correction:
    """Correct who was there. The texts name organisations, since a person's name may be taken off.

    Refuses to mark a speaker as absent, and to add somebody who is on the list already.
    """
    locked = _published(minutes)
    before = _present(locked)
    if spoke := writing.speakers_marked_absent(locked, form.marks):
        names = ", ".join(row.organisation_name for row in spoke)
        said = _("%(names)s spoke at the meeting. Correct the passage first.")
        raise Refused(said % {"names": names})
    writing.save_marks(locked, form.marks)
    if form.guest.has_changed():
        if writing.is_listed(locked, form.guest.instance):
            raise Refused(_("This person is on the list already. Tick them there."))
        writing.save_guest(locked, form.guest.instance)
    return _keep(locked, form, by, old=before, new=_present(locked))


def _present(minutes: Minutes) -> str:
    there = minutes.meeting.attendances.present().order_by("organisation_name", "pk")
    rows = there.values_list("organisation_name", "online")
    return "\n".join(f"{name} ({_('online')})" if online else name for name, online in rows)


def _published(minutes: Minutes) -> Minutes:
    rows = Minutes.objects.select_for_update(of=["self"]).select_related("meeting")
    locked = rows.get(pk=minutes.pk)
    if locked.state != MinutesState.PUBLISHED:
        raise Refused(_("The minutes are not published, so nothing is to correct."))
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
    """Send the secretariat a member's request for a correction."""
    mail.send(
        "correction_asked",
        about=minutes.meeting,
        to=settings.SECRETARIAT_EMAIL,
        reply_to=by.user.email,
        context={"minutes": minutes, "place": place, "text": text, "by": by},
    )
