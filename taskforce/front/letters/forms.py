"""The form of a letter to members: to whom it goes, what it says, and what goes with it."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meetings.materials.forms import EXTENSIONS
from meetings.models import Meeting
from taskforce.core.forms import Choices, VersionedForm
from taskforce.core.kept_files import KeepsFiles
from taskforce.core.models import Mailing
from taskforce.core.rich_text import RichTextField, begin_from
from taskforce.front.letters.audience import Answered, To
from taskforce.members.models import Kind, Member

FILES = ("file_1", "file_2", "file_3")
LARGEST = 8 * 1024 * 1024  # bytes in all: many mailboxes take ten, and base64 adds a third
# What each way of choosing asks for.
ASKS = {To.KIND: "kinds", To.MEETING: "meeting", To.CHOSEN: "members"}


def _attachment(number: int) -> forms.FileField:
    return forms.FileField(
        label=format_lazy(_("Attachment {number}"), number=number),
        required=False,
        validators=[FileExtensionValidator(EXTENSIONS)],
    )


class LetterForm(KeepsFiles, VersionedForm[Mailing]):
    to = forms.ChoiceField(label=_("To"), choices=To.choices, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of organisation"), choices=Kind.choices, required=False, widget=Choices
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.exclude(attendances=None).order_by("-date"),
        label=_("Meeting"),
        required=False,
    )
    answered = forms.ChoiceField(label=_("Who of them"), choices=Answered.choices, required=False)
    members = forms.ModelMultipleChoiceField(
        Member.objects.none(), label=_("Members"), required=False, widget=Choices
    )
    text = RichTextField(label=_("The letter"), max_length=20_000)
    remove = forms.MultipleChoiceField(
        label=_("Leave out"), required=False, widget=forms.CheckboxSelectMultiple
    )
    file_1, file_2, file_3 = map(_attachment, (1, 2, 3))

    class Meta:
        model = Mailing
        fields = ["subject", "text"]
        labels = {"subject": _("Subject")}
        widgets = {"subject": forms.TextInput({"lang": "da"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audience = self.instance.audience
        self.initial |= {"to": To.ALL, "answered": Answered.INVITED} | audience
        found: Any = self.fields
        current = Member.objects.current().select_related("user", "organisation")
        found["members"].queryset = current.order_by("organisation__name", "user__name")
        found["members"].label_from_instance = lambda row: f"{row.user.name}, {row.organisation}"
        self.files_now = [*self.instance.files.all()] if self.instance.pk else []
        found["remove"].choices = [(str(file.pk), file.name) for file in self.files_now]
        begin_from(self, "text")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        asked = ASKS.get(found.get("to", ""))
        if asked and not found.get(asked) and asked not in self.errors:
            self.add_error(asked, _("Choose at least one."))
        left = [file for file in self.files_now if str(file.pk) not in found.get("remove", [])]
        total = sum(file.size for file in [*left, *self.added])
        if total > LARGEST:
            self.add_error(FILES[0], _("The files are over 8 MB together. Put them in the portal."))
        return found

    @property
    def added(self) -> list[Any]:
        """Return the files that were chosen now."""
        return [file for name in FILES if (file := self.cleaned_data.get(name))]

    @property
    def audience(self) -> dict[str, Any]:
        """Return what the letter keeps of to whom it goes."""
        found = self.cleaned_data
        match found["to"]:
            case To.KIND:
                return {"to": To.KIND, "kinds": found["kinds"]}
            case To.MEETING:
                answered = found["answered"] or Answered.INVITED
                return {"to": To.MEETING, "meeting": found["meeting"].pk, "answered": answered}
            case To.CHOSEN:
                return {"to": To.CHOSEN, "members": [row.pk for row in found["members"]]}
        return {"to": To.ALL}


class AskedForm(forms.Form):
    """What a link to a new letter may choose: `?moede=9&svar=waiting`."""

    moede = forms.ModelChoiceField(
        Meeting.objects.exclude(attendances=None), to_field_name="number"
    )
    svar = forms.ChoiceField(choices=Answered.choices, required=False)

    @property
    def audience(self) -> dict[str, Any]:
        if not self.is_valid():
            return {}
        found = self.cleaned_data
        answered = found["svar"] or Answered.INVITED
        return {"to": To.MEETING, "meeting": found["moede"].pk, "answered": answered}


class MarkForm(forms.Form):
    """The button that sends a letter, with a mark of what its page showed."""

    mark = forms.CharField(widget=forms.HiddenInput, required=False)
