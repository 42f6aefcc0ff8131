"""Tables and headings whose words and signs differ from one document to the next."""

from random import Random

from tests.intake.reader.generator.blocks import Block, Para, Table
from tests.intake.reader.generator.content import Content, Person, entries, fill, listed
from tests.intake.reader.generator.seen import SEEN, TIMES, each, under
from tests.intake.reader.generator.seen_agendas import heard
from tests.intake.reader.generator.seen_more import said

NUMBERS = ("Nr.", "#", "Pkt.", "")
TITLES = listed(
    "Sag | Tema | Overskrift | Dagsordenspunkt | Emne/sag | Spørgsmål | Punkt på dagsordenen"
)
TALKS = listed("Drøftelse | Bemærkninger | Noter | Opsummering | Kort referat | Hovedpunkter")
ENDS = listed("Konklusion | Vedtagelse | Videre forløb | Handling | Aftale | Det besluttede vi")
WHO = listed("Oplægsholder | Tovholder | Ansvarlig | Fremlægges af | Indleder | Ved")
HOURS = listed("Tid | Kl. | Klokken | Tidspunkt | Tidsplan")
NAMES = listed("Deltager | Medlem | Person | Navn på deltager | Hvem")
FIRMS = listed(
    "Firma | Arbejdsplads | Enhed | Repræsentant for | Afsender | Institution | Forening"
    " | Myndighed/virksomhed"
)
CAME = listed("Deltog | Til stede? | Fremmøde | Mødt | Deltagelse | Var med")
MARKS = (
    ("ja", "nej"),
    ("+", "-"),
    ("✓", "–"),
    ("J", "N"),
    ("til stede", "fraværende"),
    ("deltog", "deltog ikke"),
    ("mødt", "afbud"),
    ("OK", "afbud"),
    ("Ja", "Nej, syg"),
)
SIGNS = listed("""
    Pkt. {n} – {title}
    Punkt nr. {n}: {title}
    Dagsordenspunkt {n}. {title}
    Sag {n}: {title}
    Emne {n} – {title}
    {n}/ {title}
    {n}.) {title}
    Ad punkt {n}: {title}
    Tema {n}: {title}
    [{n}] {title}
    Punkt {n}) {title}
""")
BETWEEN = ("{name}[ – {org}]", "{name}[, {org}]", "{name}[: {org}]", "{name}[ hos {org}]")


@SEEN.add("people", "org absent")
def table_of_people_in_any_words(c: Content, chance: Random) -> list[Block]:
    came, away = chance.choice(MARKS)
    cells = [
        (chance.choice(NAMES), [one.name for one in c.people]),
        (chance.choice(FIRMS), [one.org for one in c.people]),
        (chance.choice(CAME), [away if one.absent else came for one in c.people]),
    ]
    if chance.random() < 0.4:
        cells.insert(1, ("Stilling", [one.title for one in c.people]))
    if chance.random() < 0.3:
        cells = [cells[-1], *cells[:-1]]
    head = tuple(name for name, _ in cells)
    return [Table((head, *zip(*(values for _, values in cells), strict=True)))]


@SEEN.add("people", "org absent")
def list_of_people_in_any_signs(c: Content, chance: Random) -> list[Block]:
    entry, kind = chance.choice(BETWEEN), chance.choice(("bullet", "", "number"))

    def told(label: str, people: list[Person]) -> list[Block]:
        head = Para(label, "head") if chance.random() < 0.5 else Para(label + ":")
        if kind == "number":
            return [head, *(Para(f"{n}) {fill(entry, one)}") for n, one in enumerate(people, 1))]
        return [head, *entries(people, entry, kind)]

    blocks = told(chance.choice(("Til stede", "Deltagere", "Deltagende", "Fremmødte")), c.present)
    if c.absent:
        blocks += told(chance.choice(("Afbud", "Fraværende", "Ikke til stede")), c.absent)
    return blocks


@SEEN.add("agenda")
def any_sign_before_the_title(c: Content, chance: Random) -> list[Block]:
    sign = chance.choice(SIGNS)
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(sign.replace("{n}", str(number)).replace("{title}", item.title), "head"),
            *under(item, "Konklusion: "),
        )
    ]


@SEEN.add("agenda", "responsible")
def table_of_items_in_any_words(c: Content, chance: Random) -> list[Block]:
    cells: list[tuple[str, list[str]]] = [
        (chance.choice(TITLES), [item.title for item in c.items]),
        (chance.choice(TALKS), [heard(item) for item in c.items]),
        (chance.choice(ENDS), [item.decision for item in c.items]),
    ]
    numbers = [str(number) for number, _ in enumerate(c.items, 1)]
    if chance.random() < 0.6:
        cells.insert(0, (chance.choice(NUMBERS), numbers))
    who = [fill("{responsible}", item) for item in c.items]
    cells.insert(chance.choice((len(cells), len(cells) - 2)), (chance.choice(WHO), who))
    head = tuple(name for name, _ in cells)
    return [Table((head, *zip(*(values for _, values in cells), strict=True)))]


@SEEN.add("agenda", "start end responsible")
def table_of_hours_in_any_words(c: Content, chance: Random) -> list[Block]:
    time = chance.choice(TIMES)
    hours = chance.choice(("{{start:{0}}}-{{end:{0}}}", "kl. {{start:{0}}} – {{end:{0}}}"))
    cells: list[tuple[str, list[str]]] = [
        (chance.choice(HOURS), [fill(hours.format(time), item) for item in c.items]),
        (chance.choice(TITLES), [item.title for item in c.items]),
        (chance.choice(WHO), [fill("{responsible}", item) for item in c.items]),
    ]
    whole = chance.random() < 0.5
    if whole:
        cells.append((chance.choice(TALKS), [said(item) for item in c.items]))
    elif chance.random() < 0.5:
        cells = [cells[1], cells[2], cells[0]]
    head = tuple(name for name, _ in cells)
    table = Table((head, *zip(*(values for _, values in cells), strict=True)))
    return [table] if whole else [table, Para("Referat", "head"), *each(c, "{title}")]
