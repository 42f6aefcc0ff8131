"""The fields that forms of candidates are made of."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from taskforce.core.dates import ClockField
from taskforce.intake.reviewing import fields


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2023-01-17", (date(2023, 1, 17), False)),
        ("17. januar 2023", (date(2023, 1, 17), False)),
        ("2023-01", (date(2023, 1, 1), True)),
        ("januar 2023", (date(2023, 1, 1), True)),
    ],
)
def test_day_or_month(typed: str, expected: Any):
    assert fields.DayOrMonthField().clean(typed) == expected


@pytest.mark.parametrize("typed", ["17/13 2023", "2023", "2023-13", "2023-02-30", "2023-01-"])
def test_day_or_month_refuses_anything_else(typed: str):
    with pytest.raises(ValidationError) as error:
        fields.DayOrMonthField().clean(typed)
    assert error.value.messages == ["Skriv dagen som 17.1.2023 eller måneden som januar 2023."]


def test_day_or_month_says_which_weekday_a_day_is():
    with pytest.raises(ValidationError) as error:
        fields.DayOrMonthField().clean("mandag den 17.1.2023")
    told = "17. januar 2023 er en tirsdag. Skriv dagen igen, eller udelad ugedagen."
    assert error.value.messages == [told]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2023-01-17", "17. januar 2023"),
        ("2023-01", "januar 2023"),
        ("maj", "maj"),
        ("2023-13", "2023-13"),
        ("", ""),
    ],
)
def test_in_words(typed: str, words: str):
    assert fields.in_words(typed) == words


@pytest.mark.parametrize("typed", ["9999-12-31", "0001-01"])
def test_day_or_month_refuses_what_is_out_of_reach(typed: str):
    with pytest.raises(ValidationError) as error:
        fields.DayOrMonthField().clean(typed)
    assert error.value.messages == ["Vælg en dag mellem 1. januar 1990 og 31. december 2099."]


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org"])
def test_link_is_of_the_web(typed: str):
    with pytest.raises(ValidationError):
        fields.link_field().clean(typed)


def test_link_without_a_scheme_gets_one():
    assert fields.link_field().clean("example.org/a") == "https://example.org/a"


def test_long_text_says_that_it_is_too_long():
    with pytest.raises(ValidationError):
        fields.long_text("Text", 3).clean("four")
    assert fields.long_text("Text", 4).clean("four") == "four"


class Times(forms.Form):
    starts, ends = ClockField(required=False), ClockField(required=False)


@pytest.mark.parametrize(
    ("starts", "ends", "wrong"),
    [
        ("09:00", "10:00", {}),
        ("10:00", "10:00", {"ends": ["Det slutter, før det begynder."]}),
        ("10:00", "09:00", {"ends": ["Det slutter, før det begynder."]}),
        ("10:00", "", {}),
        ("", "09:00", {}),
    ],
)
def test_in_order(starts: str, ends: str, wrong: dict[str, list[str]]):
    form = Times({"starts": starts, "ends": ends})
    form.full_clean()

    fields.in_order(form)

    assert form.errors == wrong
