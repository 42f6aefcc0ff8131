"""Amounts as people write them."""

from typing import Any

import pytest
from django import forms
from django.utils import translation

from taskforce.core.amounts import AmountField, UnclearError, in_words, parse


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
        ("2 mia.", "", 2_000_000_000),
        ("1 250 mio.", "EUR", 1_250_000_000),
        ("0", "", 0),
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
        (2_500_000_000, "EUR", "2,5 mia. euro", "2.5 billion euro"),
        (1_234_567, "EUR", "1.234.567 euro", "1,234,567 euro"),
        (300_000, "", "300.000", "300,000"),
    ],
)
def test_in_words(amount: int, currency: str, danish: str, english: str) -> None:
    with translation.override("da"):
        assert in_words(amount, currency) == danish
    with translation.override("en"):
        assert in_words(amount, currency) == english


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
            "Beløbet kan læses på flere måder eller slet ikke. Skriv det som 4.000.000.",
        ),
        ("0", None, "Beløbet skal ligge mellem 1 euro og 10.000 mia. euro."),
        ("99999999999999", None, "Beløbet skal ligge mellem 1 euro og 10.000 mia. euro."),
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
