"""Calls in any sentence, table or list; and deadlines that are no calls at all."""

from datetime import timedelta
from random import Random

from tests.intake.reader.generator.blocks import Block, Para, Table
from tests.intake.reader.generator.content import Content, fill, listed
from tests.intake.reader.generator.seen import SEEN

DAY_LAST = listed("""
    {title} har åbnet en ny runde, og fristen ligger den {deadline:long}[ kl. {time:dot}].
    Foreningen vil søge {title} inden fristen den {deadline:long}[ kl. {time:dot}].
    Ansøgningsfristen for {title} er rykket til den {deadline:long}[ kl. {time:dot}].
    {who} har set {title} slået op, hvor man skal søge senest {deadline:long}[ kl. {time:dot}].
    Der kan hentes {amount} kr. i {title}, hvis vi søger senest {deadline:long}[ kl. {time:dot}].
    Vi har til og med den {deadline:long}[ kl. {time:dot}] til at søge {title}.
    Der sendes en ansøgning til {title}. Fristen er den {deadline:long}[ kl. {time:dot}].
    Frist for ansøgninger til {title}: {deadline:weekday}[ kl. {time:dot}].
""")
DAY_FIRST = listed("""
    Den {deadline:long}[ kl. {time:dot}] lukker {title} for ansøgninger.
    Senest den {deadline:long}[ kl. {time:dot}] skal en ansøgning til {title} være indsendt.
    {deadline:long}[ kl. {time:dot}] er sidste chance for at søge {title}.
    Inden den {deadline:long}[ kl. {time:dot}] kan vi søge {title}.
""")
QUOTES = ("”{}”", "»{}«", '"{}"', "“{}”", "'{}'")


def told(c: Content, chance: Random, ways: list[str]) -> list[Block]:
    """Return a sentence of its own for each call."""
    link = chance.choice(("[ Se {link}.]", "[ Mere: {link}]", "[ ({link})]"))
    return [
        Para(fill(chance.choice(ways) + link, one, who=chance.choice(c.present).first))
        for one in c.calls
    ]


@SEEN.add("calls", where="note")
def in_any_sentence(c: Content, chance: Random) -> list[Block]:
    return told(c, chance, DAY_LAST)


@SEEN.add("calls", where="item")
def in_any_sentence_of_an_item(c: Content, chance: Random) -> list[Block]:
    return told(c, chance, DAY_LAST)


@SEEN.add("calls", where="note")
def day_before_the_call(c: Content, chance: Random) -> list[Block]:
    return told(c, chance, DAY_FIRST)


@SEEN.add("calls", where="note")
def in_any_quotes(c: Content, chance: Random) -> list[Block]:
    return told(
        c,
        chance,
        [way.replace("{title}", quote.format("{title}")) for way in DAY_LAST for quote in QUOTES],
    )


@SEEN.add("calls", where="note")
def relevant_for_us(c: Content, chance: Random) -> list[Block]:
    """All calls in one sentence, each with its deadline in brackets."""
    *some, last = [
        fill("{title} (frist {deadline:slash-dash}[ kl. {time:hour}])", one) for one in c.calls
    ]
    start = ", ".join(some) + " og " if some else ""
    return [Para(f"{start}{last} er relevant for os, og bestyrelsen kigger nærmere på det.")]


@SEEN.add("calls", where="end")
def wide_table_of_calls(c: Content, chance: Random) -> list[Block]:
    rows = [("Fond", "Støtter", "Beløb", "Frist", "Hvem skriver")]
    for one in c.calls:
        deadline = fill("{deadline:slash-dash}[ kl. {time:dot}]", one)
        amount = f"op til {one.amount} kr."
        rows.append((one.title, "Udstyr og løn", amount, deadline, chance.choice(c.present).first))
    return [Para("Fundraising", "head"), Table(tuple(rows))]


@SEEN.add("calls", where="end")
def bullets_under_each(c: Content, chance: Random) -> list[Block]:
    return [
        Para("Aktuelle muligheder for støtte", "head"),
        *(
            block
            for one in c.calls
            for block in (
                Para(one.title),
                Para(f"Beløb: op til {one.amount} kr.", "bullet"),
                Para(fill("Frist: {deadline:long}[ kl. {time:dot}]", one), "bullet"),
                *([Para(f"Læs mere: {one.link}", "bullet")] if one.link else []),
            )
        ),
    ]


@SEEN.add("calls", where="note")
def in_one_bullet_of_several(c: Content, chance: Random) -> list[Block]:
    """Bullets of tasks, and among them the calls."""
    who = chance.choice(c.present).first
    return [
        Para(f"{who} bestiller kaffe.", "bullet"),
        *(
            Para(
                fill("Søge {title}, frist {deadline:long}[ kl. {time:dot}][ – se {link}]", one),
                "bullet",
            )
            for one in c.calls
        ),
        Para("Skrive til kommunen om lokalet.", "bullet"),
    ]


@SEEN.add("extra", where="end")
def deadlines_of_other_things(c: Content, chance: Random) -> list[Block]:
    """What has a deadline, but cannot be applied for."""
    day = c.date + timedelta(days=chance.randrange(10, 60))
    text = chance.choice(
        (
            "Årsrapporten skal være Erhvervsstyrelsen i hænde senest den {day:long}.",
            "Høringssvar sendes til kommunen inden den {day:long} kl. 12.00.",
            "Momsregnskabet har frist den {day:long}.",
            "Projektets slutrapport afleveres til fonden senest den {day:long}.",
        )
    )
    return [Para(fill(text, day=day))]
