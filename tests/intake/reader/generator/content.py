"""What minutes tell, drawn at random, and the answer that a reader of them must give."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.intake.reader.generator.blocks import Block, Para


def listed(text: str) -> list[str]:
    """Return the pieces of a text: one a line, or several with | between."""
    return [piece.strip() for line in text.strip().split("\n") for piece in line.split("|")]


MONTHS = listed(
    "januar | februar | marts | april | maj | juni | juli | august | september | oktober"
    " | november | december"
)
ENGLISH = listed(
    "January | February | March | April | May | June | July | August | September | October"
    " | November | December"
)
PAUSES = listed("Pause | Frokost | Kaffepause")
DAYS = listed("mandag | tirsdag | onsdag | torsdag | fredag | lørdag | søndag")


@dataclass(frozen=True)
class Words:
    """The words that one half of the documents is made of."""

    first: list[str]
    last: list[str]
    whole: list[str]  # names that are neither first and last name
    towns: list[str]
    things: list[str]  # what a fund or a firm is called after
    organisations: list[str]  # with {town} and {thing}
    bodies: list[str]  # who meets
    roles: list[str]
    titles: list[str]
    places: list[str]
    platforms: list[str]
    agenda: list[str]
    first_items: list[str]
    last_items: list[str]
    call_items: list[str]
    next_items: list[str]
    details: list[str]
    rounds: list[str]  # items in which everybody tells news
    prose: list[str]  # with {first}, {name}, {org}, {outsider}, {link}
    decisions: list[str]
    calls: list[str]
    hosts: list[str]  # of links


@dataclass(frozen=True)
class Person:
    name: str
    org: str = ""
    role: str = ""
    title: str = ""
    note: str = ""
    stands_for: str = ""  # the name of who is away
    absent: bool = False
    online: bool = False

    @property
    def first(self) -> str:
        return self.name.split()[0]

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in re.split(r"[ -]", self.name)).upper()


@dataclass(frozen=True)
class Item:
    title: str
    start: str = ""
    end: str = ""
    responsible: Person | None = None
    notes: tuple[str, ...] = ()
    decision: str = ""
    detail: str = ""  # a question or a word under the title in the agenda
    more: tuple[Block, ...] = ()  # what else stands under it: a call, the next meeting

    @property
    def is_pause(self) -> bool:
        return self.title in PAUSES

    @property
    def minutes(self) -> int:
        start, end = (datetime.strptime(one, "%H:%M") for one in (self.start, self.end))
        return (end - start).seconds // 60


@dataclass(frozen=True)
class Call:
    title: str
    deadline: date
    time: str = ""
    link: str = ""
    amount: str = ""


@dataclass(frozen=True)
class Next:
    date: date
    month_only: bool = False
    start: str = ""
    end: str = ""
    place: str = ""


@dataclass(frozen=True)
class Content:
    """Everything that the minutes tell. `without` takes away what a layout cannot show."""

    body: str
    date: date
    start: str
    end: str
    number: int | None = None
    mode: str = ""
    place: str = ""
    platform: str = ""
    people: tuple[Person, ...] = ()
    items: tuple[Item, ...] = ()
    calls: tuple[Call, ...] = ()
    next: Next | None = None
    outsiders: tuple[str, ...] = ()  # named in the text, but not there
    links: tuple[str, ...] = ()
    shown: frozenset[str] = frozenset()

    @property
    def present(self) -> list[Person]:
        return [one for one in self.people if not one.absent]

    @property
    def absent(self) -> list[Person]:
        return [one for one in self.people if one.absent]

    @property
    def organisations(self) -> list[str]:
        return list(dict.fromkeys(one.org for one in self.people))

    def expected(self) -> dict[str, Any]:
        """Return the answer as the documents' .expected.json have it."""
        place = self.platform if self.mode == "online" else self.place
        return {
            "number": self.number,
            "date": self.date.isoformat(),
            "mode": self.mode or None,
            "place": place or None,
            "attendees": [_person(one) for one in self.present],
            "absent": [_person(one) for one in self.absent],
            "agenda": [
                {
                    "start": one.start or None,
                    "end": one.end or None,
                    "title": one.title,
                    "responsible": one.responsible.name if one.responsible else None,
                }
                for one in self.items
            ],
            "next_meeting": self.next
            and {
                "date": self.next.date.isoformat()[: 7 if self.next.month_only else 10],
                "start": self.next.start or None,
                "end": self.next.end or None,
                "place": self.next.place or None,
            },
            "calls": [
                {
                    "title": one.title,
                    "deadline": one.deadline.isoformat(),
                    "deadline_time": one.time or None,
                }
                for one in self.calls
            ],
            "links": list(self.links),
        }

    def showing(self, shown: frozenset[str]) -> "Content":
        """Leave out what nothing in the document shows."""
        people = [
            replace(
                one,
                org=one.org if "org" in shown else "",
                online=one.online and "online" in shown,
                stands_for=one.stands_for if "stands_for" in shown else "",
            )
            for one in self.people
            if "absent" in shown or not one.absent
        ]
        by_name = {one.name: one for one in people}
        items = [
            replace(
                one,
                start=one.start if "start" in shown else "",
                end=one.end if "end" in shown else "",
                responsible=by_name.get(one.responsible.name)
                if one.responsible and "responsible" in shown
                else None,
            )
            for one in self.items
            if "start" in shown or not one.is_pause
        ]
        return replace(
            self,
            shown=shown,
            number=self.number if "number" in shown else None,
            mode=self.mode if "mode" in shown else "",
            place=self.place if "mode" in shown else "",
            platform=self.platform if "mode" in shown else "",
            people=tuple(people),
            items=tuple(items),
            calls=self.calls if "calls" in shown else (),
            next=self.next if "next" in shown else None,
        )


def _person(one: Person) -> dict[str, Any]:
    return {"name": one.name, "organisation": one.org or None}


def draw(words: Words, chance: Random) -> Content:
    """Draw what minutes tell."""
    day = date(2017, 1, 9) + timedelta(days=chance.randrange(3300))
    while day.weekday() > 4:
        day += timedelta(days=1)
    names = draw_names(words, chance)
    people = _people(words, chance, names)
    start = datetime(2000, 1, 1, chance.randrange(8, 19), chance.choice((0, 0, 15, 30, 45)))
    outsiders = tuple(next(names) for _ in range(2))
    items = tuple(_items(words, chance, people, start, outsiders))
    mode = chance.choice(("physical", "physical", "online", "hybrid", ""))
    return Content(
        body=_filled(chance.choice(words.bodies), words, chance),
        date=day,
        start=items[0].start,
        end=items[-1].end,
        number=chance.choice((None, chance.randrange(1, 40))),
        mode=mode,
        place=chance.choice(words.places) if mode in ("physical", "hybrid") else "",
        platform=chance.choice(words.platforms) if mode in ("online", "hybrid") else "",
        people=tuple(people),
        items=items,
        calls=tuple(_calls(words, chance, day)),
        next=_next(words, chance, day),
        outsiders=outsiders,
    )


def draw_names(words: Words, chance: Random) -> Iterator[str]:
    """Yield names of which no two share a first name or initials."""
    used: set[str] = set()
    while True:
        kind = chance.random()
        if kind < 0.15:
            name = chance.choice(words.whole)
        else:
            last = chance.sample(words.last, 2)
            name = chance.choice(words.first) + " " + last[0]
            if kind < 0.3:
                name += " " + last[1]
            elif kind < 0.37:
                name += "-" + last[1]
        one = Person(name)
        keys = {one.first, one.first.split("-")[0], one.initials}
        if not keys & used:
            used |= keys
            yield name


def _people(words: Words, chance: Random, names: Iterator[str]) -> list[Person]:
    count = chance.choice((3, 4, 5, 6, 7, 8, 9, 11, 14, 20))
    organisations = list(
        dict.fromkeys(
            _filled(chance.choice(words.organisations), words, chance) for _ in range(count)
        )
    )
    lone = chance.random() < 0.25  # some belong to none
    people = [
        Person(
            next(names),
            org="" if lone and chance.random() < 0.25 else chance.choice(organisations),
            title=chance.choice(words.titles),
            online=chance.random() < 0.3,
            absent=number > 2 and chance.random() < 0.25,
        )
        for number in range(count)
    ]
    # The order of a list: whoever is away last, for layouts that tell of them in a list apart.
    for number, role in enumerate(chance.sample(words.roles, chance.choice((0, 1, 2, 3)))):
        if not people[number].absent:
            people[number] = replace(people[number], role=role)
    away = next((one for one in people if one.absent), None)
    if away and chance.random() < 0.35:
        people.append(Person(next(names), away.org, title=away.title, stands_for=away.name))
    if all(one.online for one in people) or not any(one.online for one in people):
        people[0], people[1] = replace(people[0], online=True), replace(people[1], online=False)
    return people


def _items(
    words: Words, chance: Random, people: list[Person], start: datetime, outsiders: tuple[str, ...]
) -> Iterator[Item]:
    count = chance.randrange(2, 8)
    titles = chance.sample(words.agenda, count)
    if chance.random() < 0.8:
        titles.insert(0, chance.choice(words.first_items))
    if chance.random() < 0.8:
        titles.append(chance.choice(words.last_items))
    present = [one for one in people if not one.absent]
    for title in titles:
        end = start + timedelta(minutes=chance.choice((5, 10, 15, 20, 30, 45)))
        who = chance.choice(present) if chance.random() < 0.6 else None
        notes = chance.sample(words.prose, chance.choice((0, 1, 1, 2, 3)))
        yield Item(
            _filled(title, words, chance),
            f"{start:%H:%M}",
            f"{end:%H:%M}",
            who,
            tuple(
                _filled(note, words, chance, chance.choice(present), outsiders) for note in notes
            ),
            _filled(chance.choice(words.decisions), words, chance, chance.choice(present)),
            chance.choice(words.details) if chance.random() < 0.25 else "",
        )
        start = end
        if title == titles[len(titles) // 2] and chance.random() < 0.2:
            end = start + timedelta(minutes=15)
            yield Item(chance.choice(PAUSES), f"{start:%H:%M}", f"{end:%H:%M}")
            start = end


def _filled(
    text: str, words: Words, chance: Random, who: Person | None = None, outsiders: Any = ("",)
) -> str:
    link = f"{chance.choice(words.hosts)}/{chance.choice('abcdefgh')}{chance.randrange(999)}"
    return text.format(
        town=chance.choice(words.towns),
        thing=chance.choice(words.things),
        first=who.first if who else "",
        name=who.name if who else "",
        outsider=chance.choice(outsiders),
        link=link,
        day=chance.randrange(1, 28),
        month=chance.choice(MONTHS),
        amount=f"{chance.randrange(2, 99)}.000",
        count=chance.randrange(3, 60),
    )


def _calls(words: Words, chance: Random, day: date) -> Iterator[Call]:
    for title in chance.sample(words.calls, chance.choice((0, 1, 1, 2, 3))):
        yield Call(
            title,
            day + timedelta(days=chance.randrange(12, 200)),
            chance.choice(("", "", "12:00", "17:00", "23:59")),
            f"{chance.choice(words.hosts)}/{chance.randrange(999)}"
            if chance.random() < 0.5
            else "",
            f"{chance.randrange(1, 9)}00.000",
        )


def _next(words: Words, chance: Random, day: date) -> Next | None:
    if chance.random() < 0.12:
        return None
    coming = day + timedelta(weeks=chance.randrange(3, 14), days=chance.choice((0, 0, 1)))
    while coming.weekday() > 4:
        coming += timedelta(days=1)
    if chance.random() < 0.12:
        return Next(coming, month_only=True)
    hour, long = chance.randrange(8, 19), chance.choice((1, 2, 3))
    start = f"{hour:02}:{chance.choice(('00', '00', '30', '15'))}" if chance.random() < 0.8 else ""
    end = f"{hour + long:02}{start[2:]}" if start and chance.random() < 0.5 else ""
    place = chance.choice((*words.places, *words.platforms)) if chance.random() < 0.5 else ""
    return Next(coming, False, start, end, place)


def fill(template: str, *sources: Any, **more: Any) -> str:
    """Fill a template; a [part in brackets] falls away if something in it is empty.

    `{date:long}` and `{start:dot}` write a date and a time of day in one of STYLES.
    """

    def value(name: str, style: str) -> str:
        for source in (more, *sources):
            found = source.get(name) if isinstance(source, dict) else getattr(source, name, None)
            if found not in (None, ""):
                found = found.name if isinstance(found, Person) else found
                return STYLES[style](found) if style else str(found)
        return ""

    def put(text: str) -> tuple[str, bool]:
        whole = True

        def one(match: re.Match[str]) -> str:
            nonlocal whole
            found = value(match[1], match[2] or "")
            whole = whole and bool(found)
            return found

        return re.sub(r"\{(\w+)(?::([\w-]+))?\}", one, text), whole

    def optional(match: re.Match[str]) -> str:
        text, whole = put(match[1])
        return text if whole else ""

    text = template
    while (new := re.sub(r"\[([^][]*)\]", optional, text)) != text:
        text = new
    return put(text)[0]


def _hour(time: str) -> str:
    hour, minute = time.split(":")
    return f"{int(hour)}" if minute == "00" else f"{int(hour)}.{minute}"


STYLES = {
    "long": lambda day: f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
    "weekday": lambda day: f"{DAYS[day.weekday()]} den {STYLES['long'](day)}",
    "Weekday": lambda day: f"{STYLES['weekday'](day).capitalize()}",
    "comma": lambda day: f"{DAYS[day.weekday()]}, {STYLES['long'](day)}",
    "short": lambda day: f"{day.day}. {MONTHS[day.month - 1]}",
    "abbreviated": lambda day: f"{day.day}. {MONTHS[day.month - 1][:3]}. {day.year}",
    "dayname": lambda day: f"{DAYS[day.weekday()]} d. {day.day}/{day.month}",
    "slash": lambda day: f"{day.day}/{day.month} {day.year}",
    "slash-dash": lambda day: f"{day.day}/{day.month}-{day.year}",
    "slash-short": lambda day: f"{day.day}/{day.month}-{day.year % 100:02}",
    "slash-only": lambda day: f"{day.day}/{day.month}",
    "dots": lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    "dots-short": lambda day: f"{day.day}.{day.month}.{day.year}",
    "dash": lambda day: f"{day.day:02}-{day.month:02}-{day.year}",
    "iso": lambda day: day.isoformat(),
    "english": lambda day: f"{day.day} {ENGLISH[day.month - 1]} {day.year}",
    "month": lambda day: f"{MONTHS[day.month - 1]} {day.year}",
    "Month": lambda day: f"{MONTHS[day.month - 1].capitalize()} {day.year}",
    "dot": lambda time: time.replace(":", "."),
    "colon": lambda time: time,
    "hour": _hour,
    "upper": str.upper,
    "lower": str.lower,
    "capital": lambda text: text[:1].upper() + text[1:],
}


def entries(people: list[Person], template: str, kind: str = "") -> list[Block]:
    return [Para(fill(template, one), kind) for one in people]


def joined(people: list[Person], template: str, comma: str = ", ", last: str = " og ") -> str:
    """Return people in one line; "A og B (KL)" would say that A is from there too."""
    *some, end = [fill(template, one) for one in people]
    if "{org}" in template and not all(one.org for one in people):
        last = comma
    return comma.join(some) + last + end if some else end


def called(c: Content, item: Item) -> str:
    """Return who is responsible: by initials, if the list of people tells them."""
    if not item.responsible:
        return ""
    return item.responsible.initials if "initials" in c.shown else item.responsible.name
