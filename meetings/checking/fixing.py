"""Fix a doubt where the check shows it: the form for each kind of doubt, and the act behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.checking import acts
from meetings.checking.doubts import Draft, name_key
from meetings.checking.forms import (
    FirstOutcomeForm,
    FirstPassageForm,
    InsteadForm,
    LongLinkForm,
    NewOwnerForm,
    NextMeetingForm,
    SpeakerForm,
)
from meetings.models import AttendanceStatus
from meetings.planning import acts as planning
from meetings.writing import acts as writing
from meetings.writing import pages
from taskforce.core.forms import Options
from taskforce.members.models import Member


@dataclass(frozen=True)
class Fix:
    """How to fix a doubt: a form, the act once the form is valid, and the words on the button."""

    form: forms.BaseForm
    act: Callable[[Member], object]
    button: str


class Fixes:
    """The fixes of the doubts of one draft. What their forms offer is read once."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.minutes, self.meeting = draft, draft.minutes, draft.meeting
        self.kinds: dict[str, Callable[[str, dict[str, Any]], Fix | None]] = {
            "nobody-present": self._nobody_present,
            "no-text": self._no_text,
            "no-outcome": self._no_outcome,
            "no-owner": self._no_owner,
            "no-organisation": self._no_organisation,
            "short-link": self._short_link,
            "name": self._name,
            "no-next-meeting": self._no_next_meeting,
        }

    def of(self, doubt: str, data: Any = None) -> Fix | None:
        """Return the fix of a doubt by its key; None where it is fixed elsewhere, or gone."""
        kind, _colon, what = doubt.partition(":")
        prefix = f"ret-{doubt.replace(':', '-')}"
        fix = self.kinds.get(kind)
        return fix(what, {"data": data, "auto_id": f"{prefix}-%s"}) if fix else None

    @cached_property
    def organisations(self) -> Options:
        return pages.organisations()

    @cached_property
    def owners(self) -> Options:
        return pages.owners()

    @cached_property
    def speakers(self) -> Options:
        return pages.names_of([*self.meeting.attendances.of_organisations()])

    def _nobody_present(self, _what: str, options: dict[str, Any]) -> Fix | None:
        count = self.meeting.attendances.filter(status=AttendanceStatus.COMING).count()
        if not count and options["data"] is None:
            return None
        button = ngettext("Tick the one who said yes", "Tick the %(n)s who said yes", count)
        return Fix(
            forms.Form(**options),
            lambda _by: writing.mark_expected(minutes=self.minutes),
            button % {"n": count},
        )

    def _no_text(self, what: str, options: dict[str, Any]) -> Fix | None:
        if (item := _row(self.draft.items, what)) is None:
            return None
        form = FirstPassageForm(**options)
        return Fix(
            form,
            lambda _by: acts.add_text(minutes=self.minutes, item=item, form=form),
            _("Save"),
        )

    def _no_outcome(self, what: str, options: dict[str, Any]) -> Fix | None:
        if (item := _row(self.draft.items, what)) is None:
            return None
        current = self.draft.outcomes.get(item.pk)
        form = FirstOutcomeForm(options["data"], instance=current, item=item)
        return Fix(
            form,
            lambda _by: writing.set_outcome(minutes=self.minutes, item=item, form=form),
            _("Save"),
        )

    def _no_owner(self, what: str, options: dict[str, Any]) -> Fix | None:
        if (point := _row(self.draft.points, what)) is None:
            return None
        choices = {"organisations": self.organisations, "owners": self.owners}
        form = NewOwnerForm(instance=point, **choices, **options)
        return Fix(
            form,
            lambda _by: writing.change_action_point(minutes=self.minutes, form=form),
            _("Save"),
        )

    def _no_organisation(self, what: str, options: dict[str, Any]) -> Fix | None:
        if (entry := _row(self.draft.entries, what)) is None:
            return None
        offered = self.speakers
        form = SpeakerForm(instance=entry, meeting=self.meeting, speakers=offered, **options)
        return Fix(form, lambda _by: writing.save_passage(form=form), _("Save"))

    def _short_link(self, what: str, options: dict[str, Any]) -> Fix | None:
        place, _colon, key = what.partition(":")
        kind, _dash, pk = place.partition("-")
        rows: dict[str, list[Any]] = {
            "passage": self.draft.entries,
            "outcome": [*self.draft.outcomes.values()],
            "action": self.draft.points,
        }
        if (row := _row(rows.get(kind, []), pk)) is None:
            return None
        form = LongLinkForm(**options)

        def act(_by: Member) -> acts.Linked:
            address = form.cleaned_data["address"]
            return acts.replace_link(minutes=self.minutes, row=row, key=key, address=address)

        return Fix(form, act, _("Replace the short link"))

    def _name(self, what: str, options: dict[str, Any]) -> Fix | None:
        named = (found for found in self.draft.names if name_key(found) == f"name:{what}")
        if (found := next(named, None)) is None:
            return None
        form = InsteadForm(found=found, **options)

        def act(by: Member) -> object:
            row, organisation = form.chosen
            return acts.write_instead(
                minutes=self.minutes, row=row, found=found, organisation=organisation, by=by
            )

        return Fix(form, act, "")  # a button for each text

    def _no_next_meeting(self, _what: str, options: dict[str, Any]) -> Fix:
        initial = {"number": planning.next_number()}
        form = NextMeetingForm(after=self.meeting, initial=initial, **options)
        return Fix(form, lambda by: planning.plan(form=form, by=by), _("Plan the meeting"))


def _row(rows: list[Any], pk: str) -> Any:
    """Return one of the draft's rows; None where it is gone."""
    return next((row for row in rows if str(row.pk) == pk), None)
