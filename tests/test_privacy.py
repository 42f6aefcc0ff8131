"""What is not published or not agreed to stands on no page that a stranger can open."""

import io
import re
from datetime import timedelta
from typing import Any

import docx
import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from barriers.models import BarrierState
from calls.models import Openness, Partner, PartnerState, Suggestion
from initiatives.models import CasePartner, CaseState, StepKind
from meetings.models import (
    AttendanceStatus,
    Correction,
    Material,
    Meeting,
    MeetingState,
    MinutesEntry,
    OutcomeKind,
)
from meetings.review import publishing
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import NameVisibility
from tests.conftest import LogIn, put_away
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_call,
    make_case,
    make_consortium,
    make_entry,
    make_join_request,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_outcome,
    make_proposed_change,
    make_round,
    make_round_table_news,
    make_secretary,
    make_statement,
    make_user,
)
from tests.initiatives.cases.telling import give_picture
from tests.intake.drafts import make_intake, with_file
from tests.meetings.review.reviews import make_in_review

# Each is written somewhere that strangers must not see.
SECRETS = {
    "draft-passage",
    "draft-statement",
    "draft-action",
    "draft-decision",
    "note-for-members",
    "owner-for-nobody",
    "draft-material",
    "draft-guest",
    "draft-correction",
    "draft-document",
    "review-passage",
    "review-decision",
    "review-action",
    "review-proposed",
    "name-taken-out",
    "old-text-hidden",
    "round-table-news",
    "why-cancelled",
    "invited-for-nobody",
    "draft-barrier",
    "hidden-barrier",
    "hidden-statement",
    "draft-case",
    "submitted-case",
    "submitted-picture",
    "draft-picture",
    "words-to-the-author",
    "permission-by-nobody",
    "hidden-consortium",
    "hidden-partner",
    "suggested",
    "meeting-link",
    "signed-up",
    "asked-to-join",
    "round-to-come",
    "merged-away",
    "former-member",
    "for-nobody",
    "for-members",
    "guest-for-nobody",
    "guest-for-members",
    "speaker-for-nobody",
    "responsible-for-nobody",
}
# Words of the same rows that strangers may see: the walk below reaches them all.
PUBLIC = {
    "open-passage",
    "open-barrier",
    "open-case",
    "open-picture",
    "open-consortium",
    "for-everybody",
}


@pytest.fixture
def world(db: None, tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    shared = make_barrier("open-barrier")
    _make_published_meeting()
    _make_ahead()
    _make_draft(shared)
    _make_review(shared)
    _make_corrected()
    _make_hidden(shared)
    _make_people()


def _make_published_meeting() -> None:
    meeting = make_meeting(3, link="https://example.org/meeting-link")
    minutes = make_minutes(meeting, published=True)
    for visibility, name in (
        (NameVisibility.NOBODY, "guest-for-nobody"),
        (NameVisibility.MEMBERS, "guest-for-members"),
    ):
        make_attendance(meeting, name=name, name_visibility=visibility)
    speaker = make_attendance(meeting, name="speaker-for-nobody")
    responsible = make_attendance(meeting, name="responsible-for-nobody")
    make_agenda_item(meeting, responsible=responsible)
    make_entry(minutes, "<p>open-passage</p>", speaker=speaker)
    owner = make_member(user=make_user(name="owner-for-nobody"))
    day = timezone.localdate()
    make_action_point(meeting, owner=owner, done_by=owner, done_on=day, note="note-for-members")
    make_attendance(meeting, name="x", organisation_name="x", status=AttendanceStatus.COMING)


def _make_ahead() -> None:
    """A meeting that people are invited to, and one that is cancelled."""
    day = timezone.localdate() + timedelta(days=9)
    meeting = make_meeting(
        5, date=day, state=MeetingState.PLANNED, link="https://example.org/meeting-link"
    )
    make_attendance(meeting, name="invited-for-nobody", status=AttendanceStatus.INVITED)
    news = make_round_table_news(meeting, "<p>round-table-news</p>")
    record(Verb.ADDED, news, by=None)
    make_meeting(6, state=MeetingState.CANCELLED, cancelled_reason="why-cancelled")


def _make_draft(shared: Any) -> None:
    meeting = make_meeting(4, link="https://example.org/meeting-link", state=MeetingState.PLANNED)
    minutes = make_minutes(meeting)
    entry = make_entry(minutes, "<p>draft-passage</p>", heading="draft-passage")
    make_statement(shared, "draft-statement", entry=entry)
    make_action_point(meeting, "draft-action")
    decided = make_agenda_item(meeting, "Public item")
    make_outcome(decided, OutcomeKind.DECIDED, decision="draft-decision")
    raised = make_barrier("draft-barrier", description="draft-barrier", raised_at=meeting)
    make_statement(raised, "draft-statement", entry=entry)
    record(Verb.ADDED, raised, by=None)
    material = Material(meeting=meeting, title="draft-material")
    material.file.save("draft-material.txt", ContentFile(b"draft-material"))
    make_attendance(meeting, name="draft-guest", name_visibility=NameVisibility.PUBLIC)
    make_attendance(
        meeting, name="y", organisation_name="signed-up", status=AttendanceStatus.COMING
    )
    Correction.objects.create(minutes=minutes, corrected_on=meeting.date, text="draft-correction")
    document = with_file(make_intake(name="draft-document.txt", meeting=meeting))
    for row in (minutes, document):
        record(Verb.ADDED, row, by=None)


def _make_review(shared: Any) -> None:
    minutes = make_in_review(8, text="<p>review-passage</p>")
    entry = minutes.entries.get()
    make_statement(shared, "review-passage", entry=entry)
    make_action_point(minutes.meeting, "review-action")
    item = make_agenda_item(minutes.meeting, "Public item")
    make_outcome(item, OutcomeKind.DECIDED, decision="review-decision")
    change = make_proposed_change(entry, new_text="<p>review-proposed</p>", why="review-proposed")
    publishing.freeze(minutes, by=None)
    for row in (minutes, change):
        record(Verb.OPENED, row, by=None)


def _make_corrected() -> None:
    """Published minutes out of which corrections took names; every version keeps the old text."""
    minutes = make_minutes(make_meeting(9), published=True)
    make_attendance(minutes.meeting, name="name-taken-out")
    hidden = {"old_is_hidden": True}
    for old, fields in (("name-taken-out", {}), ("old-text-hidden", hidden)):
        entry = make_entry(minutes, f"<p>{old} said so.</p>")
        publishing.freeze(minutes, by=None)
        MinutesEntry.objects.filter(pk=entry.pk).update(text="<p>Somebody said so.</p>")
        version = publishing.freeze(minutes, by=None)
        Correction.objects.create(
            minutes=minutes,
            entry=entry,
            corrected_on=minutes.meeting.date,
            text="It was somebody.",
            old_text=entry.text,
            new_text="<p>Somebody said so.</p>",
            version=version.number,
            **fields,
        )
        record(Verb.CORRECTED, minutes, by=None)


def _make_hidden(shared: Any) -> None:
    hidden = make_barrier("hidden-barrier", description="hidden-barrier", hidden_at=timezone.now())
    make_statement(hidden, "hidden-statement")
    record(Verb.ADDED, hidden, by=None)
    make_barrier(
        "merged-away", state=BarrierState.MERGED, merged_into=hidden, hidden_at=timezone.now()
    )
    tomorrow = timezone.now() + timedelta(days=1)
    voting = make_round(
        shared, title="round-to-come", opens_at=tomorrow, closes_at=tomorrow + timedelta(days=1)
    )
    record(Verb.ADDED, voting, by=None)
    for title, state in (
        ("draft-case", CaseState.DRAFT),
        ("submitted-case", CaseState.SUBMITTED),
        ("open-case", CaseState.PUBLISHED),
    ):
        _make_case(title, state, shared)
    call = make_call()
    make_consortium(call, "open-consortium", openness=Openness.OPEN)
    closed = make_consortium(
        call, "hidden-consortium", description="hidden-consortium", openness=Openness.HIDDEN
    )
    partner = make_organisation("Partner", description="an organisation")
    Partner.objects.create(
        consortium=closed, organisation=partner, role="hidden-partner", state=PartnerState.CONFIRMED
    )
    Suggestion.objects.create(consortium=closed, organisation=partner, text="suggested")
    record(Verb.SUBMITTED, make_join_request(name="asked-to-join"), by=None)


def _make_case(title: str, state: CaseState, answers: Any) -> None:
    """A case with its picture; what author and secretariat say of it is theirs alone."""
    allowing = make_member(user=make_user(name="permission-by-nobody"))
    case = make_case(
        title, state=state, done=title, permission_by=allowing, permission_at=timezone.now()
    )
    give_picture(case, alt=title.replace("case", "picture"))
    case.barriers.set([answers])
    case.steps.create(kind=StepKind.ASKED, words="words-to-the-author", by=allowing)
    CasePartner.objects.create(case=case, organisation=case.written_by)
    record(Verb.ADDED, case, by=None)


def _make_people() -> None:
    organisation = make_organisation("People")
    for name, visibility in (
        ("for-nobody", NameVisibility.NOBODY),
        ("for-members", NameVisibility.MEMBERS),
        ("for-everybody", NameVisibility.PUBLIC),
    ):
        user = make_user(name=name)
        make_member(organisation, user=user, title=name, name_visibility=visibility)
    make_member(
        organisation,
        user=make_user(name="former-member"),
        name_visibility=NameVisibility.PUBLIC,
        to_date=timezone.localdate(),
    )


def everything_read_by(browser: Client) -> str:
    """Return the text of every page that links or the sitemap lead to, in both languages."""
    words = sorted(SECRETS | PUBLIC)
    found = [browser.get(f"{prefix}/soeg/?q={word}") for prefix in ("", "/en") for word in words]
    waiting = ["/", "/en/", "/sitemap.xml", "/feed/", "/meetings.ics", "/moeder/4/", "/moeder/8/"]
    versions = "/moeder/9/referat/versioner/sammenlign/"
    waiting += [f"{versions}?fra={old}&til={old + 1}" for old in (1, 2, 3)]
    seen: set[str] = set()
    texts = [_without_form(page) for page in found]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.startswith("/") or path.startswith("/admin"):
            continue
        seen.add(path)
        page = browser.get(path)
        texts.append(str(page.headers))
        if page.status_code != 200:
            continue
        text = _text(page.getvalue(), page.headers.get("Content-Type", ""))
        put_away(page)
        texts.append(text)
        waiting += _links(text)
    return "\n".join(texts)


def _text(content: bytes, kind: str) -> str:
    """Return what a page or a document says."""
    if kind == "application/pdf":
        document = pypdfium2.PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    if "wordprocessingml" in kind:
        return "\n".join(found.text for found in docx.Document(io.BytesIO(content)).paragraphs)
    return content.decode(errors="replace")


def _without_form(page: Any) -> str:
    """Return a result page without the words that were searched for, which it repeats."""
    text: str = page.content.decode()
    return text.partition("<ol")[2]


def _links(text: str) -> list[str]:
    hrefs = re.findall(r'href="([^"]+)"', text)
    places = re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", text)
    return [
        link.partition("#")[0]
        for link in hrefs + places
        if "/konto/" not in link and not link.startswith("/static/")
    ]


@pytest.mark.usefixtures("world")
def test_strangers_read_no_secret():
    text = everything_read_by(Client())

    assert {word for word in PUBLIC if word in text} == PUBLIC
    assert {word for word in SECRETS if word in text} == set()


@pytest.mark.usefixtures("world")
def test_the_walk_would_find_them(log_in: LogIn):
    member = everything_read_by(log_in(make_member()))
    secretary = everything_read_by(log_in(make_secretary()))

    assert {"for-members", "guest-for-members", "signed-up", "draft-material"} <= _in(member)
    assert not {"for-nobody", "draft-passage", "draft-case", "hidden-barrier"} & _in(member)
    assert {"round-table-news", "why-cancelled", "meeting-link"} <= _in(member)
    assert "invited-for-nobody" not in member
    assert "invited-for-nobody" in secretary
    assert "draft-document" not in member
    assert {"draft-passage", "draft-statement", "draft-document"} <= _in(secretary)
    assert {"draft-decision", "owner-for-nobody"} <= _in(secretary)
    assert "note-for-members" in _in(member)
    assert "owner-for-nobody" not in member
    assert not {"draft-document", "draft-barrier"} & _in(member)
    assert {"draft-passage", "draft-statement", "draft-document"} <= _in(secretary)
    assert "draft-barrier" in secretary
    reviewed = {"review-passage", "review-decision", "review-action", "review-proposed"}
    taken_out = {"name-taken-out", "old-text-hidden"}
    assert reviewed | taken_out <= _in(secretary)
    assert not (reviewed | taken_out) & _in(member)
    assert {"submitted-case", "submitted-picture", "words-to-the-author"} <= _in(secretary)
    assert "permission-by-nobody" in secretary
    assert not {"words-to-the-author", "permission-by-nobody", "submitted-picture"} & _in(member)
    assert {"hidden-barrier", "hidden-statement", "for-nobody"} <= _in(secretary)
    assert not {"hidden-partner", "suggested", "draft-case"} & _in(secretary)


def _in(text: str) -> set[str]:
    return {word for word in SECRETS if word in text}


@pytest.mark.usefixtures("world")
def test_draft_file_is_served_to_members_only(client: Client, as_member: Client):
    path = Material.objects.get(title="draft-material").get_absolute_url()

    assert client.get(path).status_code == 404
    answer = as_member.get(path)
    assert answer.getvalue() == b"draft-material"
    put_away(answer)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("world")
def test_meetings_tell_their_link_to_members_only(client: Client, as_member: Client):
    path = Meeting.objects.get(number=4).get_absolute_url()

    assert b"meeting-link" not in client.get(path).content
    assert b"meeting-link" in as_member.get(path).content


def test_merged_barrier_does_not_lead_strangers_to_a_hidden_one(db: None, client: Client):
    hidden = make_barrier("hidden-barrier", hidden_at=timezone.now())
    merged = make_barrier("merged", state=BarrierState.MERGED, merged_into=hidden)

    answer = client.get(merged.get_absolute_url())

    assert "hidden-barrier" not in answer.headers.get("Location", "")


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    "path",
    [
        "/barrierer/hidden-barrier/",
        "/eksempler/draft-case/",
        "/eksempler/submitted-case/",
        "/prioritering/round-to-come/",
    ],
)
def test_page_that_is_not_public_is_as_good_as_not_there(client: Client, path: str):
    answer = client.get(path)

    assert answer.status_code == 404
    assert shown(answer, path) == shown(client.get("/moeder/99/"), "/moeder/99/")


def shown(page: Any, path: str) -> str:
    """Return a page without its own address and the mark in the menu that goes with it."""
    text: str = page.content.decode()
    return text.replace(path, "").replace(' aria-current="true"', "")
