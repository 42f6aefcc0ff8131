"""The filters of the directory, each choice with how many organisations it finds.

What counts is read once and counted here: one query, however many choices there are.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from taskforce.core import parts, places
from taskforce.core.danish import search_query
from taskforce.members.models import Kind, Organisation, Tag
from taskforce.members.models.organisation import HIDDEN
from taskforce.members.organisations.supply import Customer, Division, Effect

Choices = Sequence[tuple[Any, Any]]
Row = dict[str, Any]  # a row of COLUMNS, with the tags that it offers and seeks
WORDS = "q"
COLUMNS = (
    *("pk", "kind", "municipality", "is_found", "unanswered"),
    *("delivers", "delivers_to", "customers", "effects"),
)


@parts.kept
def _tags() -> Choices:
    return tuple((str(pk), name) for pk, name in Tag.objects.values_list("pk", "name"))


def _place(row: Row) -> set[str]:
    """Return the places where an organisation has its seat, or delivers."""
    found = {*places.around(row["municipality"])} - {places.ALL} if row["municipality"] else set()
    return found.union(*map(places.within, row["delivers_to"]))


def _roles(row: Row) -> set[str]:
    roles = {"tilbyder": row["offered"], "soeger": row["sought"], "kan-spoerges": row["is_found"]}
    return {role for role, holds in roles.items() if holds}


@dataclass(frozen=True)
class Facet:
    """A filter with choices: its name in the address, its words, and what a row is found by."""

    name: str
    label: StrOrPromise
    nothing: StrOrPromise
    choices: Callable[[], Choices]
    values: Callable[[Row], set[str]]


FACETS = (
    Facet("slags", _("Type"), _("All types"), lambda: Kind.choices, lambda row: {row["kind"]}),
    Facet(
        "sted",
        _("Place"),
        _("The whole country"),
        lambda: [*places.REGIONS.items(), *places.municipalities()],
        _place,
    ),
    Facet(
        "leverer",
        _("Delivers"),
        _("Everything"),
        lambda: Division.choices,
        lambda row: {*row["delivers"]},
    ),
    Facet(
        "til",
        _("To whom"),
        _("All buyers"),
        lambda: Customer.choices,
        lambda row: {*row["customers"]},
    ),
    Facet(
        "virkning",
        _("Effect"),
        _("All effects"),
        lambda: Effect.choices,
        lambda row: {*row["effects"]},
    ),
    Facet(
        "stikord",
        _("Tag"),
        _("All tags"),
        _tags,
        lambda row: {*map(str, row["offered"]), *map(str, row["sought"])},
    ),
    Facet(
        "vis",
        _("Only show"),
        _("All of them"),
        lambda: [
            ("tilbyder", _("Those who offer something")),
            ("soeger", _("Those who seek something")),
            ("kan-spoerges", _("Those whom buyers may ask")),
        ],
        _roles,
    ),
)


Listed = tuple[tuple[int, dict[str, set[str]]], ...]


def read(words: str) -> Listed:
    """Return what each filter finds an organisation by: of a silent one, what anybody knows."""
    tags = Tag.objects.order_by()
    has_words = ExpressionWrapper(Q(search=search_query(words)), BooleanField())
    rows = Organisation.objects.in_directory().order_by()
    found = rows.values(
        *COLUMNS,
        offered=ArraySubquery(tags.filter(offered_by=OuterRef("pk")).values("pk")),
        sought=ArraySubquery(tags.filter(sought_by=OuterRef("pk")).values("pk")),
        has_words=has_words,
    )
    return tuple(
        (
            row["pk"],
            {facet.name: facet.values(row) for facet in FACETS}
            | {WORDS: {words} if row["has_words"] else set()},
        )
        for row in map(_as_told, found)
    )


@parts.kept
def read_all() -> Listed:
    return read("")


class DirectoryForm(forms.Form):
    q = forms.CharField(label=_("Words"), required=False, max_length=200)


class Directory:
    """Organisations, narrowed by what an address says; what it says wrongly narrows nothing."""

    def __init__(self, data: QueryDict) -> None:
        self.organisations = Organisation.objects.in_directory()
        self.form = DirectoryForm(data)
        self.offered = {facet.name: facet.choices() for facet in FACETS}
        for facet in FACETS:
            self.form.fields[facet.name] = forms.ChoiceField(
                label=facet.label,
                choices=[("", facet.nothing), *self.offered[facet.name]],
                required=False,
            )
        self.form.is_valid()
        self.chosen = {name: value for name, value in self.form.cleaned_data.items() if value}
        self._look()

    @property
    def found(self) -> QuerySet[Organisation]:
        return self.organisations.filter(pk__in=self.keys) if self.chosen else self.organisations

    def _look(self) -> None:
        """Note who is found, what each choice would find, and what each filter keeps away."""
        self.keys: list[int] = []
        counts = {facet.name: Counter[str]() for facet in FACETS}
        self.without = Counter[str]()
        words = self.chosen.get(WORDS, "")
        for key, values in read(words) if words else read_all():
            misses = [name for name, value in self.chosen.items() if value not in values[name]]
            if not misses:
                self.keys.append(key)
            for name in self.chosen:
                self.without[name] += misses in ([], [name])
            for facet in FACETS:
                if misses in ([], [facet.name]):
                    counts[facet.name].update(values[facet.name])
        for facet in FACETS:
            field: Any = self.form.fields[facet.name]
            field.choices = [("", facet.nothing), *self._with_counts(facet, counts[facet.name])]

    def _with_counts(self, facet: Facet, counts: Counter[str]) -> list[tuple[str, str]]:
        """Return the choices that find something, and the chosen one, with how many."""
        chosen = self.chosen.get(facet.name)
        return [
            (value, f"{label} ({counts[value]})")
            for value, label in self.offered[facet.name]
            if counts[value] or value == chosen
        ]

    def dropping(self) -> list[dict[str, Any]]:
        """Return what would be found without each filter, for a search that finds nothing."""
        return [
            {
                "label": self.form.fields[name].label,
                "value": self._in_words(name),
                "count": self.without[name],
                "address": "?" + _query({**self.chosen, name: ""}),
            }
            for name in self.chosen
            if self.without[name]
        ]

    def _in_words(self, name: str) -> str:
        value = self.chosen[name]
        return str(dict(self.offered.get(name, [])).get(value, value))


def _as_told(row: Row) -> Row:
    tells = row["unanswered"] < HIDDEN
    if not tells:
        row |= {"municipality": "", "offered": [], "sought": []}
    if not (tells and row["is_found"]):
        row |= {"is_found": False, "delivers": [], "delivers_to": []}
        row |= {"customers": [], "effects": []}
    return row


def _query(chosen: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in chosen.items() if value})
    return query.urlencode()
