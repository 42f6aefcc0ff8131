"""Sections that a role reads alike: nobody reads more, or older, than if nothing were kept."""

import re
from dataclasses import dataclass
from itertools import permutations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barriers.models import Act, Change
from initiatives.models import Case, CaseState
from meetings.models import (
    ActionPoint,
    Attendance,
    AttendanceStatus,
    Material,
    Meeting,
    Minutes,
    MinutesEntry,
)
from meetings.review import unpublishing
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member, NameVisibility
from tests.conftest import LogIn
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_case,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_round_table_news,
    make_secretary,
    make_support,
    make_user,
)

# Who may read the name of each who was there.
NAMES = {
    "Pia Public": NameVisibility.PUBLIC,
    "Mia Members": NameVisibility.MEMBERS,
    "Nils Nobody": NameVisibility.NOBODY,
}
READ = {
    "stranger": ["Pia Public"],
    "member": ["Pia Public", "Mia Members"],
    "secretary": ["Pia Public", "Mia Members", "Nils Nobody"],
}


@dataclass
class Readers:
    """Somebody of each role, with a browser."""

    member: Member
    secretary: Member
    browsers: dict[str, Client]

    def find(self, path: str, *words: str) -> dict[str, list[str]]:
        """Return which of the words each of them reads on a page."""
        texts = {who: browser.get(path).text for who, browser in self.browsers.items()}
        return {who: [word for word in words if word in text] for who, text in texts.items()}


@pytest.fixture
def readers(transactional_db: None, log_in: LogIn) -> Readers:
    member, secretary = make_member(), make_secretary()
    browsers = {"stranger": Client(), "member": log_in(member), "secretary": log_in(secretary)}
    return Readers(member, secretary, browsers)


@pytest.fixture
def meeting(transactional_db: None) -> Meeting:
    """Return a meeting whose passages were said by people who agreed to different readers."""
    found = make_meeting(9)
    minutes, item = make_minutes(found, published=True), make_agenda_item(found)
    for name, visibility in NAMES.items():
        home = f"Home of {name.split()[0]}"
        there = {"name": name, "name_visibility": visibility, "organisation_name": home}
        speaker = make_attendance(found, **there)
        make_entry(minutes, f"<p>{home} spoke.</p>", agenda_item=item, speaker=speaker)
    return found


def all_read(*words: str) -> dict[str, list[str]]:
    return {who: [*words] for who in READ}


def queries(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("order", [*permutations(READ)])
def test_whoever_reads_a_meeting_first_others_read_the_names_that_are_theirs(
    order: tuple[str, ...], meeting: Meeting, readers: Readers
):
    readers.browsers = {who: readers.browsers[who] for who in order}

    for _turn in range(2):
        assert readers.find("/moeder/9/", *NAMES) == READ


def test_a_name_is_gone_at_once_when_consent_is_withdrawn(meeting: Meeting, readers: Readers):
    assert readers.find("/moeder/9/", *NAMES) == READ

    Attendance.objects.exclude(name_visibility=NameVisibility.NOBODY).update(
        name_visibility=NameVisibility.NOBODY
    )

    for _turn in range(2):
        assert readers.find("/moeder/9/", *NAMES) == {
            "stranger": [],
            "member": [],
            "secretary": [*NAMES],
        }


def test_a_meeting_in_english_is_apart(meeting: Meeting, readers: Readers):
    for _turn in range(2):
        danish = readers.find("/moeder/9/", "3 deltagere", "3 participants")
        english = readers.find("/en/moeder/9/", "3 deltagere", "3 participants")
        assert danish == all_read("3 deltagere")
        assert english == all_read("3 participants")


def test_members_share_a_meeting(meeting: Meeting, log_in: LogIn):
    members = [log_in(make_member()), log_in(make_member())]
    first, second = (queries(browser, "/moeder/9/") for browser in members)

    assert second < first - 10


@pytest.mark.parametrize(
    "model", [MinutesEntry, ActionPoint, Material, Meeting], ids=lambda model: model.__name__
)
def test_what_is_changed_on_a_meeting_shows_at_once(
    model: type, meeting: Meeting, readers: Readers
):
    make_action_point(meeting, "Old")
    Material.objects.create(meeting=meeting, title="Old", link="https://old.example/")
    field = {MinutesEntry: "text", ActionPoint: "what"}.get(model, "title")
    model.objects.update(**{field: "Old words"})  # type: ignore[attr-defined]
    assert readers.find("/moeder/9/", "Old words", "New words") == all_read("Old words")

    model.objects.update(**{field: "New words"})  # type: ignore[attr-defined]

    for _turn in range(2):
        assert readers.find("/moeder/9/", "Old words", "New words") == all_read("New words")


def test_minutes_that_are_taken_back_are_gone_at_once(meeting: Meeting, readers: Readers):
    assert readers.find("/moeder/9/", "Home of Pia spoke") == all_read("Home of Pia spoke")

    minutes = Minutes.objects.get(meeting=meeting)
    unpublishing.take_back(minutes=minutes, reason="Too early", by=readers.secretary)

    for _turn in range(2):
        assert readers.find("/moeder/9/", "Home of Pia spoke") == {
            "stranger": [],
            "member": [],
            "secretary": ["Home of Pia spoke"],
        }


@pytest.mark.parametrize("who_was_there_is_first", [True, False])
def test_minutes_in_review_are_for_those_who_were_there(
    who_was_there_is_first: bool,  # a case
    meeting: Meeting,
    readers: Readers,
    log_in: LogIn,
):
    was_there = make_member()
    make_attendance(meeting, member=was_there, status=AttendanceStatus.PRESENT)
    Minutes.objects.update(
        state="in_review", published_at=None, review_ends_on=timezone.localdate()
    )
    there = {"was there": log_in(was_there)}
    there_first, others_first = there | readers.browsers, readers.browsers | there
    readers.browsers = there_first if who_was_there_is_first else others_first

    for _turn in range(2):
        assert readers.find("/moeder/9/", "Home of Pia spoke") == {
            "was there": ["Home of Pia spoke"],
            "stranger": [],
            "member": [],
            "secretary": ["Home of Pia spoke"],
        }


def test_news_for_the_round_table_are_for_members(meeting: Meeting, readers: Readers):
    assert readers.find("/moeder/9/", 'href="#bordet-rundt"') == all_read()

    make_round_table_news(meeting)

    for _turn in range(2):
        assert readers.find("/moeder/9/", 'href="#bordet-rundt"') == {
            "stranger": [],
            "member": ['href="#bordet-rundt"'],
            "secretary": ['href="#bordet-rundt"'],
        }


@pytest.mark.parametrize("path", ["/moeder/9/", "/barrierer/lots/"])
@pytest.mark.parametrize("author_is_first", [True, False])
def test_a_case_that_is_not_published_shows_to_its_organisation_alone(
    author_is_first: bool,  # a case
    path: str,
    meeting: Meeting,
    readers: Readers,
    log_in: LogIn,
):
    author = make_member()
    case = make_case(
        "Old draft",
        state=CaseState.DRAFT,
        written_by=author.organisation,
        entry=MinutesEntry.objects.first(),
    )
    case.barriers.add(make_barrier("Lots", slug="lots"))
    of_author = {"author": log_in(author)}
    readers.browsers = (
        of_author | readers.browsers if author_is_first else readers.browsers | of_author
    )

    for title in ("Old draft", "New draft"):  # of which no stamp tells
        Case.objects.update(title=title)
        for _turn in range(2):
            assert readers.find(path, "Old draft", "New draft") == {
                "author": [title],
                "stranger": [],
                "member": [],
                "secretary": [],
            }


@pytest.mark.parametrize("order", [*permutations(READ)])
def test_whoever_reads_a_barrier_first_others_read_the_names_that_are_theirs(
    order: tuple[str, ...], readers: Readers
):
    barrier = make_barrier("Lots", slug="lots")
    for name, visibility in NAMES.items():
        by = make_member(user=make_user(name=name), name_visibility=visibility)
        Change.objects.create(
            barrier=barrier, act=Act.RENAMED, by=by.user, organisation=by.organisation
        )
    readers.browsers = {who: readers.browsers[who] for who in order}

    for _turn in range(2):
        assert readers.find("/barrierer/lots/", *NAMES) == READ
    Member.objects.update(name_visibility=NameVisibility.NOBODY)
    for _turn in range(2):
        assert readers.find("/barrierer/lots/", *NAMES) == {
            "stranger": [],
            "member": [],
            "secretary": [*NAMES],
        }


def test_what_ones_organisation_supports_is_its_own(readers: Readers, log_in: LogIn):
    barrier = make_barrier("Lots", slug="lots")
    raised_it = {"raised it": log_in(make_member(organisation=barrier.raised_by))}
    readers.browsers |= raised_it
    button = "Den står også i vejen for os"

    for _turn in range(2):
        assert readers.find("/barrierer/lots/", button) == {
            "stranger": [],
            "member": [button],
            "secretary": [button],
            "raised it": [],
        }
    make_support(barrier, readers.member.organisation)
    assert readers.find("/barrierer/lots/", button, "2 organisationer") == {
        "stranger": ["2 organisationer"],
        "member": ["2 organisationer"],
        "secretary": [button, "2 organisationer"],
        "raised it": ["2 organisationer"],
    }


def test_results_are_counted_anew_when_something_changed(readers: Readers):
    raised = re.compile(r'<b>(\d+)</b>\s*<span>\s*<a href="/resultater/tal/barrierer-rejst/"')
    for number in range(1, 3):
        make_barrier()
        for _turn in range(2):
            pages = [browser.get("/resultater/").text for browser in readers.browsers.values()]
            assert [raised.findall(page) for page in pages] == [[str(number)]] * len(pages)


def test_what_happened_lately_is_as_new_as_the_page_and_hides_what_is_hidden(readers: Readers):
    now = timezone.now()
    barrier, hidden = make_barrier("Small lots"), make_barrier("Large lots", hidden_at=now)
    record(Verb.ADDED, barrier, by=None)
    record(Verb.ADDED, hidden, by=None)
    del readers.browsers["stranger"]  # has no page of their own
    words = ("Small lots", "Large lots")
    first = readers.find("/min-side/", *words)
    barrier.hidden_at = now
    barrier.save()

    then = readers.find("/min-side/", *words)

    assert first == {"member": ["Small lots"], "secretary": [*words]}
    assert then["member"] == []


def test_what_happened_lately_is_asked_for_once(readers: Readers):
    for title in ("Small lots", "Large lots"):
        record(Verb.ADDED, make_barrier(title), by=None)
    browser = readers.browsers["member"]

    first, again = (queries(browser, "/min-side/") for _turn in range(2))

    assert again < first
