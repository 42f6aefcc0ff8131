"""Work of a size that nobody has seen yet: minutes of 200 items, a document with 500 things."""

from dataclasses import asdict
from typing import Any

from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
    MinutesEntry,
    Outcome,
)
from taskforce.intake.models import Intake
from taskforce.intake.reader.draft import (
    ActionPoint as Agreed,
)
from taskforce.intake.reader.draft import (
    AgendaItem as Item,
)
from taskforce.intake.reader.draft import (
    Barrier,
    Call,
    Found,
    MinutesDraft,
    Person,
    Section,
    SectionKind,
    Span,
    Statement,
)
from taskforce.intake.reader.draft import (
    Item as News,
)
from taskforce.intake.reader.reasons import Reason
from taskforce.members.models import Member, Organisation, User
from tests.factories import make_meeting, make_minutes
from tests.growing import many
from tests.intake.drafts import make_intake

WORDS = "Kommunen fortalte om sine udbud, og om hvad der skal til, for at de små kan være med. "


def make_organisations(count: int, people: int) -> list[Member]:
    """Make organisations of the usual length of a name, and people who belong to them."""
    names = [f"Københavns {number}. socialøkonomiske fællesskab" for number in range(count)]
    homes = many(Organisation, count, name=names, kind="social_enterprise")
    emails = [f"deltager{number}@example.org" for number in range(people)]
    told = [f"Anne-Marie Kristoffersen {number}" for number in range(people)]
    users = many(User, people, email=emails, name=told)
    organisations = [homes[number % count] for number in range(people)]
    return many(Member, people, user=users, organisation=organisations)


def make_long_minutes(items: int, number: int = 3) -> Minutes:
    """Make a draft with so many items, a passage and an action point under each."""
    members = make_organisations(25, 60)
    meeting = make_meeting(number)
    there = _sign_ups(meeting, members[:40])
    agenda = _agenda(meeting, items)
    minutes = make_minutes(meeting)
    speakers = [there[place % 40] for place in range(items)]
    told = {"agenda_item": agenda, "order": [*range(1, items + 1)], "speaker": speakers}
    text = f"<p>{WORDS * 3}</p>"
    entries = many(MinutesEntry, items, minutes=minutes, text=text, **told)
    many(Outcome, items // 2, minutes=minutes, agenda_item=agenda, kind="noted")
    owners = [members[place % 60] for place in range(items)]
    homes = [owner.organisation for owner in owners]
    agreed = {"what": f"{WORDS[:60]}", "owner": owners, "organisation": homes}
    many(ActionPoint, items, meeting=meeting, entry=entries, **agreed)
    return minutes


def make_doubtful_minutes(doubts: int, number: int = 3) -> Minutes:
    """Make a draft with so many doubts of each kind that has a form of its own."""
    members = make_organisations(25, 60)
    meeting = make_meeting(number)
    _sign_ups(meeting, members[:40])
    agenda = _agenda(meeting, doubts)
    minutes = make_minutes(meeting)
    many(ActionPoint, doubts, meeting=meeting, what=f"{WORDS[:60]}")
    table = AgendaItem.objects.create(
        meeting=meeting, title="Bordet rundt", order=doubts + 1, purpose="round_table"
    )
    order = [*range(1, doubts + 1)]
    said = {"minutes": minutes, "text": f"<p>{WORDS} bit.ly/abc</p>", "order": order}
    many(MinutesEntry, doubts, agenda_item=table, **said)
    assert len(agenda) == doubts
    return minutes


def _sign_ups(meeting: Meeting, members: list[Member]) -> list[Any]:
    rows = {
        "member": members,
        "organisation": [member.organisation for member in members],
        "organisation_name": [member.organisation.name for member in members],
        "name": [member.user.name for member in members],
    }
    return many(Attendance, len(members), meeting=meeting, status="present", **rows)


def _agenda(meeting: Meeting, count: int) -> list[Any]:
    titles = [f"{number + 1}. sag om sociale klausuler i udbud" for number in range(count)]
    return many(AgendaItem, count, meeting=meeting, title=titles, order=[*range(1, count + 1)])


# How many of each kind a document holds, and the text of one of them
THINGS = {
    "attendees": 60,
    "absent": 10,
    "agenda": 100,
    "barriers": 30,
    "statements": 60,
    "action_points": 60,
    "calls": 20,
    "news": 40,
    "materials": 20,
}
VALUES: dict[str, Any] = {
    "attendees": lambda n: Person(f"Anne-Marie Kristoffersen {n}", f"{n}. fællesskab"),
    "absent": lambda n: Person(f"Bo Lund {n}", f"{n}. fællesskab"),
    "agenda": lambda n: Item(f"{n}. sag om sociale klausuler i udbud"),
    "barriers": lambda n: Barrier(f"Barriere {n}: små virksomheder mangler kapital"),
    "statements": lambda n: Statement(f"{WORDS} {n}", n % 60, n % 30),
    "action_points": lambda n: Agreed(f"Sender eksempel {n} til alle", "Bo Lund"),
    "calls": lambda n: Call(f"Social Impact Call {n}", "2023-06-02", "17:00"),
    "news": lambda n: News(f"Rapport {n} om indkøb", f"https://example.org/{n}"),
    "materials": lambda n: News(f"Slides {n} fra mødet", f"https://example.org/slides/{n}"),
}


def make_large_document(passages: int = 100) -> Intake:
    """Make a document under review in which 400 things were found, and passages besides."""
    make_organisations(60, 60)
    text, found = "", {}
    for kind, count in THINGS.items():
        found[kind] = []
        for number in range(count):
            value = VALUES[kind](number)
            words = f"{next(iter(asdict(value).values()))}\n"
            place = Span(len(text), len(text) + len(words) - 1)
            found[kind].append(Found(value, place, 0.95, Reason.BY_LABEL))
            text += words
    sections = [Section(Span(0, len(text)), SectionKind.HEAD, body=Span(0, len(text)))]
    for number in range(passages):
        body = f"{WORDS * 3}\n"
        place = Span(len(text), len(text) + len(body))
        heading = f"{number}. fællesskab"
        told = {"agenda": number, "speaker": number % 60, "body": place}
        sections.append(Section(place, SectionKind.MINUTES, heading, **told))
        text += body
    day = Found("2023-03-14", Span(0, 3), 0.95, Reason.BY_LABEL)
    return make_intake(MinutesDraft(text, date=day, sections=sections, **found))
