"""The form in which a page is written, in both languages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taskforce.core.forms import BOTH_STAND_HERE
from taskforce.core.rich_text import RichTextField, begin_from
from taskforce.front.models import Page, PageVersion
from taskforce.front.written import texts

LONGEST = 40_000  # characters
HELP = _("An empty line starts a paragraph, and a line that begins with - is a point.")


class PageForm(forms.ModelForm[PageVersion]):
    """A page's next version. It carries the number of the one that it began with."""

    began_with = forms.IntegerField(widget=forms.HiddenInput)
    text_da = RichTextField(label=_("Text"), max_length=LONGEST, required=False, help_text=HELP)
    text_en = RichTextField(label=_("Text"), max_length=LONGEST, required=False, help_text=HELP)
    theirs: list[tuple[str, str]] = []

    class Meta:
        model = PageVersion
        fields = [*texts.TEXTS]
        labels = {
            "title_da": _("Heading"),
            "title_en": _("Heading"),
            "lead_da": _("Introduction"),
            "lead_en": _("Introduction"),
        }
        widgets = {
            f"lead_{language}": forms.Textarea({"rows": 3, "lang": language})
            for language in ("da", "en")
        }

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        current = PageVersion.objects.newest(page) or texts.first(page)
        began = {name: getattr(current, name) for name in texts.TEXTS}
        kwargs["instance"] = PageVersion(page=page, **began)
        super().__init__(*args, **kwargs)
        self.initial["began_with"] = current.number
        for language in ("da", "en"):
            begin_from(self, f"text_{language}", language=language)
            self.fields[f"title_{language}"].widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if (typed.get("text_en") or typed.get("lead_en")) and not typed.get("title_en"):
            self.add_error("title_en", _("Give the English page its heading."))
        return typed

    def show_conflict(self, current: PageVersion) -> None:
        """Show what somebody else saved; whoever sends the form again overwrites it."""
        changed = [name for name in texts.TEXTS if name in self.changed_data]
        self.theirs = [
            (
                texts.name_of(name).capitalize(),
                self.fields[name].prepare_value(getattr(current, name)),
            )
            for name in changed
        ]
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["began_with"] = str(current.number)
        self.data = data
        self.add_error(None, BOTH_STAND_HERE)
