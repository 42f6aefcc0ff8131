"""The forms in which news is written, and its publication planned."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from calls.models import Call
from meetings.models import Meeting
from taskforce.core.dates import DayField, MomentField
from taskforce.core.forms import Choices, VersionedForm
from taskforce.core.pictured import TakesPicture
from taskforce.core.rich_text import RichTextField, begin_from
from taskforce.news.models import NewsItem

LONGEST = 30_000  # characters of a text


class NewsForm(TakesPicture, VersionedForm[NewsItem]):
    """A piece of news, with what it is tied to."""

    summary = forms.CharField(
        label=_("In short"),
        max_length=600,
        help_text=_("It stands in lists, and where the page is shared."),
        widget=forms.Textarea({"rows": 3, "lang": "da"}),
    )
    text = RichTextField(
        label=_("Text"),
        max_length=LONGEST,
        required=False,
        help_text=_("An empty line starts a paragraph, and a line that begins with - is a point."),
    )
    barriers = forms.ModelMultipleChoiceField(
        label=_("Barriers it is about"),
        queryset=Barrier.objects.none(),
        required=False,
        widget=Choices,
    )
    calls = forms.ModelMultipleChoiceField(
        label=_("EU calls it is about"),
        queryset=Call.objects.none(),
        required=False,
        widget=Choices,
    )

    class Meta:
        model = NewsItem
        fields = [
            "title",
            "kind",
            "summary",
            "text",
            "link",
            "source_date",
            "picture_alt",
            "shared_at",
        ]
        field_classes = {"source_date": DayField}
        labels = {
            "link": _("Link to the source"),
            "source_date": _("Date"),
            "shared_at": _("Meeting it belongs to"),
        }
        help_texts = {
            "link": _("Where others wrote it. Leave it empty where the text is your own."),
            "source_date": _(
                "The date that the source states. Left empty, it is the day of publication."
            ),
            "picture_alt": _("For those who cannot see it, such as: Two bakers at an oven."),
        }
        widgets = {"picture_alt": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin_from(self, "text")
        self._offer("shared_at", Meeting.objects.order_by("-date"))
        tied: Any = self.instance if self.instance.pk else None
        for name, rows in (
            ("barriers", Barrier.objects.unmerged().shown().order_by("title")),
            ("calls", Call.objects.order_by("title")),
        ):
            self._offer(name, rows)
            self.initial.setdefault(name, [*getattr(tied, name).all()] if tied else [])

    def _offer(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    def tie(self) -> None:
        """Tie the saved item to its barriers and calls; those that are not offered stay tied."""
        for name in ("barriers", "calls"):
            field: Any = self.fields[name]
            tied = getattr(self.instance, name)
            tied.remove(*tied.filter(pk__in=field.queryset))
            tied.add(*self.cleaned_data[name])


class BelongsForm(forms.Form):
    """The meeting, barrier or call from whose page somebody came to write."""

    moede = forms.ModelChoiceField(Meeting.objects.all(), to_field_name="number", required=False)
    barriere = forms.ModelChoiceField(
        Barrier.objects.unmerged().shown(), to_field_name="slug", required=False
    )
    opslag = forms.ModelChoiceField(Call.objects.all(), to_field_name="slug", required=False)

    def begin(self) -> dict[str, Any]:
        """Return what the form of a new item begins with; nothing that is not there."""
        found = self.cleaned_data if self.is_valid() else {}
        return {
            "shared_at": found.get("moede"),
            "barriers": [*filter(None, [found.get("barriere")])],
            "calls": [*filter(None, [found.get("opslag")])],
        }


class PlanForm(forms.Form):
    """When an item publishes itself."""

    at = MomentField(label=_("Day and time"), help_text=_("Danish time."))


class VersionForm(forms.Form):
    """The version of an item that was read before it is published."""

    version = forms.IntegerField(widget=forms.HiddenInput)
