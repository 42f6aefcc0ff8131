"""Agendas and minutes as boards, councils, unions, projects and working groups write them."""

from random import Random

from tests.intake.reader.generator.blocks import LEFT, Block, Para, Table, told
from tests.intake.reader.generator.content import Content, Item, fill
from tests.intake.reader.generator.seen import SEEN, TIMES, each, under
from tests.intake.reader.generator.seen_more import said

LENGTHS = (5, 10, 15, 20, 30)


def heard(item: Item) -> str:
    """Return what was said under an item, without its decision."""
    return "\n".join((*item.notes, *told(item.more)))


@SEEN.add("agenda")
def bands(c: Content, chance: Random) -> list[Block]:
    """One table: a title across it, and under it what was said and decided."""
    rows: list[tuple[str | None, ...]] = []
    for number, item in enumerate(c.items, 1):
        rows.append((f"{number}. {item.title}", LEFT))
        rows += [row for row in (("Referat", heard(item)), ("Beslutning", item.decision)) if row[1]]
    return [Table(tuple(rows))]


@SEEN.add("agenda", "responsible")
def column_of_lengths(c: Content, chance: Random) -> list[Block]:
    """How long each item takes, and nowhere when it begins."""
    rows = [("Nr.", "Punkt", "Varighed", "Ansvarlig")]
    for number, item in enumerate(c.items, 1):
        who = fill("{responsible}", item)
        rows.append((str(number), item.title, f"{chance.choice(LENGTHS)} min.", who))
    return [
        Para("Dagsorden", "head"),
        Table(tuple(rows)),
        Para("Referat", "head"),
        *each(c, "{n}. {title}"),
    ]


@SEEN.add("agenda", "responsible")
def column_of_purposes(c: Content, chance: Random) -> list[Block]:
    rows = [("Punkt", "Emne", "O/D/B", "Ved")]
    for number, item in enumerate(c.items, 1):
        rows.append((str(number), item.title, chance.choice("ODB"), fill("{responsible}", item)))
    return [
        Para("Dagsorden (O = orientering, D = drøftelse, B = beslutning)"),
        Table(tuple(rows)),
        *each(c, "Ad {n}. {title}"),
    ]


@SEEN.add("agenda", "start responsible")
def beginnings(c: Content, chance: Random) -> list[Block]:
    """Only when each item begins."""
    time = chance.choice(TIMES)
    entry = chance.choice(("{{start:{0}}} {{title}}", "Kl. {{start:{0}}}: {{title}}")).format(time)
    return [
        Para("Program", "head"),
        *(Para(fill(entry + "[, {responsible}]", item)) for item in c.items),
        Para("Referat", "head"),
        *each(c, "{title}"),
    ]


@SEEN.add("agenda", "start end responsible")
def from_and_to(c: Content, chance: Random) -> list[Block]:
    cells = ("{start:dot}", "{end:dot}", "{title}", "{responsible}")
    rows = [tuple(fill(cell, item) for cell in cells) for item in c.items]
    return [
        Para("Mødeplan", "head"),
        Table((("Fra", "Til", "Punkt", "Oplæg"), *rows)),
        Para("Referat", "head"),
        *each(c, "{title}"),
    ]


@SEEN.add("agenda", "responsible")
def facts_under_each(c: Content, chance: Random) -> list[Block]:
    """Under each title who answers for it, what it is for, what was said."""
    blocks: list[Block] = []
    for number, item in enumerate(c.items, 1):
        blocks.append(Para(f"{number}. {item.title}", "head"))
        if item.responsible:
            blocks.append(Para(f"Ansvarlig: {item.responsible.name}"))
        blocks.append(Para("Formål: " + chance.choice(("Orientering", "Drøftelse", "Beslutning"))))
        blocks += [Para("Referat:"), *under(item, "Beslutning: ")]
    return blocks


@SEEN.add("agenda", "responsible")
def who_in_the_cell(c: Content, chance: Random) -> list[Block]:
    rows = [("Dagsordenspunkt", "Referat og beslutning")]
    for number, item in enumerate(c.items, 1):
        rows.append((fill("{n}. {title}[\nv/ {responsible}]", item, n=number), said(item)))
    return [Table(tuple(rows))]


@SEEN.add("agenda")
def numbered_over_the_year(c: Content, chance: Random) -> list[Block]:
    """Items are numbered from one meeting to the next: 31/24, 32/24."""
    first, year = chance.randrange(2, 80), c.date.year % 100
    return [
        block
        for number, item in enumerate(c.items, first)
        for block in (
            Para(f"{number}/{year:02} {item.title}", "head"),
            *(under(item, "Beslutning: ") or [Para("Ingen bemærkninger.")]),
        )
    ]


@SEEN.add("agenda")
def with_contents(c: Content, chance: Random) -> list[Block]:
    """Contents with dots and pages before the items."""
    page = 1
    contents: list[Block] = []
    for number, item in enumerate(c.items, 1):
        contents.append(Para(f"{number}. {item.title} {'.' * chance.randrange(8, 40)} {page}"))
        page += chance.randrange(2)
    return [Para("Indholdsfortegnelse", "head"), *contents, *each(c, "{n}. {title}")]


@SEEN.add("agenda")
def underlined(c: Content, chance: Random) -> list[Block]:
    line = chance.choice("-=_")
    return [
        block
        for item in c.items
        for block in (
            Para(item.title),
            Para(line * min(len(item.title), 60)),
            *(under(item) or [Para("Intet nyt.")]),
            Para(""),
        )
    ]


@SEEN.add("agenda")
def decisions_apart(c: Content, chance: Random) -> list[Block]:
    """What was decided stands once more in a list at the end."""
    decisions = [
        Para(f"Punkt {number}: {item.decision}", "bullet")
        for number, item in enumerate(c.items, 1)
        if item.decision
    ]
    return [
        *(
            block
            for number, item in enumerate(c.items, 1)
            for block in (
                Para(f"Punkt {number}. {item.title}", "head"),
                *(Para(note, "prose") for note in item.notes),
                *item.more,
            )
        ),
        *([Para("Beslutninger på mødet", "head"), *decisions] if decisions else []),
    ]


@SEEN.add("agenda", "responsible")
def said_in_bullets(c: Content, chance: Random) -> list[Block]:
    arrow = chance.choice(("=> ", "-> ", "→ "))
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(fill("{n}. {title}[ (ansvarlig: {responsible})]", item, n=number), "head"),
            *(Para(note, "bullet") for note in item.notes),
            *([Para(arrow + item.decision)] if item.decision else []),
            *item.more,
        )
    ]


@SEEN.add("agenda")
def run_in_after_the_list(c: Content, chance: Random) -> list[Block]:
    """The agenda as a list, then each title with what was said in the same line."""
    return [
        Para("Dagsorden:"),
        *(Para(f"{number}. {item.title}") for number, item in enumerate(c.items, 1)),
        *(
            block
            for number, item in enumerate(c.items, 1)
            for block in (
                Para(f"Ad {number}) {item.title}: " + " ".join((*item.notes, item.decision))),
                *item.more,
            )
        ),
    ]


@SEEN.add("agenda", "responsible")
def items_in_english(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(fill("Agenda item {n}: {title}[ ({responsible})]", item, n=number), "head"),
            *under(item, "Decision: "),
        )
    ]


@SEEN.add("agenda", "responsible")
def opened_by(c: Content, chance: Random) -> list[Block]:
    word = chance.choice(("Oplæg ved", "Indledning v/", "Ordet gives til"))
    return [
        Para("Dagsorden", "head"),
        *(
            block
            for number, item in enumerate(c.items, 1)
            for block in (
                Para(f"{number}. {item.title}"),
                *([Para(f"{word} {item.responsible.name}")] if item.responsible else []),
            )
        ),
        Para("Referat", "head"),
        *each(c, "{n}. {title}", "Konklusion: "),
    ]


@SEEN.add("agenda")
def discussed_and_concluded(c: Content, chance: Random) -> list[Block]:
    rows = [("Pkt.", "Emne", "Drøftelse", "Konklusion")]
    for number, item in enumerate(c.items, 1):
        rows.append((f"{number}.", item.title, heard(item), item.decision))
    return [Table(tuple(rows))]


@SEEN.add("agenda")
def grouped(c: Content, chance: Random) -> list[Block]:
    """Numbers run on through groups of items, which are no items themselves."""
    cut = max(1, len(c.items) // 2)
    listed = [Para(f"{number}. {item.title}") for number, item in enumerate(c.items, 1)]
    return [
        Para("Dagsorden", "head"),
        Para("Beslutningspunkter:"),
        *listed[:cut],
        Para("Orienteringspunkter:"),
        *listed[cut:],
        Para("Referat", "head"),
        *each(c, "{n}. {title}"),
    ]


@SEEN.add("agenda", "start end responsible")
def program_between_bars(c: Content, chance: Random) -> list[Block]:
    return [
        Para("Dagsorden:"),
        *(
            Para(fill("{start:colon}–{end:colon} | {title}[ | {responsible}]", item))
            for item in c.items
        ),
        Para("Referat:"),
        *each(c, "{title}", "Aftale: "),
    ]


@SEEN.add("agenda", "responsible")
def length_behind(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(
                fill(
                    "{n}. {title}, {length} min.[ (v. {responsible})]",
                    item,
                    n=number,
                    length=chance.choice(LENGTHS),
                ),
                "head",
            ),
            *under(item, "Beslutning: "),
        )
    ]


@SEEN.add("agenda", "start end responsible")
def time_and_name_below(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(f"{number}. {item.title}", "head"),
            Para(fill("Kl. {start:dot}-{end:dot}[, ved {responsible}]", item)),
            *under(item),
        )
    ]


@SEEN.add("agenda")
def decision_first(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(f"Dagsordenspunkt {number} – {item.title}", "head"),
            *([Para(f"Beslutning: {item.decision}")] if item.decision else []),
            *([Para("Drøftelse:")] if item.notes else []),
            *(Para(note, "prose") for note in item.notes),
            *item.more,
        )
    ]


@SEEN.add("agenda")
def decimal_numbers(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(f"{number}.0 {item.title}", "head"),
            *(Para(f"{number}.{n} {note}", "prose") for n, note in enumerate(item.notes, 1)),
            *([Para(f"Konklusion: {item.decision}")] if item.decision else []),
            *item.more,
        )
    ]


@SEEN.add("agenda")
def number_merged_down(c: Content, chance: Random) -> list[Block]:
    rows: list[tuple[str | None, ...]] = []
    for number, item in enumerate(c.items, 1):
        rows.append((str(number), "Emne", item.title))
        for label, text in (("Drøftet", heard(item)), ("Konklusion", item.decision)):
            if text:
                rows.append((None, label, text))
    return [Table(tuple(rows))]


@SEEN.add("agenda", "start end responsible")
def all_in_one_table(c: Content, chance: Random) -> list[Block]:
    rows = [("Kl.", "Punkt", "Noter", "Ansvarlig")]
    for item in c.items:
        time, who = fill("{start:dot}-{end:dot}", item), fill("{responsible}", item)
        rows.append((time, item.title, said(item), who))
    return [Table(tuple(rows))]


@SEEN.add("agenda", "responsible")
def tasks_under_each(c: Content, chance: Random) -> list[Block]:
    """A line for who does what, which is no item."""
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(fill("{n} {title}[ – v/{responsible}]", item, n=number), "head"),
            *under(item),
            *([Para(f"Opgave: {chance.choice(c.present).first} følger op")] * (number % 2)),
        )
    ]


@SEEN.add("agenda")
def agenda_in_a_cell(c: Content, chance: Random) -> list[Block]:
    """A form: the whole agenda in one cell, the minutes below it."""
    titles = "\n".join(f"{number}. {item.title}" for number, item in enumerate(c.items, 1))
    return [
        Table((("Dagsorden", titles), ("Bilag", "Se mødeindkaldelsen"))),
        *each(c, "Ad {n}. {title}", "Beslutning: "),
    ]


@SEEN.add("agenda", "start responsible")
def hour_above(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for item in c.items
        for block in (
            Para(fill("Kl. {start:dot}", item)),
            Para(fill("{title}[ v/ {responsible}]", item), "head"),
            *under(item),
        )
    ]


@SEEN.add("agenda")
def number_and_dash(c: Content, chance: Random) -> list[Block]:
    """Under each title the paper it is about."""
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(f"{number} – {item.title}", "head"),
            *([Para(f"Bilag: Notat {number}.pdf")] if chance.random() < 0.5 else []),
            *under(item, "Det blev besluttet: "),
        )
    ]
