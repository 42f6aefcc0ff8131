"""The form of one candidate: what the forms of all kinds have in common."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, ClassVar

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from taskforce.core.danish import spelling
from taskforce.intake.reviewing.candidates import Candidate
from taskforce.intake.reviewing.matching import SAME_NAME, Known, Names

NEW = "new"  # the choice of a row that the import makes
UNKNOWN = "?"  # an organisation that nobody has chosen yet
STEP = 1000  # between the places of two rows that stand as they were read
MOST_DIGITS = 12  # of a place in a list
MOST_NAMED = 100  # people or items of the document that a list offers


def digest(values: Mapping[str, Any]) -> str:
    """Return what tells whether a row was changed: the same where nothing but blanks is sent."""
    said = sorted((name, str(value)) for name, value in values.items() if value)
    return sha256(repr(said).encode(errors="replace")).hexdigest()[:16]


class Decision:
    """What the secretariat decides about a candidate. Only what is accepted is imported.

    Of people it also says how they took part; ACCEPT is then what their list says.
    """

    UNDECIDED = ""
    ACCEPT = "accept"
    ROOM = "room"
    ONLINE = "online"
    APOLOGIES = "apologies"
    SKIP = "skip"
    ACCEPTED = (ACCEPT, ROOM, ONLINE, APOLOGIES)
    CHOICES: tuple[tuple[str, Any], ...] = (
        (ACCEPT, _("Take")),
        (SKIP, _("Leave out")),
        (UNDECIDED, _("Not decided")),
    )


class Context:
    """What the forms of one document know of the portal and of each other."""

    def __init__(
        self, candidates: list[Candidate], known: Known, typed: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Take what is typed, by candidate: names are offered as they are typed."""
        self.known = known
        self.speakers, self.agenda = Names(most=MOST_NAMED), Names(most=MOST_NAMED)
        self.barriers = Names()
        self.people: dict[str, Any] = {}
        for candidate in candidates:
            value, now = str(candidate.index), typed.get(candidate.key, {})
            if candidate.field == "attendees":
                person = candidate.value
                name = now.get("name", person["name"])
                where = now.get("written", person["organisation"])
                self.people[value] = person
                label = ", ".join(filter(None, (name, where))) or "–"
                self.speakers.add(value, label, name, person["name"])
            elif candidate.field == "agenda":
                title = candidate.value["title"]
                self.agenda.add(value, now.get("name", title) or "–", title)
            elif candidate.field == "barriers":
                self.barriers.add(f"f:{candidate.index}", candidate.value["title"])

    def organisation(self, words: str) -> str:
        """Return the organisation of that name, or "" where the portal has none like it."""
        known = self.known.organisation_of_name.get(spelling(words))
        return f"o:{known}" if known else self.known.organisations.match(words, SAME_NAME)


class CandidateForm(forms.Form):
    """One candidate: its fields start as the document has them."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision.CHOICES, required=False)
    title_fields: ClassVar[tuple[str, ...]] = ("value",)  # the title is made of their words
    decisions: ClassVar[tuple[tuple[str, Any], ...]] = Decision.CHOICES

    def __init__(
        self,
        candidate: Candidate,
        typed: Mapping[str, str],
        context: Context,
        kept: Mapping[str, str] | None = None,
    ) -> None:
        """Take what is typed now, and what was kept before."""
        self.candidate, self.context = candidate, context
        self.before = {**self.initial_values(), **(kept or {})}
        values = {**self.before, **typed}
        data = {f"{candidate.key}-{name}": values[name] for name in values}
        super().__init__(data, prefix=candidate.key)
        field = self.fields["decision"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = self.decisions
        if candidate.span is None and self._is_filled_in_now():
            self._put("decision", Decision.ACCEPT)
        self.set_choices()

    def _is_filled_in_now(self) -> bool:
        """Whether what was empty has got its words, and no decision yet."""
        was_empty = not any(self.before.get(name) for name in self.title_fields)
        return was_empty and not self.raw("decision") and bool(self.title_words)

    def _put(self, name: str, value: str) -> None:
        self.data = {**self.data, self.add_prefix(name): value}

    def full_clean(self) -> None:
        """Clean; days and times stand as their fields show them, since a browser drops "10.30"."""
        super().full_clean()
        for name, value in self.cleaned_data.items():
            if value and isinstance(self.fields[name], forms.DateField | forms.TimeField):
                self._put(name, str(self.fields[name].widget.format_value(value)))

    def initial_values(self) -> dict[str, Any]:
        """Return the fields' first values as a browser would send them."""
        return {"value": self.candidate.value}

    def set_choices(self) -> None:
        """Fill in the choices that depend on the portal or the document."""

    def offer(self, name: str, first: list[tuple[str, Any]], names: Names, words: str) -> None:
        """Give a field its choices: the fixed ones first, then the likest names."""
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
    def rank(self) -> int:
        """Return where it stands in its list."""
        order = self.raw("order")
        is_place = order.isascii() and order.isdigit() and len(order) < MOST_DIGITS
        return int(order) if is_place else self.candidate.index * STEP

    @property
    def kept(self) -> dict[str, str]:
        """What was typed and decided, right or wrong, for the database to keep."""
        return {name: self.raw(name) for name in self.fields}

    @property
    def seen(self) -> str:
        """Return the digest of what is saved, for the page to send along with what is typed."""
        return digest({name: self.before.get(name) for name in self.fields})

    @property
    def title_words(self) -> str:
        return " · ".join(filter(None, (self.raw(name) for name in self.title_fields)))

    @property
    def title(self) -> str:
        return str(Truncator(self.title_words or "–").chars(120))

    @property
    def label(self) -> str:
        """Return what kind of candidate it is, where its group does not say so."""
        return ""

    @property
    def full_title(self) -> str:
        return f"{self.label}: {self.title}" if self.label else self.title

    @property
    def is_accepted(self) -> bool:
        return self.raw("decision") in Decision.ACCEPTED

    @property
    def is_skipped(self) -> bool:
        return self.raw("decision") == Decision.SKIP

    @property
    def is_undecided(self) -> bool:
        """Whether somebody must still decide; what was not found may stay empty."""
        is_empty = self.candidate.span is None and not self.title_words
        return not (self.is_accepted or self.is_skipped or is_empty)

    @property
    def needs_more(self) -> bool:
        """Whether it is undecided and cannot be accepted as it stands."""
        return self.is_undecided and bool(self.errors)

    @property
    def has_shown_errors(self) -> bool:
        """Whether its errors matter: what is left out need not be fixed."""
        return self.is_accepted and bool(self.errors)
