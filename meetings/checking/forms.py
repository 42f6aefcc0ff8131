"""Forms that fix a doubt or waive it: each asks for the one thing that is missing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.checking.consent import HiddenName, Text
from meetings.checking.links import digest, is_short
from meetings.models import Attendance, Meeting, MinutesEntry, OutcomeKind
from meetings.planning.forms import MeetingForm
from meetings.writing.forms import OutcomeForm, OwnerForm
from taskforce.core.acts import Conflict
from taskforce.core.forms import MEANWHILE, Options, OptionsSelect, VersionedForm
from taskforce.core.rich_text import RichTextField


class FirstPassageForm(forms.Form):
    """What was said under an item of which nothing is written yet."""

    text = RichTextField(label=_("Text"), max_length=100_000)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"rows": 4, "lang": "da"}

    def must_be_current(self, written: list[MinutesEntry]) -> None:
        """Raise Conflict with the text under the item, if it is not what the form started from."""
        text = _words(written)
        if _fingerprint(text) != self.cleaned_data["seen"]:
            raise Conflict(text)

    def show_conflict(self, current: str) -> None:
        """Say what is written there now. Sending the form again is then a deliberate choice."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[self.add_prefix("seen")] = _fingerprint(current)
        self.data = data
        self.add_error(None, ValidationError(MEANWHILE, "meanwhile", {"now": current}))


def _words(entries: list[MinutesEntry]) -> str:
    return "\n".join(strip_tags(entry.text) for entry in entries)


def _fingerprint(text: str) -> str:
    return digest(text) if text else ""


class FirstOutcomeForm(OutcomeForm):
    """The outcome of an item that has none: here one must be chosen."""

    template_name = "meetings/checking/settled.html"
    is_either = True  # the decision is asked for only where one was made
    kind = forms.ChoiceField(
        label=_("Outcome"),
        choices=OutcomeKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an outcome.")},
    )


class NewOwnerForm(OwnerForm):
    """Who is to do what was agreed: here somebody must be named."""

    is_either = True  # neither field is optional: one of them is needed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.widget.nothing = _("Not said yet")

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not self.errors and not found.get("organisation"):
            self.add_error("organisation", _("Choose an organisation or a person."))
        return found


class SpeakerForm(VersionedForm[MinutesEntry]):
    """Whose words a passage is: somebody of an organisation."""

    class Meta:
        model = MinutesEntry
        fields = ["speaker"]
        error_messages = {"speaker": {"required": _("Choose who said it.")}}

    def __init__(self, *args: Any, meeting: Meeting, speakers: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speaker: Any = self.fields["speaker"]
        speaker.queryset = Attendance.objects.of_organisations().filter(meeting=meeting)
        speaker.widget = OptionsSelect(_("Nobody in particular"), speakers)
        speaker.label, speaker.required = _("Speaker"), True


class LongLinkForm(forms.Form):
    """The address that a short link leads to."""

    address = forms.URLField(
        label=_("The address that it leads to"),
        max_length=1000,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("Open the link, and copy the address from the browser."),
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if is_short(address):
            raise ValidationError(_("This is a short link too."))
        return address


class InsteadForm(forms.Form):
    """In which text to write an organisation instead of a name, and which: each a button."""

    instead = forms.ChoiceField(error_messages={"required": _("Choose where to write it.")})

    def __init__(self, *args: Any, found: HiddenName, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.offers = {
            text.key: [(f"{text.key}:{one}", one) for one in _offered(found)]
            for text in found.texts
            if text.key
        }
        choices = [choice for offered in self.offers.values() for choice in offered]
        self.fields["instead"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def texts(self) -> list[tuple[Text, list[tuple[str, str]]]]:
        """The texts that hold the name, each with the value and the words of its buttons."""
        return [(text, self.offers.get(text.key, [])) for text in self.found.texts]

    @property
    def chosen(self) -> tuple[Any, str]:
        """The row and the organisation that were chosen."""
        key, _colon, organisation = self.cleaned_data["instead"].partition(":")
        return next(text.row for text in self.found.texts if text.key == key), organisation


def _offered(found: HiddenName) -> list[str]:
    return [*found.organisations] or [gettext("a participant")]


class NextMeetingForm(MeetingForm):
    """The next meeting with no more than when it is; everything else can follow."""

    is_either = True  # the day, or the month
    starts = None  # type: ignore[assignment]  # Django takes a field out so
    ends = None  # type: ignore[assignment]

    class Meta(MeetingForm.Meta):
        fields = ["number"]

    def __init__(self, *args: Any, after: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not self.errors and self.instance.date <= self.after.date:
            name = "day" if found.get("day") else "month"
            self.add_error(name, _("The next meeting is later than this one."))
        return found


class RestForm(forms.Form):
    """Why all open doubts may stay as they are."""

    reason = forms.CharField(
        label=_("Why the rest is skipped"),
        max_length=300,
        widget=forms.TextInput(attrs={"lang": "da"}),
        error_messages={"required": _("Give the reason.")},
    )


class WaiverForm(forms.Form):
    """Why a doubt may stay as it is."""

    doubt = forms.CharField(widget=forms.HiddenInput, max_length=80)
    reason = forms.CharField(
        label=_("Why it is skipped"),
        max_length=300,
        widget=forms.TextInput(attrs={"lang": "da"}),
        error_messages={"required": _("Give the reason.")},
    )
