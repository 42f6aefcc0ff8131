"""Days and times as people write them."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from taskforce.core.dates import (
    ClockField,
    DayField,
    MomentField,
    parse_clock,
    parse_day,
    parse_moment,
    parse_month,
)

READ = (parse_day, parse_month, parse_clock, parse_moment)


@pytest.mark.parametrize(
    "typed",
    [
        *("2027-03-01", "1. marts 2027", "1 marts 2027", "1.marts 2027", "d. 1. marts 2027"),
        *("1/3-27", "1/3 2027", "1/3/2027", "01.03.2027", "1.3.27", "1-3-2027", "1. 3. 2027"),
        *("mandag den 1. marts 2027", "man. 1.3.2027", "1. mar. 2027", "01\u00a0.03.2027"),
        *("1 March 2027", "1st March 2027", "March 1, 2027", "Monday, 1 March 2027"),
    ],
)
def test_day(typed: str) -> None:
    assert parse_day(typed) == date(2027, 3, 1)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "1. marts", "marts 2027", "31.2.2027", "1/13/2027", "010327", "i morgen", "1.3"),
        *("٢٠٢٧-٠٣-٠١", "1. ma 2027", "1. marts 27000", "0/3-27", "2027-3", "1.3.2027 kl. 9"),
        *("1/3-95", "1.3.90"),  # of last century, or of this one
        *("tirsdag den 1. marts 2027", "søn. 1/3-27", "Friday, 1 March 2027"),  # is a Monday
    ],
)
def test_day_refuses_what_is_unclear(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_day(typed)


@pytest.mark.parametrize("typed", ["2027-03", "marts 2027", "mar. 2027", "3/2027", "March 2027"])
def test_month(typed: str) -> None:
    assert parse_month(typed) == date(2027, 3, 1)


@pytest.mark.parametrize(
    "typed", ["9.30", "9:30", "09:30", "0930", "930", "kl. 9.30", "kl 9:30", "at 9.30", "09:30:00"]
)
def test_clock(typed: str) -> None:
    assert parse_clock(typed) == time(9, 30)


@pytest.mark.parametrize("typed", ["9", "kl. 9", "klokken 9", "09.00"])
def test_clock_takes_an_hour_alone(typed: str) -> None:
    assert parse_clock(typed) == time(9)


@pytest.mark.parametrize(
    "typed", ["", "24:00", "9.3", "9.60", "12345", "halv ti", "9,5", "-1", "kl"]
)
def test_clock_refuses_what_is_unclear(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_clock(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("2027-03-01T09:30", "2027-03-01T09:30:00", "2027-03-01T09:30:00.000"),
        *("1. marts 2027 kl. 9.30", "1/3-27 9.30", "1.3.2027, 0930", "1 March 2027 at 9:30"),
    ],
)
def test_moment(typed: str) -> None:
    assert parse_moment(typed) == datetime(2027, 3, 1, 9, 30)


@pytest.mark.parametrize("typed", ["1.3.2027 kl. 9.05", "1/3-27 9.05.00", "2027-03-01T09:05:00.0"])
def test_moment_keeps_its_minutes_below_ten(typed: str) -> None:
    assert parse_moment(typed) == datetime(2027, 3, 1, 9, 5)


@pytest.mark.parametrize("typed", ["1. marts 2027 kl. 9", "1/3-27, klokken 9", "1.3.2027 at 9"])
def test_moment_takes_an_hour_alone_behind_its_word(typed: str) -> None:
    assert parse_moment(typed) == datetime(2027, 3, 1, 9)


@pytest.mark.parametrize("typed", ["tirsdag 1/3-27 kl. 9.30", "1/3 20 17"])
def test_moment_refuses_what_is_unclear(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_moment(typed)


@pytest.mark.parametrize("typed", ["1. marts 2027", "9.30", "1. marts kl. 9.30", ""])
def test_moment_needs_day_and_time(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_moment(typed)


@settings(max_examples=50)
@given(st.text(max_size=70) | st.text(alphabet="0123456789./-: Tkl.martsjuni", max_size=25))
def test_nothing_else_is_raised(typed: str) -> None:
    for read in READ:
        try:
            read(typed)
        except ValueError:
            continue


class WhenForm(forms.Form):
    day = DayField(required=False)
    clock = ClockField(required=False)
    moment = MomentField(required=False)


def test_fields_read_what_is_typed() -> None:
    form = WhenForm({"day": "1. marts 2027", "clock": "kl. 9.30", "moment": "1.3.2027 kl. 9.30"})

    assert form.is_valid()
    assert form.cleaned_data == {
        "day": date(2027, 3, 1),
        "clock": time(9, 30),
        "moment": datetime(2027, 3, 1, 8, 30, tzinfo=UTC),
    }


def test_fields_may_be_empty() -> None:
    form = WhenForm({"day": " ", "clock": "", "moment": " "})

    assert form.is_valid()
    assert {*form.cleaned_data.values()} == {None}


OUT_OF_REACH = "Vælg en dag mellem 1. januar 1990 og 31. december 2099."
IS_A_MONDAY = "1. marts 2027 er en mandag. Skriv dagen igen, eller udelad ugedagen."


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("day", "9999-12-31", OUT_OF_REACH),
        ("day", "0001-01-01", OUT_OF_REACH),
        ("day", "1. marts 1927", OUT_OF_REACH),
        ("moment", "9999-12-31T23:59", OUT_OF_REACH),
        ("moment", "0001-01-01T00:00", OUT_OF_REACH),
        (
            "day",
            "i morgen",
            "Den dag kan vi ikke læse. Skriv den som 1.3.2027 eller 1. marts 2027.",
        ),
        ("day", "tirs. 1/3-27", IS_A_MONDAY),
        ("moment", "tirsdag den 1. marts 2027 kl. 9", IS_A_MONDAY),
        ("clock", "halv ti", "Det klokkeslæt kan vi ikke læse. Skriv det som 9.30."),
        ("moment", "i dag", "Skriv dag og klokkeslæt, for eksempel 1.3.2027 kl. 9.30."),
    ],
)
def test_fields_say_what_is_wrong(name: str, typed: str, sentence: str) -> None:
    with translation.override("da"):
        form = WhenForm({name: typed})
        assert form.errors == {name: [sentence]}
        assert form[name].value() == typed


@pytest.mark.parametrize("typed", ["28.3.2027 kl. 2.30", "2027-10-31T02:30"])
def test_an_hour_in_which_the_clock_is_changed_is_refused(typed: str) -> None:
    with translation.override("da"), pytest.raises(ValidationError, match="uret stillet"):
        MomentField().clean(typed)


@pytest.mark.parametrize(
    ("field", "kept", "typed"),
    [
        (DayField(), date(2027, 3, 1), "1/3-27"),
        (ClockField(), time(9, 30), "kl. 9.30"),
        (MomentField(), datetime(2027, 3, 1, 8, 30, tzinfo=UTC), "1.3.2027 9.30"),
    ],
)
def test_the_same_written_otherwise_is_no_change(field: Any, kept: Any, typed: str) -> None:
    assert not field.has_changed(kept, typed)
