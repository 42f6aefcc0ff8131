"""Who reads what: every page that a visitor can reach, searched for words that are not for all."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from barriers.models import BarrierState
from taskforce.open_data.catalogue import DATASETS
from tests.conftest import put_away
from tests.factories import make_barrier
from tests.walking import is_inside, read
from tests.world import World

# Each word is written somewhere in the world; these are who finds it.
FOR_ALL = {"open-passage", "open-barrier", "open-case", "open-picture", "open-consortium"}
FOR_ALL |= {"for-everybody", "talk-for-everybody"}
FOR_ALL |= {"open-newsletter"}
FOR_MEMBERS = {"for-members", "guest-for-members", "meeting-link", "note-for-members"}
FOR_MEMBERS |= {"talk-for-members", "answered-for-members"}
FOR_MEMBERS |= {"why-cancelled", "signed-up", "round-table-news", "draft-guest", "draft-material"}
IN_REVIEW = {"review-passage", "review-decision", "review-action", "review-proposed"}
OF_AUTHORS = {"submitted-case", "submitted-picture", "asked-case", "words-to-the-author"}
OF_ASKED = {"why-withdrawn"}
DRAFTS_OF_AUTHORS = {"draft-case", "draft-picture"}
TOLD_OF_A, TOLD_OF_B = {"of-a-name"}, {"of-b-name", "of-b-won", "777777"}
OF_A = {"of-a-plan", "of-a-stranger", "of-a-talk"}
OF_B = {"of-b-plan", "of-b-seeks", "of-b-asks", "of-b-role", "of-b-stranger", "of-b-brings"}
OF_B |= {"of-b-suggested", "of-b-answered"}
FOR_SECRETARIAT = {"draft-passage", "draft-statement", "draft-action", "draft-decision"}
FOR_SECRETARIAT |= {"draft-correction", "draft-document", "draft-barrier", "round-to-come"}
FOR_SECRETARIAT |= {"hidden-barrier", "hidden-statement", "merged-away", "asked-to-join"}
FOR_SECRETARIAT |= {"talk-hidden"}
FOR_SECRETARIAT |= {"name-taken-out", "old-text-hidden", "mailbox-of-home"}
FOR_SECRETARIAT |= {"newsletter-to-come", "draft-report"}
# Names of people who agreed to nothing
FOR_SECRETARIAT |= {"for-nobody", "guest-for-nobody", "speaker-for-nobody", "owner-for-nobody"}
FOR_SECRETARIAT |= {"responsible-for-nobody", "invited-for-nobody", "permission-by-nobody"}
# Who left stands on their own page, and in the secretariat's register of people.
FORMER = {"former-member"}

READS = {
    "stranger": FOR_ALL,
    "former member": FOR_ALL | FORMER,
    "member": FOR_ALL | FOR_MEMBERS,
    "colleague": FOR_ALL | FOR_MEMBERS | OF_AUTHORS | OF_ASKED | DRAFTS_OF_AUTHORS,
    "owner": FOR_ALL | FOR_MEMBERS.union(OF_AUTHORS, OF_ASKED, DRAFTS_OF_AUTHORS, IN_REVIEW),
    "member of A": FOR_ALL | FOR_MEMBERS | TOLD_OF_A | OF_A,
    "member of B": FOR_ALL | FOR_MEMBERS | TOLD_OF_B | OF_B,
    "secretary": FOR_ALL.union(
        *(
            FOR_MEMBERS,
            OF_AUTHORS,
            OF_ASKED,
            IN_REVIEW,
            TOLD_OF_A,
            TOLD_OF_B,
            FOR_SECRETARIAT,
            FORMER,
        )
    ),
}
WORDS = set().union(*READS.values())


def everything_read_by(world: World, who: str, prefix: str = "") -> str:
    """Return the text of every page that links, searches or the site map lead to."""
    rows = (world.drafted, world.reviewed.meeting, world.consortium_a, world.consortium_b)
    versions = f"{world.corrected.get_absolute_url()}referat/versioner/sammenlign/"
    starts = ["/", "/sitemap.xml", "/feed/", "/meetings.ics", "/opslag.ics", "/feed/kalender.ics"]
    starts += [row.get_absolute_url() for row in rows]
    if not prefix:  # one file for both languages, of which the pages lead to the rest
        starts += [f"/api/v1/{name}/" for name in DATASETS]
    starts += [f"{versions}?fra={old}&til={old + 1}" for old in (1, 2, 3)]
    starts += [f"/soeg/?q={word}" for word in sorted({word.partition("-")[0] for word in WORDS})]

    def same_language(path: str) -> bool:
        return is_inside(path) and path.startswith("/en/") == bool(prefix)

    found = read(world.browser(who), [prefix + start for start in starts], on=same_language)
    return "\n".join(found.values())


def words_in(text: str) -> set[str]:
    """Return the words that stand in a text; an amount also with points between its thousands."""
    return {word for word in WORDS if word in text or word in text.replace(".", "")}


@pytest.mark.parametrize(
    "who",
    [
        pytest.param(who, marks=[] if who in ("stranger", "member") else pytest.mark.slow)
        for who in READS
    ],
)
def test_everybody_reads_what_is_theirs_and_nothing_else(who: str, world: World):
    assert words_in(everything_read_by(world, who)) == READS[who]


def test_strangers_read_the_same_in_english(world: World):
    assert words_in(everything_read_by(world, "stranger", "/en")) == READS["stranger"]


def test_draft_file_is_served_to_members_only(world: World):
    client, as_member = world.browser("stranger"), world.browser("member")
    path = world.draft_material.get_absolute_url()

    assert client.get(path).status_code == 404
    answer = as_member.get(path)
    assert answer.getvalue() == b"draft-material"
    put_away(answer)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_meetings_tell_their_link_to_members_only(world: World):
    path = world.drafted.get_absolute_url()

    assert b"meeting-link" not in world.browser("stranger").get(path).content
    assert b"meeting-link" in world.browser("member").get(path).content


def test_merged_barrier_does_not_lead_strangers_to_a_hidden_one(db: None, client: Client):
    hidden = make_barrier("kept-from-all", hidden_at=timezone.now())
    merged = make_barrier("merged", state=BarrierState.MERGED, merged_into=hidden)

    answer = client.get(merged.get_absolute_url())

    assert "kept-from-all" not in answer.headers.get("Location", "")


@pytest.mark.parametrize(
    "path",
    [
        "/barrierer/hidden-barrier/",
        "/eksempler/draft-case/",
        "/eksempler/submitted-case/",
        "/prioritering/round-to-come/",
    ],
)
def test_page_that_is_not_public_is_as_good_as_not_there(world: World, client: Client, path: str):
    assert world.browser("owner" if "case" in path else "secretary").get(path).status_code == 200
    answer = client.get(path)

    assert answer.status_code == 404
    assert shown(answer, path) == shown(client.get("/moeder/99/"), "/moeder/99/")


def shown(page: Any, path: str) -> str:
    """Return a page without its own address and the mark in the menu that goes with it."""
    text: str = page.content.decode()
    return text.replace(path, "").replace(' aria-current="true"', "")
