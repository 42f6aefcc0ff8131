"""What the secretariat types and ticks about a list."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taskforce.core import sheet_reading
from taskforce.core.acts import Refused
from taskforce.core.kept_files import KeepsFiles
from taskforce.core.sheet_reading import Lines
from taskforce.members.importing.columns import Field
from taskforce.members.models import MemberImport

MOST = 200  # people of one list: each may get a letter, while somebody waits


class ListForm(KeepsFiles, forms.Form):
    """A file, or cells pasted from a spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("A workbook (.xlsx) or a .csv file, one person a row."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the rows here"),
        required=False,
        max_length=500_000,
        strip=False,  # a first cell may be empty
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy("Copied from a spreadsheet, or with semicolons between the cells."),
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if self.errors:
            return typed
        field = "file" if typed.get("file") else "text"
        if not typed.get(field) or (field == "text" and not typed["text"].strip()):
            raise forms.ValidationError(_("Choose a file, or paste the rows."))
        try:
            typed["lines"] = self._lines(field)
        except Refused as refused:
            self.add_error(field, refused.sentence)
        return typed

    def _lines(self, field: str) -> Lines:
        if field == "text":
            return sheet_reading.read_text(self.cleaned_data["text"], most=MOST)
        file = self.cleaned_data["file"]
        file.seek(0)
        return sheet_reading.read(file.read(sheet_reading.LARGEST + 1), most=MOST)


class ColumnsForm(forms.Form):
    """What each column holds."""

    def __init__(self, *args: Any, imported: MemberImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Nothing that is taken in")), *Field.choices]
        for place, held in enumerate(imported.columns):
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=self._label(imported, place), choices=choices, required=False, initial=held
            )

    def _label(self, imported: MemberImport, place: int) -> str:
        headings = imported.headings
        named = headings[place] if place < len(headings) else ""
        return named or _("Column %(n)s") % {"n": place + 1}

    def clean(self) -> dict[str, Any]:
        chosen = [one for one in self.columns if one]
        if doubles := {one for one in chosen if chosen.count(one) > 1}:
            names = ", ".join(str(Field(one).label) for one in sorted(doubles))
            raise forms.ValidationError(
                _("Two columns cannot both be: %(names)s.") % {"names": names}
            )
        return self.cleaned_data

    @property
    def columns(self) -> list[str]:
        return [self.cleaned_data.get(name, "") for name in self.fields]


class TakeForm(forms.Form):
    """Which rows are taken in, and whether the new people get their letter now."""

    lines = forms.TypedMultipleChoiceField(coerce=int, required=False)
    alike = forms.TypedMultipleChoiceField(coerce=int, required=False)
    seen = forms.CharField(widget=forms.HiddenInput)
    letters = forms.ChoiceField(
        label=gettext_lazy("Invitations to those who are new"),
        choices=[
            ("now", gettext_lazy("Send them now")),
            ("later", gettext_lazy("Later, from each person's page")),
        ],
        initial="now",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lines", "alike"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101  # for the type checker
            field.choices = [(number, number) for number in numbers]
