"""Forms to correct published minutes, to ask for a correction, and to choose versions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.checking import consent
from meetings.models import Minutes, MinutesEntry, Outcome, OutcomeKind
from meetings.writing.forms import ActionForm, AttendanceForm, GuestForm, OutcomeForm
from meetings.writing.pages import organisations, owners, speakers
from taskforce.core.forms import Options, OptionsSelect, VersionedForm
from taskforce.core.rich_text import RichTextField, as_html, as_text, begin_from

UNCHANGED = _("This is how it reads already.")


def _wrong() -> forms.CharField:
    return forms.CharField(
        label=_("What was wrong"),
        help_text=_("In a sentence. Everybody reads it, with the date and the text before."),
        max_length=500,
        widget=forms.TextInput({"lang": "da"}),
    )


def _hide_old() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("The text before names somebody, and must not be shown"),
        help_text=_("It is hidden in older versions, too. Only the secretariat reads it."),
        required=False,
    )


def _names_seen() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("I have looked at the names in the text, and they may be published."),
        required=False,
    )


def _look_for_names(form: Any, *fields: str) -> None:
    """Ask to look once more where the text names somebody who did not agree to be named."""
    said = _("These people have not agreed to show their names: %(names)s.")
    typed = " | ".join(str(form.cleaned_data.get(name, "")) for name in fields)
    names = consent.hidden_names_among(typed)
    if names and not form.cleaned_data.get("names_seen"):
        form.add_error("names_seen", said % {"names": ", ".join(names)})
    _name_nobody(form)


def _name_nobody(form: Any) -> None:
    """Refuse a name in the sentence about a correction, which can never be corrected itself."""
    if names := consent.hidden_names_among(form.cleaned_data.get("wrong", ""), alone=False):
        said = _("Write it without the names of people who have not agreed to it: %(names)s.")
        form.add_error("wrong", said % {"names": ", ".join(names)})


class CorrectPassageForm(VersionedForm[MinutesEntry]):
    text = RichTextField(label=_("The text as it should be"), max_length=100_000)
    wrong = _wrong()
    hide_old = _hide_old()
    names_seen = _names_seen()

    field_order = ["text", "speaker", "heading", "wrong", "hide_old", "names_seen"]

    class Meta:
        model = MinutesEntry
        fields = ["text", "speaker", "heading"]
        widgets = {"heading": forms.TextInput({"lang": "da"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        minutes = self.instance.minutes
        speaker: Any = self.fields["speaker"]
        speaker.queryset = minutes.meeting.attendances.present()
        speaker.widget = OptionsSelect(_("Nobody in particular"), speakers(minutes))
        speaker.label = _("Speaker")
        self.as_it_was = self.instance.text
        begin_from(self, "text")

    def clean(self) -> dict[str, Any]:
        text = self.cleaned_data.get("text", "")
        if text == as_html(as_text(self.as_it_was)):  # a bare textarea cannot show bold
            text = self.cleaned_data["text"] = self.as_it_was
        if text == self.as_it_was and not {"speaker", "heading"} & {*self.changed_data}:
            self.add_error("text", UNCHANGED)
        _look_for_names(self, "text", "heading")
        return self.cleaned_data


class CorrectOutcomeForm(OutcomeForm):
    """The outcome of an item. It had one, so it needs one."""

    wrong = _wrong()
    hide_old = _hide_old()
    names_seen = _names_seen()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, item=kwargs["instance"].agenda_item, **kwargs)
        kind: Any = self.fields["kind"]
        kind.required, kind.choices = True, OutcomeKind.choices
        self.as_it_was = Outcome(kind=self.instance.kind, decision=self.instance.decision)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.fingerprint(self.as_it_was) == self.fingerprint(Outcome(**self._typed())):
            self.add_error("decision", UNCHANGED)
        _look_for_names(self, "decision")
        return self.cleaned_data

    def _typed(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name, "") for name in ("kind", "decision")}


class CorrectActionForm(ActionForm):
    """An action point as it should be, or one that the minutes forgot."""

    wrong = _wrong()
    hide_old = _hide_old()
    names_seen = _names_seen()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, organisations=organisations(), owners=owners(), **kwargs)
        if not self.instance.pk:  # a new one has no text before
            del self.fields["hide_old"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        is_changed = {*self.changed_data} & {*(self._meta.fields or ())}
        if not is_changed and "what" not in self.errors:
            self.add_error("what", UNCHANGED)
        _look_for_names(self, "what")
        return self.cleaned_data


class CorrectPresenceForm(AttendanceForm):
    """Who was there: everybody on the list, and one more who is not on it."""

    def __init__(self, data: Any = None, *, minutes: Minutes) -> None:
        rows = minutes.meeting.attendances.order_by("organisation_name", "pk")
        super().__init__(data, rows=rows)
        self.ticks = [*self]
        self.guest = GuestForm(data, empty_permitted=True, use_required_attribute=False)
        # This page has no list of names to choose from.
        self.guest.fields["organisation_name"].widget.attrs.pop("list", None)
        self.fields["wrong"] = _wrong()

    def is_valid(self) -> bool:
        return self.guest.is_valid() & super().is_valid()

    def clean(self) -> dict[str, Any]:
        if not self.marks and not self.guest.has_changed():
            self.add_error(None, UNCHANGED)
        _name_nobody(self)
        return self.cleaned_data


class AskForm(forms.Form):
    """What a member asks to have corrected, in a passage or anywhere."""

    entry: Any = forms.ModelChoiceField(
        MinutesEntry.objects.none(), required=False, label=_("Where in the minutes")
    )
    text = forms.CharField(
        label=_("What is wrong, and how should it read?"),
        widget=forms.Textarea({"rows": 6, "lang": "da"}),
        max_length=5000,
    )

    def __init__(self, *args: Any, entries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["entry"]
        field.queryset = entries
        rows = entries.values_list(
            "pk", "agenda_item__title", "speaker__organisation_name", "heading"
        )
        places = [
            (pk, ": ".join(filter(None, (item, speaker or heading))) or str(_("passage")))
            for pk, item, speaker, heading in rows
        ]
        field.widget = OptionsSelect(_("Nowhere in particular"), Options(places), lang="da")


class CompareForm(forms.Form):
    """Two versions, by number."""

    fra: Any = forms.ModelChoiceField(None, label=_("From version"), to_field_name="number")
    til: Any = forms.ModelChoiceField(None, label=_("To version"), to_field_name="number")

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(version.number, version.in_words) for version in versions.defer("content")]
        for name in ("fra", "til"):
            field: Any = self.fields[name]
            field.queryset = versions
            field.widget.choices = choices
