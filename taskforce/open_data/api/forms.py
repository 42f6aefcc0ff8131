"""What is asked of the API: where to go on, and since when."""

from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from taskforce.core.datasets import Dataset
from taskforce.open_data.models import Published

Place = tuple[datetime, int]  # of the last row of a page: when it changed, and its id


def cursor_at(dataset: Dataset, last: Published) -> str:
    """Return a signed place, so that nobody relies on what is in it."""
    return signing.dumps([last.changed_at.isoformat(), last.row], salt=_salt(dataset))


def _salt(dataset: Dataset) -> str:
    return f"open_data.api.{dataset.name}"


class AskForm(forms.Form):
    """A page of rows: those that changed since a moment, after a cursor."""

    changed_since = forms.CharField(max_length=40, required=False)
    cursor = forms.CharField(max_length=200, required=False)

    def __init__(self, data: Any, *, dataset: Dataset) -> None:
        super().__init__(data)
        self.dataset = dataset

    def clean_changed_since(self) -> datetime | None:
        words = self.cleaned_data["changed_since"].replace(" ", "+")  # "+" means a blank in queries
        if not words:
            return None
        if (moment := _moment(words)) is None:
            raise forms.ValidationError("changed_since is no date or time such as 2026-11-30.")
        return moment

    def clean_cursor(self) -> Place | None:
        if not (words := self.cleaned_data["cursor"]):
            return None
        try:
            changed, row = signing.loads(words, salt=_salt(self.dataset))
        except signing.BadSignature as error:
            sentence = "cursor is not one that this API gave. Begin without it."
            raise forms.ValidationError(sentence) from error
        return datetime.fromisoformat(changed), row


def _moment(words: str) -> datetime | None:
    """Read a day or a moment; without a zone it is Danish time."""
    try:
        day = parse_date(words)
        found = datetime(day.year, day.month, day.day) if day else parse_datetime(words)
        return timezone.make_aware(found) if found and timezone.is_naive(found) else found
    except (ValueError, OverflowError):
        return None
