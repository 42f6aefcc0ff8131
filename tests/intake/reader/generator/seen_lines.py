"""Lists of people that run on in a line or a paragraph, and agendas that do."""

from random import Random

from tests.intake.reader.generator.blocks import Block, Para, lines
from tests.intake.reader.generator.content import Content, Person, fill, joined
from tests.intake.reader.generator.seen import SEEN, each, under

SHORT = {
    "formand": "fmd.",
    "næstformand": "nfmd.",
    "kasserer": "kass.",
    "referent": "ref.",
    "sekretær": "sekr.",
    "suppleant": "suppl.",
}


@SEEN.add("people", "absent")
def short_roles(c: Content, chance: Random) -> list[Block]:
    def told(people: list[Person]) -> str:
        parts = [
            f"{one.name} ({SHORT.get(one.role, one.role)})" if one.role else one.name
            for one in people
        ]
        return ", ".join(parts)

    blocks: list[Block] = [Para(f"Til stede: {told(c.present)}")]
    return [*blocks, Para(f"Afbud: {told(c.absent)}")] if c.absent else blocks


@SEEN.add("people", "absent")
def other_words_for_and(c: Content, chance: Random) -> list[Block]:
    word = chance.choice((" samt ", " & ", " + ", ", og "))
    blocks: list[Block] = [Para(f"Deltagere: {joined(c.present, '{name}', last=word)}.")]
    if c.absent:
        blocks.append(Para(f"Afbud: {joined(c.absent, '{name}', last=word)}."))
    return blocks


@SEEN.add("people", "org absent")
def organisation_and_role_in_brackets(c: Content, chance: Random) -> list[Block]:
    def told(people: list[Person]) -> str:
        parts = []
        for one in people:
            inside = ", ".join(filter(None, (one.org, one.role)))
            parts.append(f"{one.name} ({inside})" if inside else one.name)
        return ", ".join(parts)

    blocks: list[Block] = [Para(f"Til stede: {told(c.present)}")]
    return [*blocks, Para(f"Fraværende: {told(c.absent)}")] if c.absent else blocks


@SEEN.add("people", "org absent")
def slashed_in_a_line(c: Content, chance: Random) -> list[Block]:
    entry = chance.choice(("{name}[/{org}]", "{name}[ / {org}]"))
    blocks: list[Block] = [Para(f"Deltagere: {joined(c.present, entry, last=', ')}")]
    if c.absent:
        blocks.append(Para(f"Afbud: {joined(c.absent, entry, last=', ')}"))
    return blocks


@SEEN.add("people", "org absent")
def organisations_in_a_line(c: Content, chance: Random) -> list[Block]:
    def told(people: list[Person]) -> str:
        parts = []
        for org in c.organisations:
            names = [one for one in people if one.org == org]
            if names:
                parts.append(f"{org + ': ' if org else ''}{joined(names, '{name}')}")
        return "; ".join(parts)

    blocks: list[Block] = [Para(f"Til stede var {told(c.present)}.")]
    return [*blocks, Para(f"Der var afbud fra {told(c.absent)}.")] if c.absent else blocks


@SEEN.add("people", "org absent")
def away_in_brackets_at_the_end(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[ – {org}]"
    away = f" (afbud: {joined(c.absent, entry, '; ', '; ')})" if c.absent else ""
    return [Para(f"Deltagere: {joined(c.present, entry, '; ', '; ')}{away}")]


@SEEN.add("people", "org absent")
def in_one_paragraph(c: Content, chance: Random) -> list[Block]:
    """Who was there, who was not and who wrote, without a break between."""
    entry = "{name}[ ({org})]"
    away = (
        f"Afbud: {joined(c.absent, entry)}."
        if c.absent
        else chance.choice(("Ingen afbud.", "Alle var mødt.", "Der var ingen afbud."))
    )
    return [Para(f"Til stede: {joined(c.present, entry)}. {away} Referent: {c.present[0].name}.")]


@SEEN.add("people", "org absent")
def hanging(c: Content, chance: Random) -> list[Block]:
    """The first name stands beside the label, the others below it."""
    gap = chance.choice(("\t", " " * 4))
    wide = max(len("Til stede:"), len("Afbud:")) if gap != "\t" else 0

    def told(label: str, people: list[Person]) -> list[Block]:
        labels = [label, *[""] * (len(people) - 1)]
        return [
            Para(fill("{label}{name}[, {org}]", one, label=name.ljust(wide) + gap))
            for name, one in zip(labels, people, strict=True)
        ]

    return [*told("Til stede:", c.present), *(told("Afbud:", c.absent) if c.absent else [])]


@SEEN.add("people", "org absent")
def offices_between(c: Content, chance: Random) -> list[Block]:
    """Who led and who wrote stands between those who came and those who did not."""
    entry = "{name}[, {org}]"
    blocks: list[Block] = [Para(chance.choice(("Deltagere:", "Mødt:")))]
    blocks += [Para(fill(entry, one), "bullet") for one in c.present]
    blocks += [Para(f"Ordstyrer: {c.present[0].first}"), Para(f"Ref.: {c.present[-1].first}")]
    if c.absent:
        blocks.append(Para("Afbud:"))
        blocks += [Para(fill(entry, one), "bullet") for one in c.absent]
    return blocks


@SEEN.add("agenda")
def agenda_in_a_line(c: Content, chance: Random) -> list[Block]:
    sign = chance.choice(("; ", " / ", " | "))
    return lines(f"Dagsorden: {sign.join(item.title for item in c.items)}") + each(c, "{title}")


@SEEN.add("agenda", "responsible")
def kind_below(c: Content, chance: Random) -> list[Block]:
    """Below each title what kind of item it is, and for how long."""
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(fill("{n}. {title}[ – oplæg: {responsible}]", item, n=number), "head"),
            Para(f"{chance.choice(('Orientering', 'Drøftelse', 'Beslutning'))}, 10 min."),
            *under(item),
        )
    ]
