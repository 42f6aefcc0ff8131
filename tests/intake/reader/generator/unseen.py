"""Ways of writing minutes that only score the reader. None of them is in seen.py."""

from datetime import timedelta
from random import Random

from tests.intake.reader.generator.blocks import LEFT, Block, Box, Para, Table, Top, lines, told
from tests.intake.reader.generator.content import (
    MONTHS,
    Content,
    Item,
    Person,
    called,
    entries,
    fill,
    joined,
)
from tests.intake.reader.generator.drawing import Layouts
from tests.intake.reader.generator.unseen_words import WORDS

UNSEEN = Layouts("unseen", WORDS)


def venue(c: Content, chance: Random, *, physical: str = "{place}") -> str:
    ways = {
        "physical": physical,
        "online": chance.choice(("{platform}", "Virtuelt møde på {platform}", "{platform}-møde")),
        "hybrid": chance.choice(
            ("{place} + {platform}", "{place} (mulighed for deltagelse via {platform})")
        ),
        "": "",
    }
    return fill(ways[c.mode], c)


# Heads


@UNSEEN.add("head", "mode")
def time_and_place_together(c: Content, chance: Random) -> list[Block]:
    text = "Tid og sted: {date:Weekday} kl. {start:dot}-{end:dot}[, {venue}]"
    return [
        Para(f"MØDEREFERAT – {c.body}", "title"),
        Para(fill(text, c, venue=venue(c, chance))),
    ]


@UNSEEN.add("head", "mode")
def municipal(c: Content, chance: Random) -> list[Block]:
    text = chance.choice(
        (
            "Mødedato: {date:Weekday}[\nMødelokale: {venue}]\n"
            "Starttidspunkt: {start:dot}\nSluttidspunkt: {end:dot}",
            "Dato for mødet: {date:dash}\nKl.: {start:colon} - {end:colon}[\nMødelokale: {venue}]",
        )
    )
    return [
        Para(c.body, "title"),
        Para("Åbent referat", "head"),
        *lines(fill(text, c, venue=venue(c, chance))),
    ]


@UNSEEN.add("head", "mode")
def all_in_the_title(c: Content, chance: Random) -> list[Block]:
    told = {
        "physical": "{date:comma} kl. {start:hour}, {place}",
        "online": "{date:comma} kl. {start:hour} (virtuelt, {platform})",
        "hybrid": "{date:comma} kl. {start:hour}, {place} og {platform}",
        "": "{date:comma} kl. {start:hour}",
    }[c.mode]
    return [Para(f"Referat for {c.body}, {fill(told, c)}", "title")]


@UNSEEN.add("head", "number mode")
def dots_between(c: Content, chance: Random) -> list[Block]:
    text = "Den {date:long} · kl. {start:hour}–{end:hour}[ · {venue}]"
    number = f"{c.number}. ordinære møde i " if c.number else ""
    return [
        Para("BESLUTNINGSREFERAT"),
        Para(f"{number}{c.body}", "title"),
        Para(fill(text, c, venue=venue(c, chance))),
    ]


@UNSEEN.add("head", "mode")
def headed_row(c: Content, chance: Random) -> list[Block]:
    place = venue(c, chance)
    cells = (fill("{date:long}", c), fill("{start:colon}-{end:colon}", c), place)
    heads = ("Dato", "Tidspunkt", "Mødested")
    width = 3 if place else 2
    return [
        Para(f"Referat {c.body}", "title"),
        Table((heads[:width], cells[:width])),
    ]


@UNSEEN.add("head", "number mode")
def held_on(c: Content, chance: Random) -> list[Block]:
    text = "Møde[ nr. {number}] afholdt {date:dots-short} kl. {start:dot} til {end:dot}"
    lead = {"physical": " i {place}", "online": " over {platform}", "": ""}
    lead["hybrid"] = " i {place}, enkelte deltog via {platform}"
    return [Para(f"{c.body} – referat", "title"), Para(fill(text + fill(lead[c.mode], c), c))]


@UNSEEN.add("head", "number mode")
def two_languages(c: Content, chance: Random) -> list[Block]:
    text = (
        "Meeting / Møde: {body}[ #{number}]\nDate / Dato: {date:english}\n"
        "Time / Tid: {start:colon}–{end:colon} CET[\nVenue / Sted: {venue}]"
    )
    return [Para("Minutes / Referat", "title"), *lines(fill(text, c, venue=venue(c, chance)))]


@UNSEEN.add("head", "number mode")
def told_in_prose(c: Content, chance: Random) -> list[Block]:
    number = f"sit {c.number}. møde" if c.number else "møde"
    told = {
        "physical": " i {place}",
        "online": " online på {platform}",
        "hybrid": " i {place} og online på {platform}",
        "": "",
    }[c.mode]
    text = f"{c.body} holdt {number} {{date:weekday}}{told}. Mødet begyndte kl. {{start:dot}}."
    return [Para("Referat", "title"), Para(fill(text, c))]


@UNSEEN.add("head", "mode")
def memo(c: Content, chance: Random) -> list[Block]:
    """A memo bears the day on which it was written, not the day of the meeting."""
    written = c.date + timedelta(days=chance.randrange(2, 9))
    text = "Vedr.: Referat af møde den {date:long}[\nMødested: {venue}]\nSagsnr.: 24-{case}"
    return [
        Para("NOTAT", "title"),
        Para(f"Til: Medlemmerne af {c.body}"),
        Para(fill("Skrevet den {date:long}", date=written)),
        *lines(fill(text, c, venue=venue(c, chance), case=chance.randrange(1000, 9999))),
    ]


@UNSEEN.add("head", "mode")
def letterhead(c: Content, chance: Random) -> list[Block]:
    text = "Dato og klokkeslæt: {date:slash}, {start:colon}–{end:colon}[\nMødeform: {form}]"
    form = {
        "physical": "Fysisk møde, {place}",
        "online": "Virtuelt ({platform})",
        "hybrid": "Hybridmøde ({place} og {platform})",
        "": "",
    }[c.mode]
    return [
        Top(f"{c.body} · Torvet 1 · tlf. 58 00 {chance.randrange(10, 99)} 00"),
        Para("Referat af ordinært møde", "title"),
        *lines(fill(text, c, form=fill(form, c))),
    ]


@UNSEEN.add("head", "mode")
def table_with_chair(c: Content, chance: Random) -> list[Block]:
    rows = [
        ("Møde i", c.body),
        ("Hvornår", fill("{date:Weekday} kl. {start:hour} - {end:hour}", c)),
        ("Hvor", venue(c, chance)),
        ("Ordstyrer", c.present[0].name),
        ("Referent", c.present[-1].name),
    ]
    return [Para("Referat", "title"), Table(tuple(row for row in rows if row[1]))]


@UNSEEN.add("head", "mode")
def greeting(c: Content, chance: Random) -> list[Block]:
    day = fill("{date:weekday}", c)
    told = {
        "physical": "Vi mødtes i {place}.",
        "online": "Vi mødtes online på {platform}.",
        "hybrid": "De fleste var i {place}, resten var med på {platform}.",
        "": "",
    }[c.mode]
    return [
        Para(f"Hej alle i {c.body}"),
        Para(f"Her er referatet fra mødet {day}. {fill(told, c)}".strip()),
    ]


@UNSEEN.add("head", "number mode")
def iso_title(c: Content, chance: Random) -> list[Block]:
    text = "{date:iso} Referat {body}[ – møde {number}]"
    place = venue(c, chance)
    return [Para(fill(text, c), "title"), *([Para(f"Lokation: {place}")] if place else [])]


@UNSEEN.add("head", "mode")
def protocol(c: Content, chance: Random) -> list[Block]:
    told = {
        "physical": ", afholdt i {place}",
        "online": ", afholdt som {platform}-møde",
        "hybrid": ", afholdt i {place} og på {platform}",
        "": "",
    }[c.mode]
    return [
        Para(f"PROTOKOL FOR {c.body.upper()}", "title"),
        Para(f"Møde {fill('{date:weekday}', c)}{fill(told, c)}"),
        Para(fill("Åbnet kl. {start:dot}. Hævet kl. {end:dot}.", c)),
    ]


# People


@UNSEEN.add("people", "org absent")
def met_and_prevented(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[ ({org})]"
    away = chance.choice(("Ikke til stede", "Forhindret", "Fraværende med afbud", "Meldt afbud"))
    blocks: list[Block] = [Para(f"Fremmødte: {joined(c.present, entry, last=' samt ')}.")]
    if c.absent:
        blocks.append(Para(f"{away}: {joined(c.absent, entry)}."))
    return blocks


@UNSEEN.add("people", "org absent")
def organisation_first(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = [Para("Deltagerkreds", "head")]
    for org in c.organisations:
        people = [one for one in c.present if one.org == org]
        if people:
            lead = f"{org}: " if org else "Andre: "
            blocks.append(Para(lead + joined(people, "{name}[ ({role})]"), "bullet"))
    if c.absent:
        blocks.append(Para(f"Afbud fra {joined(c.absent, '{name}[ ({org})]')}", "bullet"))
    return blocks


@UNSEEN.add("people", "org absent")
def organisations_merged(c: Content, chance: Random) -> list[Block]:
    here, away = chance.choice((("✓", "–"), ("X", ""), ("Ja", "Nej"), ("+", "÷")))
    rows: list[tuple[str | None, ...]] = [("Organisation", "Repræsentant", "Fremmødt")]
    for org in c.organisations:
        for number, one in enumerate(person for person in c.people if person.org == org):
            rows.append((None if number else org, one.name, away if one.absent else here))
    return [Table(tuple(rows))]


@UNSEEN.add("people", "org absent online")
def one_column_of_marks(c: Content, chance: Random) -> list[Block]:
    rows = [("Deltager", "Arbejdsplads", "Til stede")]
    for one in c.people:
        mark = "Afbud" if one.absent else "(x)" if one.online else "x"
        rows.append((one.name, one.org, mark))
    return [Table(tuple(rows)), Para("x = til stede, (x) = deltog online")]


@UNSEEN.add("people", "org absent")
def marks_for_here_and_away(c: Content, chance: Random) -> list[Block]:
    rows = [(one.name, one.org, *(("", "X") if one.absent else ("X", ""))) for one in c.people]
    return [
        Para("Medlemmer", "head"),
        Table((("Medlem", "Udpeget af", "Mødt", "Ikke mødt"), *rows)),
    ]


@UNSEEN.add("people", "absent")
def by_category(c: Content, chance: Random) -> list[Block]:
    half = (len(c.present) + 1) // 2
    labels = chance.choice(
        (
            ("Valgte medlemmer", "Ansatte"),
            ("Fra bestyrelsen", "Gæster"),
            ("Til stede fra rådet", "Til stede fra forvaltningen"),
        )
    )
    blocks: list[Block] = []
    for label, people in zip(labels, (c.present[:half], c.present[half:]), strict=True):
        if people:
            blocks.append(Para(f"{label}: {joined(people, '{name}[ ({role})]')}"))
    blocks.append(Para(f"Fravær: {joined(c.absent, '{name}') if c.absent else 'Ingen'}"))
    return blocks


@UNSEEN.add("people", "org absent")
def slash_and_minus(c: Content, chance: Random) -> list[Block]:
    return [
        Para("Mødedeltagere (÷ = afbud):"),
        *(Para(("÷ " if one.absent else "") + fill("{name}[ / {org}]", one)) for one in c.people),
    ]


@UNSEEN.add("people", "org absent")
def names_within_organisations(c: Content, chance: Random) -> list[Block]:
    def told(people: list[Person]) -> str:
        groups = []
        for org in c.organisations:
            inside = [one.name for one in people if one.org == org]
            if inside and org:
                groups.append(f"{org} ({', '.join(inside)})")
            else:
                groups += inside
        return "; ".join(groups)

    blocks: list[Block] = [Para(f"Repræsenteret på mødet: {told(c.present)}")]
    if c.absent:
        blocks.append(Para(f"Afmeldt: {told(c.absent)}"))
    return blocks


@UNSEEN.add("people", "org absent stands_for")
def status_in_brackets(c: Content, chance: Random) -> list[Block]:
    away = chance.choice(("(meldt fra)", "(forhindret)", "– deltog ikke", "(fraværende)"))
    entry = "{name}[, {org}][ (suppleant for {stands_for})]"
    return [
        Para("Deltagere", "head"),
        *(
            Para(fill(entry, one) + (f" {away}" if one.absent else ""), "bullet")
            for one in c.people
        ),
    ]


@UNSEEN.add("people", "org absent initials")
def initials_first(c: Content, chance: Random) -> list[Block]:
    entry = "{initials} – {name}[, {org}]"
    blocks: list[Block] = [Para("Til stede:"), *entries(c.present, entry)]
    if c.absent:
        blocks += [Para("Ikke til stede:"), *entries(c.absent, entry)]
    return blocks


@UNSEEN.add("people", "org absent")
def partners(c: Content, chance: Random) -> list[Block]:
    lands = ("DK", "SE", "NO", "DE")
    rows = [("Partner", "Country / Land", "Name / Navn")]
    rows += [(one.org, chance.choice(lands), one.name) for one in c.present]
    away = f"Regrets / Afbud: {joined(c.absent, '{name}[ ({org})]')}" if c.absent else ""
    return [
        Para("Participants / Deltagere", "head"),
        Table(tuple(rows)),
        *([Para(away)] if away else []),
    ]


@UNSEEN.add("people", "org absent")
def cells_of_lines(c: Content, chance: Random) -> list[Block]:
    def cell(people: list[Person]) -> str:
        return "\n".join(fill("{name}[ ({org})]", one) for one in people)

    rows = [("Til stede", cell(c.present)), ("Ikke til stede", cell(c.absent) or "-")]
    return [Table(tuple(rows))]


@UNSEEN.add("people", "org absent")
def counted(c: Content, chance: Random) -> list[Block]:
    sign = chance.choice((".", ")"))
    people = [
        fill(f"{{n}}{sign} {{name}}[, {{org}}]", one, n=n) for n, one in enumerate(c.present, 1)
    ]
    blocks: list[Block] = [Para("Fremmøde", "head"), *(Para(one) for one in people)]
    if c.absent:
        blocks.append(
            Para(f"Afbud er modtaget fra {joined(c.absent, '{name}[, {org}]', '; ', '; ')}")
        )
    return blocks


@UNSEEN.add("people", "org absent")
def with_mail(c: Content, chance: Random) -> list[Block]:
    rows = [(one.name, f"{one.initials.lower()}@mail.example", one.org) for one in c.present]
    away = f"Fraværende: {joined(c.absent, '{name}[ ({org})]', '; ', '; ')}" if c.absent else ""
    return [
        Table((("Navn", "E-mail", "Organisation"), *rows)),
        *([Para(away)] if away else []),
    ]


@UNSEEN.add("people", "org absent")
def in_a_sentence(c: Content, chance: Random) -> list[Block]:
    groups = []
    for org in sorted(c.organisations, key=lambda org: not org):  # those of none come last
        people = [one for one in c.present if one.org == org]
        if people:
            groups.append(joined(people, "{name}") + (f" fra {org}" if org else ""))
    *some, end = groups
    blocks: list[Block] = [
        Para(f"I mødet deltog {', '.join(some) + ' samt ' + end if some else end}.")
    ]
    if c.absent:
        blocks.append(Para(f"{joined(c.absent, '{name}[ ({org})]')} var forhindret i at deltage."))
    return blocks


@UNSEEN.add("people", "org absent")
def checked_boxes(c: Content, chance: Random) -> list[Block]:
    yes, no = chance.choice((("☒", "☐"), ("[x]", "[ ]")))
    return [
        Para("Deltog i mødet (sæt kryds):"),
        *(
            Para(fill("{box} {name}[, {org}]", one, box=no if one.absent else yes))
            for one in c.people
        ),
    ]


@UNSEEN.add("people", "absent")
def with_parties(c: Content, chance: Random) -> list[Block]:
    """Letters of parties are no organisations."""
    entry = [f"{one.name} ({letter})" for one, letter in zip(c.people, "AVCFBØ" * 4, strict=False)]
    by_name = dict(zip((one.name for one in c.people), entry, strict=True))
    here, away = ([by_name[one.name] for one in people] for people in (c.present, c.absent))
    return [
        Para("Mødte medlemmer: " + ", ".join(here)),
        *([Para("Fraværende medlemmer: " + ", ".join(away))] if away else []),
    ]


@UNSEEN.add("people", "org absent")
def title_in_front(c: Content, chance: Random) -> list[Block]:
    entry = "{title:capital} {name}[, {org}]"
    return [
        Para("Mødt:"),
        *entries(c.present, entry, "bullet"),
        *([Para("Forfald:"), *entries(c.absent, entry, "bullet")] if c.absent else []),
    ]


@UNSEEN.add("people", "org absent")
def side_by_side(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[, {org}]"
    rows = [("Til stede", "Afbud")]
    for number, one in enumerate(c.present):
        away = fill(entry, c.absent[number]) if number < len(c.absent) else ""
        rows.append((fill(entry, one), away))
    return [Table(tuple(rows))]


@UNSEEN.add("people", "org absent")
def away_first(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[ fra {org}]"
    away = joined(c.absent, entry, "; ", "; ") if c.absent else "ingen"
    return [
        Para(f"Afbud: {away}"),
        Para(f"Mødt frem: {joined(c.present, entry, '; ', '; ')}"),
    ]


@UNSEEN.add("people", "org absent")
def two_on_a_line(c: Content, chance: Random) -> list[Block]:
    told = [fill("{name}[ ({org})]", one) for one in c.present]
    blocks: list[Block] = [
        Para("Deltagere i mødet"),
        *(Para("\t".join(told[n : n + 2])) for n in range(0, len(told), 2)),
    ]
    if c.absent:
        blocks.append(Para(f"Havde meldt afbud: {joined(c.absent, '{name}[ ({org})]')}"))
    return blocks


@UNSEEN.add("people", "org absent")
def came_and_went(c: Content, chance: Random) -> list[Block]:
    notes = (
        "",
        "",
        "",
        " (til kl. 14)",
        " (gik efter punkt 3)",
        " (ankom under punkt 2)",
    )
    entry = "{name}[, {org}]"
    blocks: list[Block] = [
        Para("Følgende var mødt", "head"),
        *(Para(fill(entry, one) + chance.choice(notes), "bullet") for one in c.present),
    ]
    if c.absent:
        blocks += [Para("Følgende havde meldt fra", "head"), *entries(c.absent, entry, "bullet")]
    return blocks


# Agendas


def said(item: Item, decided: str = "", noted: str = "") -> list[Block]:
    notes = [Para(note, "prose") for note in item.notes]
    if noted and notes:
        notes[0] = Para(noted + notes[0].text, "prose")
    return [*notes, *([Para(decided + item.decision)] if item.decision else []), *item.more]


def listing(c: Content, template: str, kind: str = "", **more: int) -> list[Block]:
    first = more.get("first", 1)
    return [Para(fill(template, one, n=n), kind) for n, one in enumerate(c.items, first)]


def points(
    c: Content, template: str, decided: str = "", noted: str = "", first: int = 1
) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, first)
        if "{start" in template or not item.is_pause
        for block in (
            *lines(fill(template, item, n=number), "head"),
            *said(item, decided, noted),
        )
    ]


@UNSEEN.add("agenda")
def paragraphs(c: Content, chance: Random) -> list[Block]:
    return points(c, "§ {n}. {title}", chance.choice(("", "Vedtagelse: ")))


@UNSEEN.add("agenda", "responsible")
def pkt(c: Content, chance: Random) -> list[Block]:
    return points(
        c,
        "Pkt. {n} – {title}[ (v. {responsible})]",
        chance.choice(("Udkomme: ", "Resultat: ")),
        "Drøftelse: ",
    )


@UNSEEN.add("agenda", "responsible")
def table_of_cases(c: Content, chance: Random) -> list[Block]:
    short = chance.random() < 0.3  # first names only, as among friends
    rows = [("Nr.", "Sag", "Drøftelse og aftaler", "Hvem")]
    for number, one in enumerate(c.items, 1):
        notes = "\n".join(filter(None, (*one.notes, one.decision, *told(one.more))))
        who = one.responsible.first if short and one.responsible else fill("{responsible}", one)
        rows.append((str(number), one.title, notes, who))
    return [Table(tuple(rows))]


@UNSEEN.add("agenda", "start responsible")
def table_of_starts(c: Content, chance: Random) -> list[Block]:
    rows = [("Kl.", "Punkt", "v.")]
    cells = ("{start:dot}", "{title}", "{responsible}")
    rows += [tuple(fill(cell, one) for cell in cells) for one in c.items]
    return [Para("Program", "head"), Table(tuple(rows)), *points(c, "{title}")]


@UNSEEN.add("agenda")
def lettered(c: Content, chance: Random) -> list[Block]:
    letters = "abcdefghijkl"
    return [
        Para("Dagsordenen var følgende:"),
        *(Para(f"{letter}) {one.title}") for letter, one in zip(letters, c.items, strict=False)),
        *(
            block
            for letter, item in zip(letters, c.items, strict=False)
            for block in (Para(f"Ad {letter}) {item.title}", "head"), *said(item))
        ),
    ]


@UNSEEN.add("agenda")
def running_numbers(c: Content, chance: Random) -> list[Block]:
    return points(
        c, "Sag nr. {n}: {title}", "Indstilling og beslutning: ", first=chance.randrange(20, 80)
    )


@UNSEEN.add("agenda", "responsible")
def codes(c: Content, chance: Random) -> list[Block]:
    template = "{n}. {title} ({code})[ – {who}]"
    return [
        Para("(B) = beslutning, (D) = drøftelse, (O) = orientering"),
        *(
            block
            for number, item in enumerate(c.items, 1)
            for block in (
                Para(
                    fill(template, item, n=number, code=chance.choice("BDO"), who=called(c, item)),
                    "head",
                ),
                *said(item),
            )
        ),
    ]


@UNSEEN.add("agenda", "start end responsible")
def times_with_dots(c: Content, chance: Random) -> list[Block]:
    return points(c, "Kl. {start:hour}–{end:hour} · {title}[ · {responsible}]")


@UNSEEN.add("agenda", "responsible")
def line_for_who(c: Content, chance: Random) -> list[Block]:
    return points(c, "Dagsordenspunkt {n}: {title}[\nAnsvarlig: {responsible}]", "Aftalt: ")


@UNSEEN.add("agenda", "start end")
def times_at_the_right(c: Content, chance: Random) -> list[Block]:
    return [
        Para("Dagens program"),
        *listing(c, "{title}\t{start:dot} - {end:dot}"),
        Para("Referat:"),
        *points(c, "{title}"),
    ]


@UNSEEN.add("agenda")
def number_above_title(c: Content, chance: Random) -> list[Block]:
    return points(c, "Punkt {n}\n{title}", chance.choice(("Afgørelse: ", "Det besluttedes: ")))


@UNSEEN.add("agenda", "responsible")
def framed(c: Content, chance: Random) -> list[Block]:
    """Every item is a table with its title over the whole width, as forms have it."""
    blocks: list[Block] = []
    for number, item in enumerate(c.items, 1):
        rows = [
            ("Indledes af", fill("{responsible}", item)),
            ("Indhold", "\n".join((*item.notes, *told(item.more)))),
            ("Resultat", item.decision),
        ]
        title = (f"{number}. {item.title}", LEFT)
        blocks += [Table((title, *(row for row in rows if row[1]))), Para("")]
    return blocks


@UNSEEN.add("agenda", "responsible")
def one_cell_each(c: Content, chance: Random) -> list[Block]:
    rows = []
    title = "{n}. {title}[ (indledes af {who})]"
    for number, item in enumerate(c.items, 1):
        rows.append((fill(title, item, n=number, who=called(c, item)),))
        rows.append(("\n".join(filter(None, (*item.notes, *told(item.more), item.decision))),))
    return [Table(tuple(row for row in rows if row[0]))]


@UNSEEN.add("agenda", "responsible")
def presented_by(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(
                fill(
                    "{n}: {title}[ – ved {responsible}[ ({org})]]",
                    item,
                    n=number,
                    org=item.responsible and item.responsible.org,
                ),
                "head",
            ),
            *([Para(item.detail, "bullet")] if item.detail else []),
            *said(item),
        )
    ]


@UNSEEN.add("agenda", "start end responsible")
def english_items(c: Content, chance: Random) -> list[Block]:
    return points(
        c, "Item {n} – {title} ({start:colon}–{end:colon}[, {responsible}])", "Decision: "
    )


@UNSEEN.add("agenda", "responsible")
def only_numbers_later(c: Content, chance: Random) -> list[Block]:
    """The minutes repeat the number of an item, and not its title."""
    return [
        Para("Dagsorden:"),
        *listing(c, "{n}) {title}[ v. {responsible}]"),
        Para(""),
        *(
            block
            for number, item in enumerate(c.items, 1)
            for block in (Para(f"Ad pkt. {number}:"), *said(item))
        ),
    ]


@UNSEEN.add("agenda")
def two_columns_of_protocol(c: Content, chance: Random) -> list[Block]:
    rows = [("Dagsordenspunkt", "Referat")]
    for number, item in enumerate(c.items, 1):
        notes = "\n".join(filter(None, (*item.notes, *told(item.more), item.decision)))
        rows.append((f"{number}. {item.title}", notes))
    return [Table(tuple(rows))]


# Calls


@UNSEEN.add("calls", where="end")
def deadlines_first(c: Content, chance: Random) -> list[Block]:
    text = "{deadline:long}[ kl. {time:dot}]: {title}[ ({link})]"
    calls = sorted(c.calls, key=lambda one: one.deadline)
    return [Para("Kommende ansøgningsfrister", "head"), *entries(calls, text, "bullet")]


@UNSEEN.add("calls", where="end")
def table_of_deadlines(c: Content, chance: Random) -> list[Block]:
    rows = [("Frist", "Fond/pulje", "Bemærkninger")]
    cells = (
        "{deadline:slash-dash}[ kl. {time:hour}]",
        "{title}",
        "Der kan søges op til {amount} kr.[ {link}]",
    )
    rows += [tuple(fill(cell, one) for cell in cells) for one in c.calls]
    return [Para("Fonde", "head"), Table(tuple(rows))]


@UNSEEN.add("calls", where="note")
def mind_the_deadline(c: Content, chance: Random) -> list[Block]:
    text = chance.choice(
        (
            "Husk {title} – sidste frist for at søge er {deadline:weekday}[ kl. {time:dot}].",
            "Midler fra {title} kan søges frem til {deadline:weekday}[ kl. {time:dot}].",
            "Ansøgningsfristen til {title} udløber {deadline:weekday}[ kl. {time:dot}].",
        )
    )
    text += "[ Vejledning: {link}]"
    return entries(c.calls, text)


@UNSEEN.add("calls", where="item")
def must_be_in(c: Content, chance: Random) -> list[Block]:
    text = (
        "{title} (ansøgningen skal være inde senest den {deadline:long}[, kl. {time:dot}])[ {link}]"
    )
    return entries(c.calls, text, "bullet")


@UNSEEN.add("calls", where="end")
def open_until(c: Content, chance: Random) -> list[Block]:
    text = (
        "{title}\nÅben for ansøgninger til og med den {deadline:long}[, kl. {time:dot}][\n{link}]"
    )
    return [
        Para("Nyt om støttemuligheder", "head"),
        *(block for one in c.calls for block in (*lines(fill(text, one)), Para(""))),
    ]


@UNSEEN.add("calls", where="note")
def round_closes(c: Content, chance: Random) -> list[Block]:
    text = (
        "Næste ansøgningsrunde i {title} lukker {deadline:short}[ kl. {time:hour}]. "
        "Man kan højst få {amount} kr.[ Se {link}]"
    )
    return entries(c.calls, text)


@UNSEEN.add("calls", where="end")
def in_english(c: Content, chance: Random) -> list[Block]:
    text = "Call: {title} – closes {deadline:english}[, {time:colon} CET][ ({link})]"
    return [Para("Funding opportunities", "head"), *entries(c.calls, text)]


@UNSEEN.add("calls", where="end")
def among_other_news(c: Content, chance: Random) -> list[Block]:
    """Not every deadline is one of a call: one may also sign up for a conference."""
    day = c.date + timedelta(days=chance.randrange(20, 60))
    text = (
        "{title}: Ny runde er åbnet, frist for ansøgning {deadline:long}[ kl. {time:dot}][ {link}]"
    )
    other = "Konference om fællesskaber i Odense. Tilmelding senest {day:long}"
    return [
        Para("Til orientering", "head"),
        Para(fill(other, day=day), "bullet"),
        *entries(c.calls, text, "bullet"),
        Para("Kontorets nye åbningstid er mandag til torsdag kl. 9-14", "bullet"),
    ]


# The next meeting


def then(c: Content, day: str = "weekday", time: str = "kl. {start:dot}[-{end:dot}]") -> str:
    assert c.next
    if c.next.month_only:
        return fill("{date:month}", c.next)
    return fill(f"{{date:{day}}}[ {time}][ ({{place}})]", c.next)


@UNSEEN.add("next", where="end")
def new_meeting(c: Content, chance: Random) -> list[Block]:
    return [
        Para("Nyt møde", "head"),
        Para(then(c, chance.choice(("Weekday", "long", "slash-dash")))),
    ]


@UNSEEN.add("next", where="end")
def plan_of_meetings(c: Content, chance: Random) -> list[Block]:
    """The first day of several is the next meeting."""
    assert c.next
    later = [c.next.date + timedelta(weeks=weeks) for weeks in (6, 12)]
    rest = [
        Para(fill("{date:month}" if c.next.month_only else "{date:long}", date=day), "bullet")
        for day in later
    ]
    return [Para("Kommende møder:"), Para(then(c, "long"), "bullet"), *rest]


@UNSEEN.add("next", where="note")
def fixed(c: Content, chance: Random) -> list[Block]:
    if c.next and c.next.month_only:
        return [Para(f"Næste møde forventes afholdt i {then(c)}.")]
    lead = chance.choice(("Det næste møde er fastsat til", "Vi ses igen", "Nyt møde er aftalt til"))
    return [Para(f"{lead} {then(c)}.")]


@UNSEEN.add("next", where="item")
def in_the_calendar(c: Content, chance: Random) -> list[Block]:
    word = "i" if c.next and c.next.month_only else "den"
    return [Para(f"Gruppen mødes næste gang {word} {then(c, 'long')}.")]


@UNSEEN.add("next", where="end")
def framed_reminder(c: Content, chance: Random) -> list[Block]:
    return [Box(("Husk!", f"Næste møde: {then(c, 'long')}"))]


@UNSEEN.add("next", where="end")
def english_next(c: Content, chance: Random) -> list[Block]:
    assert c.next
    text = "Next meeting: " + (
        "{date:month}"
        if c.next.month_only
        else "{date:english}[, {start:colon}][–{end:colon}][, {place}]"
    )
    if c.next.month_only:
        return [Para(f"Næste møde: {MONTHS[c.next.date.month - 1]} {c.next.date.year}")]
    return [Para(fill(text, c.next))]


@UNSEEN.add("next", where="end")
def when_and_where(c: Content, chance: Random) -> list[Block]:
    assert c.next
    if c.next.month_only:
        return [Para("Næste gang", "head"), Para(fill("{date:Month}", c.next))]
    rows = [
        ("Hvornår", fill("{date:Weekday}[ kl. {start:dot}][ til {end:dot}]", c.next)),
        ("Hvor", c.next.place),
    ]
    return [Para("Næste gang", "head"), Table(tuple(row for row in rows if row[1]))]


@UNSEEN.add("next", where="before")
def told_at_the_top(c: Content, chance: Random) -> list[Block]:
    return [Para(f"Næste møde: {then(c, chance.choice(('weekday', 'dots')))}")]


# What else stands in minutes


@UNSEEN.add("extra")
def only_that(c: Content, chance: Random) -> list[Block]:
    return []


@UNSEEN.add("extra", where="end")
def signed(c: Content, chance: Random) -> list[Block]:
    who = chance.choice(c.present)
    return lines(fill("Venlig hilsen\n{first}", who) if chance.random() < 0.5 else f"/ {who.name}")


@UNSEEN.add("extra", where="end")
def to_do(c: Content, chance: Random) -> list[Block]:
    rows = [("Opgave", "Hvem", "Hvornår")]
    for what, who in zip(
        ("Rykke for svar", "Bestille lokale", "Lave udkast"), c.present, strict=False
    ):
        day = c.date + timedelta(days=chance.randrange(5, 40))
        rows.append((what, who.first, fill("{day:slash-dash}", day=day)))
    return [Para("Opfølgning", "head"), Table(tuple(rows))]


@UNSEEN.add("extra", where="end")
def copies(c: Content, chance: Random) -> list[Block]:
    return [Para("Kopi til orientering"), *(Para(one, "bullet") for one in c.outsiders)]


@UNSEEN.add("extra", where="round")
def round_in_lines(c: Content, chance: Random) -> list[Block]:
    return [
        Para(fill("[{org} / ]{first}: ", one) + chance.choice(TIDINGS), "prose")
        for one in c.present
    ]


@UNSEEN.add("extra", where="round")
def round_by_organisation(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for org in dict.fromkeys(one.org for one in c.present)
        if org
        for block in (Para(org), Para(chance.choice(TIDINGS), "prose"))
    ]


TIDINGS = (
    "Har haft stor søgning i foråret og har nu venteliste.",
    "Der er valgt ny formand på generalforsamlingen.",
    "Et nyt samarbejde med byens butikker er kommet godt fra start.",
    "Budgettet er presset, og flere aktiviteter er sat på pause.",
)
