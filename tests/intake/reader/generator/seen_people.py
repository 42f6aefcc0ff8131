"""Lists of people as boards, councils, projects and associations write them."""

from random import Random

from tests.intake.reader.generator.blocks import LEFT, Block, Para, Table
from tests.intake.reader.generator.content import Content, Person, entries, fill, joined
from tests.intake.reader.generator.seen import SEEN


def away_line(c: Content, label: str, entry: str) -> list[Block]:
    """Return who is away in a line behind the label; nothing if nobody is."""
    return [Para(f"{label}: {joined(c.absent, entry)}")] if c.absent else []


@SEEN.add("people", "absent")
def groups_of_a_board(c: Content, chance: Random) -> list[Block]:
    """Groups such as a school's or a housing company's: none of them is an organisation."""
    groups = chance.choice(
        (
            ("Forældrerepræsentanter", "Medarbejderrepræsentanter", "Fra ledelsen"),
            ("Bestyrelsen", "Suppleanter", "Fra administrationen"),
            ("Valgte medlemmer", "Udpegede medlemmer", "Gæster"),
        )
    )
    size = -(-len(c.present) // len(groups))
    parts = [c.present[start : start + size] for start in range(0, len(c.present), size)]
    blocks: list[Block] = []
    for group, people in zip(groups, parts, strict=False):
        if chance.random() < 0.5:
            blocks.append(Para(f"{group}: {joined(people, '{name}')}"))
        else:
            blocks += [Para(group + ":"), *entries(people, "{name}")]
    return [Para("Til stede", "head"), *blocks, *away_line(c, "Fraværende", "{name}")]


@SEEN.add("people", "org absent")
def codes_in_a_table(c: Content, chance: Random) -> list[Block]:
    rows = [("Navn", "Organisation", "Status")]
    rows += [(one.name, one.org, "A" if one.absent else "T") for one in c.people]
    return [
        Para("Deltagere", "head"),
        Table(tuple(rows)),
        Para("T = til stede, A = afbud"),
    ]


@SEEN.add("people", "org absent")
def ticked(c: Content, chance: Random) -> list[Block]:
    yes, no = chance.choice((("[x]", "[ ]"), ("☒", "☐"), ("☑", "☐")))
    return [
        Para("Medlemmer (afkrydset = til stede)", "head"),
        *(Para(fill(f"{no if one.absent else yes} {{name}}[, {{org}}]", one)) for one in c.people),
    ]


@SEEN.add("people", "org absent")
def marked_away(c: Content, chance: Random) -> list[Block]:
    mark = chance.choice(("÷", "*", "(-)"))
    return [
        Para(f"Deltagere ({mark} = afbud):"),
        *(Para(fill("{name}[, {org}]", one) + f" {mark}" * one.absent) for one in c.people),
    ]


@SEEN.add("people", "org absent")
def told_in_prose(c: Content, chance: Random) -> list[Block]:
    begin = chance.choice(("I mødet deltog", "Mødet havde deltagelse af", "Med til mødet var"))
    # "Ea Holm og Bo Friis fra KL" would say that Ea is from there too.
    entry = "{name}[ fra {org}]" if all(one.org for one in c.people) else "{name}[ ({org})]"
    blocks: list[Block] = [Para(f"{begin} {joined(c.present, entry)}.")]
    if c.absent:
        away = joined(c.absent, entry)
        blocks.append(
            Para(chance.choice((f"Der var afbud fra {away}.", f"{away} havde meldt afbud.")))
        )
    return blocks


@SEEN.add("people", "org absent")
def organisation_colon(c: Content, chance: Random) -> list[Block]:
    sign = chance.choice((": ", " – "))
    entry = f"[{{org}}{sign}]{{name}}"
    blocks: list[Block] = [Para("Repræsenteret på mødet", "head"), *entries(c.present, entry)]
    if c.absent:
        blocks += [Para("Afbud", "head"), *entries(c.absent, entry)]
    return blocks


@SEEN.add("people", "org absent")
def table_by_organisation(c: Content, chance: Random) -> list[Block]:
    """One row an organisation, with all its people in a cell."""
    rows = [("Organisation", "Til stede", "Afbud")]
    for org in c.organisations:
        cells = (
            "\n".join(one.name for one in people if one.org == org)
            for people in (c.present, c.absent)
        )
        rows.append((org or "Øvrige", *cells))
    return [Table(tuple(rows))]


@SEEN.add("people", "org absent")
def signed_list(c: Content, chance: Random) -> list[Block]:
    """A list to sign: numbers, addresses of mail, room for a name."""
    rows = [("Nr.", "Navn", "Organisation", "Mail", "Underskrift")]
    for number, one in enumerate(c.present, 1):
        mail = f"{one.initials.lower()}@post.example"
        rows.append((str(number), one.name, one.org, mail, ""))
    return [
        Para("Deltagerliste", "head"),
        Table(tuple(rows)),
        *away_line(c, "Afbud", "{name}[ ({org})]"),
    ]


@SEEN.add("people", "org absent")
def mail_in_brackets(c: Content, chance: Random) -> list[Block]:
    return [
        Para("Deltagere:"),
        *(
            Para(fill("{name}[, {org}] ({mail}@post.example)", one, mail=one.initials.lower()))
            for one in c.present
        ),
        *away_line(c, "Afbud", "{name}[ ({org})]"),
    ]


@SEEN.add("people", "org absent")
def table_without_headings(c: Content, chance: Random) -> list[Block]:
    def rows(people: list[Person]) -> Table:
        return Table(tuple((one.name, one.title, one.org) for one in people))

    blocks: list[Block] = [Para("Til stede:"), rows(c.present)]
    return [*blocks, Para("Afbud:"), rows(c.absent)] if c.absent else blocks


@SEEN.add("people", "absent")
def letters_of_parties(c: Content, chance: Random) -> list[Block]:
    """A council's members with the letters of their parties."""

    def told(people: list[Person]) -> list[Block]:
        return [
            Para(f"{one.name} ({chance.choice('ABCFIOVØÅ')})" + f", {one.role}" * bool(one.role))
            for one in people
        ]

    blocks: list[Block] = [Para("Medlemmer til stede:"), *told(c.present)]
    return [*blocks, Para("Fraværende:"), *told(c.absent)] if c.absent else blocks


@SEEN.add("people", "org absent")
def chosen_by(c: Content, chance: Random) -> list[Block]:
    entry = chance.choice(
        (
            "{name}[, udpeget af {org}]",
            "{name}[, repræsentant for {org}]",
            "{name}[ (valgt af {org})]",
        )
    )
    blocks: list[Block] = [Para("Tilstede:"), *entries(c.present, entry, "bullet")]
    return [*blocks, Para("Fravær:"), *entries(c.absent, entry, "bullet")] if c.absent else blocks


@SEEN.add("people", "org absent")
def slashed(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[ / {org}]"
    return [
        Para(chance.choice(("Deltagere", "Deltog")) + ":"),
        *entries(c.present, entry),
        *([Para("Afbud:"), *entries(c.absent, entry)] if c.absent else []),
    ]


@SEEN.add("people", "org absent")
def two_abreast(c: Content, chance: Random) -> list[Block]:
    """Two people a row, to save paper."""
    people = [(one.name, one.org) for one in c.present]
    people += [("", "")] * (len(people) % 2)
    half = len(people) // 2
    rows = [(*left, *right) for left, right in zip(people[:half], people[half:], strict=True)]
    return [
        Para("Deltagere", "head"),
        Table((("Navn", "Organisation", "Navn", "Organisation"), *rows)),
        *away_line(c, "Afbud", "{name}[ ({org})]"),
    ]


@SEEN.add("people", "org absent")
def sections_in_a_table(c: Content, chance: Random) -> list[Block]:
    rows: list[tuple[str | None, ...]] = [("Navn", "Stilling", "Organisation")]
    for label, people in (("Til stede", c.present), ("Afbud", c.absent)):
        if people:
            rows += [(label, LEFT, LEFT), *((one.name, one.title, one.org) for one in people)]
    return [Table(tuple(rows))]


@SEEN.add("people", "absent stands_for")
def stand_in_behind_who_is_away(c: Content, chance: Random) -> list[Block]:
    """ "Afbud: Ea Holm (Bo Friis deltog i stedet)": one is away, the other was there."""
    for_whom = {one.stands_for: one for one in c.present if one.stands_for}
    here = [one for one in c.present if one not in for_whom.values()]
    away = [
        f"{one.name} ({for_whom[one.name].name} deltog i stedet)"
        if one.name in for_whom
        else one.name
        for one in c.absent
    ]
    return [
        Para(f"Deltagere: {joined(here, '{name}')}"),
        *([Para(f"Afbud: {', '.join(away)}")] if away else []),
    ]


@SEEN.add("people", "org absent initials")
def initials_in_front(c: Content, chance: Random) -> list[Block]:
    entry = "{initials}: {name}[, {org}]"
    blocks: list[Block] = [Para("Til stede (med initialer):"), *entries(c.present, entry)]
    return [*blocks, Para("Afbud:"), *entries(c.absent, entry)] if c.absent else blocks


@SEEN.add("people", "org absent initials")
def column_of_initials(c: Content, chance: Random) -> list[Block]:
    rows = [("Initialer", "Navn", "Organisation", "Til stede", "Afbud")]
    for one in c.people:
        marks = ("", "X") if one.absent else ("X", "")
        rows.append((one.initials, one.name, one.org, *marks))
    return [Table(tuple(rows))]


@SEEN.add("people", "absent")
def chair_members_guests(c: Content, chance: Random) -> list[Block]:
    """A union's: the chair, the board and the guests in lines of their own."""
    first, *rest = c.present
    cut = max(1, len(rest) - 2) if len(rest) > 3 else len(rest)
    return [
        Para("Mødedeltagere", "head"),
        Para(f"Mødeleder: {first.name}"),
        Para(f"Bestyrelsen: {joined(rest[:cut], '{name}')}"),
        *([Para(f"Gæster: {joined(rest[cut:], '{name}')}")] if rest[cut:] else []),
        *away_line(c, "Afbud", "{name}"),
    ]


@SEEN.add("people", "org absent")
def cells_with_commas(c: Content, chance: Random) -> list[Block]:
    """A form: who was there in one cell, who is sent the minutes in another."""
    entry = "{name}[ ({org})]"
    rows = [
        ("Deltagere", joined(c.present, entry)),
        ("Afbud", joined(c.absent, entry) if c.absent else "Ingen"),
        ("Kopi til", ", ".join(c.outsiders)),
        ("Referent", c.present[0].name),
    ]
    return [Table(tuple(rows))]


@SEEN.add("people", "org absent")
def mark_in_front(c: Content, chance: Random) -> list[Block]:
    rows = [("Til stede", "Navn", "Organisation")]
    rows += [("" if one.absent else "X", one.name, one.org) for one in c.people]
    return [Table(tuple(rows))]


@SEEN.add("people", "org absent")
def organisations_across(c: Content, chance: Random) -> list[Block]:
    """A table in which each organisation stands across, above its people."""
    rows: list[tuple[str | None, ...]] = [("Navn", "Stilling", "Deltog")]
    for org in c.organisations:
        rows.append((org or "Uden tilknytning", LEFT, LEFT))
        people = [one for one in c.people if one.org == org]
        rows += [(one.name, one.title, "Nej" if one.absent else "Ja") for one in people]
    return [Para("Deltagere", "head"), Table(tuple(rows))]


@SEEN.add("people", "org absent")
def title_at_organisation(c: Content, chance: Random) -> list[Block]:
    word = chance.choice(("i", "hos", "ved"))
    entry = f"{{name}}, {{title}}[ {word} {{org}}]"
    blocks: list[Block] = [Para("Deltagere:"), *entries(c.present, entry, "bullet")]
    return [*blocks, Para("Afbud:"), *entries(c.absent, entry, "bullet")] if c.absent else blocks


@SEEN.add("people", "org absent")
def dash_title_organisation(c: Content, chance: Random) -> list[Block]:
    entry = "{name} – {title}[, {org}]"
    blocks: list[Block] = [Para("Til stede på mødet:"), *entries(c.present, entry)]
    return [*blocks, Para("Fraværende:"), *entries(c.absent, entry)] if c.absent else blocks


@SEEN.add("people", "org absent")
def prose_by_organisation(c: Content, chance: Random) -> list[Block]:
    told = []
    for org in c.organisations:
        people = [one for one in c.present if one.org == org]
        if people:
            told.append(f"{'Fra ' + org if org else 'Desuden'} deltog {joined(people, '{name}')}.")
    return [Para(" ".join(told)), *away_line(c, "Afbud", "{name}[ ({org})]")]


@SEEN.add("people", "absent")
def all_but(c: Content, chance: Random) -> list[Block]:
    """The members, and who of them was not there."""
    away = joined(c.absent, "{name}") if c.absent else ""
    told = f"Alle var til stede på nær {away}." if away else "Alle var til stede."
    return [Para(f"Medlemmer: {joined(list(c.people), '{name}')}"), Para(told)]


@SEEN.add("people", "org absent")
def status_in_the_line(c: Content, chance: Random) -> list[Block]:
    """All in one line, and in brackets who was away."""
    told = [
        fill("{name}[ ({org}, afbud)]" if one.absent else "{name}[ ({org})]", one)
        + " (afbud)" * (one.absent and not one.org)
        for one in c.people
    ]
    return [Para(f"Medlemmer: {', '.join(told)}")]


@SEEN.add("people", "absent")
def reasons(c: Content, chance: Random) -> list[Block]:
    why = (" (syg)", " (ferie)", " (kursus)", "", " (barsel)")
    away = ", ".join(one.name + chance.choice(why) for one in c.absent)
    return [
        Para(f"Mødt: {joined(c.present, '{name}')}"),
        *([Para(f"Afbud fra: {away}")] if away else []),
    ]


@SEEN.add("people", "org absent online")
def screen_in_brackets(c: Content, chance: Random) -> list[Block]:
    word = chance.choice((" (online)", " (på skærm)", " – online"))
    return [
        Para("Deltagere", "head"),
        *(Para(fill("{name}[, {org}]", one) + word * one.online, "bullet") for one in c.present),
        *away_line(c, "Afbud", "{name}[ ({org})]"),
    ]


@SEEN.add("people", "absent")
def points_between(c: Content, chance: Random) -> list[Block]:
    sign = chance.choice((" · ", " / "))
    blocks: list[Block] = [Para(f"Til stede: {sign.join(one.name for one in c.present)}")]
    if c.absent:
        blocks.append(Para(f"Afbud: {sign.join(one.name for one in c.absent)}"))
    return blocks


@SEEN.add("people", "org absent")
def words_of_attendance(c: Content, chance: Random) -> list[Block]:
    rows = [("Medlem", "Udpeget af", "Fremmøde")]
    for one in c.people:
        away = chance.choice(("Afbud", "Ikke mødt", "Afbud, sygdom"))
        rows.append((one.name, one.org, away if one.absent else "Mødt"))
    return [Table(tuple(rows))]


@SEEN.add("people", "org absent")
def groups_with_organisations(c: Content, chance: Random) -> list[Block]:
    """The group heads the list, and each has an organisation of their own."""
    cut = -(-len(c.present) // 2)
    entry = chance.choice(("{name}[, {org}]", "{name}[ ({org})]"))
    groups = chance.choice(
        (("Styregruppen", "Projektgruppen"), ("Medlemmer", "Observatører"), ("Partnere", "Gæster"))
    )
    return [
        Para("Deltagere", "head"),
        Para(groups[0] + ":"),
        *entries(c.present[:cut], entry, "bullet"),
        Para(groups[1] + ":"),
        *entries(c.present[cut:], entry, "bullet"),
        *([Para("Afbud:"), *entries(c.absent, entry, "bullet")] if c.absent else []),
    ]


@SEEN.add("people", "org absent")
def apologies_received(c: Content, chance: Random) -> list[Block]:
    entry = "{name}[ ({org})]"
    blocks: list[Block] = [Para(f"Participants: {joined(c.present, entry, last=' and ')}.")]
    if c.absent:
        away = joined(c.absent, entry, last=" and ")
        blocks.append(Para(f"Apologies were received from {away}."))
    return blocks


@SEEN.add("people", "org absent")
def with_telephone(c: Content, chance: Random) -> list[Block]:
    def told(people: list[Person]) -> list[Block]:
        entry = "{name}[, {org}], tlf. {number} 17 {number} 40"
        return [Para(fill(entry, one, number=chance.randrange(20, 90))) for one in people]

    blocks: list[Block] = [Para("Deltagere:"), *told(c.present)]
    return [*blocks, Para("Afbud:"), *told(c.absent)] if c.absent else blocks


@SEEN.add("people", "absent")
def asked_to_come(c: Content, chance: Random) -> list[Block]:
    """Everybody who was asked; who of them did not come stands below."""
    label = chance.choice(("Indkaldt", "Mødekreds"))
    away = joined(c.absent, "{name}") if c.absent else "Ingen"
    return [Para(f"{label}: {joined(list(c.people), '{name}')}"), Para(f"Afbud: {away}")]


@SEEN.add("people", "org absent")
def names_behind_organisation(c: Content, chance: Random) -> list[Block]:
    def told(people: list[Person]) -> str:
        parts = []
        for org in c.organisations:
            names = [one for one in people if one.org == org]
            if names and org:
                parts.append(f"{org} ({joined(names, '{name}')})")
            parts += [one.name for one in names if not org]
        return sign.join(parts)

    sign = chance.choice((", ", "; "))
    blocks: list[Block] = [Para(f"Deltagere: {told(c.present)}")]
    return [*blocks, Para(f"Afbud: {told(c.absent)}")] if c.absent else blocks
