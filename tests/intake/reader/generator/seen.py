"""Ways of writing minutes that the reader is developed on. None of them is in unseen.py."""

from datetime import timedelta
from random import Random

from tests.intake.reader.generator.blocks import LEFT, Block, Box, Foot, Para, Table, lines, told
from tests.intake.reader.generator.content import (
    Content,
    Item,
    Person,
    called,
    entries,
    fill,
    joined,
)
from tests.intake.reader.generator.drawing import Layouts
from tests.intake.reader.generator.seen_words import WORDS

SEEN = Layouts("seen", WORDS)
TIMES = ("dot", "colon")


def where(c: Content, chance: Random) -> str:
    """Return place and platform as one would write them behind "Sted:"."""
    ways = {
        "physical": ("{place}",),
        "online": ("{platform}", "Online via {platform}", "Online ({platform})"),
        "hybrid": ("{place} og online via {platform}", "{place} / {platform}"),
        "": ("",),
    }
    return fill(chance.choice(ways[c.mode]), c)


# Heads


@SEEN.add("head", "number mode")
def fields(c: Content, chance: Random) -> list[Block]:
    style, time = chance.choice(("long", "weekday", "dash")), chance.choice(TIMES)
    number = f"{c.number}. møde" if c.number else "møde"
    text = f"Dato: {{date:{style}}}\nTid: kl. {{start:{time}}} - {{end:{time}}}[\nSted: {{where}}]"
    if chance.random() < 0.4:
        text += f"\nMødeleder: {c.present[0].name}\nReferent: {c.present[-1].name}"
    return [
        Para(f"Referat af {number} i {c.body}", "title"),
        *lines(fill(text, c, where=where(c, chance))),
    ]


@SEEN.add("head", "number mode")
def sentence(c: Content, chance: Random) -> list[Block]:
    number = f"{c.number}. møde" if c.number else "møde"
    told = {
        "physical": "Mødet blev holdt i {place}.",
        "online": "Mødet blev afholdt online på {platform}.",
        "hybrid": "Mødet blev holdt i {place}, og nogle var med på {platform}.",
        "": "",
    }[c.mode]
    return [
        Para(fill("Referat fra {number} i {body} d. {date:long}", c, number=number), "title"),
        *([Para(fill(told, c))] if told else []),
    ]


@SEEN.add("head", "number mode")
def two_columns(c: Content, chance: Random) -> list[Block]:
    rows = [
        ("Mødenummer", str(c.number or "")),
        ("Dato", fill("{date:weekday}", c)),
        ("Tidspunkt", fill("{start:dot}-{end:dot}", c)),
        ("Sted", where(c, chance)),
    ]
    return [Para(f"Referat – {c.body}", "title"), Table(tuple(row for row in rows if row[1]))]


@SEEN.add("head", "number mode")
def capitals(c: Content, chance: Random) -> list[Block]:
    text = (
        "REFERAT[ AF MØDE NR. {number}]\n"
        "{date:Weekday} kl. {start:dot} – {end:dot}[\nMødested: {where}]"
    )
    return [
        Para(c.body.upper(), "title"),
        *lines(fill(text, c, where=where(c, chance))),
    ]


@SEEN.add("head", "mode")
def label_above_value(c: Content, chance: Random) -> list[Block]:
    text = "Mødedato\n{date:dash}\nMødetidspunkt\n{start:colon}-{end:colon}[\nMødested\n{where}]"
    return [Para(c.body, "title"), Para("Referat"), *lines(fill(text, c, where=where(c, chance)))]


@SEEN.add("head", "mode")
def slash(c: Content, chance: Random) -> list[Block]:
    text = "Møde {date:slash} kl. {start:hour}-{end:hour}[, {where}]"
    return [Para(f"Referat, {c.body}", "title"), Para(fill(text, c, where=where(c, chance)))]


@SEEN.add("head", "number mode")
def tabs(c: Content, chance: Random) -> list[Block]:
    text = (
        "[Møde nr.:\t{number}\n]Dato:\t{date:slash-dash}\nTid:\t{start:colon}–{end:colon}"
        "[\nLokale:\t{where}]"
    )
    return [Para(f"Mødereferat {c.body}", "title"), *lines(fill(text, c, where=where(c, chance)))]


@SEEN.add("head", "number mode")
def english(c: Content, chance: Random) -> list[Block]:
    venue = {
        "physical": "{place}",
        "online": "Online ({platform})",
        "hybrid": "{place} and online ({platform})",
        "": "",
    }[c.mode]
    text = (
        "{body}\nMinutes of meeting[ no. {number}]\n"
        "Date: {date:english}\nTime: {start:colon}–{end:colon}[\nVenue: {venue}]"
    )
    title, *rest = fill(text, c, venue=fill(venue, c)).split("\n")
    return [Para(title, "title"), *(Para(one) for one in rest)]


@SEEN.add("head", "number mode")
def box(c: Content, chance: Random) -> list[Block]:
    text = "Dato: {date:long}[\nSted: {where}][\nMøde: {number}]"
    return [
        Box(tuple(fill(text, c, where=where(c, chance)).split("\n"))),
        Para(f"Referat af møde i {c.body}", "title"),
    ]


@SEEN.add("head", "mode")
def four_columns(c: Content, chance: Random) -> list[Block]:
    place = where(c, chance)
    rows = [
        ("Mødedato:", fill("{date:long}", c), "Mødested:" if place else "", place),
        ("Start:", fill("{start:dot}", c), "Slut:", fill("{end:dot}", c)),
    ]
    return [Para(f"Referat af møde i {c.body}", "title"), Table(tuple(rows))]


@SEEN.add("head", "number mode")
def mail(c: Content, chance: Random) -> list[Block]:
    text = (
        "Emne: Referat fra [{number}. ]møde i {body} den {date:long}\n\nKære alle\n\n"
        "Tak for et godt møde{where}. Her er referatet."
    )
    place = {
        "physical": " i {place}",
        "online": " på {platform}",
        "hybrid": " i {place} og på {platform}",
        "": "",
    }[c.mode]
    return lines(fill(text, c, where=fill(place, c)))


@SEEN.add("head", "number mode")
def one_line(c: Content, chance: Random) -> list[Block]:
    text = "Referat[ #{number}] | {body} | {date:dots}[ | {where}]"
    return [Para(fill(text, c, where=where(c, chance)), "title")]


# People


@SEEN.add("people", "org absent")
def comma_line(c: Content, chance: Random) -> list[Block]:
    label = chance.choice(("Deltagere", "Til stede", "Deltagende"))
    blocks: list[Block] = [Para(f"{label}: {joined(c.present, '{name}[ ({org})]')}")]
    if c.absent:
        blocks.append(Para(f"Afbud: {joined(c.absent, '{name}[ ({org})]')}"))
    elif chance.random() < 0.5:
        blocks.append(Para(chance.choice(("Afbud: Ingen", "Afbud:", "Afbud: -"))))
    return blocks


@SEEN.add("people", "org absent")
def bullets(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[, {org}][ ({role})]"
    blocks: list[Block] = [Para("Deltagere", "head"), *entries(c.present, entry, "bullet")]
    if c.absent:
        blocks += [Para("Afbud", "head"), *entries(c.absent, entry, "bullet")]
    return blocks


@SEEN.add("people", "org absent")
def table_with_crosses(c: Content, chance: Random) -> list[Block]:
    rows = [("Navn", "Organisation", "Deltog", "Afbud")]
    cross = chance.choice("xX")
    for one in c.people:
        marks = ("", cross) if one.absent else (cross, "")
        rows.append((one.name, one.org, *marks))
    return [Table(tuple(rows))]


@SEEN.add("people", "org absent")
def table_with_status(c: Content, chance: Random) -> list[Block]:
    here = chance.choice(("Til stede", "Deltog", "Ja"))
    away = chance.choice(("Afbud", "Fraværende"))
    rows = [("Navn", "Titel", "Organisation", "Deltagelse" if here != "Ja" else "Til stede")]
    rows += [(one.name, one.title, one.org, away if one.absent else here) for one in c.people]
    if chance.random() < 0.5:
        return [Table((("Deltagerliste", LEFT, LEFT, LEFT), *rows))]
    return [Para("Deltagerliste", "head"), Table(tuple(rows))]


@SEEN.add("people", "org absent")
def label_column(c: Content, chance: Random) -> list[Block]:
    rows: list[tuple[str | None, ...]] = []
    for label, people in (("Deltagere", c.present), ("Afbud", c.absent)):
        rows += [(None if n else label, one.name, one.org) for n, one in enumerate(people)]
    return [Table(tuple(rows))]


@SEEN.add("people", "org absent online")
def room_or_screen(c: Content, chance: Random) -> list[Block]:
    rows = [("Navn", "Organisation", "Fysisk", "Online", "Afbud")]
    for one in c.people:
        column = 2 if one.absent else int(one.online)
        rows.append((one.name, one.org, *("x" if n == column else "" for n in range(3))))
    return [Table(tuple(rows))]


@SEEN.add("people", "org absent")
def under_organisations(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = [Para("Deltagere", "head")]
    for org in c.organisations:
        people = [one for one in c.present if one.org == org]
        if people:
            blocks += [Para(f"{org or 'Øvrige'}:"), *entries(people, "{name}[ ({role})]", "bullet")]
    if c.absent:
        blocks.append(Para(f"Afbud: {joined(c.absent, '{name}[ ({org})]')}"))
    return blocks


@SEEN.add("people", "org absent stands_for")
def dash_and_status_behind(c: Content, chance: Random) -> list[Block]:
    away = chance.choice((" – afbud", " (afbud)", ", afbud"))
    entry = "{name}[ – {org}][ (i stedet for {stands_for})]"
    return [
        Para("Deltagere:"),
        *(Para(fill(entry, one) + (away if one.absent else "")) for one in c.people),
    ]


@SEEN.add("people", "org absent")
def name_title_organisation(c: Content, chance: Random) -> list[Block]:
    entry = "{name}, {title}[, {org}]"
    blocks: list[Block] = [Para("Mødedeltagere", "head"), *entries(c.present, entry)]
    if c.absent:
        blocks += [Para("Fraværende", "head"), *entries(c.absent, entry)]
    return blocks


@SEEN.add("people", "org absent stands_for")
def present_and_away_as_sentences(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[ ({org})][ for {stands_for}]"
    away = f"Meldt fra: {joined(c.absent, '{name}[ ({org})]')}" if c.absent else ""
    return [
        Para(f"Tilstede var: {joined(c.present, entry)}."),
        *([Para(away + ".")] if away else []),
    ]


@SEEN.add("people", "org absent initials")
def initials_in_brackets(c: Content, chance: Random) -> list[Block]:
    entry = "{name} ({initials})[, {org}]"
    blocks: list[Block] = [Para("Deltagere:"), *entries(c.present, entry)]
    if c.absent:
        blocks += [Para("Afbud:"), *entries(c.absent, entry)]
    return blocks


@SEEN.add("people", "org absent")
def in_english(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = [Para(f"Present: {joined(c.present, '{name}[ ({org})]', last=' and ')}")]
    if c.absent:
        blocks.append(Para(f"Apologies: {joined(c.absent, '{name}[ ({org})]', last=' and ')}"))
    return blocks


@SEEN.add("people", "org absent")
def semicolons(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[, {org}]"
    blocks: list[Block] = [Para(f"Deltagere: {joined(c.present, entry, '; ', '; ')}")]
    if c.absent:
        blocks.append(Para(f"Afbud fra: {joined(c.absent, entry, '; ', '; ')}"))
    return blocks


@SEEN.add("people", "absent")
def names_only(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = [Para(f"Til stede: {joined(c.present, '{name}[ ({role})]')}")]
    if c.absent:
        blocks.append(Para(f"Fraværende: {joined(c.absent, '{name}')}"))
    return blocks


@SEEN.add("people", "absent")
def two_cells(c: Content, chance: Random) -> list[Block]:
    def cell(people: list[Person]) -> str:
        return "\n".join(fill("{name}[ ({role})]", one) for one in people)

    return [Table((("Deltagere", cell(c.present)), ("Afbud", cell(c.absent) or "Ingen")))]


@SEEN.add("people", "org")
def run_in(c: Content, chance: Random) -> list[Block]:
    """All in one line, names and organisations by turns, as in the Taskforce's own minutes."""
    comma = ", " if all(one.org for one in c.present) else "; "
    return [
        Para("Følgende deltog:"),
        Para(joined(c.present, "{name}[, {org}]", comma, comma)),
    ]


@SEEN.add("people", "org absent")
def soft_lines(c: Content, chance: Random) -> list[Block]:
    """One paragraph with breaks of lines, as Word makes them with shift and enter."""
    people = "\n".join(fill("{name}[ - {org}]", one) for one in c.present)
    away = ", ".join(fill("{name}[ - {org}]", one) for one in c.absent)
    return [Para(f"Deltagere:\n{people}" + (f"\nAfbud: {away}" if away else ""))]


@SEEN.add("people", "org absent")
def tabbed(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = [Para("DELTAGERE"), *entries(c.present, "{name}\t{org}[\t{role}]")]
    if c.absent:
        blocks += [Para("AFBUD"), *entries(c.absent, "{name}\t{org}")]
    return blocks


# Agendas


def under(item: Item, decided: str = "") -> list[Block]:
    """Return what was said under an item, with its decision behind a label."""
    decision = f"{decided}{item.decision}" if decided or item.decision else ""
    return [
        *(Para(note, "prose") for note in item.notes),
        *([Para(decision)] if decision and item.decision else []),
        *item.more,
    ]


def each(c: Content, template: str, decided: str = "", kind: str = "head") -> list[Block]:
    """Return each item: its heading, and what was said."""
    return [
        block
        for number, item in enumerate(c.items, 1)
        if "{start" in template or not item.is_pause
        for block in (
            Para(fill(template, item, n=number), kind),
            *under(item, decided),
        )
    ]


@SEEN.add("agenda", "responsible")
def numbered(c: Content, chance: Random) -> list[Block]:
    return each(
        c, chance.choice(("{n}. {title}[ v/ {responsible}]", "{n}) {title}[ ({responsible})]"))
    )


@SEEN.add("agenda")
def agenda_then_ad(c: Content, chance: Random) -> list[Block]:
    return [
        Para("Dagsorden", "head"),
        *(Para(f"{n}. {item.title}") for n, item in enumerate(c.items, 1)),
        *each(c, "Ad {n}. {title}"),
    ]


@SEEN.add("agenda", "responsible")
def punkt(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for number, item in enumerate(c.items, 1)
        for block in (
            Para(fill("Punkt {n}: {title}[ ({who})]", item, n=number, who=called(c, item)), "head"),
            *under(item, "Beslutning: "),
        )
    ]


@SEEN.add("agenda", "start end responsible")
def times_in_front(c: Content, chance: Random) -> list[Block]:
    time = chance.choice(TIMES)
    template = f"{{start:{time}}}-{{end:{time}}} {{title}}[ v/ {{responsible}}]"
    return [
        Para("Dagsorden", "head"),
        *(
            line
            for item in c.items
            for line in (Para(fill(template, item)), *([Para(item.detail)] if item.detail else []))
        ),
        Para("Referat", "head"),
        *each(c, "{title}"),
    ]


@SEEN.add("agenda", "start end responsible")
def times_above(c: Content, chance: Random) -> list[Block]:
    """A program as the Taskforce's own: the time, the title, a question, who opens it."""
    entry = "{start:dot} - {end:dot}\n{title}[\n{detail}][\n{responsible}[, {org}]]"
    return [
        Para("Dagsorden", "head"),
        *(
            line
            for item in c.items
            for line in lines(fill(entry, item, org=item.responsible and item.responsible.org))
        ),
        Para("Referat", "head"),
        *each(c, "{title}"),
    ]


@SEEN.add("agenda", "start end responsible")
def table_of_times(c: Content, chance: Random) -> list[Block]:
    cells = ("{start:dot}-{end:dot}", "{title}", "{responsible}")
    rows = [tuple(fill(cell, one) for cell in cells) for one in c.items]
    return [
        Para("Dagsorden", "head"),
        Table((("Tid", "Emne", "Ansvarlig"), *rows)),
        *each(c, "{title}"),
    ]


@SEEN.add("agenda", "responsible")
def table_with_minutes(c: Content, chance: Random) -> list[Block]:
    rows = [("Punkt", "Referat", "Ansvarlig")]
    for number, one in enumerate(c.items, 1):
        said = "\n".join(filter(None, (*one.notes, one.decision, *told(one.more))))
        rows.append((f"{number}. {one.title}", said, fill("{responsible}", one)))
    return [Table(tuple(rows))]


@SEEN.add("agenda")
def case_and_decision(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = []
    for number, item in enumerate(c.items, 1):
        blocks.append(Para(f"{number}. {item.title}", "head"))
        if item.notes:
            blocks += [Para("Sagsfremstilling"), *(Para(one, "prose") for one in item.notes)]
        if item.decision:
            blocks += [Para("Beslutning"), Para(item.decision)]
        blocks += item.more
    return blocks


@SEEN.add("agenda", "start end responsible")
def start_and_length(c: Content, chance: Random) -> list[Block]:
    return each(c, "kl. {start:dot} {title} ([{responsible}, ]{minutes} min.)")


@SEEN.add("agenda")
def numbered_by_word(c: Content, chance: Random) -> list[Block]:
    return [Para("Dagsorden:"), *each(c, "{title}", kind="number")]


@SEEN.add("agenda", "start end")
def times_behind(c: Content, chance: Random) -> list[Block]:
    return each(c, "{n}. {title} (kl. {start:dot}-{end:dot})", "Konklusion: ")


@SEEN.add("agenda")
def bulleted(c: Content, chance: Random) -> list[Block]:
    return [
        Para("Dagsorden:"),
        *(Para(item.title, "bullet") for item in c.items),
        Para("Referat:"),
        *each(c, "{title}"),
    ]


@SEEN.add("agenda", "responsible")
def table_for_each(c: Content, chance: Random) -> list[Block]:
    blocks: list[Block] = []
    for number, item in enumerate(c.items, 1):
        rows = [
            (f"Punkt {number}", item.title),
            ("Ansvarlig", fill("{responsible}", item)),
            ("Referat", "\n".join((*item.notes, *told(item.more)))),
            ("Beslutning", item.decision),
        ]
        blocks += [Table(tuple(row for row in rows if row[1])), Para("")]
    return blocks


@SEEN.add("agenda")
def number_alone(c: Content, chance: Random) -> list[Block]:
    """Agenda and minutes are two lists: the second has numbers, and no titles."""
    return [
        Para("Dagsorden", "head"),
        *(Para(f"{n}. {item.title}") for n, item in enumerate(c.items, 1)),
        Para("Referat", "head"),
        *(
            block
            for number, item in enumerate(c.items, 1)
            for block in (
                Para(" ".join((f"{number}.", *item.notes, item.decision))),
                *item.more,
            )
        ),
    ]


# Calls


@SEEN.add("calls", where="note")
def in_prose(c: Content, chance: Random) -> list[Block]:
    day = chance.choice(("long", "long", "short"))
    text = f"Der kan søges penge i {{title}} indtil den {{deadline:{day}}}[ kl. {{time:dot}}]."
    text += "[ Se {link}]"
    return [Para(fill(text, one)) for one in c.calls]


@SEEN.add("calls", where="end")
def bulleted_calls(c: Content, chance: Random) -> list[Block]:
    heading, text = chance.choice(
        (
            ("Åbne puljer", "{title}: frist {deadline:long}[ kl. {time:hour}][ – {link}]"),
            (
                "Aktuelle opslag",
                "{title}, frist d. {deadline:slash-dash}[ kl. {time:dot}][, {link}]",
            ),
        )
    )
    return [Para(heading, "head"), *(Para(fill(text, one), "bullet") for one in c.calls)]


@SEEN.add("calls", where="end")
def table_of_calls(c: Content, chance: Random) -> list[Block]:
    rows = [("Pulje", "Beløb", "Ansøgningsfrist", "Link")]
    cells = ("{title}", "op til {amount} kr.", "{deadline:dots}[ kl. {time:dot}]", "{link}")
    rows += [tuple(fill(cell, one) for cell in cells) for one in c.calls]
    return [Para("Muligheder for finansiering", "head"), Table(tuple(rows))]


@SEEN.add("calls", where="item")
def own_item(c: Content, chance: Random) -> list[Block]:
    text = "{title} er åben for ansøgninger. Fristen er {deadline:long}[ kl. {time:dot}].[ {link}]"
    return [Para(fill(text, one), "bullet") for one in c.calls]


@SEEN.add("calls", where="end")
def a_block_each(c: Content, chance: Random) -> list[Block]:
    text = (
        "{title}\nBeløb: op til {amount} kr.\nDeadline: {deadline:long}[ kl. {time:dot}][\n{link}]"
    )
    return [
        Para("Opslag", "head"),
        *(block for one in c.calls for block in (*lines(fill(text, one)), Para(""))),
    ]


@SEEN.add("calls", where="note")
def quoted(c: Content, chance: Random) -> list[Block]:
    text = (
        "EU har åbnet et nyt call, ”{title}”, med deadline {deadline:long}[ kl. {time:colon}]."
        "[ Læs mere: {link}]"
    )
    return [Para(fill(text, one)) for one in c.calls]


# The next meeting


def coming(c: Content, day: str, time: str = "dot") -> str:
    assert c.next
    if c.next.month_only:
        return fill("{date:month}", c.next)
    return fill(f"{{date:{day}}}[ kl. {{start:{time}}}[-{{end:{time}}}]][, {{place}}]", c.next)


@SEEN.add("next", where="end")
def label(c: Content, chance: Random) -> list[Block]:
    return [
        Para(f"Næste møde: {coming(c, chance.choice(('weekday', 'long', 'slash', 'dayname')))}")
    ]


@SEEN.add("next", where="before")
def above_the_agenda(c: Content, chance: Random) -> list[Block]:
    return [Para(f"Næste møde er {coming(c, 'weekday')}")]


@SEEN.add("next", where="note")
def next_in_prose(c: Content, chance: Random) -> list[Block]:
    word = "i" if c.next and c.next.month_only else "den"
    return [Para(f"Næste møde holdes {word} {coming(c, 'long')}.")]


@SEEN.add("next", where="item")
def next_as_item(c: Content, chance: Random) -> list[Block]:
    assert c.next
    if c.next.month_only:
        return [Para(fill("{date:Month}.", c.next))]
    return [Para(f"{coming(c, 'Weekday', 'colon')}.")]


@SEEN.add("next", where="end")
def at_the_foot(c: Content, chance: Random) -> list[Block]:
    return [Foot(f"Næste møde: {coming(c, 'long')}")]


@SEEN.add("next", where="end")
def table_of_next(c: Content, chance: Random) -> list[Block]:
    assert c.next
    if c.next.month_only:
        return [Table((("Næste møde", fill("{date:month}", c.next)),))]
    rows = [
        ("Næste møde", fill("{date:weekday}", c.next)),
        ("Tid", fill("[kl. {start:dot}][-{end:dot}]", c.next)),
        ("Sted", c.next.place),
    ]
    return [Table(tuple(row for row in rows if row[1]))]


@SEEN.add("next", where="end")
def next_as_bullet(c: Content, chance: Random) -> list[Block]:
    return [
        Para("Aftaler", "head"),
        Para("Referatet sendes ud inden for en uge.", "bullet"),
        Para(f"Vi mødes igen {coming(c, 'weekday', 'hour')}", "bullet"),
    ]


# What else stands in minutes


@SEEN.add("extra")
def nothing(c: Content, chance: Random) -> list[Block]:
    return []


@SEEN.add("extra", where="end")
def signature(c: Content, chance: Random) -> list[Block]:
    word = chance.choice(("Referent: {name}", "For referat: {name}", "Ref. {first}"))
    return [Para(fill(word, chance.choice(c.present)))]


@SEEN.add("extra", where="end")
def tasks(c: Content, chance: Random) -> list[Block]:
    task = "{first}: Sende udkast til {thing} senest d. {deadline:short}"
    days = [c.date + timedelta(days=chance.randrange(7, 40)) for _ in range(2)]
    return [
        Para("Opgaver", "head"),
        *(
            Para(fill(task, who, thing=thing, deadline=day), "bullet")
            for who, thing, day in zip(c.present, ("budget", "program"), days, strict=False)
        ),
    ]


@SEEN.add("extra", where="end")
def sent_to(c: Content, chance: Random) -> list[Block]:
    return [Para(f"Referatet sendes også til: {', '.join(c.outsiders)}")]


@SEEN.add("extra", where="round")
def round_by_headings(c: Content, chance: Random) -> list[Block]:
    return [
        block
        for one in c.present
        for block in (Para(fill("{name}[, {org}]", one)), Para(chance.choice(NEWS), "prose"))
    ]


@SEEN.add("extra", where="round")
def round_in_bullets(c: Content, chance: Random) -> list[Block]:
    return [
        Para(fill("{first}[ fra {org}]: ", one) + chance.choice(NEWS), "bullet")
        for one in c.present
    ]


NEWS = (
    "Har ansat to nye medarbejdere og flytter i større lokaler efter sommerferien.",
    "Arbejder på en ny indkøbspolitik. Den skal behandles politisk til efteråret.",
    "Vi har haft et godt år med mange nye medlemmer.",
    "Leder efter virksomheder, der vil tage praktikanter.",
)
