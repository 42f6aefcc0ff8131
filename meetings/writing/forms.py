"""Forms for writing minutes. What two people may change at once carries what it started from."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    AttendanceStatus,
    Minutes,
    MinutesEntry,
    Outcome,
    OutcomeKind,
)
from taskforce.core.danish import spelling
from taskforce.core.dates import DayField
from taskforce.core.forms import FingerprintForm, Options, OptionsSelect, VersionedForm
from taskforce.core.rich_text import RichTextField, as_html, as_text, begin_from
from taskforce.members.models import Member, Organisation


class PassageForm(VersionedForm[MinutesEntry]):
    """One passage. `attempted` is a text that was sent before and whose answer never came."""

    text = RichTextField(label=_("Text"), required=False, max_length=100_000)
    attempted = forms.CharField(widget=forms.HiddenInput, required=False)
    current: MinutesEntry | None = None  # what somebody else saved meanwhile

    class Meta:
        model = MinutesEntry
        fields = ["heading", "speaker", "text"]

    def __init__(self, *args: Any, speakers: Options, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"afsnit-{kwargs['instance'].pk}-%s", **kwargs)
        speaker: Any = self.fields["speaker"]
        speaker.queryset = Attendance.objects.filter(meeting=self.instance.minutes.meeting_id)
        speaker.widget = OptionsSelect(_("Nobody in particular"), speakers)
        speaker.label = _("Speaker")
        begin_from(self, "text")
        self.fields["text"].widget.attrs["rows"] = 6
        self.as_it_was = self.instance.text

    def clean_text(self) -> str:
        """Keep what a bare textarea cannot show, such as bold, where no word was changed."""
        text: str = self.cleaned_data["text"]
        return self.as_it_was if text == as_html(as_text(self.as_it_was)) else text

    def save_current(self) -> MinutesEntry:
        """Save and return the passage; raises Conflict if somebody else saved it first.

        Where the answer to an earlier request was lost on its way, the passage reads already as
        it is sent here, or as it was sent then (`attempted`). That is no conflict.
        """
        current = get_object_or_404(MinutesEntry.objects.select_for_update(), pk=self.instance.pk)
        sent = self.cleaned_data
        same_frame = (current.heading, current.speaker) == (sent["heading"], sent["speaker"])
        if same_frame and current.text == sent["text"]:
            self.instance = current
            return current
        if current.version - 1 == sent["version"] and same_frame:
            attempted = sent["attempted"]
            if attempted and current.text == as_html(attempted):
                sent["version"] = current.version
        return super().save_current()

    def save(self, commit: bool = True) -> MinutesEntry:
        """Save these columns alone: a passage that was added meanwhile may have moved this one."""
        self.instance.save(update_fields=["heading", "speaker", "text", "version"])
        return self.instance

    def show_conflict(self, current: MinutesEntry) -> None:
        super().show_conflict(current)
        self.current = current


class OutcomeForm(FingerprintForm[Outcome]):
    kind = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", _("Not said yet")), *OutcomeKind.choices],
        widget=forms.RadioSelect,
        required=False,
    )

    class Meta:
        model = Outcome
        fields = ["kind", "decision"]
        # The placeholder lets the style know that it is empty.
        widgets = {"decision": forms.Textarea(attrs={"rows": 2, "lang": "da", "placeholder": " "})}

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"udfald-{item.pk}-%s", **kwargs)

    def clean(self) -> dict[str, Any]:
        kind, decision = self.cleaned_data.get("kind"), self.cleaned_data.get("decision")
        if kind == OutcomeKind.DECIDED and not decision:
            self.add_error("decision", _("Write what was decided."))
        elif kind != OutcomeKind.DECIDED and decision:
            self.add_error("decision", _("Choose “Decided”, or take this text out."))
        return self.cleaned_data

    def in_words(self, current: Outcome) -> str:
        return f"{current.get_kind_display()} {current.decision}".strip()


class OwnerForm(FingerprintForm[ActionPoint]):
    """Who does what was agreed. A person goes with the person's organisation."""

    class Meta:
        model = ActionPoint
        fields = ["organisation", "owner"]

    def __init__(self, *args: Any, organisations: Options, owners: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        organisation, owner = fields["organisation"], fields["owner"]
        # The owner of before may have left, and is still the owner.
        owner.queryset = Member.objects.filter(
            models.Q(to_date=None, user__is_active=True) | models.Q(pk=self.instance.owner_id)
        ).select_related("organisation")
        organisation.widget = OptionsSelect(_("Everybody"), organisations)
        owner.widget = OptionsSelect(_("Nobody in particular"), owners)

    def clean(self) -> dict[str, Any]:
        owner, organisation = self.cleaned_data.get("owner"), self.cleaned_data.get("organisation")
        if owner and not organisation:
            self.cleaned_data["organisation"] = owner.organisation
        elif owner and owner.organisation != organisation:
            self.add_error("owner", _("This person belongs to another organisation."))
        return self.cleaned_data

    def in_words(self, current: ActionPoint) -> str:
        found = (current.what, current.organisation, current.owner, current.due_on)
        return " · ".join(str(part) for part in found if part)


class ActionForm(OwnerForm):
    """What was agreed, by whom and until when."""

    class Meta(OwnerForm.Meta):
        fields = ["entry", "what", "organisation", "owner", "due_on"]
        field_classes = {"due_on": DayField}
        widgets = {
            "entry": forms.HiddenInput,
            "what": forms.TextInput(attrs={"lang": "da"}),
        }

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry: Any = self.fields["entry"]
        entry.queryset = minutes.entries.all()


class AttendanceForm(forms.Form):
    """Who is there. Only what was changed here is saved, since others mark at the same time."""

    ROOM, ONLINE, APOLOGIES = "room", "online", "apologies"

    def __init__(self, *args: Any, rows: Iterable[Attendance], **kwargs: Any) -> None:
        kwargs["auto_id"] = "fremmoede-%s"
        super().__init__(*args, **kwargs)
        self.rows = {f"a{row.pk}": row for row in rows}
        choices = [
            ("", _("Not there")),
            (self.ROOM, _("In the room")),
            (self.ONLINE, _("Online")),
            (self.APOLOGIES, _("Apologies")),
        ]
        for name, row in self.rows.items():
            self.fields[name] = forms.ChoiceField(
                label=" · ".join(filter(None, (row.organisation_name, row.name))),
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                initial=self.mark_of(row),
                show_hidden_initial=True,
            )

    def mark_of(self, row: Attendance) -> str:
        if row.status == AttendanceStatus.APOLOGIES:
            return self.APOLOGIES
        if row.status != AttendanceStatus.PRESENT:
            return ""
        return self.ONLINE if row.online else self.ROOM

    @property
    def marks(self) -> dict[int, str]:
        given = (name for name in self.changed_data if name in self.cleaned_data)
        changed = (name for name in given if name in self.rows)
        return {self.rows[name].pk: self.cleaned_data[name] for name in changed}


class GuestForm(forms.ModelForm[Attendance]):
    """Somebody who came late or uninvited, typed by name and organisation."""

    class Meta:
        model = Attendance
        fields = ["name", "organisation_name", "online"]
        labels = {"organisation_name": _("Organisation"), "online": _("Online")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "organisation_name": forms.TextInput(
                attrs={"list": "organisationer", "autocomplete": "off"}
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "gaest-%s"
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Find the organisation and the member; the organisation's name of today is kept."""
        typed = self.cleaned_data.get("organisation_name", "")
        if organisation := Organisation.objects.named(typed):
            self.instance.organisation = organisation
            self.cleaned_data["organisation_name"] = organisation.name
            self._find_member(organisation)
        return self.cleaned_data

    def _find_member(self, organisation: Organisation) -> None:
        members = Member.objects.current().filter(organisation=organisation).select_related("user")
        name = spelling(self.cleaned_data.get("name", ""))
        if member := next((one for one in members if spelling(one.user.name) == name), None):
            self.instance.member = member
            self.instance.name_visibility = member.name_visibility


class NewPassageForm(forms.Form):
    """Where a new passage goes: under an agenda item, or behind everything."""

    item = forms.ModelChoiceField(AgendaItem.objects.none(), required=False)

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = minutes.meeting.agenda.all()  # type: ignore[attr-defined]
