"""More ways of writing minutes for the half that the reader is developed on."""

from random import Random

from tests.intake.reader.generator.blocks import LEFT, Block, Para, Table, lines, told
from tests.intake.reader.generator.content import (
    Content,
    Item,
    Person,
    called,
    entries,
    fill,
    joined,
    listed,
)
from tests.intake.reader.generator.seen import SEEN, TIMES, coming, each, under, where

# Heads


def venue(c: Content, physical: str, online: str, hybrid: str) -> str:
    """Return where the meeting was, as the words for its mode tell it; "" if nothing does."""
    told = {"physical": physical, "online": online, "hybrid": hybrid, "": ""}
    return fill(told[c.mode], c)


@SEEN.add("head", "number mode")
def number_of_the_year(c: Content, chance: Random) -> list[Block]:
    text = (
        "[Møde nr. {number}/{year}, ]{date:weekday}, kl. {start:hour}-{end:hour}[\nSted: {place}]"
    )
    told = fill(text, c, year=c.date.year, place=where(c, chance))
    return [Para(f"{c.body}: Referat", "title"), *lines(told)]


@SEEN.add("head", "number mode")
def held_at(c: Content, chance: Random) -> list[Block]:
    place = venue(c, " i {place}", " online via {platform}", " i {place} og på {platform}")
    text = "afholdt {date:dayname} {year} kl. {start:dot}-{end:dot}{place}."
    text += "[\nDet var møde nummer {number}.]"
    told = fill(text, c, year=c.date.year, place=place)
    return [Para(f"Referat af møde i {c.body}", "title"), *lines(told)]


@SEEN.add("head", "mode")
def began_and_ended(c: Content, chance: Random) -> list[Block]:
    place = venue(
        c,
        "Vi mødtes i {place}.",
        "Alle var med på {platform}.",
        "Vi mødtes i {place}, og det var muligt at være med via {platform}.",
    )
    text = (
        "Referat {date:slash-dash}\n{body}\nMødet startede kl. {start:dot} og sluttede "
        "kl. {end:dot}.[ {place}]"
    )
    title, *rest = fill(text, c, place=place).split("\n")
    return [Para(title, "title"), *(Para(one) for one in rest)]


@SEEN.add("head", "number mode")
def row_of_cells(c: Content, chance: Random) -> list[Block]:
    cells = (
        "Dato: {date:long}",
        "Tid: {start:dot}-{end:dot}",
        "Sted: {where}",
        "Møde nr. {number}",
    )
    row = tuple(one for cell in cells if (one := fill(f"[{cell}]", c, where=where(c, chance))))
    return [Para(f"Beslutningsreferat – {c.body}", "title"), Table((row,))]


@SEEN.add("head", "number mode")
def dashes_in_title(c: Content, chance: Random) -> list[Block]:
    text = "Referat af [{number}. ]møde – {body} – {date:long}[ – {where}]"
    return [Para(fill(text, c, where=where(c, chance)), "title")]


@SEEN.add("head", "number mode")
def partner_meeting(c: Content, chance: Random) -> list[Block]:
    place = venue(c, "Hosted at {place}", "Held online ({platform})", "{place} / {platform}")
    text = "{body}\nPartner meeting[ {number}]: minutes\n{date:english}, {start:colon}-{end:colon}"
    title, *rest = fill(text, c).split("\n")
    return [Para(title, "title"), *(Para(one) for one in (*rest, place) if one)]


# People


@SEEN.add("people", "org absent")
def organisation_ved(c: Content, chance: Random) -> list[Block]:
    entry = "[{org} v/ ]{name}"
    blocks: list[Block] = [Para("Fremmødte:"), *entries(c.present, entry, "bullet")]
    if c.absent:
        blocks += [Para("Afbud:"), *entries(c.absent, entry, "bullet")]
    return blocks


@SEEN.add("people", "org absent")
def from_each(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = [Para("Til stede:")]
    for org in c.organisations:
        people = [one for one in c.present if one.org == org]
        if people:
            blocks.append(Para(f"{'Fra ' + org if org else 'Desuden'}: {joined(people, '{name}')}"))
    if c.absent:
        blocks.append(Para(f"Ikke til stede: {joined(c.absent, '{name}[ ({org})]')}"))
    return blocks


@SEEN.add("people", "org absent")
def organisation_and_title_in_brackets(c: Content, chance: Random) -> list[Block]:
    entry = "{name} ({title}[, {org}])"
    blocks: list[Block] = [
        Para("Deltagere på mødet", "head"),
        *entries(c.present, entry),
    ]
    if c.absent:
        blocks += [Para("Afbud fra", "head"), *entries(c.absent, entry)]
    return blocks


@SEEN.add("people", "org absent")
def numbered_people(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = [Para("Deltagere", "head")]
    blocks += [Para(fill("{n}. {name}[, {org}]", one, n=n)) for n, one in enumerate(c.present, 1)]
    if c.absent:
        blocks.append(Para(f"Afbud: {joined(c.absent, '{name}[ ({org})]')}"))
    return blocks


@SEEN.add("people", "org absent")
def two_columns_of_people(c: Content, chance: Random) -> list[Block]:
    def cell(people: list[Person]) -> str:
        return "\n".join(fill("{name}[, {org}]", one) for one in people) or "Ingen"

    return [
        Table((("Til stede", "Ikke til stede"), (cell(c.present), cell(c.absent)))),
    ]


@SEEN.add("people", "absent")
def offices_first(c: Content, chance: Random) -> list[Block]:
    """A board: who holds an office by its name, then the others."""
    held = [one for one in c.present if one.role]
    others = [one for one in c.present if not one.role]
    blocks: list[Block] = [Para("Til stede", "head")]
    blocks += [Para(f"{one.role.capitalize()}: {one.name}") for one in held]
    if others:
        blocks.append(Para(f"Medlemmer: {joined(others, '{name}')}"))
    if c.absent:
        blocks.append(Para(f"Fraværende med afbud: {joined(c.absent, '{name}')}"))
    return blocks


@SEEN.add("people", "org absent")
def yes_or_no(c: Content, chance: Random) -> list[Block]:
    rows = [("Medlem", "Repræsenterer", "Til stede")]
    rows += [(one.name, one.org, "Nej" if one.absent else "Ja") for one in c.people]
    return [Table(tuple(rows))]


@SEEN.add("people", "org absent online")
def room_and_screen(c: Content, chance: Random) -> list[Block]:
    room = [one for one in c.present if not one.online]
    screen = [one for one in c.present if one.online]
    return [
        Para(f"{label}: {joined(people, '{name}[ ({org})]')}")
        for label, people in (
            ("Fysisk til stede", room),
            ("Deltog online", screen),
            ("Afbud", c.absent),
        )
        if people
    ]


@SEEN.add("people", "org absent")
def organisations_first(c: Content, chance: Random) -> list[Block]:
    rows = [("Organisation", "Navn", "Bemærkning")]
    rows += [(one.org, one.name, "Afbud" if one.absent else "") for one in c.people]
    return [Para("Mødekreds", "head"), Table(tuple(rows))]


@SEEN.add("people", "org absent")
def rule_between(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[ | {org}]"
    blocks: list[Block] = [Para("Mødt", "head"), *entries(c.present, entry)]
    if c.absent:
        blocks += [Para("Ikke mødt", "head"), *entries(c.absent, entry)]
    return blocks


# Agendas


def said(item: Item) -> str:
    return "\n".join(filter(None, (*item.notes, item.decision, *told(item.more))))


@SEEN.add("agenda", "responsible")
def decision_table(c: Content, chance: Random) -> list[Block]:
    rows = [("Punkt", "Referat", "Ansvarlig", "Frist")]
    for number, one in enumerate(c.items, 1):
        day = chance.choice(("", "", "løbende", "næste møde"))
        rows.append((f"{number}. {one.title}", said(one), fill("{responsible}", one), day))
    return [Table(tuple(rows))]


@SEEN.add("agenda")
def case_number(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(f"Sag nr. {number}: {item.title}", "head"),
            *([Para("Sagsfremstilling:")] if item.notes else []),
            *(Para(note, "prose") for note in item.notes),
            *([Para("Indstilling:"), Para("Det indstilles, at sagen drøftes.")]),
            *([Para("Beslutning:"), Para(item.decision)] if item.decision else []),
            *item.more,
        )
    ]


@SEEN.add("agenda")
def filed_cases(c: Content, chance: Random) -> list[Block]:
    """A council's minutes: the number of the file below each title."""
    blocks: list[Block] = []
    for number, item in enumerate(c.items, 1):
        blocks.append(Para(f"{number} {item.title}", "head"))
        blocks.append(Para(f"Sagsnr.: {c.date.year % 100}/{chance.randrange(1000, 29999)}"))
        if item.notes:
            blocks += [Para("Resumé"), *(Para(note, "prose") for note in item.notes)]
        if item.decision:
            blocks += [Para("Beslutning"), Para(item.decision)]
        blocks += item.more
    return blocks


@SEEN.add("agenda")
def under_the_meeting(c: Content, chance: Random) -> list[Block]:
    """Numbers that begin with the meeting's: 4.1, 4.2."""
    first = c.number or c.date.month
    return [
        Para("Dagsorden:"),
        *(Para(f"{first}.{n} {item.title}") for n, item in enumerate(c.items, 1)),
        Para("Referat:"),
        *each(c, f"{first}.{{n}} {{title}}"),
    ]


@SEEN.add("agenda")
def labelled_minutes(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(f"{number}. {item.title}", "head"),
            *([Para(f"Referat: {item.notes[0]}")] if item.notes else []),
            *(Para(note, "prose") for note in item.notes[1:]),
            *([Para(f"Beslutning: {item.decision}")] if item.decision else []),
            *item.more,
        )
    ]


@SEEN.add("agenda")
def recommended(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for item in c.items
        for block in (
            Para(item.title, "head"),
            Para("INDSTILLING"),
            Para("at orienteringen tages til efterretning", "bullet"),
            Para("at sagen drøftes", "bullet"),
            Para("REFERAT"),
            *(under(item) or [Para("Ingen bemærkninger.")]),
        )
    ]


@SEEN.add("agenda", "start end responsible")
def column_of_times(c: Content, chance: Random) -> list[Block]:
    """A table without headings: time, title, who."""
    time = chance.choice(TIMES)
    cells = (f"{{start:{time}}} - {{end:{time}}}", "{title}", "{responsible}")
    rows = [tuple(fill(cell, one) for cell in cells) for one in c.items]
    return [
        Para("Program", "head"),
        Table(tuple(rows)),
        Para("Referat", "head"),
        *each(c, "{title}"),
    ]


@SEEN.add("agenda")
def headings_alone(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for item in c.items
        for block in (Para(item.title, "head"), *(under(item) or [Para("Intet at bemærke.")]))
    ]


@SEEN.add("agenda", "responsible")
def listed_and_repeated(c: Content, chance: Random) -> list[Block]:
    return [
        Para("Mødets dagsorden:"),
        *(
            Para(fill("{n}. {title}[, v/{responsible}]", item, n=n))
            for n, item in enumerate(c.items, 1)
        ),
        *each(c, "{n}. {title}", "Aftalt: "),
    ]


@SEEN.add("agenda", "responsible")
def who_behind(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(fill("{n}. {title}[ ({who})]", item, n=number, who=called(c, item)), "head"),
            *under(item),
        )
    ]


@SEEN.add("agenda", "responsible")
def first_names_behind(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(
                fill(
                    "{n}: {title}[ v/ {who}]",
                    item,
                    n=number,
                    who=item.responsible and _first(c, item),
                ),
                "head",
            ),
            *under(item, "Konklusion: "),
        )
    ]


def _first(c: Content, item: Item) -> str:
    """Return the first name where only one has it, else the whole."""
    assert item.responsible
    first = item.responsible.first
    alone = sum(one.first == first for one in c.people) == 1
    return first if alone else item.responsible.name


@SEEN.add("agenda")
def arrows(c: Content, chance: Random) -> list[Block]:
    return each(c, ">> {title}", "Vi besluttede: ")


@SEEN.add("agenda", "start end responsible")
def clock_and_colon(c: Content, chance: Random) -> list[Block]:
    return each(c, "Kl. {start:dot}-{end:dot}: {title}[ (v. {responsible})]")


@SEEN.add("agenda")
def three_columns(c: Content, chance: Random) -> list[Block]:
    rows = [("Nr.", "Emne", "Beslutning")]
    for number, one in enumerate(c.items, 1):
        rows.append((str(number), one.title, said(one)))
    return (
        [Table((("Referat", LEFT, LEFT), *rows))] if chance.random() < 0.4 else [Table(tuple(rows))]
    )


@SEEN.add("agenda")
def to_each_point(c: Content, chance: Random) -> list[Block]:
    """The agenda in one line, and the minutes by its numbers."""
    return [
        Para("Dagsorden: " + " ".join(f"{n}) {one.title}" for n, one in enumerate(c.items, 1))),
        *each(c, "Ad pkt. {n} {title}"),
    ]


@SEEN.add("agenda")
def roman(c: Content, chance: Random) -> list[Block]:
    numbers = listed(
        "I | II | III | IV | V | VI | VII | VIII | IX | X | XI | XII | XIII | XIV | XV"
    )
    return [
        block
        for number, item in zip(numbers, c.items, strict=False)
        for block in (Para(f"{number}. {item.title}", "head"), *under(item))
    ]


@SEEN.add("agenda")
def with_sub_points(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(f"{number}. {item.title}", "head"),
            *(Para(f"{number}.{n}. {note}", "prose") for n, note in enumerate(item.notes, 1)),
            *([Para(item.decision)] if item.decision else []),
            *item.more,
        )
    ]


# The next meeting


@SEEN.add("next", where="end")
def see_you(c: Content, chance: Random) -> list[Block]:
    word = "i" if c.next and c.next.month_only else chance.choice(("den", "d."))
    return [Para(f"Vi ses igen {word} {coming(c, 'long')}.")]


@SEEN.add("next", where="end")
def date_set(c: Content, chance: Random) -> list[Block]:
    return [Para(f"Næste møde er fastsat til {coming(c, 'weekday')}")]


@SEEN.add("next", where="end")
def heading_and_line(c: Content, chance: Random) -> list[Block]:
    return [Para("Næste møde", "head"), Para(coming(c, "Weekday"))]


@SEEN.add("next", where="note")
def agreed_next(c: Content, chance: Random) -> list[Block]:
    word = "i" if c.next and c.next.month_only else "den"
    return [Para(f"Det blev aftalt at holde næste møde {word} {coming(c, 'long')}.")]
