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
LONGEST = 60  # characters

# A number may stand close before and behind: "100kr", "EUR100", "250tkr".
NO_LETTER = r"(?<![^\W\d])", r"(?![^\W\d])"
CURRENCIES = {
    "EUR": re.compile(r"€|{}eur(?:os?)?{}".format(*NO_LETTER), re.IGNORECASE),
    "DKK": re.compile(
        r"(?:{}(?:d\.?kk|kr(?:oner)?)|(?<=t)kr){}\.?".format(*NO_LETTER), re.IGNORECASE
    ),
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
# Groups of three, all with the same separator, and decimals behind the other one. No group of
# thousands begins with a nought: "0.500" is a half.
GROUPED = re.compile(
    r"([1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]{1,2}))?"
)
PLAIN = re.compile(r"([0-9]+)(?:[.,]([0-9]{1,9}))?")


class UnclearError(ValueError):
    """What was typed is no amount, or could be two."""


class OtherCurrencyError(UnclearError):
    """The amount is in another currency than the one that is asked for."""


def parse(typed: str, currency: str = "") -> int:
    """Return a whole amount; raises UnclearError. `currency` is EUR, DKK, or empty for a count.

    Where dots and commas allow two readings, none is taken.
    """
    if len(typed) > LONGEST:
        raise UnclearError
    words = " ".join(typed.replace("’", " ").replace("'", " ").split())
    words, named = _without_currency(words)
    if named and named != currency:
        raise OtherCurrencyError
    number, factor = _without_scale(WHOLE.sub("", words).strip(), is_money=bool(named))
    value = _decimal(number, scaled=factor > 1) * factor
    if value != value.to_integral_value():
        raise UnclearError
    return int(value)


def _without_currency(words: str) -> tuple[str, str]:
    named = [name for name, pattern in CURRENCIES.items() if pattern.search(words)]
    for name in named:
        words = CURRENCIES[name].sub("¤", words)
    # "12 kr. 500" is not 12,500.
    if len(named) > 1 or re.search(r"[0-9].*¤.*[0-9]", words):
        raise UnclearError
    return " ".join(words.replace("¤", " ").split()), named[0] if named else ""


def _without_scale(words: str, *, is_money: bool) -> tuple[str, int]:
    found = re.fullmatch(r"([0-9][0-9., ]*?)\s?([^0-9., ].*)", words)
    if found is None:
        return words, 1
    scale = SCALE.fullmatch(found[2].strip())
    # "4 m" may be metres, and "4 t." tonnes; "4 m€" are millions.
    is_letter = scale is not None and len(scale[0].strip(".")) == 1
    if scale is None or scale.lastgroup is None or (is_letter and not is_money):
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
    # Behind the mark of "1000.000" and "1.0000" stands a slip of the finger, and no decimals.
    if (plain := PLAIN.fullmatch(number)) and (scaled or len(plain[2] or "") <= 2):
        return Decimal(f"{plain[1]}.{plain[2] or 0}")
    raise UnclearError


def in_words(amount: int, currency: str = "") -> str:
    """Return an amount to read, which `parse` reads as the same: "4 mio. euro", "300.000 euro"."""
    names = {"EUR": _("euro"), "DKK": _("kr.")}
    scales = ((10**9, _("bn")), (10**6, _("million")))
    for factor, scale in scales:
        if factor <= amount < 1000 * factor and amount * 100 % factor == 0:
            shown = written((Decimal(amount) / factor).normalize())
            return " ".join(filter(None, (shown, scale, names.get(currency, ""))))
    shown = written(amount)
    return f"{shown} {names[currency]}" if currency else shown


def written(amount: int | Decimal) -> str:
    """Return a number with the language's separators: "4.000.000" in Danish."""
    return number_format(amount, use_l10n=True, force_grouping=True)


def told(form: forms.BaseForm) -> str:
    """Return in words the amounts that a form changed, to say so once they are saved."""
    changed = [form[name] for name in form.fields if name in form.changed_data]
    found = [(field.label, getattr(field, "read_as", "")) for field in changed]
    return " ".join(f"{label}: {words}." for label, words in found if words)


def read_as(amount: int | None, currency: str) -> str:
    """Return an amount in words; empty where they are what stands there already."""
    return "" if amount is None or amount < 1000 else in_words(amount, currency)


class AmountBoundField(forms.BoundField):
    """A field that tells how its amount is read."""

    @property
    def read_as(self) -> str:
        """Return the amount in words; empty where it is unclear, or as it stands there."""
        field: Any = self.field
        try:
            amount = field.clean(self.value())
        except ValidationError:
            return ""
        return read_as(amount, field.currency)


class AmountField(forms.Field):
    """A whole amount, typed as people write it; `currency` is EUR, DKK, or empty for a count.

    What is counted may stand behind the number, as a pattern: `unit=r"%|procent"`.
    """

    widget = forms.TextInput
    currency = ""
    default_error_messages = {
        "unclear": gettext_lazy(
            "This number can be read in more than one way, or not at all. Write it like "
            "%(example)s."
        ),
        "currency": gettext_lazy("Write the amount in %(currency)s, like %(example)s."),
        "number_alone": gettext_lazy("Write the number alone, like %(example)s."),
        "range": gettext_lazy("The number must lie between %(least)s and %(most)s."),
    }

    def __init__(
        self,
        *,
        currency: str = "",
        unit: str = "",
        min_value: int = 0,
        max_value: int = MOST,
        **kwargs: Any,
    ) -> None:
        self.currency = currency or self.currency
        self.unit = re.compile(rf"\s*(?:{unit})\s*$", re.IGNORECASE) if unit else None
        self.min_value, self.max_value = min_value, min(max_value, MOST)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return value if isinstance(value, int) else self._read(str(value))
        except OtherCurrencyError:
            raise self._error("currency" if self.currency else "number_alone") from None
        except UnclearError:
            raise self._error("unclear") from None

    def _read(self, typed: str) -> int:
        return parse(self.unit.sub("", typed, count=1) if self.unit else typed, self.currency)

    def _error(self, code: str) -> ValidationError:
        example = 4_000_000 if self.currency else 3_000 if self.max_value == MOST else 12
        names = {"EUR": _("euro"), "DKK": _("kroner")}
        words = {"example": written(example), "currency": names.get(self.currency, "")}
        return ValidationError(self.error_messages[code], code, words)

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

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> AmountBoundField:
        return AmountBoundField(form, self, field_name)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, StrOrPromise]:
        # A keyboard of figures alone has no "mio." on it.
        return {"inputmode": "text" if self.currency else "decimal", "autocomplete": "off"}


class EuroField(AmountField):
    """A whole amount in euro."""

    currency = "EUR"
