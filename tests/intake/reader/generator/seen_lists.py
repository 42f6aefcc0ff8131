"""More tables and lists of people: two rows of headings, grids of names, a line an organisation."""

from random import Random

from tests.intake.reader.generator.blocks import LEFT, Block, Para, Table
from tests.intake.reader.generator.content import Content, Person, entries, fill, joined
from tests.intake.reader.generator.seen import SEEN
from tests.intake.reader.generator.seen_people import away_line


@SEEN.add("people", "org absent")
def telephone_mail_and_mark(c: Content, chance: Random) -> list[Block]:
    rows = [("Navn", "Organisation", "Telefon", "Mail", "Mødt")]
    for one in c.people:
        number = chance.randrange(20, 90)
        phone, mail = f"{number} 12 {number} 33", f"{one.initials.lower()}@mail.example"
        rows.append((one.name, one.org, phone, mail, "" if one.absent else "x"))
    return [Para("Deltagere", "head"), Table(tuple(rows))]


@SEEN.add("people", "org absent online")
def two_rows_of_headings(c: Content, chance: Random) -> list[Block]:
    rows: list[tuple[str | None, ...]] = [
        ("Navn", "Organisation", "Til stede", LEFT, "Afbud"),
        (None, None, "Fysisk", "Online", None),
    ]
    for one in c.people:
        column = 2 if one.absent else int(one.online)
        rows.append((one.name, one.org, *("x" if n == column else "" for n in range(3))))
    return [Table(tuple(rows))]


@SEEN.add("people", "absent")
def grid_of_names(c: Content, chance: Random) -> list[Block]:
    """Names across and down, three a row, below what they are."""

    def grid(people: list[Person]) -> Table:
        names = [one.name for one in people]
        names += [""] * (-len(names) % 3)
        return Table(tuple(tuple(names[at : at + 3]) for at in range(0, len(names), 3)))

    blocks: list[Block] = [Para("Til stede:"), grid(c.present)]
    return [*blocks, Para("Afbud:"), grid(c.absent)] if c.absent else blocks


@SEEN.add("people", "absent")
def three_a_line(c: Content, chance: Random) -> list[Block]:
    """Names under each other at the stops of a tab."""

    def told(people: list[Person]) -> list[Block]:
        names = [one.name for one in people]
        return [Para("\t".join(names[at : at + 3])) for at in range(0, len(names), 3)]

    blocks: list[Block] = [Para("Tilstede", "head"), *told(c.present)]
    return [*blocks, Para("Fraværende", "head"), *told(c.absent)] if c.absent else blocks


@SEEN.add("people", "org absent")
def sentence_each(c: Content, chance: Random) -> list[Block]:
    here = " ".join(
        fill("{name} deltog for {org}." if one.org else "{name} deltog.", one) for one in c.present
    )
    away = " ".join(fill("{name}[ fra {org}] havde meldt afbud.", one) for one in c.absent)
    return [Para(here), *([Para(away)] if away else [])]


@SEEN.add("people", "org absent")
def represented_by(c: Content, chance: Random) -> list[Block]:
    def told(org: str, people: list[Person]) -> str:
        names = joined([one for one in people if one.org == org], "{name}")
        return f"{org} var repræsenteret ved {names}." if org else f"Desuden deltog {names}."

    orgs = [org for org in c.organisations if any(one.org == org for one in c.present)]
    return [
        Para(" ".join(told(org, c.present) for org in orgs)),
        *away_line(c, "Afbud", "{name}[ ({org})]"),
    ]


@SEEN.add("people", "org absent")
def hours_in_the_status(c: Content, chance: Random) -> list[Block]:
    here = ("Til stede", "Til stede", "Til stede fra kl. 16.30", "Til stede til pkt. 3")
    rows = [("Navn", "Organisation", "Bemærkning")]
    rows += [
        (one.name, one.org, "Afbud" if one.absent else chance.choice(here)) for one in c.people
    ]
    return [Para("Fremmøde", "head"), Table(tuple(rows))]


@SEEN.add("people", "org absent")
def full_and_empty(c: Content, chance: Random) -> list[Block]:
    yes, no = chance.choice((("●", "○"), ("■", "□"), ("✔", "✘")))
    return [
        Para(f"Deltagere ({yes} = til stede, {no} = afbud)"),
        *(Para(fill(f"{no if one.absent else yes} {{name}}[, {{org}}]", one)) for one in c.people),
    ]


@SEEN.add("people", "org absent")
def away_within_organisation(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = [Para("Medlemmer", "head")]
    for org in c.organisations:
        names = [one.name + " (afbud)" * one.absent for one in c.people if one.org == org]
        blocks.append(Para(f"{org or 'Øvrige'}: {', '.join(names)}"))
    return blocks


@SEEN.add("people", "org absent")
def role_last(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[, {org}][ – {role}]"
    blocks: list[Block] = [Para("Deltagere"), *entries(c.present, entry, "bullet")]
    return [*blocks, Para("Afbud"), *entries(c.absent, entry, "bullet")] if c.absent else blocks


@SEEN.add("people", "org absent")
def label_for_each_organisation(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = []
    for org in c.organisations:
        people = [one for one in c.present if one.org == org]
        if people:
            label = f"Deltagere fra {org}" if org else "Øvrige deltagere"
            blocks.append(Para(f"{label}: {joined(people, '{name}')}"))
    return [*blocks, *away_line(c, "Afbud", "{name}[ ({org})]")]


@SEEN.add("people", "absent")
def with_and_without_apologies(c: Content, chance: Random) -> list[Block]:
    cut = -(-len(c.absent) // 2)
    told = (("Med afbud", c.absent[:cut]), ("Uden afbud", c.absent[cut:]))
    return [
        Para(f"Mødte: {joined(c.present, '{name}')}"),
        *(Para(f"{label}: {joined(people, '{name}')}") for label, people in told if people),
    ]
