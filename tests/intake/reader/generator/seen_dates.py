"""Days, hours, places and numbers of a meeting in the many ways in which people write them."""

from datetime import date
from random import Random

from tests.intake.reader.generator.blocks import Block, Para, Table
from tests.intake.reader.generator.content import DAYS, MONTHS, Content, fill
from tests.intake.reader.generator.seen import SEEN, where
from tests.intake.reader.generator.seen_more import venue


def day_of(day: date, chance: Random) -> str:
    """Write a day in one of many ways, always with its year."""
    name, month = DAYS[day.weekday()], MONTHS[day.month - 1]
    return chance.choice(
        (
            f"{name} d. {day.day}. {month} {day.year}",
            f"{name[:3]}. d. {day.day}. {month[:3]}. {day.year}",
            f"{name} {day.day}. {month} {day.year}",
            f"{name}, d. {day.day}/{day.month} - {day.year}",
            f"{day.day}/{day.month}/{day.year}",
            f"d. {day.day}.{day.month}.{day.year}",
            f"{day.day} {month} {day.year}",
            f"den {day.day}. {month}, {day.year}",
            f"{day.day}. {month.upper()} {day.year}",
            f"{day.day}-{day.month}-{day.year}",
        )
    )


def hours_of(c: Content, chance: Random) -> str:
    """Write from when till when in one of many ways."""
    text = chance.choice(
        (
            "kl. {start:hour}-{end:hour}",
            "kl {start:dot} - {end:dot}",
            "{start:dot} til {end:dot}",
            "fra {start:colon} til {end:colon}",
            "kl. {start:colon}–{end:colon}",
            "fra kl. {start:hour} til kl. {end:hour}",
            "({start:dot}-{end:dot})",
        )
    )
    return fill(text, c)


@SEEN.add("head", "number mode")
def day_in_any_way(c: Content, chance: Random) -> list[Block]:
    told = f"{day_of(c.date, chance)} {hours_of(c, chance)}"
    title = fill("Referat af [{number}. ]møde i {body}", c)
    return [
        Para(title, "title"),
        Para(chance.choice(("", "Dato: ", "Tidspunkt: ", "Tid: ")) + told),
        *([Para(f"Sted: {where(c, chance)}")] if c.mode else []),
    ]


@SEEN.add("head", "mode")
def day_and_hours_apart(c: Content, chance: Random) -> list[Block]:
    rows = [
        ("Dato", day_of(c.date, chance)),
        ("Tid", hours_of(c, chance)),
        ("Sted", where(c, chance)),
    ]
    rows = [row for row in rows if row[1]]
    title = Para(f"{c.body}, referat", "title")
    if chance.random() < 0.4:
        return [title, Table(tuple(rows))]
    gap = chance.choice((": ", ":\t", " "))
    if gap == " ":
        return [title, *(Para(f"{name.upper()} {value}") for name, value in rows)]
    return [title, *(Para(name + gap + value) for name, value in rows)]


@SEEN.add("head", "mode")
def place_and_screen(c: Content, chance: Random) -> list[Block]:
    """The place with a word about how one could be there."""
    place = venue(
        c,
        chance.choice(("{place} (fysisk møde)", "{place} (alle fysisk til stede)", "{place}")),
        chance.choice(("Via {platform}", "{platform} (virtuelt)", "Virtuelt på {platform}")),
        chance.choice(
            (
                "{place} (online deltagelse via {platform})",
                "{place} samt {platform}",
                "{place} + {platform}",
                "{place} eller via {platform}",
            )
        ),
    )
    text = "Dato: {date:weekday}, kl. {start:dot}-{end:dot}[\nSted: {where}]"
    return [
        Para(f"Referat fra {c.body}", "title"),
        *(Para(line) for line in fill(text, c, where=place).split("\n")),
    ]


@SEEN.add("head", "mode")
def held_as(c: Content, chance: Random) -> list[Block]:
    """In a sentence, as what kind of meeting it was held."""
    place = venue(
        c,
        chance.choice((" ved fysisk fremmøde i {place}", " som fysisk møde i {place}")),
        chance.choice((" virtuelt via {platform}", " som videomøde på {platform}")),
        chance.choice(
            (
                " dels i {place}, dels på {platform}",
                " som hybridmøde i {place} og på {platform}",
                " med fremmøde i {place} og mulighed for deltagelse via {platform}",
            )
        ),
    )
    text = "Mødet blev afholdt {date:weekday} kl. {start:dot}-{end:dot}{where}."
    return [Para(c.body, "title"), Para("Referat", "head"), Para(fill(text, c, where=place))]


@SEEN.add("head", "number mode")
def number_in_any_way(c: Content, chance: Random) -> list[Block]:
    """Another number stands beside the meeting's: that of the department."""
    told = chance.choice(
        (
            "Møde {number}/{year}",
            "Referat nr. {number}",
            "{number}. bestyrelsesmøde {year}",
            "Møde nr. {number} i {year}",
            "Mødenr. {number}",
        )
    )
    text = f"Afdeling {chance.randrange(2, 60)}, {{body}}[\n{told}]\n{{date:comma}}[, {{where}}]"
    title, *rest = fill(text, c, year=c.date.year, where=where(c, chance)).split("\n")
    return [Para(title, "title"), *(Para(line) for line in rest)]


@SEEN.add("calls", where="end")
def deadline_in_any_way(c: Content, chance: Random) -> list[Block]:
    times = (
        "[, kl {time:hour}]",
        "[ ({time:colon})]",
        "[ kl. {time:dot}]",
        "[ inden kl. {time:dot}]",
    )
    word = chance.choice(("Frist", "Ansøgningsfrist", "Deadline"))
    return [
        Para("Puljer, vi kan søge", "head"),
        *(
            Para(fill("{title}. {word}: {day}" + chance.choice(times), one, word=word, day=day))
            for one in c.calls
            for day in [day_of(one.deadline, chance)]
        ),
    ]


@SEEN.add("next", where="end")
def next_in_any_way(c: Content, chance: Random) -> list[Block]:
    assert c.next
    word = chance.choice(("Næste møde", "Næste møde er", "Vi mødes igen", "Dato for næste møde"))
    sign = " " if word.endswith(("er", "igen")) else ": "
    if c.next.month_only:
        sign += "i " * (sign == " ")
        return [Para(word + sign + fill("{date:month}", c.next))]
    times = chance.choice(
        (
            "[ kl. {start:hour}[-{end:hour}]]",
            "[ kl {start:dot}[ - {end:dot}]]",
            "[, {start:colon}[–{end:colon}]]",
            "[ fra kl. {start:hour}[ til kl. {end:hour}]]",
        )
    )
    place = chance.choice(("[, {place}]", "[ ({place})]", "[. Sted: {place}]"))
    return [Para(word + sign + day_of(c.next.date, chance) + fill(times + place, c.next))]


@SEEN.add("head", "number mode")
def draft_and_version(c: Content, chance: Random) -> list[Block]:
    """The numbers of a draft and of a file are not the meeting's."""
    text = (
        "UDKAST – version {version}\nReferat af [{number}. ]møde i {body}\n"
        "{date:Weekday} kl. {start:dot} – {end:dot}[\nSted: {where}]\nSagsnr. {file}"
    )
    more = {"version": chance.randrange(1, 5), "file": f"24-0{chance.randrange(1000, 9999)}"}
    return [Para(line) for line in fill(text, c, where=where(c, chance), **more).split("\n")]


@SEEN.add("head", "mode")
def moved_to(c: Content, chance: Random) -> list[Block]:
    """Where it was meant to be stands before where it was."""
    told = venue(
        c,
        "Mødet var planlagt på Teams, men blev holdt i {place}.",
        "Mødet skulle have været holdt i festsalen, men blev på grund af sne holdt på {platform}.",
        "Mødet blev holdt i {place}. Et par stykker var med på {platform}.",
    )
    text = "Referat fra mødet {date:weekday} kl. {start:dot}-{end:dot}"
    return [Para(c.body, "title"), Para(fill(text, c)), *([Para(told)] if told else [])]
