"""Until a round closes, what others vote makes no difference to anything that anybody can read.

Every address, page, sort order, sheet, feed and letter is read by every kind of visitor twice, and
between the two all others change their ballots. Not a letter may differ: not a figure, an order, a
header. After closing the same readers find the figures, so that the test is known to see them.
"""

import io
import json
import re
from collections.abc import Iterator
from difflib import unified_diff
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from barriers.models import BallotDraft, Barrier, PrioritisationRound
from barriers.rounds import prioritisation, reminding
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.sheets import XLSX
from taskforce.members.models import Kind
from tests.conftest import LogIn, Mailbox, put_away
from tests.factories import (
    make_barrier,
    make_member,
    make_organisation,
    make_round,
    make_secretary,
)
from tests.test_access import addresses  # noqa: F401  # a fixture: a row of each kind of thing

OTHERS, SIZE = 9, 3
FIGURE = re.compile(rf"\b{OTHERS * SIZE} point|;{OTHERS * SIZE};")
LISTS = """/barrierer/?sorter=prioritet /barrierer/?sorter=prioritet&side=2 /barrierer/?sorter=dato
/barrierer/?q=secretly /barrierer/?status=open /soeg/?q=secretly /soeg/?q=barrier"""
VARIES = re.compile(r'(csrfmiddlewaretoken" value|nonce|data-csrf)="[^"]+"')
HEADERS = ("ETag", "Last-Modified", "Content-Disposition", "Location")

Reading = dict[str, str]  # address → everything that was answered


class World:
    """An open round in which nine others vote, and one of every kind of visitor."""

    def __init__(self, log_in: LogIn) -> None:
        self.barriers = [make_barrier(f"secretly {number:02}") for number in range(9)]
        home = make_organisation("Home")
        self.voter, colleague, secretary = make_member(home), make_member(home), make_secretary()
        self.others = [
            make_member(make_organisation(kind=[*Kind][number % 3])) for number in range(OTHERS)
        ]
        self.round = make_round(*self.barriers, title="Secret", ballot_size=SIZE)
        record(Verb.OPENED, self.round, by=secretary.user)
        self.log_in, self.secretary = log_in, secretary
        self.people = {
            "stranger": None,
            "former member": make_member(to_date=timezone.localdate()),
            "member who does not vote": make_member(),
            "voter": self.voter,
            "voter's colleague": colleague,
            "secretary": secretary,
        }
        prioritisation.cast(voting_round=self.round, by=self.voter, choices=self.barriers[:2])

    def visitors(self) -> Iterator[tuple[str, Client]]:
        """Yield a fresh browser for each, in which no message waits from an earlier visit."""
        for who, member in self.people.items():
            yield who, self.log_in(member) if member else Client()

    def others_vote(self, *, first: int) -> None:
        """Let all others vote for the same barriers, from one of them on; and begin anew."""
        for member in self.others:
            chosen = self.barriers[first : first + SIZE]
            prioritisation.cast(voting_round=self.round, by=member, choices=chosen)
            version = BallotDraft.objects.get(voter__organisation=member.organisation_id).version
            prioritisation.save_draft(
                voting_round=self.round, by=member, choices=[chosen[0].pk], version=version
            )


@pytest.fixture
def world(addresses: dict[str, str], log_in: LogIn) -> World:  # noqa: F811
    return World(log_in)


def read(browser: Client, starts: list[str], *, on: bool) -> Reading:
    """Open every address, and `on` to every one that a page links to; return what each answers."""
    found: Reading = {}
    waiting = [*starts]
    while waiting:
        path = waiting.pop()
        if path in found or not _is_ours(path):
            continue
        answer: Any = browser.get(path)
        put_away(answer)
        text = VARIES.sub("", _text(answer))
        headers = "\n".join(answer.headers.get(name, "") for name in HEADERS)
        found[path] = f"{answer.status_code}\n{headers}\n{text}"
        kind = answer.headers.get("Content-Type", "")
        if on and answer.status_code == 200 and kind.startswith(("text/html", "application/xml")):
            waiting += [_without_host(link) for link in re.findall(r'href="([^"#]+)"', text)]
            waiting += [_without_host(link) for link in re.findall(r"<loc>([^<]+)</loc>", text)]
    return found


def _text(answer: Any) -> str:
    """Return what an answer says: of a workbook its cells, as the file has its time in it."""
    if answer.headers.get("Content-Type", "") != XLSX:
        return str(answer.getvalue().decode(errors="replace"))
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    return "\n".join(map(str, sheet.values))


def _without_host(link: str) -> str:
    parts = urlsplit(link.replace("&amp;", "&"))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _is_ours(path: str) -> bool:
    """English pages say the same; those of rounds are read all the same."""
    in_english = path.startswith("/en/") and "/prioritering/" not in path
    sorted_in_admin = path.startswith("/admin/") and "?" in path  # in every order and filter
    elsewhere = path.startswith(("/static/", "/konto/")) or not path.startswith("/")
    return not (in_english or sorted_in_admin or elsewhere)


def read_by_all(world: World, addresses: dict[str, str]) -> dict[str, Reading]:  # noqa: F811
    own = [world.round.get_absolute_url() + page for page in ("", "stem/", "resultat.csv", "luk/")]
    own += [f"/en{path}" for path in own]
    own += [barrier.get_absolute_url() for barrier in world.barriers]
    starts = [*addresses.values(), *own, *LISTS.split(), "/admin/", "/sundhed/"]
    return {
        who: read(browser, starts, on=who in ("stranger", "secretary"))
        for who, browser in world.visitors()
    }


def test_nothing_that_anybody_reads_hangs_on_what_others_vote(
    world: World,
    addresses: dict[str, str],  # noqa: F811
):
    with time_machine.travel(timezone.now(), tick=False):
        world.others_vote(first=2)
        before = read_by_all(world, addresses)
        world.others_vote(first=6)
        after = read_by_all(world, addresses)

    for who, reading in before.items():
        assert reading.keys() == after[who].keys(), who
        differing = [
            (path, *unified_diff(text.splitlines(), after[who][path].splitlines(), n=0))
            for path, text in reading.items()
            if after[who][path] != text
        ]
        assert differing == [], who
        assert not [path for path, text in reading.items() if FIGURE.search(text)], who
    assert {*addresses.values(), "/admin/members/organisation/"} <= before["secretary"].keys()


def test_the_same_readers_find_the_figures_after_closing(world: World):
    world.others_vote(first=2)
    prioritisation.close(voting_round=world.round)

    round_page = world.round.get_absolute_url()
    telling = [
        *(round_page, f"{round_page}resultat.csv"),
        *("/", "/barrierer/", world.barriers[2].get_absolute_url()),
    ]
    for who, browser in world.visitors():
        for path, text in read(browser, telling, on=False).items():
            assert FIGURE.search(text), (who, path)


def test_a_page_that_told_would_be_found_out(world: World, monkeypatch: Any):
    """Let the list of what can be chosen stand by points, as an unwary change might."""
    points = {"first": 2}

    def leak(self: Barrier) -> str:
        return f"{self.title} {points['first']}"

    monkeypatch.setattr(Barrier, "__str__", leak)
    page = world.round.get_absolute_url()
    before = read(Client(), [page], on=False)
    points["first"] = 6

    assert read(Client(), [page], on=False)[page] != before[page]


def test_no_letter_says_what_anybody_votes(log_in: LogIn, mailbox: Mailbox):
    world = World(log_in)
    world.others_vote(first=2)
    for other in world.others[:3]:
        colleague = make_member(other.organisation)
        prioritisation.cast(voting_round=world.round, by=colleague, choices=world.barriers[5:8])
    reminding.remind(voting_round=PrioritisationRound.objects.get(pk=world.round.pk))
    prioritisation.close(voting_round=world.round)

    letters = mailbox.letters
    assert len(letters) >= 7
    for letter in letters:
        text = f"{letter['Subject']}\n{letter.get_content()}"
        assert not any(barrier.title in text for barrier in world.barriers)
        assert "point" not in text


def test_my_data_hold_nothing_of_anothers_ballot(log_in: LogIn, world: World):
    world.others_vote(first=2)

    for member in (world.voter, world.secretary):
        data = log_in(member).get("/min-side/mine-data/").json()
        text = json.dumps(data)
        assert "secretly" not in text
        told = {row["voter__name"] for row in (*data["ballots_cast"], *data["ballots_begun"])}
        assert told <= {member.organisation.name}
