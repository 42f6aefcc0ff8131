"""Forms to plan a meeting, to move it and to cancel it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.signing import Signer
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Precision
from meetings.models.meeting import date_in_words, day_after
from taskforce.core.amounts import AmountField
from taskforce.core.dates import ClockField, DayField
from taskforce.core.forms import BOTH_STAND_HERE
from taskforce.core.mailing import NoteForm, Preview

MONTHS_AHEAD = 24
WRITTEN = ["number", "title", "starts", "ends", "format", "place", "link"]
FIELDS = [*WRITTEN, "date", "date_precision"]


class MeetingForm(forms.ModelForm[Meeting]):
    """When and where. Either the day is known, or only the month, and then no time.

    The form carries a fingerprint of the meeting that it started from, so that it never overwrites
    what somebody else saved.
    """

    day = DayField(label=_("Day"), required=False)
    month = forms.ChoiceField(
        label=_("Or only the month"),
        required=False,
        help_text=_("Where the day is not found yet. The portal then shows the month alone."),
    )
    starts = ClockField(label=_("Starts"), required=False)
    ends = ClockField(label=_("Ends"), required=False)
    began_with = forms.CharField(required=False, widget=forms.HiddenInput)
    theirs: list[tuple[str, str]]

    field_order = ["number", "title", "day", "month", "starts", "ends", "format", "place", "link"]

    class Meta:
        model = Meeting
        fields = WRITTEN
        field_classes = {"number": AmountField}
        error_messages = {"number": {"unique": _("Another meeting has this number.")}}
        help_texts = {
            "title": _("Only where it is called something else than its number."),
            "link": _("Members only, in the portal and in the invitation."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting, self.theirs = self.instance, []
        month = meeting.date if meeting.date_precision == Precision.MONTH else None
        self._choices("month").choices = [
            ("", _("The day is known")),
            *((f"{day:%Y-%m}", date_in_words(day, Precision.MONTH)) for day in _months(month)),
        ]
        self.initial["day"] = meeting.date if meeting.date and not month else None
        self.initial["month"] = f"{month:%Y-%m}" if month else ""
        self.initial["began_with"] = fingerprint(meeting)
        # The meeting's address and its entry in calendars depend on the number.
        self.fields["number"].disabled = meeting.invited_at is not None

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if number < 1:
            raise forms.ValidationError(_("Meetings are counted from 1."))
        return number

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        day, month = found.get("day"), found.get("month")
        if day and month and "month" not in self.changed_data:
            month = found["month"] = ""  # the day is decided now and replaces the month
        if day and month:
            self.add_error("month", _("Choose either a day or a month, not both."))
        elif not day and not month and not self.errors.keys() & {"day", "month"}:
            self.add_error("day", _("Choose a day, or choose a month below."))
        elif month and (found.get("starts") or found.get("ends")):
            self.add_error("starts", _("Where only the month is known there is no time."))
        elif found.get("ends") and not found.get("starts") and "starts" not in self.errors:
            self.add_error("starts", _("Say when it starts too."))
        if self._ends_too_early(found):
            self.add_error("ends", _("The meeting ends before it starts."))
        if not self.errors:
            self._set_date(day, month)
        return found

    def _ends_too_early(self, found: dict[str, Any]) -> bool:
        starts, ends = found.get("starts"), found.get("ends")
        return bool(starts and ends and ends <= starts)

    def _set_date(self, day: date | None, month: str | None) -> None:
        meeting = self.instance
        before = (meeting.date, meeting.date_precision)
        meeting.date = day or date.fromisoformat(f"{month}-01")
        meeting.date_precision = Precision.DAY if day else Precision.MONTH
        passed = day_after(meeting.date, meeting.date_precision) <= timezone.localdate()
        if passed and before != (meeting.date, meeting.date_precision):
            self.add_error("day" if day else "month", _("That time has passed."))

    def show_conflict(self, current: Meeting) -> None:
        """Show what somebody else saved beside what was typed here.

        Sending the form again is then a deliberate choice.
        """
        theirs = MeetingForm(instance=current)
        self.theirs = [
            (str(field.label), _in_words(field))
            for field in theirs.visible_fields()
            if field.field.has_changed(field.value(), self[field.name].data)
        ]
        data = MultiValueDict[str, Any]()
        data.update(self.data)
        data[self.add_prefix("began_with")] = fingerprint(current)
        self.data = data
        self.add_error(None, BOTH_STAND_HERE)

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        return field


class MovedForm(NoteForm):
    """What goes with the letter about a meeting that is moved; `seen` marks the letter shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def may_go(self, post: Preview | None) -> bool:
        """Tell whether nobody is written to, or the letter was seen; mark it as seen now."""
        if post is None or not post.letter:
            return True
        was_seen: bool = self["seen"].value() == post.mark
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["seen"] = post.mark
        self.data = data
        return was_seen


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        help_text=_("Those invited get it by mail as you write it, and members read it here."),
        widget=forms.Textarea,
        max_length=2000,
    )


def fingerprint(meeting: Meeting) -> str:
    """Return a mark of everything that the form shows: another for each value of any field."""
    shown = [f"{name}: {value}" for name, value in model_to_dict(meeting, FIELDS).items()]
    return Signer(salt="meetings.planning").signature("\n".join(shown))


def _months(chosen: date | None) -> Iterator[date]:
    """Yield the chosen month if it is past, then this month and those that follow."""
    day = timezone.localdate().replace(day=1)
    if chosen and chosen < day:
        yield chosen
    for _number in range(MONTHS_AHEAD):
        yield day
        day = (day + timedelta(days=32)).replace(day=1)


def _in_words(field: forms.BoundField) -> str:
    value = field.value()
    choices = dict(getattr(field.field, "choices", []))
    if isinstance(value, date):
        return date_in_words(value)
    return str(choices.get(value, value) or "–")
