"""One thing of a review as a form: what every kind of thing has in common."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from taskforce.intake.matching import SAME_NAME, Known, Names
from taskforce.intake.things import Thing

NEW = "new"
UNKNOWN = "?"  # an organisation that somebody must choose


class Decision:
    """What a secretary decides of a thing. Nothing is taken that nobody accepted."""

    OPEN = ""
    ACCEPT = "accept"
    SKIP = "skip"
    CHOICES = ((ACCEPT, _("Take")), (SKIP, _("Leave out")), (OPEN, _("Not decided")))


class Context:
    """What the lines of one document know of the portal and of each other."""

    def __init__(self, things: list[Thing], known: Known) -> None:
        self.known = known
        self.speakers, self.agenda, self.barriers = Names(), Names(), Names()
        self.people: dict[str, Any] = {}
        for thing in things:
            if thing.field == "attendees":
                person = thing.value
                where = f", {person['organisation']}" if person["organisation"] else ""
                value = str(thing.index)
                self.people[value] = person
                self.speakers.add(value, f"{person['name']}{where}", person["name"])
            elif thing.field == "agenda":
                self.agenda.add(str(thing.index), thing.value["title"])
            elif thing.field == "barriers":
                self.barriers.add(f"f:{thing.index}", thing.value["title"])

    def organisation(self, words: str) -> str:
        """Return the organisation that words mean, or "" where the portal knows none like it."""
        known = self.known.organisation_of_name.get(words.strip().casefold())
        return f"o:{known}" if known else self.known.organisations.match(words, SAME_NAME)


class Line(forms.Form):
    """One thing: its fields start as the document has them."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.CHOICES, required=False)
    title_fields: ClassVar[tuple[str, ...]] = ("value",)  # of whose words the title is made

    def __init__(self, thing: Thing, typed: Mapping[str, str], context: Context) -> None:
        self.thing, self.context = thing, context
        values = {**self.start(), **typed}
        super().__init__({f"{thing.key}-{name}": values[name] for name in values}, prefix=thing.key)
        self.choose()

    def start(self) -> dict[str, Any]:
        """Return the fields' first values as a browser would send them."""
        return {"value": self.thing.value}

    def choose(self) -> None:
        """Fill in the choices that depend on the portal or the document."""

    def offer(self, name: str, first: list[tuple[str, Any]], names: Names, words: str) -> None:
        """Give a field its choices: what is always there, then the likest."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = [*first, *names.options(words, self.raw(name))]

    def raw(self, name: str) -> str:
        """Return a field as it was typed."""
        return str(self.data.get(self.add_prefix(name)) or "")

    def shown(self, name: str) -> str:
        """Return a field as people read it."""
        choices = getattr(self.fields[name], "choices", ())
        words = {str(value): label for value, label in choices}
        return str(words.get(self.raw(name), self.raw(name)))

    @property
    def kept(self) -> dict[str, str]:
        """What was typed and decided, to be kept as it is, right or wrong."""
        return {name: self.raw(name) for name in self.fields}

    @property
    def title(self) -> str:
        words = " · ".join(filter(None, (self.raw(name) for name in self.title_fields)))
        return str(Truncator(words or "–").chars(120))

    @property
    def label(self) -> str:
        """Return what kind of thing it is, where its group does not tell."""
        return ""

    @property
    def full_title(self) -> str:
        return f"{self.label}: {self.title}" if self.label else self.title

    @property
    def faults(self) -> list[str]:
        """Return what is wrong, in sentences."""
        return [str(error) for errors in self.errors.values() for error in errors]

    @property
    def is_accepted(self) -> bool:
        return self.raw("decision") == Decision.ACCEPT

    @property
    def is_skipped(self) -> bool:
        return self.raw("decision") == Decision.SKIP

    @property
    def is_open(self) -> bool:
        """Tell whether somebody must still decide; what the document does not tell may stay so."""
        is_empty = self.thing.span is None and not self.raw("value")
        return not (self.is_accepted or self.is_skipped or is_empty)

    @property
    def needs_more(self) -> bool:
        """Tell whether it cannot be taken as it stands: something must be chosen or mended."""
        return self.is_open and bool(self.errors)

    @property
    def shown_errors(self) -> bool:
        """Tell whether the line's faults matter: nobody need mend what is left out."""
        return self.is_accepted and bool(self.errors)
