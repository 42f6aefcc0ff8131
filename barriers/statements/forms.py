"""Forms for what organisations say of a barrier."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, Statement, Theme
from meetings.models import Meeting, MeetingState
from taskforce.members.models import Member, Role


class MeetingChoice(forms.ModelChoiceField[Meeting]):
    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj}, {obj.when}"


class StatementForm(forms.ModelForm[Statement]):
    """What an organisation says of a barrier, and at which meeting, if any.

    A member speaks for the own organisation, the secretariat for any.
    """

    meeting = MeetingChoice(
        Meeting.objects.none(),
        label=_("Said at a meeting"),
        required=False,
        empty_label=_("At no meeting"),
    )

    class Meta:
        model = Statement
        fields = ["text", "organisation", "meeting"]
        labels = {"text": _("How does your organisation meet this barrier?")}
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "lang": "da"})}

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        held = Meeting.objects.visible_to(by.user).filter(date__lte=timezone.localdate())
        fields["meeting"].queryset = held.exclude(state=MeetingState.CANCELLED).order_by("-date")
        if self.instance.entry_id:
            del fields["meeting"]  # its passage says where it was said
        if by.role == Role.SECRETARIAT:
            fields["text"].label = _("How does the organisation meet this barrier?")
            self.initial.setdefault("organisation", by.organisation_id)
        else:
            del fields["organisation"]
            if self.instance.organisation_id is None:
                self.instance.organisation = by.organisation


class InsteadForm(forms.Form):
    """What was typed as a new barrier and becomes a statement of another one instead."""

    title = forms.CharField(required=False, empty_value="")
    description = forms.CharField(required=False, empty_value="")

    @property
    def as_statement(self) -> str:
        """Return all that was typed, also what is too long for its field."""
        parts = (self.data.get("title", ""), self.data.get("description", ""))
        return "\n\n".join(part.strip() for part in parts if part.strip())


class PassageStatementForm(forms.ModelForm[Statement]):
    """What was said in a passage of a barrier in the register, or of a new one."""

    title = forms.CharField(
        label=_("Or a new barrier"),
        required=False,
        max_length=160,
        help_text=_("Say in one sentence what stands in the way."),
        widget=forms.TextInput(attrs={"lang": "da"}),
    )
    theme = forms.ModelChoiceField(
        label=_("Theme of the new barrier"), queryset=Theme.objects.all(), required=False
    )
    field_order = ["barrier", "title", "theme", "text", "organisation"]

    class Meta:
        model = Statement
        fields = ["barrier", "text", "organisation"]
        labels = {"barrier": _("Barrier in the register")}
        help_texts = {
            "text": _("In the portal's own words, in the organisation's name: never a quotation.")
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 6, "lang": "da"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["barrier"].required = False
        fields["barrier"].queryset = Barrier.objects.unmerged().order_by("title")

    def clean(self) -> dict[str, Any]:
        chosen, title = self.cleaned_data.get("barrier"), self.cleaned_data.get("title")
        if chosen and title:
            self.add_error("title", _("Choose a barrier or name a new one, not both."))
        elif not chosen and not title and not self.errors:
            self.add_error("barrier", _("Choose a barrier, or name a new one."))
        elif title and not self.cleaned_data.get("theme"):
            self.add_error("theme", _("A new barrier needs a theme."))
        return self.cleaned_data
