"""Ways to tell of calls and of the next meeting, and what else stands in minutes."""

from datetime import date, timedelta
from random import Random

from tests.intake.reader.generator.blocks import Block, Para, Table, lines
from tests.intake.reader.generator.content import ENGLISH, Call, Content, fill
from tests.intake.reader.generator.seen import SEEN, coming

# Calls


@SEEN.add("calls", where="note")
def drew_attention(c: Content, chance: Random) -> list[Block]:
    text = chance.choice(
        (
            "{who} gjorde opmærksom på, at {title} har ansøgningsfrist den {deadline:long}"
            "[ kl. {time:dot}].[ Se {link}]",
            "{who} fortalte, at man kan søge {title} frem til {deadline:long}[ kl. {time:dot}]."
            "[ Læs mere på {link}]",
        )
    )
    return [Para(fill(text, one, who=chance.choice(c.present).first)) for one in c.calls]


def by_day(c: Content) -> list[Call]:
    return sorted(c.calls, key=lambda one: one.deadline)


@SEEN.add("calls", where="end")
def days_in_front(c: Content, chance: Random) -> list[Block]:
    """The year goes without saying: the day is the next that bears that date."""
    day = chance.choice(("short", "slash-only"))
    text = f"{{deadline:{day}}}[ kl. {{time:dot}}]: {{title}}[ ({{link}})]"
    return [
        Para(chance.choice(("Kommende ansøgningsfrister", "Fonde – frister")), "head"),
        *(Para(fill(text, one), "bullet") for one in by_day(c)),
    ]


@SEEN.add("calls", where="note")
def deadline_in_brackets(c: Content, chance: Random) -> list[Block]:
    text = "Vi overvejer at søge {title} (frist {deadline:slash-dash}[ kl. {time:hour}])."
    return [Para(fill(text + "[ Mere på {link}]", one)) for one in c.calls]


@SEEN.add("calls", where="note")
def sent_before(c: Content, chance: Random) -> list[Block]:
    word = chance.choice(("senest", "inden"))
    text = f"Ansøgninger til {{title}} skal være sendt {word} den {{deadline:long}}"
    text += "[ kl. {time:dot}].[ Skemaet ligger på {link}]"
    return [Para(fill(text, one)) for one in c.calls]


@SEEN.add("calls", where="note")
def closes(c: Content, chance: Random) -> list[Block]:
    text = "The call {title} closes on {deadline:english}[ at {time:colon} CET].[ See {link}]"
    return [Para(fill(text, one)) for one in c.calls]


@SEEN.add("calls", where="item")
def arrows_to_days(c: Content, chance: Random) -> list[Block]:
    text = "{title} → ansøgningsfrist {deadline:abbreviated}[ kl. {time:dot}][ → {link}]"
    return [Para(fill(text, one)) for one in c.calls]


@SEEN.add("calls", where="end")
def form_of_each(c: Content, chance: Random) -> list[Block]:
    cells = {
        "Pulje": "{title}",
        "Ramme": "{amount} kr.",
        "Ansøgningsfrist": "{deadline:long}[ kl. {time:dot}]",
        "Link": "{link}",
    }
    blocks: list[Block] = [Para("Puljer til inspiration", "head")]
    for one in c.calls:
        rows = [(name, fill(cell, one)) for name, cell in cells.items()]
        blocks += [Table(tuple(row for row in rows if row[1])), Para("")]
    return blocks


@SEEN.add("calls", where="item")
def told_in_two_sentences(c: Content, chance: Random) -> list[Block]:
    text = (
        "{title} støtter projekter med op til {amount} kr. "
        "Sidste frist for at søge er {deadline:weekday}[ kl. {time:dot}].[ {link}]"
    )
    return [Para(fill(text, one)) for one in c.calls]


@SEEN.add("calls", where="note")
def opens_and_closes(c: Content, chance: Random) -> list[Block]:
    """When it opens is no deadline."""
    text = "{title} åbner for ansøgninger den {opens:long} og lukker igen den {deadline:long}"
    text += "[ kl. {time:dot}].[ {link}]"
    return [
        Para(fill(text, one, opens=max(c.date, one.deadline - timedelta(days=30))))
        for one in c.calls
    ]


@SEEN.add("calls", where="note")
def in_one_sentence(c: Content, chance: Random) -> list[Block]:
    told = [fill("{title} den {deadline:long}[ kl. {time:dot}]", one) for one in by_day(c)]
    *some, last = told
    text = "Der er ansøgningsfrist til " + (", ".join(some) + " og " if some else "") + last + "."
    return [Para(text)]


@SEEN.add("calls", where="end")
def amounts_and_deadlines(c: Content, chance: Random) -> list[Block]:
    text = "{title} ({amount} kr., deadline {deadline:dots}[ kl. {time:colon}])[: {link}]"
    return [
        Para(chance.choice(("Hvor kan vi søge penge?", "Mulige fonde")), "head"),
        *(Para(fill(text, one), "bullet") for one in c.calls),
    ]


@SEEN.add("calls", where="note")
def looked_into(c: Content, chance: Random) -> list[Block]:
    """Somebody's task, and in the same sentence the call that it is about."""
    text = "{who} undersøger, om vi kan søge {title}, som har frist den {deadline:short}"
    text += "[ kl. {time:dot}].[ Se {link}]"
    return [Para(fill(text, one, who=chance.choice(c.present).first)) for one in c.calls]


@SEEN.add("calls", where="end")
def facts_of_each(c: Content, chance: Random) -> list[Block]:
    text = (
        "{title}\nHvem kan søge: foreninger og kommuner\n"
        "Hvornår: senest {deadline:long}[ kl. {time:dot}][\nHvor: {link}]"
    )
    return [
        Para("Puljer og fonde", "head"),
        *(block for one in c.calls for block in (*lines(fill(text, one)), Para(""))),
    ]


@SEEN.add("calls", where="end")
def dashes_between(c: Content, chance: Random) -> list[Block]:
    text = "{title} – op til {amount} kr. – frist {deadline:long}[ kl. {time:dot}][ – {link}]"
    return [Para("Støttemuligheder", "head"), *(Para(fill(text, one)) for one in c.calls)]


@SEEN.add("calls", where="end")
def funding_in_english(c: Content, chance: Random) -> list[Block]:
    text = "{title}: deadline {deadline:english}[, {time:colon} CET][ ({link})]"
    return [
        Para("Funding opportunities", "head"),
        *(Para(fill(text, one), "bullet") for one in c.calls),
    ]


@SEEN.add("calls", where="note")
def next_round(c: Content, chance: Random) -> list[Block]:
    text = chance.choice(
        (
            "Næste runde i {title} har frist den {deadline:long}[ kl. {time:dot}].",
            "Fonden har åbnet {title} igen. Der skal søges senest den {deadline:long}"
            "[ kl. {time:dot}].",
        )
    )
    return [Para(fill(text + "[ Se {link}]", one)) for one in c.calls]


# The next meeting


@SEEN.add("next", where="end")
def dates_to_come(c: Content, chance: Random) -> list[Block]:
    """Several meetings ahead, of which the first is the next."""
    assert c.next
    if c.next.month_only:
        return [Para(fill("Næste møde: {date:month}", c.next))]
    later = [c.next.date + timedelta(weeks=weeks) for weeks in (5, 11)]
    return [
        Para("Kommende møder", "head"),
        Para(coming(c, "Weekday"), "bullet"),
        *(Para(fill("{date:Weekday}", date=day), "bullet") for day in later),
    ]


@SEEN.add("next", where="note")
def moved(c: Content, chance: Random) -> list[Block]:
    """The day that was meant stands before the day it is."""
    assert c.next
    if c.next.month_only:
        return [Para(fill("Næste møde udsættes til {date:month}.", c.next))]
    planned = c.next.date - timedelta(days=chance.randrange(4, 10))
    text = f"Næste møde flyttes fra den {{planned:short}} til {coming(c, 'weekday')}."
    return [Para(fill(text, planned=planned))]


@SEEN.add("next", where="end")
def next_in_fields(c: Content, chance: Random) -> list[Block]:
    """The labels of the head once more, for the meeting to come."""
    assert c.next
    if c.next.month_only:
        return [Para("Næste møde", "head"), Para(fill("Dato: {date:month}", c.next))]
    text = "Dato: {date:weekday}[\nTid: kl. {start:dot}[-{end:dot}]][\nSted: {place}]"
    return [Para("Næste møde", "head"), *lines(fill(text, c.next))]


@SEEN.add("next", where="end")
def next_in_english(c: Content, chance: Random) -> list[Block]:
    assert c.next
    if c.next.month_only:
        return [Para(f"Next meeting: {ENGLISH[c.next.date.month - 1]} {c.next.date.year}")]
    text = "The next meeting will be held on {date:english}[ at {start:colon}[-{end:colon}]]"
    return [Para(fill(text + "[, {place}]", c.next) + ".")]


@SEEN.add("next", where="note")
def called_by(c: Content, chance: Random) -> list[Block]:
    who = chance.choice(c.present).first
    word = "i" if c.next and c.next.month_only else "den"
    return [Para(f"{who} indkalder til næste møde, som bliver {word} {coming(c, 'long')}.")]


@SEEN.add("next", where="end")
def next_time(c: Content, chance: Random) -> list[Block]:
    word = chance.choice(("Næste gang", "Nyt møde", "Kommende møde"))
    return [
        Para(f"{word}: {coming(c, chance.choice(('weekday', 'abbreviated', 'comma')), 'hour')}")
    ]


@SEEN.add("next", where="before")
def next_in_a_small_table(c: Content, chance: Random) -> list[Block]:
    return [Table((("Næste møde", coming(c, "weekday")),))]


# What else stands in minutes


@SEEN.add("extra", where="end")
def attachments(c: Content, chance: Random) -> list[Block]:
    return [
        Para("Bilag:"),
        Para(f"Bilag 1: Budget {c.date.year}.xlsx", "bullet"),
        Para("Bilag 2: Oplæg om sociale klausuler", "bullet"),
    ]


@SEEN.add("extra", where="end")
def table_of_tasks(c: Content, chance: Random) -> list[Block]:
    what = ("Booker lokale", "Skriver til kommunen", "Retter udkastet til")
    rows = [("Hvem", "Hvad", "Hvornår")]
    for one, task in zip(c.present, what, strict=False):
        rows.append((one.first, task, fill("{day:short}", day=later(c, chance))))
    return [Para("Aktionsliste", "head"), Table(tuple(rows))]


def later(c: Content, chance: Random) -> date:
    return c.date + timedelta(days=chance.randrange(5, 40))


@SEEN.add("extra", where="end")
def greeting(c: Content, chance: Random) -> list[Block]:
    number = chance.randrange(20, 90)
    text = "Med venlig hilsen\n{name}\n{title}\nTlf. " + f"{number} {number - 9} 14 {number + 6}"
    return lines(fill(text, chance.choice(c.present)))


@SEEN.add("extra", where="end")
def corrections(c: Content, chance: Random) -> list[Block]:
    text = "Rettelser til referatet sendes til {first} senest den {day:long}."
    return [Para(fill(text, chance.choice(c.present), day=later(c, chance)))]


@SEEN.add("extra", where="end")
def past_calls(c: Content, chance: Random) -> list[Block]:
    """What nobody can apply for any more is no call."""
    day = c.date - timedelta(days=chance.randrange(10, 60))
    return [
        Para(
            fill(
                "Siden sidst: Fristen for at søge Byfonden var den {day:long}. Vi nåede det.",
                day=day,
            )
        )
    ]


@SEEN.add("extra", where="end")
def items_of_the_next_meeting(c: Content, chance: Random) -> list[Block]:
    """What the next meeting is about is no agenda of this one."""
    return [
        Para("Punkter til næste møde:"),
        Para("Budgetopfølgning", "bullet"),
        Para("Valg af revisor", "bullet"),
    ]


@SEEN.add("extra", where="end")
def days_to_remember(c: Content, chance: Random) -> list[Block]:
    """Days on which something else takes place than a meeting."""
    days = sorted(later(c, chance) for _ in range(3))
    events = ("Arbejdsdag", "Sommerfest", "Kursus for frivillige")
    return [
        Para("Datoer at huske uden for møderne:"),
        *(
            Para(fill("{day:long}: {event}", day=day, event=event), "bullet")
            for day, event in zip(days, events, strict=True)
        ),
    ]


@SEEN.add("extra", where="end")
def contacts(c: Content, chance: Random) -> list[Block]:
    """Whom to call: people who were not there."""
    return [
        Para("Kontakt ved spørgsmål:"),
        *(
            Para(f"{name}, tlf. {chance.randrange(20, 90)} 41 {chance.randrange(20, 90)} 07")
            for name in c.outsiders
        ),
    ]


@SEEN.add("extra", where="end")
def elected(c: Content, chance: Random) -> list[Block]:
    """Who holds which office from now on, some of them not there."""
    return [
        Para("Konstituering:"),
        Para(f"Formand: {c.present[0].name}"),
        Para(f"Kasserer: {c.outsiders[0]}"),
        Para(f"Revisor: {c.outsiders[1]}"),
    ]


@SEEN.add("extra", where="end")
def tasks_since_last(c: Content, chance: Random) -> list[Block]:
    rows = [("Opgave fra sidst", "Hvem", "Status")]
    what = ("Indhente tilbud", "Bestille skilte", "Ringe til banken")
    for one, task in zip(c.present, what, strict=False):
        rows.append((task, one.first, chance.choice(("Udført", "I gang", "Udestår"))))
    return [Table(tuple(rows))]
