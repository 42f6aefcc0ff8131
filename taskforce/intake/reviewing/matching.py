"""Match names in a document with rows of the portal by likeness, for a person to confirm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process, utils

from barriers.models import Barrier, Theme
from calls.models import Call
from taskforce.core.danish import spelling
from taskforce.members.models import Member, Organisation

Options = list[tuple[str, str]]

MOST = 25  # choices in a list, the likest: nobody reads a list of hundreds
SAME_NAME = 88.0  # likeness (0 to 100) from which two names count as the same
SAME_PERSON = 90.0
PART = 0.85  # the weight of a likeness where the words are only a part of the name


@dataclass
class Names:
    """Names with the values that a form sends for them. A value may have several names."""

    most: int = MOST
    labels: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    _likest: dict[str, list[tuple[str, float]]] = field(default_factory=dict)

    def add(self, value: str, label: str, *also: str) -> None:
        self.labels[value] = label
        for name in filter(None, {label, *also}):
            self.names.append(utils.default_process(name))
            self.values.append(value)

    def likest(self, words: str) -> list[tuple[str, float]]:
        """Return (value, likeness) of the likest, the best first."""
        plain = utils.default_process(words)
        if plain not in self._likest:
            self._likest[plain] = self._compare(plain) if plain else []
        return self._likest[plain]

    def _compare(self, plain: str) -> list[tuple[str, float]]:
        """Compare whole names, and names of which the words are a part: the latter count less.

        "Stine" is offered for "Stine Lomholt", but is not chosen without a look.
        """
        best: dict[str, float] = {}
        for scorer, weight in ((fuzz.token_sort_ratio, 1.0), (fuzz.token_set_ratio, PART)):
            found = process.extract(plain, self.names, scorer=scorer, limit=2 * self.most)
            for _name, score, place in found:
                value = self.values[place]
                best[value] = max(best.get(value, 0.0), weight * score)
        return sorted(best.items(), key=lambda item: -item[1])

    def match(self, words: str, at_least: float) -> str:
        """Return the value of the likest name, or "" where none is like enough."""
        value, score = next(iter(self.likest(words)), ("", 0.0))
        return value if score >= at_least else ""

    def options(self, words: str, *chosen: str) -> Options:
        """Return the choices, the likest first; what is chosen is always among them."""
        likest = [value for value, score in self.likest(words) if score > 45]
        order = dict.fromkeys([*likest, *self.labels])
        kept = [*order][: self.most]
        kept += [value for value in chosen if value in self.labels and value not in kept]
        return [(value, self.labels[value]) for value in kept]


@dataclass
class Known:
    """What the portal has, queried once a page."""

    @cached_property
    def _organisations(self) -> list[tuple[int, str, list[str]]]:
        rows = Organisation.objects.order_by("name").values_list("pk", "name", "former_names")
        return list(rows)

    @cached_property
    def organisations(self) -> Names:
        names = Names()
        for pk, name, former in self._organisations:
            names.add(f"o:{pk}", name, *former)
        return names

    @cached_property
    def organisation_of_name(self) -> Mapping[str, int]:
        """Organisations by each name, in one spelling; a current name goes before a former one."""
        found: dict[str, int] = {}
        for pk, name, _former in self._organisations:
            found[spelling(name)] = pk
        for pk, _name, former in self._organisations:
            for name in former:
                found.setdefault(spelling(name), pk)
        return found

    @cached_property
    def _members(self) -> list[tuple[int, str, int, str]]:
        rows = Member.objects.current().order_by("user__name", "pk")
        return list(rows.values_list("pk", "user__name", "organisation__pk", "organisation__name"))

    @cached_property
    def members(self) -> Names:
        names = Names()
        for pk, name, _organisation, home in self._members:
            names.add(f"m:{pk}", f"{name}, {home}", name)
        return names

    @cached_property
    def home_of_member(self) -> Mapping[str, int]:
        return {f"m:{pk}": organisation for pk, _name, organisation, _home in self._members}

    @cached_property
    def barriers(self) -> Names:
        names = Names()
        for pk, title in Barrier.objects.unmerged().order_by("title").values_list("pk", "title"):
            names.add(f"b:{pk}", title)
        return names

    @cached_property
    def _calls(self) -> list[tuple[int, str, str | None, str]]:
        rows = Call.objects.order_by("title").values_list("pk", "title", "topic_id", "link")
        return list(rows)

    @cached_property
    def calls(self) -> Names:
        names = Names()
        for pk, title, _topic, _link in self._calls:
            names.add(f"c:{pk}", title)
        return names

    @property
    def topics(self) -> list[str | None]:
        return [topic for _pk, _title, topic, _link in self._calls]

    def call(self, title: str, topic: str, link: str) -> str:
        """Return the call of the same topic or link, else the one of a like title, else ""."""
        for pk, _title, known_topic, known_link in self._calls:
            same_topic = topic and known_topic and topic.casefold() == known_topic.casefold()
            if same_topic or (link and link == known_link):
                return f"c:{pk}"
        return self.calls.match(title, SAME_NAME)

    @cached_property
    def themes(self) -> Names:
        names = Names()
        for pk, name in Theme.objects.values_list("pk", "name"):
            names.add(str(pk), name)
        return names
