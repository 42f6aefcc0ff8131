"""People told by clauses or under no label; next meetings in lists and in two sentences."""

from datetime import timedelta
from random import Random

from tests.intake.reader.generator.blocks import Block, Para
from tests.intake.reader.generator.content import Content, fill, joined
from tests.intake.reader.generator.seen import SEEN, coming


@SEEN.add("people", "absent")
def kept_away(c: Content, chance: Random) -> list[Block]:
    """Those who came before the verb, those who did not inside their own clause."""
    there = chance.choice(("{} var til stede.", "{} var mødt frem.", "Med til mødet var {}."))
    blocks: list[Block] = [Para(there.format(joined(c.present, "{name}")))]
    away = (
        "Desværre var {} nødt til at melde fra.",
        "{} kunne ikke være med.",
        "{} var bortrejst.",
    )
    told = [chance.choice(away).format(one.name) for one in c.absent]
    return [*blocks, Para(" ".join(told))] if told else blocks


@SEEN.add("people", "absent")
def listed_under_no_label(c: Content, chance: Random) -> list[Block]:
    """One a line with the role beside the name, and who was away marked so."""
    mark = chance.choice((" – afbud", " (fraværende)", ", afbud"))
    return [Para(fill("{name}[, {role}]", one) + mark * one.absent) for one in c.people]


@SEEN.add("next", where="end")
def days_of_the_season(c: Content, chance: Random) -> list[Block]:
    """All days in one line, of which the first one to come counts, and the place for all."""
    assert c.next
    if c.next.month_only:
        return [Para(fill("Næste møde: {date:month}", c.next))]
    days = [c.next.date + timedelta(weeks=weeks) for weeks in (0, 6, 12)]
    told = [fill("{date:long}", date=day) for day in days]
    label = chance.choice(("Mødeplan", "Kommende møder", "Datoer for de kommende møder"))
    text = f"{label}: {told[0]}, {told[1]} og {told[2]}"
    return [Para(fill(text + " – alle dage[ kl. {start:dot}[-{end:dot}]][ i {place}]", c.next))]


@SEEN.add("next", where="end")
def place_in_a_sentence_of_its_own(c: Content, chance: Random) -> list[Block]:
    assert c.next
    if c.next.month_only or not c.next.place:
        return [Para(f"Vi mødes igen {coming(c, 'long')}.")]
    text = chance.choice(("Stedet bliver {place}.", "Mødet holdes på {place}."))
    told = fill("Vi mødes igen den {date:long}[ kl. {start:dot}[-{end:dot}]]. ", c.next)
    return [Para(told + fill(text, c.next))]
