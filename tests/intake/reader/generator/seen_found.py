"""Forms of minutes that schools, regions, councils and owners' associations put on their pages."""

from datetime import timedelta
from random import Random

from tests.intake.reader.generator.blocks import Block, Para, Table, lines
from tests.intake.reader.generator.content import Content, Person, entries, fill, joined
from tests.intake.reader.generator.seen import SEEN, under, where
from tests.intake.reader.generator.seen_agendas import heard
from tests.intake.reader.generator.seen_more import said


@SEEN.add("head", "mode")
def council_on_the_web(c: Content, chance: Random) -> list[Block]:
    """Labels in capitals above their values, and the hours with seconds."""
    text = (
        "UDVALG\n{body}\nMØDE\nReferat[\nSTED\n{where}]\nSTARTTIDSPUNKT\n"
        "{date:dash} {start:colon}:00\nSLUTTIDSPUNKT\n{date:dash} {end:colon}:00"
    )
    return lines(fill(text, c, where=where(c, chance)))


@SEEN.add("head", "mode")
def series_of_meetings(c: Content, chance: Random) -> list[Block]:
    """The whole year's meetings stand below the day of this one."""
    days = [c.date + timedelta(weeks=weeks) for weeks in (-15, -10, -5, 0, 6)]
    series = " - ".join(f"{day.day}/{day.month}" for day in days)
    text = "Referat fra den {date:long} kl. {start:dot}-{end:dot}[\nSted: {where}]"
    return [
        Para(c.body, "title"),
        *lines(fill(text, c, where=where(c, chance))),
        Para(f"Møderække: {series}"),
    ]


@SEEN.add("head", "number mode")
def approved_since(c: Content, chance: Random) -> list[Block]:
    """When the minutes were approved stands behind the day of the meeting."""
    day = c.date + timedelta(weeks=chance.randrange(3, 9))
    text = "{body} – referat[\nMøde {number}][\n{where}]\n{date:long} kl. {start:dot}-{end:dot}"
    title, *rest = fill(text, c, where=where(c, chance)).split("\n")
    approved = fill("Godkendt den {day:dots}", day=day)
    return [Para(title, "title"), *(Para(line) for line in (*rest, approved))]


@SEEN.add("head", "mode")
def data_of_the_meeting(c: Content, chance: Random) -> list[Block]:
    """Values that stand under each other, spaces before them."""
    rows = (
        ("Dato:", "{date:long}"),
        ("Tid:", "{start:dot}-{end:dot}"),
        ("Sted:", "{where}"),
    )
    told = [(label, fill(value, c, where=where(c, chance))) for label, value in rows]
    return [
        Para(f"{c.body} – referat", "title"),
        Para("Data om mødet", "head"),
        *(Para(label.ljust(15) + value) for label, value in told if value),
    ]


@SEEN.add("people", "org absent")
def cells_side_by_side(c: Content, chance: Random) -> list[Block]:
    """All names in one cell, and line by line beside them where they are from."""

    def row(label: str, people: list[Person]) -> tuple[str, ...]:
        return (
            label,
            "\n".join(one.name for one in people),
            "\n".join(one.org or "-" for one in people),
        )

    rows = [row("Til stede:", c.present)]
    return [Table((*rows, row("Afbud fra:", c.absent)) if c.absent else tuple(rows))]


@SEEN.add("people", "absent")
def groups_of_present_and_away(c: Content, chance: Random) -> list[Block]:
    """The same groups under those who were there and under those who were not."""
    groups = ("Forældrevalgte", "Personalerepræsentanter", "Elevrepræsentanter")

    def told(people: list[Person]) -> list[Block]:
        parts = [people[start::3] for start in range(3)]
        return [
            Para(f"{group}: {', '.join(one.name for one in part)}")
            for group, part in zip(groups, parts, strict=True)
            if part
        ]

    blocks: list[Block] = [Para("Til stede:"), *told(c.present)]
    return [*blocks, Para("Fraværende:"), *told(c.absent)] if c.absent else blocks


@SEEN.add("people", "absent")
def house_numbers(c: Content, chance: Random) -> list[Block]:
    """Owners and their houses: "Ea Holm (nr. 74)"."""
    entry = chance.choice(("{name} (nr. {house})[, {role}]", "{name}, nr. {house}[ ({role})]"))
    blocks: list[Block] = [Para("Deltagere:")]
    blocks += [Para(fill(entry, one, house=chance.randrange(1, 90))) for one in c.present]
    if c.absent:
        blocks.append(Para(f"Afbud: {joined(c.absent, '{name}')}"))
    return blocks


@SEEN.add("people", "org absent")
def label_above_a_line(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[ ({org})]"
    away = joined(c.absent, entry) if c.absent else "Ingen"
    return lines(
        f"Mødedeltagere:\n{joined(c.present, entry)}\n\nFraværende:\n{away}\n\n"
        f"Kopi:\nForeningens medlemmer\n\nReferent:\n{c.present[-1].name}"
    )


@SEEN.add("people", "absent stands_for")
def away_and_in_their_stead(c: Content, chance: Random) -> list[Block]:
    stead = {one.stands_for: one for one in c.present if one.stands_for}
    here = [one for one in c.present if one not in stead.values()]
    told = [
        f"{one.name} havde meldt afbud, og {stead[one.name].name} deltog i stedet."
        if one.name in stead
        else f"{one.name} havde meldt afbud."
        for one in c.absent
    ]
    return [Para(f"Til stede: {joined(here, '{name}')}."), *(Para(line) for line in told)]


@SEEN.add("people", "absent")
def parties_behind_a_comma(c: Content, chance: Random) -> list[Block]:
    def told(people: list[Person]) -> list[Block]:
        return [Para(f"{one.name}, {chance.choice('ABCFIOVØÅ')}", "bullet") for one in people]

    blocks: list[Block] = [Para("Deltagere"), *told(c.present)]
    return [*blocks, Para("Afbud"), *told(c.absent)] if c.absent else blocks


@SEEN.add("people", "absent initials")
def role_and_initials(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[, {role}] ({initials})"
    blocks: list[Block] = [Para("Mødedeltagere"), *entries(c.present, entry)]
    return [*blocks, Para("Afbud"), *entries(c.absent, entry)] if c.absent else blocks


@SEEN.add("people", "org absent")
def away_among_remarks(c: Content, chance: Random) -> list[Block]:
    """A table of who was there; who was not stands in a row of remarks."""
    rows = [("Deltagere", "\n".join(fill("{name}[, {org}]", one) for one in c.present))]
    if c.absent:
        rows.append(("Bemærkninger", f"Afbud fra: {joined(c.absent, '{name}[ ({org})]')}"))
    return [Table(tuple(rows))]


@SEEN.add("agenda")
def numbered_recommendations(c: Content, chance: Random) -> list[Block]:
    """A council's: each case has small numbers of its own, which are no items."""
    first = chance.randrange(20, 140)
    blocks: list[Block] = [Para("PUNKTER", "head")]
    blocks += [Para(f"{number}. {item.title}") for number, item in enumerate(c.items, first)]
    for number, item in enumerate(c.items, first):
        blocks += [Para(f"{number}. {item.title}", "head"), Para("Sagsgang og sagstype")]
        blocks += [Para("Beslutningssag"), Para("Indstilling")]
        blocks += [Para("Administrationen indstiller, at")]
        blocks += [Para("1. sagen drøftes"), Para("2. orienteringen tages til efterretning")]
        blocks += [Para("Beskrivelse af sagen")] * bool(item.notes)
        blocks += [Para(note, "prose") for note in item.notes]
        blocks += [Para(fill("Beslutning i {body} den {date:dash}", c))]
        blocks += [Para(item.decision or "Godkendt"), *item.more]
    return blocks


@SEEN.add("agenda", "start responsible")
def name_and_hour_behind(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(fill("{n}. {title}[ v. {responsible}] (kl. {start:dot})", item, n=number), "head"),
            *under(item),
        )
    ]


@SEEN.add("agenda")
def headings_with_colon(c: Content, chance: Random) -> list[Block]:
    kind = chance.choice(("", "head"))
    return [
        block
        for item in c.items
        for block in (
            Para(item.title + ":" * (not item.title.endswith("?")), kind),
            *(under(item) or [Para("Intet.")]),
            Para(""),
        )
    ]


@SEEN.add("agenda", "start end responsible")
def point_name_title_hours(c: Content, chance: Random) -> list[Block]:
    """A table in which number and name, title and hours are lines of one cell."""
    rows = [("Punkt", "Referat")]
    for number, item in enumerate(c.items, 1):
        cell = fill("Pkt. {n}[ ({responsible})]\n{title}\n{start:dot}-{end:dot}", item, n=number)
        rows.append((cell, said(item)))
    return [Table(tuple(rows))]


@SEEN.add("agenda", "start end responsible")
def everything_in_the_cell(c: Content, chance: Random) -> list[Block]:
    rows = [("Emne, ansvarlig, tidsramme", "Referat", "Beslutning")]
    for number, item in enumerate(c.items, 1):
        text = "{n}. {title}\n({start:dot} - {end:dot})\nBehandlingsform: Drøftelse"
        text += "[\nAnsvarlig: {responsible}]"
        rows.append((fill(text, item, n=number), heard(item), item.decision))
    return [Table(tuple(rows))]


@SEEN.add("agenda", "responsible")
def form_for_each_item(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = []
    for item in c.items:
        blocks.append(Para(f"Emne: {item.title}"))
        if item.responsible:
            blocks.append(Para(f"Tovholder: {item.responsible.name}"))
        blocks.append(Para("Proces: Fælles drøftelse"))
        blocks += [Para(f"Bemærkninger: {' '.join(item.notes)}")] * bool(item.notes)
        blocks += [Para(f"Beslutning: {item.decision}")] * bool(item.decision)
        blocks += [*item.more, Para("")]
    return blocks


@SEEN.add("agenda")
def last_without_number(c: Content, chance: Random) -> list[Block]:
    *some, last = c.items
    return [
        *(
            block
            for number, item in enumerate(some, 1)
            for block in (Para(f"Punkt {number}: {item.title}", "head"), *under(item))
        ),
        Para(f"{last.title}:", "head"),
        *(under(last) or [Para("Intet.")]),
    ]


@SEEN.add("agenda")
def full_stops_behind(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(f"{number}) {item.title}" + "." * (not item.title.endswith(("?", ".")))),
            *([Para(f"Referat: {heard(item)}")] if item.notes and not item.more else []),
            *(under(item) if item.more or not item.notes else [Para(item.decision)]),
        )
    ]


@SEEN.add("agenda")
def points_over_dashes(c: Content, chance: Random) -> list[Block]:
    """Titles behind a point and with a colon, what was said behind dashes."""
    return [
        block
        for item in c.items
        for block in (
            Para(f"· {item.title}" + ":" * (not item.title.endswith("?"))),
            *(Para(f"- {note}") for note in (*item.notes, item.decision) if note),
            *item.more,
        )
    ]


@SEEN.add("agenda")
def run_in_decisions(c: Content, chance: Random) -> list[Block]:
    """ "Pkt. 1: Title: Godkendt." in one line, where the title has no colon of its own."""
    blocks: list[Block] = []
    for number, item in enumerate(c.items, 1):
        if item.notes or item.more or ":" in item.title or not item.decision:
            blocks += [Para(f"Pkt. {number}: {item.title}"), *under(item)]
        else:
            blocks.append(Para(f"Pkt. {number}: {item.title}: {item.decision}"))
    return blocks


@SEEN.add("agenda", "responsible")
def first_names_in_brackets(c: Content, chance: Random) -> list[Block]:
    """Names of no more than a first name behind the title; nobody else there bears it."""
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(
                fill(
                    "{n}. {title}[ ({who})]",
                    item,
                    n=number,
                    who=item.responsible and item.responsible.first,
                ),
                "head",
            ),
            *under(item),
        )
    ]
