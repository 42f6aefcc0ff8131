"""Forms of a review: its length, a proposed change, the answer to it, and publishing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import MinutesEntry, ProposedChange, ReviewScope
from taskforce.core.amounts import AmountField
from taskforce.core.forms import VersionedForm
from taskforce.core.mailing import NoteForm
from taskforce.core.rich_text import RichTextField, as_html, as_text, begin_from

LONGEST = 60  # days


class DaysForm(forms.Form):
    days = AmountField(
        label=_("How many days from today"),
        unit=r"dage?|days?",
        min_value=1,
        max_value=LONGEST,
        initial=7,
    )


class StartForm(DaysForm, NoteForm):
    scope = forms.ChoiceField(
        label=_("Who reads what"),
        choices=ReviewScope.choices,
        initial=ReviewScope.DRAFT,
        widget=forms.RadioSelect,
    )


class ProposeForm(forms.Form):
    """Another text for a passage. What a bare textarea cannot show, such as bold, is kept."""

    text = RichTextField(label=_("The text as it should be"), max_length=100_000)
    why = forms.CharField(
        label=_("Why"), max_length=300, required=False, widget=forms.TextInput({"lang": "da"})
    )

    def __init__(self, data: Any = None, *, entry: MinutesEntry, own: ProposedChange | None = None):
        super().__init__(data, auto_id=f"forslag-{entry.pk}-%s")
        self.entry = entry
        begin_from(self, "text", own.new_text if own else entry.text)
        self.initial["why"] = own.why if own else ""

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if text in (self.entry.text, as_html(as_text(self.entry.text))):
            raise forms.ValidationError(_("This is how the passage reads already."))
        return text


class AcceptForm(VersionedForm[MinutesEntry]):
    """The passage as it will read: the proposed text, which may be changed first."""

    text = RichTextField(label=_("The passage as it will read"), max_length=100_000)
    answer = forms.CharField(
        label=_("A word to who proposed it"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"lang": "da"}),
    )

    class Meta:
        model = MinutesEntry
        fields = ["text"]

    def __init__(self, data: Any = None, *, change: ProposedChange):
        super().__init__(data, instance=change.entry, auto_id=f"optag-{change.pk}-%s")
        begin_from(self, "text", change.new_text)


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the passage stays as it is"),
        max_length=300,
        widget=forms.TextInput({"lang": "da"}),
        error_messages={"required": _("Give the reason.")},
    )

    def __init__(self, data: Any = None, *, change: ProposedChange):
        super().__init__(data, auto_id=f"afvis-{change.pk}-%s")


class PublishForm(NoteForm):
    """Publishing takes one more look where names stand in the text."""

    names_seen = forms.BooleanField(
        label=_("I have looked at the names in the text, and they may be published.")
    )

    def __init__(self, *args: Any, names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not names:
            del self.fields["names_seen"]
