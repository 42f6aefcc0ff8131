"""Mend a doubt where the check shows it: which form does so, and which act of taking minutes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db import models, transaction
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.checking.doubts import Doubt, Draft, doubts_in
from meetings.checking.forms import (
    FirstPassageForm,
    LongLinkForm,
    NextMeetingForm,
    SettledForm,
    SpeakerForm,
    TakerForm,
)
from meetings.models import AttendanceStatus, Minutes
from meetings.planning import acts as planning
from meetings.writing import acts as taking
from meetings.writing import pages
from meetings.writing.acts import locked_draft
from meetings.writing.forms import WaiverForm
from taskforce.core.forms import Options
from taskforce.members.models import Member, Viewer


class GoneError(Exception):
    """Raised where what was to be mended is no longer there."""


@dataclass(frozen=True)
class Way:
    """How a doubt is mended: a form, and the act that follows when it is filled in well.

    The act returns whether it was done; where not, the form says why.
    """

    form: forms.BaseForm
    act: Callable[[Member], Any]
    button: str


class Ways:
    """The ways to mend the doubts of one draft, what they offer asked for once."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.minutes, self.meeting = draft, draft.minutes, draft.meeting
        self.kinds: dict[str, Callable[[str, dict[str, Any]], Way | None]] = {
            "nobody-present": self._nobody_present,
            "no-text": self._no_text,
            "no-outcome": self._no_outcome,
            "no-owner": self._no_owner,
            "no-organisation": self._no_organisation,
            "short-link": self._short_link,
            "no-next-meeting": self._no_next_meeting,
        }

    def of(self, doubt: str, data: Any = None) -> Way | None:
        """Return the way to mend a doubt by its key; None where it is mended elsewhere."""
        kind, _colon, what = doubt.partition(":")
        prefix = f"ret-{doubt.replace(':', '-')}"
        way = self.kinds.get(kind)
        return way(what, {"data": data, "auto_id": f"{prefix}-%s"}) if way else None

    @cached_property
    def organisations(self) -> Options:
        return pages.organisations()

    @cached_property
    def owners(self) -> Options:
        return pages.owners()

    @cached_property
    def speakers(self) -> Options:
        return pages.names_of([*self.meeting.attendances.of_organisations()])

    def _nobody_present(self, _what: str, options: dict[str, Any]) -> Way | None:
        count = self.meeting.attendances.filter(status=AttendanceStatus.COMING).count()
        if not count and options["data"] is None:
            return None
        told = ngettext("Tick the one who said yes", "Tick the %(n)s who said yes", count)

        def act(_by: Member) -> bool:
            taking.tick_coming(minutes=self.minutes)
            return True

        return Way(forms.Form(**options), act, told % {"n": count})

    def _no_text(self, what: str, options: dict[str, Any]) -> Way:
        item, form = _row(self.draft.items, what), FirstPassageForm(**options)
        own = [entry for entry in self.draft.entries if entry.agenda_item_id == item.pk]

        def act(_by: Member) -> bool:
            written = [entry for entry in own if strip_tags(entry.text).strip()]
            if not form.is_still(written):
                return False
            empty = next((entry for entry in own if entry not in written), None)
            entry = empty or taking.add_passage(minutes=self.minutes, item=item)
            entry.text = form.cleaned_data["text"]
            _save(entry)
            return True

        return Way(form, act, _("Save"))

    def _no_outcome(self, what: str, options: dict[str, Any]) -> Way:
        item = _row(self.draft.items, what)
        form = SettledForm(options["data"], instance=self.draft.outcomes.get(item.pk), item=item)
        act = lambda _by: taking.settle(minutes=self.minutes, item=item, form=form)  # noqa: E731
        return Way(form, act, _("Save"))

    def _no_owner(self, what: str, options: dict[str, Any]) -> Way:
        point = _row(self.draft.points, what)
        choices = {"organisations": self.organisations, "owners": self.owners}
        form = TakerForm(instance=point, **choices, **options)
        return Way(form, lambda _by: taking.agree_anew(minutes=self.minutes, form=form), _("Save"))

    def _no_organisation(self, what: str, options: dict[str, Any]) -> Way:
        entry, offered = _row(self.draft.entries, what), self.speakers
        form = SpeakerForm(instance=entry, meeting=self.meeting, speakers=offered, **options)
        return Way(form, lambda _by: taking.write(form=form), _("Save"))

    def _short_link(self, what: str, options: dict[str, Any]) -> Way:
        place, _colon, link = what.partition(":")
        kind, _dash, pk = place.partition("-")
        rows, fields = {
            "passage": (self.draft.entries, ["heading", "text"]),
            "outcome": ([*self.draft.outcomes.values()], ["decision"]),
            "action": (self.draft.points, ["what"]),
        }.get(kind, ([], []))
        row, form = _row(rows, pk), LongLinkForm(**options)

        def act(_by: Member) -> bool:
            is_put = form.put_into(row, fields, link)
            if is_put:
                _save(row)
            return is_put

        return Way(form, act, _("Replace the short link"))

    def _no_next_meeting(self, _what: str, options: dict[str, Any]) -> Way:
        initial = {"number": planning.next_number()}
        form = NextMeetingForm(after=self.meeting, initial=initial, **options)
        return Way(form, lambda by: planning.plan(form=form, by=by), _("Plan the meeting"))


@transaction.atomic
def mend(*, minutes: Minutes, doubt: str, data: Any, by: Member) -> Way | None:
    """Mend a doubt; return the way with its form where something in that must be mended first.

    The lock is taken before anything is read: what is mended is what stands there now.
    """
    way = Ways(Draft(locked_draft(minutes), by.user)).of(doubt, data)
    if way is None:
        raise GoneError
    return None if way.form.is_valid() and way.act(by) else way


def rows(
    minutes: Minutes, viewer: Viewer, refused: WaiverForm | None, unmended: tuple[str, Way] | None
) -> dict[str, list[Any]]:
    """Return what the page lists: (doubt, way to mend it, form to let it stand), and the waived.

    What was sent and not kept stays on the page, even where somebody else mended it meanwhile.
    """
    draft = Draft(minutes, viewer)
    ways, found = Ways(draft), doubts_in(draft)
    key, way_again = unmended or ("", None)
    if key and key not in {doubt.key for doubt in found}:
        found.insert(0, Doubt(key, _("Somebody else mended this meanwhile."), draft.writing))
    open_rows = []
    for number, doubt in enumerate(found):
        if doubt.waived and doubt.key != key:
            continue
        way = way_again if doubt.key == key else ways.of(doubt.key)
        fresh = WaiverForm(initial={"doubt": doubt.key}, auto_id=f"tvivl-{number}-%s")
        sent = refused if refused and refused["doubt"].value() == doubt.key else None
        open_rows.append((doubt, way, sent or fresh))
    return {"open": open_rows, "waived": [doubt for doubt in found if doubt.waived]}


def anchor_behind(open_doubts: list[Doubt], key: str) -> str:
    """Return where the doubt stands that follows one; empty behind the last."""
    keys = [doubt.key for doubt in open_doubts]
    behind = open_doubts[keys.index(key) + 1 :] if key in keys else []
    return behind[0].anchor if behind else ""


def _row(rows: list[Any], pk: str) -> Any:
    """Return one of the draft's rows, or say that it is gone."""
    for row in rows:
        if str(row.pk) == pk:
            return row
    raise GoneError


def _save(row: models.Model) -> None:
    """Save a row, so that whoever has a passage open learns that it is another by now."""
    if hasattr(row, "version"):
        row.version += 1
    row.save()
