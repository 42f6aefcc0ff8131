"""Heads as councils, parishes, schools, ministries, unions and EU projects write them."""

from datetime import timedelta
from random import Random

from tests.intake.reader.generator.blocks import LEFT, Block, Para, Table, Top, lines
from tests.intake.reader.generator.content import MONTHS, Content, fill
from tests.intake.reader.generator.seen import SEEN, TIMES, where
from tests.intake.reader.generator.seen_more import venue


@SEEN.add("head", "mode")
def council(c: Content, chance: Random) -> list[Block]:
    """A municipality's print: each fact behind its own label, beginning and end apart."""
    text = (
        "[Mødested:\n{where}\n]Dato:\n{date:Weekday}\n"
        "Starttidspunkt for møde:\n{start:dot}\nSluttidspunkt for møde:\n{end:dot}"
    )
    return [
        Para("Referat", "title"),
        Para(c.body),
        Para("Åben dagsorden"),
        *lines(fill(text, c, where=where(c, chance))),
    ]


@SEEN.add("head", "number mode")
def time_and_place(c: Content, chance: Random) -> list[Block]:
    place = venue(c, " i {place}", " på {platform}", " i {place} og på {platform}")
    label = chance.choice(("Tid og sted", "Tid/sted", "Dato, tid og sted"))
    text = f"{label}: {{date:weekday}} kl. {{start:dot}}-{{end:dot}}{place}"
    return [
        Para(f"{c.body} – mødereferat", "title"),
        *([Para(f"Møde {c.number}")] if c.number else []),
        Para(fill(text, c)),
    ]


@SEEN.add("head", "mode")
def when_and_where(c: Content, chance: Random) -> list[Block]:
    mark = chance.choice((":", "?"))
    text = f"Hvad{mark} {{body}}, referat\nHvornår{mark} {{date:dayname}} {{year}}, {{start:dot}}"
    text += f"-{{end:dot}}[\nHvor{mark} {{where}}]"
    return lines(fill(text, c, year=c.date.year, where=where(c, chance)))


@SEEN.add("head", "number mode")
def ministry(c: Content, chance: Random) -> list[Block]:
    """A ministry's: when it was written and its file's number stand above the meeting's date."""
    sent = c.date + timedelta(days=chance.randrange(3, 20))
    text = (
        "J.nr. {year}-{file}\nUdsendt den {sent:long}\n\n"
        "Referat af [{number}. ]møde i {body}\n"
        "Mødet blev holdt den {date:long} kl. {start:hour}-{end:hour}{where}."
    )
    place = venue(c, " i {place}", " via {platform}", " i {place} og via {platform}")
    file = chance.randrange(1000, 9999)
    return lines(fill(text, c, year=c.date.year, file=file, sent=sent, where=place))


@SEEN.add("head", "mode")
def parish(c: Content, chance: Random) -> list[Block]:
    place = venue(c, " i {place}", " på {platform}", " i {place} og på {platform}")
    text = "Dagsorden og beslutningsprotokol fra mødet {date:weekday} kl. {start:dot}{where}"
    ended = chance.choice(("Mødet sluttede kl. {end:dot}", "Mødet hævet kl. {end:dot}"))
    return [Para(c.body, "title"), Para(fill(text, c, where=place)), Para(fill(ended, c))]


@SEEN.add("head", "number mode")
def labels_over_values(c: Content, chance: Random) -> list[Block]:
    cells = {
        "Mødedato": fill("{date:dots}", c),
        "Tidspunkt": fill("{start:dot}–{end:dot}", c),
        "Mødested": where(c, chance),
        "Mødenummer": str(c.number or ""),
    }
    cells = {name: cell for name, cell in cells.items() if cell}
    rows = [tuple(cells), tuple(cells.values())]
    title = f"Referat af møde i {c.body}"
    if chance.random() < 0.5:
        return [Table(((title, *[LEFT] * (len(cells) - 1)), *rows))]
    return [Para(title, "title"), Table(tuple(rows))]


@SEEN.add("head", "number mode")
def year_in_the_title(c: Content, chance: Random) -> list[Block]:
    """The day comes without its year, which the title has."""
    title = f"Referat, {c.body}, {MONTHS[c.date.month - 1]} {c.date.year}"
    text = "[{number}. møde, ]{date:dayname} kl. {start:dot}–{end:dot}[\nHoldt {where}]"
    place = venue(c, "i {place}", "på {platform}", "i {place} og på {platform}")
    return [Para(title, "title"), *lines(fill(text, c, where=place))]


@SEEN.add("head", "number mode")
def project_form(c: Content, chance: Random) -> list[Block]:
    """An EU project's form: the agreement has a number too."""
    rows = [
        ("Project", f"{c.body} (Grant Agreement {chance.randrange(101000000, 101999999)})"),
        (
            "Meeting",
            f"Steering Committee Meeting no. {c.number}" if c.number else "Project meeting",
        ),
        ("Date and time", fill("{date:english}, {start:colon}-{end:colon} CET", c)),
        ("Location", venue(c, "{place}", "Online ({platform})", "{place} and online ({platform})")),
        ("Minutes taken by", c.present[-1].name),
    ]
    return [Para("Meeting minutes", "title"), Table(tuple(row for row in rows if row[1]))]


@SEEN.add("head", "number mode")
def ordinary_meeting(c: Content, chance: Random) -> list[Block]:
    kind = "ordinære " if c.number else "Ordinært "
    text = (
        f"[{{number}}. ]{kind}møde\n{{date:comma}}, kl. {{start:dot}} til {{end:dot}}[\n{{where}}]"
    )
    place = venue(
        c, "Afholdt i {place}", "Afholdt på {platform}", "Afholdt i {place} og på {platform}"
    )
    return [
        Para("REFERAT", "title"),
        Para(c.body),
        *lines(fill(text, c, where=place)),
    ]


@SEEN.add("head", "mode")
def values_alone(c: Content, chance: Random) -> list[Block]:
    """Day, time and place in one line, without a label."""
    sign = chance.choice((" · ", " – ", " / "))
    time = "{start:dot} til {end:dot}" if sign == " – " else "{start:dot}-{end:dot}"
    parts = ("{date:Weekday}", time, "{where}")
    told = [one for part in parts if (one := fill(part, c, where=where(c, chance)))]
    return [Para(f"Referat fra møde i {c.body}", "title"), Para(sign.join(told))]


@SEEN.add("head", "mode")
def took_place(c: Content, chance: Random) -> list[Block]:
    place = venue(
        c,
        " i {place}",
        " som onlinemøde på {platform}",
        " i {place} med mulighed for at deltage på {platform}",
    )
    text = "Mødet fandt sted {date:weekday} fra kl. {start:hour} til kl. {end:hour}{where}."
    return [Para(f"Referat: {c.body}", "title"), Para(fill(text, c, where=place))]


@SEEN.add("head", "number mode")
def labels_in_one_line(c: Content, chance: Random) -> list[Block]:
    gap = chance.choice(("   ", "\t", " | "))
    parts = (
        "Møde nr.: {number}",
        "Dato: {date:slash-dash}",
        "Tid: {start:dot}-{end:dot}",
        "Sted: {where}",
    )
    told = [one for part in parts if (one := fill(f"[{part}]", c, where=where(c, chance)))]
    return [Para(f"MØDEREFERAT {c.body}", "title"), Para(gap.join(told))]


@SEEN.add("head", "mode")
def form_of_meeting(c: Content, chance: Random) -> list[Block]:
    """The form has a label of its own: in the room, online or both."""
    told = venue(
        c,
        "Mødeform: Fysisk møde\nSted: {place}",
        "Mødeform: Online\nPlatform: {platform}",
        "Mødeform: Hybrid\nSted: {place}\nPlatform: {platform}",
    )
    time = chance.choice(TIMES)
    text = f"Dag: {{date:weekday}}\nKl.: {{start:{time}}}-{{end:{time}}}[\n{{told}}]"
    return [Para(f"Referat – {c.body}", "title"), *lines(fill(text, c, told=told))]


@SEEN.add("head", "number mode")
def school_year(c: Content, chance: Random) -> list[Block]:
    first = c.date.year - (c.date.month < 8)
    text = (
        "Skoleåret {first}/{second}\n[Møde nr. {number}\n]"
        "{date:dayname}-{year} kl. {start:dot} - {end:dot}[, {where}]"
    )
    more = {"first": first, "second": (first + 1) % 100, "year": c.date.year}
    return [
        Para(c.body, "title"),
        Para("Mødereferat"),
        *lines(fill(text, c, where=where(c, chance), **more)),
    ]


@SEEN.add("head", "number mode")
def in_the_page_head(c: Content, chance: Random) -> list[Block]:
    """Body and day stand at the head of every page, and nowhere else."""
    return [
        Top(fill("{body} · {date:long}", c)),
        Para(fill("Referat[ af møde nr. {number}]", c), "title"),
        *lines(fill("Kl. {start:dot}-{end:dot}[\nSted: {where}]", c, where=where(c, chance))),
    ]


@SEEN.add("head", "number mode")
def title_over_lines(c: Content, chance: Random) -> list[Block]:
    text = "Referat\naf[ {number}.] møde i\n{body}\n{date:weekday}\nkl. {start:dot}-{end:dot}"
    text += "[\n{where}]"
    return lines(fill(text, c, where=where(c, chance)))


@SEEN.add("head", "mode")
def machine_made(c: Content, chance: Random) -> list[Block]:
    """As a system for cases prints it, with seconds."""
    text = "Mødedato: {date:dash} {start:colon}:00\nMødeslut: {date:dash} {end:colon}:00"
    text += "[\nMødelokale: {where}]"
    return [
        Para(c.body, "title"),
        Para("Referat (offentligt)"),
        *lines(fill(text, c, where=where(c, chance))),
    ]


@SEEN.add("head", "number mode")
def we_met(c: Content, chance: Random) -> list[Block]:
    place = venue(c, " i {place}", " på {platform}", " i {place}, og flere var med på {platform}")
    text = "{date:Weekday} holdt vi[ vores {number}.] møde i {body}{where}."
    title = chance.choice(("Referat", "Mødenoter", "Kort referat"))
    return [Para(title, "title"), Para(fill(text, c, where=place))]


@SEEN.add("head", "number mode")
def was_held(c: Content, chance: Random) -> list[Block]:
    place = venue(c, " at {place}", " online ({platform})", " at {place} and online ({platform})")
    text = "[Meeting no. {number} of ]{body}\nThe meeting was held on {date:english}{where}."
    title, *rest = fill(text, c, where=place).split("\n")
    return [Para("Minutes", "title"), Para(title), *(Para(one) for one in rest)]


@SEEN.add("head", "mode")
def place_first(c: Content, chance: Random) -> list[Block]:
    text = "[{where}, ]{date:weekday}, kl. {start:dot}-{end:dot}"
    return [Para(c.body, "title"), Para("Referat"), Para(fill(text, c, where=where(c, chance)))]


@SEEN.add("head", "number mode")
def all_in_brackets(c: Content, chance: Random) -> list[Block]:
    text = "Referat – {body} ([{number}. møde, ]{date:long}[, {where}])"
    return [Para(fill(text, c, where=where(c, chance)), "title")]
