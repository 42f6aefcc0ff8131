"""No hit, suggestion, correction or count tells of what somebody may not read: kind by kind."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import CaseState
from meetings.models import Material, MaterialPage, MeetingState, Outcome, OutcomeKind
from taskforce.core import finding
from taskforce.following.models import Newsletter
from taskforce.front.search import words
from taskforce.members.models import NameVisibility
from taskforce.results.models import Report
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_answer,
    make_attendance,
    make_barrier,
    make_call,
    make_case,
    make_consortium,
    make_contribution,
    make_entry,
    make_figure,
    make_goal,
    make_meeting,
    make_member,
    make_minutes,
    make_news,
    make_organisation,
    make_proposal,
    make_question,
    make_round,
    make_statement,
    make_user,
)

WORD, MISSPELT = "xylofon", "xylofom"
TEXT = "Xylofon"


def decision() -> Any:
    minutes = make_minutes(make_meeting(3))
    item = make_agenda_item(minutes.meeting, "Klang")
    return Outcome.objects.create(
        minutes=minutes, agenda_item=item, kind=OutcomeKind.DECIDED, decision=TEXT
    )


def material(title: str, text: str = "") -> Any:
    minutes = make_minutes(make_meeting(3))
    file = "material/2026/bilag.pdf"
    made = Material.objects.create(meeting=minutes.meeting, title=title, file=file, read_file=file)
    return MaterialPage.objects.create(material=made, number=1, text=text)


def person(visibility: str) -> Any:
    return make_member(user=make_user(name=f"{TEXT} Klang"), name_visibility=visibility)


def participant(visibility: str) -> Any:
    minutes = make_minutes(make_meeting(3), published=True)
    return make_attendance(minutes.meeting, name=f"{TEXT} Klang", name_visibility=visibility)


def newsletter() -> Any:
    return Newsletter.objects.create(begins_at=timezone.now(), introduction=f"<p>{TEXT}</p>")


def planned() -> Any:
    day = timezone.localdate() + timedelta(days=20)
    return make_meeting(9, state=MeetingState.PLANNED, date=day)


def withdrawn() -> dict[str, Any]:
    return {"state": "withdrawn", "reason": "x", "ended_at": timezone.now()}


def gone() -> dict[str, Any]:
    return {"hidden_at": timezone.now()}


def tomorrow() -> Any:
    return timezone.now() + timedelta(days=1)


# What is made of each kind, and whether a stranger, a member and the secretariat find it.
SECRETS: dict[str, tuple[str, Callable[[], Any], tuple[bool, bool, bool]]] = {
    "hidden barrier": ("barriere", lambda: make_barrier(TEXT, **gone()), (False, False, True)),
    "statement of a hidden barrier": (
        "udsagn",
        lambda: make_statement(make_barrier(**gone()), text=TEXT),
        (False, False, True),
    ),
    "draft minutes": (
        "referat",
        lambda: make_entry(make_minutes(), f"<p>{TEXT}</p>"),
        (False, False, True),
    ),
    "decision of draft minutes": ("beslutning", decision, (False, False, True)),
    "action point of draft minutes": (
        "aftale",
        lambda: make_action_point(make_minutes().meeting, what=TEXT),
        (False, False, True),
    ),
    "material before publication": ("materiale", lambda: material(TEXT), (False, True, True)),
    "file before publication": ("fil", lambda: material("x", TEXT), (False, True, True)),
    "person for nobody": ("person", lambda: person(NameVisibility.NOBODY), (False, False, True)),
    "person for members": ("person", lambda: person(NameVisibility.MEMBERS), (False, True, True)),
    "participant for nobody": (
        "deltager",
        lambda: participant(NameVisibility.NOBODY),
        (False, False, True),
    ),
    "draft example": (
        "eksempel",
        lambda: make_case(TEXT, state=CaseState.DRAFT),
        (False, False, False),
    ),
    "example sent in": (
        "eksempel",
        lambda: make_case(TEXT, state=CaseState.SUBMITTED),
        (False, False, True),
    ),
    "hidden consortium": (
        "konsortium",
        lambda: make_consortium(make_call(), TEXT, lead=make_organisation()),
        (False, False, False),
    ),
    "talk of members": (
        "bidrag",
        lambda: make_contribution(make_barrier(), text=TEXT),
        (False, True, True),
    ),
    "question": ("spoergsmaal", lambda: make_question(text=TEXT), (False, True, True)),
    "question that was withdrawn": (
        "spoergsmaal",
        lambda: make_question(text=TEXT, **withdrawn()),
        (False, False, True),
    ),
    "question about a hidden barrier": (
        "spoergsmaal",
        lambda: make_question(text=TEXT, about=make_barrier(**gone())),
        (False, False, True),
    ),
    "answer": (
        "svar",
        lambda: make_answer(make_question(), make_member(), TEXT),
        (False, True, True),
    ),
    "proposal": ("forslag", lambda: make_proposal(planned(), TEXT), (False, True, True)),
    "draft news": (
        "nyhed",
        lambda: make_news(TEXT, published_at=None),
        (False, False, True),
    ),
    "next newsletter": ("nyhedsbrev", newsletter, (False, False, False)),
    "draft round": (
        "prioritering",
        lambda: make_round(
            title=TEXT, opens_at=tomorrow(), closes_at=tomorrow() + timedelta(days=1)
        ),
        (False, False, True),
    ),
    "figure that waits": (
        "tal",
        lambda: make_figure(TEXT, published_at=None),
        (False, False, False),
    ),
    "goal that waits": ("maal", lambda: make_goal(TEXT, published_at=None), (False, False, False)),
    "report that waits": (
        "rapport",
        lambda: Report.objects.create(year=2024, introduction=f"<p>{TEXT}</p>"),
        (False, False, False),
    ),
    "line that nobody confirmed": (
        "organisation",
        lambda: make_organisation("Klang", line=TEXT, unanswered=3),
        (False, False, False),
    ),
}
# Kinds of which everybody reads everything.
OPEN = {"indsats", "fremdrift", "moede", "dagsorden", "opslag", "side"}


def main_of(browser: Client, **asked: str) -> str:
    page = browser.get("/soeg/", asked).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r'value="[\w-]{16,}"', "", main)  # what guards a form is drawn anew each time


def told(browser: Client, words: str) -> set[str]:
    return {hit.kind.key for hit in browser.get("/soeg/", {"q": words}).context.get("hits", [])}


@pytest.mark.parametrize("secret", SECRETS)
def test_who_finds_it(client, as_member: Client, as_secretary: Client, secret: str):
    kind, make, finds = SECRETS[secret]
    before = [main_of(who, q=WORD) for who in (client, as_member, as_secretary)]
    make()
    words.gather()

    for who, then, may in zip((client, as_member, as_secretary), before, finds, strict=True):
        assert (kind in told(who, WORD)) == may
        if not may:
            assert main_of(who, q=WORD) == then


@pytest.mark.parametrize("secret", SECRETS)
def test_no_suggestion_and_no_correction_tell_of_it(client, db, secret: str):
    _kind, make, _finds = SECRETS[secret]
    make()
    words.gather()

    suggested = client.get("/soeg/forslag/", {"q": WORD[:4]}).json()["found"]
    corrected = main_of(client, q=MISSPELT)

    assert suggested == []
    assert WORD not in corrected.lower()


def test_every_kind_with_secrets_is_tried():
    tried = {kind for kind, _make, _finds in SECRETS.values()}

    assert tried | OPEN == {kind.key for kind in finding.kinds()}
    assert not tried & OPEN


def test_counts_leave_out_what_is_hidden(client, db):
    make_barrier(f"{TEXT} et", raised_on=date(2022, 1, 1))
    before = main_of(client, q=WORD)
    make_barrier(f"{TEXT} to", raised_on=date(2024, 1, 1), **gone())
    make_case(f"{TEXT} tre", state=CaseState.SUBMITTED)

    assert main_of(client, q=WORD) == before
