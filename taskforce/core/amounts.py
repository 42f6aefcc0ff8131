"""Amounts as people write them: "4.000.000", "4 mio. kr.", "€ 1,300,000", "kr. 300.000,-"."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

MOST = 10**13  # more is a slip of the finger

CURRENCIES = {
    "EUR": re.compile(r"€|\beur(?:os?)?\b", re.IGNORECASE),
    "DKK": re.compile(r"\bd\.?kk\b|\bkr(?:oner)?\b\.?|(?<=\bt)kr\b\.?", re.IGNORECASE),
}
# "4.000,-" and "4.000,00" are whole.
WHOLE = re.compile(r"(?<=[0-9]),\s?[-–—]+")
SCALES = {
    1_000: r"t(?:\.|us\.?|usind|housand)?|k",
    1_000_000: r"mio\.?|mill?\.?|million(?:er|s)?|m",
    1_000_000_000: r"mia\.?|milliard(?:er)?|mrd\.?|bn\.?",
}
SCALE = re.compile(
    "|".join(f"(?P<s{factor}>{words})" for factor, words in SCALES.items()), re.IGNORECASE
)
# Groups of three, all with the same separator, and decimals behind the other one.
GROUPED = re.compile(r"([0-9]{1,3}(?:([., ])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]{1,2}))?")
PLAIN = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")


class UnclearError(ValueError):
    """What was typed is no amount, or could be two."""


def parse(typed: str, currency: str = "") -> int:
    """Return a whole amount; raises UnclearError. `currency` is EUR, DKK, or empty for a count.

    Where dots and commas allow two readings, none is taken.
    """
    words = " ".join(typed.replace("’", " ").replace("'", " ").split())
    words, named = _without_currency(words)
    if named and named != currency:
        raise UnclearError
    number, factor = _without_scale(WHOLE.sub("", words).strip(), is_money=bool(named))
    value = _decimal(number, scaled=factor > 1) * factor
    if value != value.to_integral_value():
        raise UnclearError
    return int(value)


def _without_currency(words: str) -> tuple[str, str]:
    named = [name for name, pattern in CURRENCIES.items() if pattern.search(words)]
    for name in named:
        words = CURRENCIES[name].sub(" ", words)
    if len(named) > 1:
        raise UnclearError
    return " ".join(words.split()), named[0] if named else ""


def _without_scale(words: str, *, is_money: bool) -> tuple[str, int]:
    found = re.fullmatch(r"([0-9][0-9., ]*?)\s?([^0-9., ].*)", words)
    if found is None:
        return words, 1
    scale = SCALE.fullmatch(found[2].strip())
    # "4 m" may be metres; "4 m€" are millions.
    if scale is None or scale.lastgroup is None or (len(scale[0]) == 1 and not is_money):
        raise UnclearError
    return found[1], int(scale.lastgroup[1:])


def _decimal(number: str, *, scaled: bool) -> Decimal:
    if grouped := GROUPED.fullmatch(number):
        whole, mark, decimals = grouped.groups()
        groups = whole.count(mark)
        # "1,250 mio." is one and a quarter to some and over a thousand to others.
        if scaled and groups == 1 and mark != " " and decimals is None:
            raise UnclearError
        return Decimal(f"{re.sub('[^0-9]', '', whole)}.{decimals or 0}")
    if plain := PLAIN.fullmatch(number):
        return Decimal(f"{plain[1]}.{plain[2] or 0}")
    raise UnclearError


def in_words(amount: int, currency: str = "") -> str:
    """Return an amount to read: "4 mio. euro", "1,25 mio. kr.", "300.000 euro"."""
    names = {"EUR": _("euro"), "DKK": _("kr.")}
    scales = ((10**9, _("billion")), (10**6, _("million")))
    for factor, scale in scales:
        if amount >= factor and amount * 100 % factor == 0:
            shown = written((Decimal(amount) / factor).normalize())
            return " ".join(filter(None, (shown, scale, names.get(currency, ""))))
    shown = written(amount)
    return f"{shown} {names[currency]}" if currency else shown


def written(amount: int | Decimal) -> str:
    """Return a number with the language's separators: "4.000.000" in Danish."""
    return number_format(amount, use_l10n=True, force_grouping=True)


class AmountField(forms.Field):
    """A whole amount, typed as people write it; `currency` is EUR, DKK, or empty for a count."""

    widget = forms.TextInput
    default_error_messages = {
        "unclear": gettext_lazy(
            "This amount can be read in more than one way, or not at all. Write it like "
            "%(example)s."
        ),
        "range": gettext_lazy("The amount must lie between %(least)s and %(most)s."),
    }

    def __init__(
        self, *, currency: str = "", min_value: int = 0, max_value: int = MOST, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.currency, self.min_value, self.max_value = currency, min_value, max_value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return value if isinstance(value, int) else parse(str(value), self.currency)
        except UnclearError:
            example = {"example": written(4_000_000)}
            raise ValidationError(self.error_messages["unclear"], "unclear", example) from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not self.min_value <= value <= self.max_value:
            bounds = {
                "least": in_words(self.min_value, self.currency),
                "most": in_words(self.max_value, self.currency),
            }
            raise ValidationError(self.error_messages["range"], "range", bounds)

    def prepare_value(self, value: Any) -> Any:
        """Write a kept amount with its separators; leave alone what somebody typed."""
        return written(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, StrOrPromise]:
        return {"inputmode": "text", "autocomplete": "off"}
