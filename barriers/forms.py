"""Forms for barriers and statements."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, BarrierState, Statement, Theme
from meetings.models import Meeting, MeetingState
from taskforce.core.forms import VersionedForm
from taskforce.members.models import Member, Role


class BarrierForm(VersionedForm[Barrier]):
    class Meta:
        model = Barrier
        fields = ["title", "theme", "description"]
        help_texts = {
            "title": _("Say in one sentence what stands in the way."),
            "description": _("What happens, to whom, and what would help?"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        theme: Any = self.fields["theme"]
        theme.empty_label = _("Choose a theme")


class NewBarrierForm(BarrierForm):
    """A new barrier; it stops once at likely doubles that its writer has not been shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=400)
    alike: list[dict[str, Any]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike = []
        self.fields["title"].widget.attrs.update({"autocomplete": "off", "lang": "da"})
        self.fields["description"].widget.attrs.update({"rows": 4, "lang": "da"})

    def stops_at(self, likely: list[dict[str, Any]]) -> bool:
        """Return whether some of these are new to the writer, and show them if so."""
        shown = {*self.cleaned_data["seen"].split(",")}
        if all(str(row["pk"]) in shown for row in likely):
            return False
        self.alike = likely
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["seen"] = ",".join(str(row["pk"]) for row in likely)
        self.data = data
        return True


class SimilarForm(forms.Form):
    """What the page asks while a title is typed."""

    titel = forms.CharField(max_length=160)


class InsteadForm(forms.Form):
    """What was typed of a new barrier and is to be a statement of another instead."""

    title = forms.CharField(required=False, empty_value="")
    description = forms.CharField(required=False, empty_value="")

    @property
    def as_statement(self) -> str:
        """Return every word that was typed, also what is too long for one of the fields."""
        parts = (self.data.get("title", ""), self.data.get("description", ""))
        return "\n\n".join(part.strip() for part in parts if part.strip())


class MeetingChoice(forms.ModelChoiceField[Meeting]):
    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj}, {obj.when}"


class StatementForm(forms.ModelForm[Statement]):
    """What an organisation says, and at which meeting, if it was at one.

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


class AnswerForm(VersionedForm[Barrier]):
    """Why a barrier is resolved."""

    answer = forms.CharField(
        label=_("It is resolved because …"),
        help_text=_("Everybody reads it on the barrier's page, with the date."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "lang": "da"}),
    )

    class Meta:
        model = Barrier
        fields = ["answer"]


class ReopenForm(forms.Form):
    state = forms.ChoiceField(
        label=_("From now on it is"),
        choices=[
            (state.value, f"{state.label}: {state.meaning}")
            for state in (BarrierState.OPEN, BarrierState.ADDRESSED)
        ],
        initial=BarrierState.OPEN,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why is it open again?"),
        help_text=_("It stands in the history on the barrier's page."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "da"}),
    )


class SplitForm(BarrierForm):
    """The barrier that a part of another becomes."""

    statements = forms.ModelMultipleChoiceField(
        Statement.objects.none(),
        label=_("Statements that move"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, barrier: Barrier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["statements"]
        field.queryset = barrier.statements.select_related("organisation")
        field.label_from_instance = lambda row: f"{row.organisation}: {row.text}"
        self.initial.setdefault("theme", barrier.theme_id)


class MergeForm(forms.Form):
    """Into which barrier, and how both were when the preview was shown."""

    into = forms.ModelChoiceField(
        Barrier.objects.unmerged(), to_field_name="slug", widget=forms.HiddenInput
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    into_version = forms.IntegerField(widget=forms.HiddenInput)


class MergeSearchForm(forms.Form):
    is_either = True  # one searches or takes what is offered: nothing here is "optional"
    q = forms.CharField(
        label=_("Search the register"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "lang": "da"}),
    )


class RethemeForm(forms.Form):
    """Another theme for the barriers that are ticked in the list, and the list to go back to."""

    barriers = forms.ModelMultipleChoiceField(
        Barrier.objects.unmerged().select_related("theme"),
        error_messages={"required": _("Tick the barriers that get another theme.")},
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        label=_("New theme"),
        empty_label=_("Choose a theme"),
        error_messages={"required": _("Choose a theme.")},
    )
    back = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)


class PassageStatementForm(forms.ModelForm[Statement]):
    """What was said in a passage, of a barrier in the register or of a new one with its theme."""

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
