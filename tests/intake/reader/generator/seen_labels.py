"""The same parts under the many words that people have for them, and some forms more."""

from random import Random

from tests.intake.reader.generator.blocks import LEFT, Block, Para, Table, lines
from tests.intake.reader.generator.content import Content, Person, entries, fill, joined, listed
from tests.intake.reader.generator.seen import SEEN, TIMES, coming, each, where
from tests.intake.reader.generator.seen_agendas import heard
from tests.intake.reader.generator.seen_more import said, venue

DAYS = listed("Mødedato | Dag | Dato for mødet | Afholdt | Den")
HOURS = listed("Klokken | Klokkeslæt | Mødetid | Kl.")
PLACES = listed("Lokation | Adresse | Møderum | Vi mødtes i | Mødestedet | Sted for mødet")
HERE = listed(
    "Fremmødt | På mødet deltog | Mødt frem | Følgende var til stede | Tilstedeværende"
    " | Deltagende på mødet | Til stede på mødet | Mødedeltagere | Vi var"
)
AWAY = listed(
    "Forfald | Meldt forfald | Ikke fremmødt | Kunne ikke deltage | Forhindret | Udeblevet"
    " | Havde meldt afbud | Ikke med | Fraværende på mødet"
)
AGENDAS = listed("Punkter | Mødets punkter | Emner | Mødepunkter | Sagsliste | Dagens punkter")
MINUTES = listed("Noter | Opsamling | Fra mødet | Referat af punkterne | Drøftelserne")
OUTCOMES = listed("Resultat | Vedtaget | Udfald | Afgørelse | Opsamling | Vedtagelse | Aftalt")
NEXTS = listed(
    "Næste bestyrelsesmøde | Næste møde i gruppen | Nyt møde er aftalt til | Næste ordinære møde"
    " | Næste udvalgsmøde | Kommende møde | Næste møde finder sted"
)
FUNDS = listed("Puljenyt | Penge at søge | Fondsnyt | Ansøgningsmuligheder | Funding | Midler")
DEADLINES = listed(
    "sidste frist | søges senest | lukker | afleveringsfrist | sidste ansøgningsdag | deadline"
    " | ansøges inden"
)


@SEEN.add("head", "mode")
def other_labels(c: Content, chance: Random) -> list[Block]:
    day, hour, place = (chance.choice(words) for words in (DAYS, HOURS, PLACES))
    time, style = chance.choice(TIMES), chance.choice(("long", "weekday", "abbreviated", "dots"))
    text = (
        f"{day}: {{date:{style}}}\n{hour}: {{start:{time}}} – {{end:{time}}}[\n{place}: {{where}}]"
    )
    rows = fill(text, c, where=where(c, chance)).split("\n")
    title = Para(f"{chance.choice(('Mødenotat', 'Mødereferat', 'Protokol'))} · {c.body}", "title")
    if chance.random() < 0.3:
        return [title, Table(tuple(tuple(row.split(": ", 1)) for row in rows))]
    return [title, *(Para(row) for row in rows)]


@SEEN.add("head", "number mode")
def about_so_long(c: Content, chance: Random) -> list[Block]:
    """It begins with a meal, and ends at about so and so."""
    place = venue(c, " i {place}", " på {platform}", " i {place} og på {platform}")
    text = "{date:weekday} kl. {start:hour} til ca. kl. {end:hour}{where}"
    return [
        Para(fill("Referat af [{number}. ]møde i {body}", c), "title"),
        Para(fill(text, c, where=place)),
    ]


@SEEN.add("people", "org absent")
def other_words_in_lines(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[ ({org})]"
    blocks: list[Block] = [Para(f"{chance.choice(HERE)}: {joined(c.present, entry)}")]
    if c.absent:
        blocks.append(Para(f"{chance.choice(AWAY)}: {joined(c.absent, entry)}"))
    return blocks


@SEEN.add("people", "org absent")
def other_words_over_lists(c: Content, chance: Random) -> list[Block]:
    entry, kind = (
        chance.choice(("{name}[, {org}]", "{name}[ ({org})]")),
        chance.choice(("bullet", "")),
    )
    colon = chance.choice((":", ""))
    blocks: list[Block] = [Para(chance.choice(HERE) + colon), *entries(c.present, entry, kind)]
    if c.absent:
        blocks += [Para(chance.choice(AWAY) + colon), *entries(c.absent, entry, kind)]
    return blocks


@SEEN.add("people", "org absent")
def other_words_in_cells(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[ ({org})]"
    rows = [(chance.choice(HERE), joined(c.present, entry))]
    if c.absent:
        rows.append((chance.choice(AWAY), joined(c.absent, entry)))
    return [Table(tuple(rows))]


@SEEN.add("people", "org absent")
def two_lines_each(c: Content, chance: Random) -> list[Block]:
    """The name, and below it what and where the person is."""

    def told(people: list[Person]) -> list[Block]:
        return [
            block
            for one in people
            for block in (*lines(fill("{name}\n{title}[, {org}]", one)), Para(""))
        ]

    blocks: list[Block] = [Para("Til stede", "head"), *told(c.present)]
    return [*blocks, Para("Fraværende", "head"), *told(c.absent)] if c.absent else blocks


@SEEN.add("people", "org absent")
def organisation_then_role(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[ ({org})][ – {role}]"
    blocks: list[Block] = [Para("Deltagere:"), *entries(c.present, entry)]
    return [*blocks, Para("Afbud:"), *entries(c.absent, entry)] if c.absent else blocks


@SEEN.add("people", "org absent")
def a_table_for_each(c: Content, chance: Random) -> list[Block]:
    """Who was there in one table, who was not in the next, with the same headings."""
    names = ("Navn", "Virksomhed", "Stilling")

    def told(people: list[Person]) -> Table:
        return Table((names, *((one.name, one.org, one.title) for one in people)))

    blocks: list[Block] = [Para("Til stede", "head"), told(c.present)]
    return [*blocks, Para("Ikke til stede", "head"), told(c.absent)] if c.absent else blocks


@SEEN.add("agenda", "responsible")
def other_headings(c: Content, chance: Random) -> list[Block]:
    return [
        Para(chance.choice(AGENDAS), "head"),
        *(
            Para(fill("{n}. {title}[ v/ {responsible}]", item, n=number))
            for number, item in enumerate(c.items, 1)
        ),
        Para(chance.choice(MINUTES), "head"),
        *each(c, "{n}. {title}", chance.choice(OUTCOMES) + ": "),
    ]


@SEEN.add("agenda")
def full_cases(c: Content, chance: Random) -> list[Block]:
    """A council's: parts of each case under the same small headings, "Økonomi" among them."""
    blocks: list[Block] = []
    for number, item in enumerate(c.items, 1):
        blocks.append(Para(f"Punkt {number}: {item.title}", "head"))
        if item.notes:
            blocks += [Para("Baggrund"), *(Para(note, "prose") for note in item.notes)]
        blocks += [Para("Økonomi"), Para("Sagen har ingen økonomiske konsekvenser.")]
        blocks += [Para("Indstilling"), Para("Forvaltningen indstiller, at sagen drøftes.")]
        blocks += [Para(fill("Beslutning i {body} den {date:long}", c)), Para(item.decision or "-")]
        blocks += item.more
    return blocks


@SEEN.add("agenda", "start end responsible")
def minutes_in_the_row_below(c: Content, chance: Random) -> list[Block]:
    rows: list[tuple[str | None, ...]] = []
    for number, item in enumerate(c.items, 1):
        cells = (f"{number}. {item.title}", "{start:dot}-{end:dot}", "{responsible}")
        rows += [tuple(fill(cell, item) for cell in cells), (said(item) or "-", LEFT, LEFT)]
    return [Table((("Punkt", "Tid", "Ansvarlig"), *rows))]


@SEEN.add("agenda")
def a_box_for_each(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Table(((f"{number}. {item.title}",), (said(item) or "Ingen bemærkninger.",))),
            Para(""),
        )
    ]


@SEEN.add("agenda", "responsible")
def columns_in_another_order(c: Content, chance: Random) -> list[Block]:
    rows = [("Ansvarlig", "Emne", "Tid", chance.choice(OUTCOMES))]
    for item in c.items:
        who = fill("{responsible}", item)
        rows.append((who, item.title, f"{chance.choice((5, 10, 20))} min.", item.decision))
    return [
        Table(tuple(rows)),
        *(
            block
            for item in c.items
            if item.notes or item.more
            for block in (
                Para(item.title, "head"),
                *(Para(note, "prose") for note in item.notes),
                *item.more,
            )
        ),
    ]


@SEEN.add("agenda")
def outcome_in_capitals(c: Content, chance: Random) -> list[Block]:
    word = chance.choice(OUTCOMES).upper()
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(f"#{number} {item.title}", "head"),
            *(Para(line) for line in heard(item).split("\n") if line),
            *([Para(word), Para(item.decision)] if item.decision else []),
        )
    ]


@SEEN.add("calls", where="end")
def other_words_for_deadlines(c: Content, chance: Random) -> list[Block]:
    sign = chance.choice((" – ", ", ", ": "))
    text = f"{{title}}{sign}{{word}} {{deadline:long}}[ kl. {{time:dot}}][ ({{link}})]"
    return [
        Para(chance.choice(FUNDS), "head"),
        *(Para(fill(text, one, word=chance.choice(DEADLINES)), "bullet") for one in c.calls),
    ]


@SEEN.add("calls", where="item")
def deadline_on_the_line_below(c: Content, chance: Random) -> list[Block]:
    text = "{title}[ ({link})]\n{word} {deadline:weekday}[ kl. {time:dot}]"
    return [
        block
        for one in c.calls
        for block in lines(fill(text, one, word=chance.choice(DEADLINES).capitalize()))
    ]


@SEEN.add("next", where="end")
def other_words_for_next(c: Content, chance: Random) -> list[Block]:
    word = chance.choice(NEXTS)
    if word.endswith(("til", "sted")):
        word += " i" * bool(c.next and c.next.month_only)
        return [Para(f"{word} {coming(c, 'weekday')}.")]
    return [Para(f"{word}: {coming(c, chance.choice(('weekday', 'long', 'dots')))}")]


@SEEN.add("next", where="note")
def next_and_what_for(c: Content, chance: Random) -> list[Block]:
    """The next meeting, and what it is about."""
    assert c.next
    word = "i" if c.next.month_only else "den"
    return [Para(f"Punktet tages op igen på næste møde {word} {coming(c, 'long')}.")]
