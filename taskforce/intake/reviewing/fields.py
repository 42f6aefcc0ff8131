"""The fields that forms of candidates are made of, and how days and times are typed there."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from meetings.models import Precision
from meetings.models.meeting import date_in_words
from taskforce.core.dates import WeekdayError, in_reach, parse_day, parse_month, unread

WEB = URLValidator(schemes=["http", "https"])
MORE_TEXT = 10_000  # characters of a text whose model sets no limit


def length(model: Any, field: str) -> int:
    """Return how long a model lets a text be, so that forms never say otherwise."""
    return int(model._meta.get_field(field).max_length)


def short_text(label: Any, most: int, **options: Any) -> forms.CharField:
    options.setdefault("required", False)
    return forms.CharField(label=label, max_length=most, **options)


def long_text(label: Any, most: int = MORE_TEXT, **options: Any) -> forms.CharField:
    # With maxlength a browser would cut the text silently; the validator says why it is refused.
    options.setdefault("required", False)
    field = forms.CharField(label=label, widget=forms.Textarea, **options)
    field.validators.append(MaxLengthValidator(most))
    return field


class DayOrMonthField(forms.CharField):
    """A day, or a month where no more is known: cleaned to the day and whether it is a month."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Date"),
            max_length=40,
            help_text=_("The day, or the month where no more is known: 17.1.2023 or januar 2023."),
        )

    def clean(self, value: Any) -> Any:
        try:
            day, is_month = _day_or_month(super().clean(value))
        except ValueError as error:
            sentence = _("Write the day as 17.1.2023, or the month as januar 2023.")
            raise unread(error, sentence) from error
        return in_reach(day), is_month


def _day_or_month(typed: str) -> tuple[date, bool]:
    """Return a day and whether it stands for its month; raises ValueError."""
    try:
        return parse_day(typed), False
    except WeekdayError:
        raise
    except ValueError:
        return parse_month(typed), True


def link_field(**options: Any) -> forms.URLField:
    return forms.URLField(
        label=_("Link"), max_length=500, assume_scheme="https", validators=[WEB], **options
    )


def choice_field(label: Any, **options: Any) -> forms.ChoiceField:
    options.setdefault("required", False)
    return forms.ChoiceField(label=label, **options)


def place_field() -> forms.CharField:
    """Return the field of a row's place in its list; "" where it stands as it was read."""
    return forms.CharField(required=False, widget=forms.HiddenInput)


def in_words(typed: str) -> str:
    """Return a typed day or month in words; anything else as it was typed."""
    try:
        day, is_month = _day_or_month(typed)
    except ValueError:
        return typed
    return date_in_words(day, Precision.MONTH if is_month else Precision.DAY)


def in_order(form: forms.Form) -> dict[str, Any]:
    """Refuse an end that comes before the start; return what was cleaned."""
    starts, ends = form.cleaned_data.get("starts"), form.cleaned_data.get("ends")
    if starts and ends and ends <= starts:
        form.add_error("ends", _("It ends before it starts."))
    return form.cleaned_data
