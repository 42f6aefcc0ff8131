"""Amounts as people write them."""

from typing import Any

import pytest
from django import forms
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from taskforce.core.amounts import (
    MOST,
    AmountField,
    EuroField,
    UnclearError,
    in_words,
    parse,
    told,
    written,
)


@pytest.mark.parametrize(
    ("typed", "currency", "amount"),
    [
        ("4000000", "", 4_000_000),
        ("4.000.000", "", 4_000_000),
        ("4,000,000", "", 4_000_000),
        ("4 000 000", "", 4_000_000),
        ("4\u00a0000\u202f000", "", 4_000_000),
        ("4'000’000", "", 4_000_000),
        ("300.000", "EUR", 300_000),
        ("3.000", "", 3_000),
        ("3,000", "", 3_000),
        ("1.300.000,00", "EUR", 1_300_000),
        ("1,300,000.00", "EUR", 1_300_000),
        ("kr. 300.000,-", "DKK", 300_000),
        ("300.000 kr", "DKK", 300_000),
        ("Kr 4.000.000,–", "DKK", 4_000_000),
        ("DKK 500", "DKK", 500),
        ("4 mio. kr.", "DKK", 4_000_000),
        ("4 millioner kroner", "DKK", 4_000_000),
        ("500 t.kr.", "DKK", 500_000),
        ("500 tkr", "DKK", 500_000),
        ("1,5 mio. euro", "EUR", 1_500_000),
        ("1.5 million euros", "EUR", 1_500_000),
        ("€ 1,300,000", "EUR", 1_300_000),
        ("4 M€", "EUR", 4_000_000),
        ("300k EUR", "EUR", 300_000),
        ("4\u2009000\u2009000", "", 4_000_000),
        ("1,3 mio. €", "EUR", 1_300_000),
        ("300.000,00", "DKK", 300_000),
        ("1,250", "", 1_250),
        ("1.500.000,00 kr.", "DKK", 1_500_000),
        ("2 mia.", "", 2_000_000_000),
        ("1 250 mio.", "EUR", 1_250_000_000),
        ("0", "", 0),
        ("100kr", "DKK", 100),
        ("kr100", "DKK", 100),
        ("250tkr", "DKK", 250_000),
        ("EUR100", "EUR", 100),
        ("3.00", "", 3),
    ],
)
def test_parse(typed: str, currency: str, amount: int) -> None:
    assert parse(typed, currency) == amount


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        ("", ""),
        ("ca. 500", ""),
        ("-5", ""),
        ("1-2 mio.", "EUR"),
        ("½ mio.", "EUR"),
        ("1e6", ""),
        ("12.34.567", ""),
        ("1.300,000", ""),  # decimals, or a slip
        ("1.250 mio.", "EUR"),  # one and a quarter, or over a thousand
        ("12,50", "DKK"),  # half a krone would be lost
        ("1.5", ""),
        ("300k", ""),
        ("4000000 DKK", "EUR"),
        ("4 euro kr.", "EUR"),
        ("3.000 stk", ""),
        ("٣٠٠", ""),
        ("٤", ""),
        ("3.5", ""),
        ("-4", ""),
        ("−4", ""),
        ("4e6", ""),
        ("½", ""),
        ("∞", ""),
        ("NaN", ""),
        ("12 kr 50", "DKK"),
        ("12 kr. 500", "DKK"),  # is not twelve thousand
        ("4 mio. 500", ""),
        ("2-3 mio.", ""),
        ("under 4 mio.", ""),
        ("ca. 4 mio.", ""),
        ("0.500", ""),  # a half
        ("012.345", ""),
        ("4 t.", ""),  # tonnes, say
        ("1,5", ""),
        ("1.0000000000000000000000000001 mio.", ""),
        ("9" * 61, ""),
        ("0x10", ""),
        ("1_000", ""),
        ("4 000 00", ""),
        ("1.0000", ""),  # ten thousand, perhaps, but never one
        ("1000.000", ""),
    ],
)
def test_parse_refuses_what_is_unclear(typed: str, currency: str) -> None:
    with pytest.raises(UnclearError):
        parse(typed, currency)


@pytest.mark.parametrize(
    ("amount", "currency", "danish", "english"),
    [
        (4_000_000, "EUR", "4 mio. euro", "4 million euro"),
        (1_250_000, "DKK", "1,25 mio. kr.", "1.25 million kr."),
        (2_500_000_000, "EUR", "2,5 mia. euro", "2.5 bn euro"),
        (1_234_567, "EUR", "1.234.567 euro", "1,234,567 euro"),
        (300_000, "", "300.000", "300,000"),
        # "1.234 mio." could be one and a quarter.
        (1_234_000_000, "EUR", "1.234.000.000 euro", "1,234,000,000 euro"),
        (2 * 10**12, "EUR", "2.000.000.000.000 euro", "2,000,000,000,000 euro"),
    ],
)
def test_in_words(amount: int, currency: str, danish: str, english: str) -> None:
    with translation.override("da"):
        assert in_words(amount, currency) == danish
    with translation.override("en"):
        assert in_words(amount, currency) == english


MANY = "10.000.000.000.000"
AMOUNTS = st.integers(0, MOST) | st.builds(
    lambda figures, noughts: figures * 10**noughts, st.integers(0, 9_999), st.integers(0, 9)
)


@given(AMOUNTS, st.sampled_from(["", "EUR", "DKK"]), st.sampled_from(["da", "en"]))
def test_what_is_shown_is_read_as_the_same(amount: int, currency: str, language: str) -> None:
    with translation.override(language):
        assert parse(in_words(amount, currency), currency) == amount
        assert parse(written(amount)) == amount


@given(st.text(alphabet="0123456789.,- kmrtioa€½e\u00a0\u202f'", max_size=15))
def test_nothing_typed_is_read_as_less_than_its_figures(typed: str) -> None:
    try:
        amount = parse(typed, "EUR")
    except UnclearError:
        return
    figures = "".join(filter(str.isdigit, typed.partition(",-")[0]))
    assert str(amount).rstrip("0") == figures.lstrip("0").rstrip("0")


@settings(max_examples=40)
@given(st.text(max_size=70))
def test_parse_raises_nothing_else(typed: str) -> None:
    for currency in ("", "EUR", "DKK"):
        try:
            assert parse(typed, currency) >= 0
        except UnclearError:
            continue


class BudgetForm(forms.Form):
    budget = AmountField(currency="EUR", required=False, min_value=1)


@pytest.mark.parametrize(
    ("typed", "kept", "error"),
    [
        ("4.000.000", 4_000_000, None),
        (" ", None, None),
        (
            "cirka 4",
            None,
            "Tallet kan læses på flere måder eller slet ikke. Skriv det som 4.000.000.",
        ),
        ("4 mio. kr.", None, "Skriv beløbet i euro, for eksempel 4.000.000."),
        ("0", None, f"Tallet skal ligge mellem 1 euro og {MANY} euro."),
        ("99999999999999", None, f"Tallet skal ligge mellem 1 euro og {MANY} euro."),
        ("1 000 000 000 000 000", None, f"Tallet skal ligge mellem 1 euro og {MANY} euro."),
    ],
)
def test_field(typed: str, kept: int | None, error: str | None) -> None:
    with translation.override("da"):
        form = BudgetForm({"budget": typed})
        assert form.errors == ({"budget": [error]} if error else {})
    assert form.cleaned_data.get("budget") == kept


def test_field_writes_a_kept_amount_with_separators_and_leaves_what_was_typed() -> None:
    with translation.override("da"):
        assert BudgetForm(initial={"budget": 4_000_000})["budget"].value() == "4.000.000"
        assert BudgetForm({"budget": "4 mio"})["budget"].value() == "4 mio"


@pytest.mark.parametrize(
    ("sent", "changed"), [("4 mio.", False), ("4.000.000", False), ("5 mio.", True), ("x", True)]
)
def test_field_has_changed_only_with_its_amount(sent: str, changed: bool) -> None:
    form: Any = BudgetForm({"budget": sent}, initial={"budget": 4_000_000})

    assert form.has_changed() is changed


class CountForm(forms.Form):
    percent = AmountField(required=False, unit=r"%|procent", max_value=100)
    budget = EuroField(label="Budget", required=False)


@pytest.mark.parametrize("typed", ["80", "80 %", "80%", "80 procent "])
def test_a_unit_may_stand_behind_a_count(typed: str) -> None:
    form = CountForm({"percent": typed})

    assert (form.errors, form.cleaned_data["percent"]) == ({}, 80)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("1.000", "Tallet skal ligge mellem 0 og 100."),
        ("% 80", "Tallet kan læses på flere måder eller slet ikke. Skriv det som 12."),
        ("80 kr.", "Skriv kun tallet, for eksempel 12."),
    ],
)
def test_a_count_says_what_is_wrong(typed: str, error: str) -> None:
    with translation.override("da"):
        assert CountForm({"percent": typed}).errors == {"percent": [error]}


@pytest.mark.parametrize(
    ("typed", "read_as"), [("4 mio", "4 mio. euro"), ("ca. 4", ""), ("", ""), ("300", "")]
)
def test_field_says_how_a_large_amount_is_read(typed: str, read_as: str) -> None:
    with translation.override("da"):
        field: Any = CountForm({"budget": typed})["budget"]
        assert field.read_as == read_as
        assert (f"Det er {read_as}." in field.as_field_group()) is bool(read_as)


def test_told_names_the_amounts_that_changed() -> None:
    with translation.override("da"):
        changed = {"budget": "4 mio", "percent": "3"}
        assert told(CountForm(changed, initial={"percent": 2})) == "Budget: 4 mio. euro."
        assert told(CountForm({"budget": "4 mio."}, initial={"budget": 4_000_000})) == ""


def test_field_is_text_to_a_browser() -> None:
    """A field of numbers in Chromium reads 4.000.000 as nothing, or as 4."""
    assert 'type="text"' in str(CountForm()["budget"])
    assert 'inputmode="text"' in str(CountForm()["budget"])
    assert 'inputmode="decimal"' in str(CountForm()["percent"])
