"""Until a round closes, what others vote makes no difference to anything that anybody can read.

Every address, sort order, sheet, feed and letter is read by every kind of visitor twice, and
between the two all others change their ballots. Not a letter may differ: not a figure, an order, a
header. After closing the same readers find the figures, so that the test is known to see them.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from difflib import unified_diff
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core import mail
from django.urls import resolve
from django.utils import timezone

from barriers.models import BallotDraft, Barrier, PrioritisationRound
from barriers.rounds import prioritisation, reminding
from taskforce.following.models import Visit
from tests.factories import make_member
from tests.test_access import addresses_in
from tests.walking import Reading, read
from tests.world import World

SIZE = 3  # of a ballot
FIGURE = re.compile(r"\b27 point|;27;")  # of the barrier that nine others put first
LISTS = """/barrierer/?sorter=prioritet /barrierer/?sorter=prioritet&side=2 /barrierer/?sorter=dato
/barrierer/?q=secretly /barrierer/?status=open /soeg/?q=secretly /soeg/?q=barrier /sundhed/"""
SERVER = "/sekretariat/server/"  # tells how large the database is by now
VISITORS = ("stranger", "former member", "member", "owner", "colleague", "secretary")
# `make test` asks those who read least, most, and may vote; `make test-all` everybody.
ASKED = [
    pytest.param(
        who, marks=[pytest.mark.slow] if who in ("former member", "member", "colleague") else []
    )
    for who in VISITORS
]


def let_others_vote(world: World, *, first: int) -> None:
    """Let all others vote for the same barriers, from one of them on; and begin anew."""
    for member in world.others:
        chosen = world.choices[first : first + SIZE]
        prioritisation.cast(voting_round=world.open, by=member, choices=chosen)
        begun = BallotDraft.objects.get(
            voter__round=world.open, voter__organisation=member.organisation_id
        )
        prioritisation.save_draft(
            voting_round=world.open, by=member, choices=[chosen[0].pk], version=begun.version
        )


def starts(world: World) -> list[str]:
    own = [world.open.get_absolute_url() + page for page in ("", "stem/", "resultat.csv", "luk/")]
    own += [f"/en{path}" for path in own]
    own += [barrier.get_absolute_url() for barrier in world.choices]
    pages = [path for path in addresses_in(world).values() if path != SERVER]
    return [*pages, *own, *LISTS.split()]


def few_of_each_address() -> Callable[[str], bool]:
    """Return what says whether to go on to a page: to two of each address, in every order."""
    followed = defaultdict[tuple[str, ...], set[str]](set)

    def on(path: str) -> bool:
        parts = urlsplit(path)
        # English pages say the same; those of rounds are read all the same.
        in_english = path.startswith("/en/") and "/prioritering/" not in path
        if in_english or path.startswith(("/static/", "/konto/", SERVER)):
            return False
        asked = parse_qs(parts.query)
        route = resolve(parts.path.removeprefix("/en")).route
        kind = (path[:4], route, *sorted(asked), *asked.get("sorter", []))
        followed[kind] |= {path} if len(followed[kind]) < 2 else set()
        return path in followed[kind]

    return on


def read_by(world: World, who: str) -> Reading:
    on = few_of_each_address() if who in ("stranger", "secretary") else None
    return read(world.browser(who), starts(world), on=on)


@pytest.mark.parametrize("who", ASKED)
def test_nothing_that_anybody_reads_hangs_on_what_others_vote(who: str, world: World):
    with time_machine.travel(timezone.now(), tick=False):
        world.browser("secretary").get("/sekretariat/")  # counts what waits, for every page's menu
        let_others_vote(world, first=2)
        before = read_by(world, who)
        Visit.objects.all().delete()  # of this reading; own data tell of visits
        let_others_vote(world, first=6)
        after = read_by(world, who)

    assert before.keys() == after.keys()
    differing = [
        (path, *unified_diff(text.splitlines(), after[path].splitlines(), n=0))
        for path, text in before.items()
        if after[path] != text
    ]
    assert differing == []
    assert not [path for path, text in before.items() if FIGURE.search(text)]
    assert {*addresses_in(world).values()} - {SERVER} <= before.keys()
    assert before["/sekretariat/"].startswith("200") == (who == "secretary")


def test_the_same_readers_find_the_figures_after_closing(world: World):
    let_others_vote(world, first=2)
    prioritisation.close(voting_round=world.open)

    round_page = world.open.get_absolute_url()
    telling = [
        *(round_page, f"{round_page}resultat.csv"),
        *("/", "/barrierer/", world.choices[2].get_absolute_url()),
    ]
    for who in VISITORS:
        for path, text in read(world.browser(who), telling).items():
            assert FIGURE.search(text), (who, path)


def test_a_page_that_told_would_be_found_out(world: World, monkeypatch: Any):
    """Let the list of what can be chosen stand by points, as an unwary change might."""
    points = {"first": 2}

    def leak(self: Barrier) -> str:
        return f"{self.title} {points['first']}"

    monkeypatch.setattr(Barrier, "__str__", leak)
    page = world.open.get_absolute_url()
    before = read(world.browser("stranger"), [page])
    points["first"] = 6

    assert read(world.browser("stranger"), [page])[page] != before[page]


def test_no_letter_says_what_anybody_votes(world: World, settings: Any):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    let_others_vote(world, first=2)
    for other in world.others[:3]:
        colleague = make_member(other.organisation)
        prioritisation.cast(voting_round=world.open, by=colleague, choices=world.choices[5:8])
    reminding.remind(voting_round=PrioritisationRound.objects.get(pk=world.open.pk))
    prioritisation.close(voting_round=world.open)

    assert len(mail.outbox) >= 7
    for letter in mail.outbox:
        text = f"{letter.subject}\n{letter.body}"
        assert not any(barrier.title in text for barrier in world.choices)
        assert "point" not in text


def test_my_data_hold_nothing_of_anothers_ballot(world: World):
    let_others_vote(world, first=2)

    for who in ("owner", "secretary"):
        member = world.visitors[who]
        assert member is not None
        data = world.browser(who).get("/min-side/mine-data/").json()
        text = json.dumps(data)
        assert "secretly" not in text
        told = {row["voter__name"] for row in (*data["ballots_cast"], *data["ballots_begun"])}
        assert told <= {member.organisation.name}
