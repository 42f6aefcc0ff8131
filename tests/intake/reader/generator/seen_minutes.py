"""More ways to set agenda and minutes: two tables, one column, numbers below headings."""

from random import Random

from tests.intake.reader.generator.blocks import Block, Para, Table
from tests.intake.reader.generator.content import Content, fill
from tests.intake.reader.generator.seen import SEEN, each, under
from tests.intake.reader.generator.seen_agendas import LENGTHS, heard
from tests.intake.reader.generator.seen_more import said

WORDS = (
    "Vi bør tage det op igen til foråret.",
    "Det er en god idé, men hvem skal gøre det?",
    "Enig.",
    "Kan vi få tallene ud på mail?",
)


@SEEN.add("agenda")
def numbered_notes_below_headings(c: Content, chance: Random) -> list[Block]:
    """What was said is numbered, the titles are not."""
    return [
        block
        for item in c.items
        for block in (
            Para(item.title, "head"),
            *(Para(f"{number}. {note}") for number, note in enumerate(item.notes, 1)),
            Para(f"Beslutning: {item.decision}" if item.decision else "Ingen beslutning."),
            *item.more,
        )
    ]


@SEEN.add("agenda", "responsible")
def two_tables(c: Content, chance: Random) -> list[Block]:
    """The agenda is one table and the minutes another, which has the numbers alone."""
    agenda, minutes = [("Nr.", "Punkt", "Ansvarlig")], [("Nr.", "Referat", "Beslutning")]
    for number, item in enumerate(c.items, 1):
        agenda.append((str(number), item.title, fill("{responsible}", item)))
        minutes.append((str(number), heard(item), item.decision))
    return [
        Para("Dagsorden", "head"),
        Table(tuple(agenda)),
        Para("Referat", "head"),
        Table(tuple(minutes)),
    ]


@SEEN.add("agenda", "start responsible")
def column_of_beginnings(c: Content, chance: Random) -> list[Block]:
    rows = [("Start", "Punkt", "Hvem")]
    rows += [
        (fill("{start:dot}", item), item.title, fill("{responsible}", item)) for item in c.items
    ]
    return [Table(tuple(rows)), Para("Referat", "head"), *each(c, "{title}")]


@SEEN.add("agenda")
def two_columns_without_headings(c: Content, chance: Random) -> list[Block]:
    rows = [
        (f"{number}. {item.title}", said(item) or "-") for number, item in enumerate(c.items, 1)
    ]
    return [Para("Dagsorden og referat:"), Table(tuple(rows))]


@SEEN.add("agenda")
def one_column(c: Content, chance: Random) -> list[Block]:
    """A table of one column: title and minutes by turns."""
    rows = [
        row
        for number, item in enumerate(c.items, 1)
        for row in ((f"{number}. {item.title}",), (said(item) or "Ingen bemærkninger.",))
    ]
    return [Table(tuple(rows))]


@SEEN.add("agenda", "responsible")
def length_and_name_behind(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(
                f"{number}. {item.title} ({chance.choice(LENGTHS)} min)"
                + fill("[ – {responsible}]", item),
                "head",
            ),
            *under(item, "Konklusion: "),
        )
    ]


@SEEN.add("agenda")
def who_said_what(c: Content, chance: Random) -> list[Block]:
    """Below each item who said what, name by name."""
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(f"Punkt {number} – {item.title}", "head"),
            *(Para(note, "prose") for note in item.notes),
            *(
                Para(f"{one.first}: {chance.choice(WORDS)}")
                for one in chance.sample(c.present, min(2, len(c.present)))
            ),
            *([Para(f"Konklusion: {item.decision}")] if item.decision else []),
            *item.more,
        )
    ]


@SEEN.add("agenda")
def purpose_before_minutes(c: Content, chance: Random) -> list[Block]:
    """A sentence on what each item is for stands between title and minutes."""
    purpose = chance.choice(
        (
            "Formålet med punktet er at give alle et overblik.",
            "Punktet er sat på af sekretariatet.",
            "Bestyrelsen bedes tage stilling.",
        )
    )
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(f"{number}. {item.title}", "head"),
            Para(purpose),
            Para("Referat:"),
            *(under(item) or [Para("Intet.")]),
        )
    ]
