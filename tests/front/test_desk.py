"""The secretariat's desk and a member's page: what waits, and what does not."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from barriers.models import Voter
from barriers.rounds import prioritisation
from initiatives.models import CaseState
from meetings.models import AttendanceStatus, MeetingState
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from tests.conftest import LogIn
from tests.factories import (
    make_action_point,
    make_attendance,
    make_barrier,
    make_call,
    make_case,
    make_join_request,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_round,
)
from tests.meetings.review.reviews import let_everything_stand


def test_empty_desk_says_that_nothing_waits(as_secretary: Client):
    text = as_secretary.get("/en/sekretariat/").content.decode()

    assert text.count("None wait.") == 4
    assert "None ahead." in text


def test_oldest_request_comes_first_and_answered_ones_are_gone(as_secretary: Client):
    first, second, declined = (make_join_request() for _ in range(3))
    as_secretary.post(f"/sekretariat/anmodninger/{declined.pk}/afvis/", {"reason": "Nej"})

    assert list(as_secretary.get("/sekretariat/").context["requests"]) == [first, second]


def test_deadlines_stand_the_next_first_and_past_ones_do_not(as_secretary: Client):
    today = timezone.localdate()
    for title, days in (("Later", 20), ("Soon", 2), ("Past", -2)):
        make_call(title, day=today + timedelta(days=days))

    rows = as_secretary.get("/sekretariat/").context["calls"]

    assert [row["title"] for row in rows] == ["Soon", "Later"]


def test_published_minutes_leave_the_desk(as_secretary: Client):
    draft = make_minutes(make_meeting(4))
    assert list(as_secretary.get("/sekretariat/").context["drafts"]) == [draft]

    let_everything_stand(draft)
    as_secretary.post("/moeder/4/referat/offentliggoer/")

    assert list(as_secretary.get("/sekretariat/").context["drafts"]) == []


def test_desk_tells_what_happened_also_where_others_do_not_read(
    as_secretary: Client, as_member: Client
):
    hidden = make_barrier("Hidden", hidden_at=timezone.now())
    record(Verb.HIDDEN, hidden, by=None)

    def told(browser: Client, path: str) -> list[str]:
        return [entry.title for entry in browser.get(path).context["latest"]]

    assert told(as_secretary, "/sekretariat/") == ["Hidden"]
    assert told(as_member, "/min-side/") == []


def test_nobody_reads_that_a_barrier_was_hidden_once_it_shows_again(
    as_secretary: Client, as_member: Client, client: Client
):
    back = make_barrier("Back again")
    for verb in (Verb.ADDED, Verb.HIDDEN, Verb.SHOWN):
        record(verb, back, by=None)

    for browser, path in ((as_secretary, "/sekretariat/"), (as_member, "/min-side/")):
        told = browser.get(path).context["latest"]
        assert [entry.verb for entry in told] == [str(Verb.ADDED.label)]
    feed = client.get(reverse("front:feed")).content.decode()
    assert feed.count("Back again") == 1


def test_empty_page_of_mine_says_that_nothing_waits(as_member: Client):
    assert "Nothing waits for you." in as_member.get("/en/min-side/").content.decode()


def test_page_of_mine_tells_my_answer_and_nobody_elses(log_in: LogIn, member):
    day = timezone.localdate() + timedelta(days=3)
    coming = make_meeting(4, date=day, state=MeetingState.PLANNED)
    answer = make_attendance(coming, member=member, status=AttendanceStatus.COMING)

    assert log_in(member).get("/min-side/").context["answer"] == answer
    assert log_in(make_member()).get("/min-side/").context["answer"] is None


def test_action_points_of_my_organisation_and_everybodys_wait_for_me(as_member: Client, member):
    held, draft = make_meeting(3), make_meeting(4)
    make_minutes(held, published=True)
    make_minutes(draft)
    ours = make_action_point(held, "Ours", organisation=member.organisation)
    everybodys = make_action_point(held, "Everybody's")
    make_action_point(held, "Another's", organisation=make_organisation())
    make_action_point(held, "Done", done_on=timezone.localdate())
    make_action_point(draft, "Not published", organisation=member.organisation)

    points = as_member.get("/min-side/").context["action_points"]

    assert points == [(ours, False), (everybodys, False)]


def test_colleagues_ballot_is_mine_only_where_organisations_vote(log_in: LogIn, member):
    colleague = make_member(member.organisation)
    one, each = make_round(make_barrier()), make_round(make_barrier(), per=Voter.MEMBER)
    for voting in (one, each):
        prioritisation.cast(voting_round=voting, by=colleague, choices=[])

    rounds = dict(log_in(member).get("/min-side/").context["rounds"])

    assert rounds == {one: True, each: False}


def test_cases_of_my_organisation_wait_until_they_are_published(as_member: Client, member):
    own = {"written_by": member.organisation}
    draft = make_case("Draft", state=CaseState.DRAFT, **own)
    submitted = make_case("Submitted", state=CaseState.SUBMITTED, **own)
    make_case("Published", **own)
    make_case("Another's", state=CaseState.DRAFT)

    assert set(as_member.get("/min-side/").context["cases"]) == {draft, submitted}


def test_my_page_shows_what_waits(as_member, member):
    voting = make_round(make_barrier())
    day = timezone.localdate() + timedelta(days=3)
    coming = make_meeting(4, date=day, state=MeetingState.PLANNED)
    held = make_meeting(3)
    make_minutes(held, published=True)
    late = make_action_point(held, "Late", due_on=timezone.localdate() - timedelta(days=1))
    make_action_point(held, "Done", done_on=timezone.localdate())
    make_action_point(held, "Others'", organisation=make_organisation())
    draft = make_case(state=CaseState.DRAFT, written_by=member.organisation)

    page = as_member.get("/min-side/")

    assert page.context["rounds"] == [(voting, False)]
    assert page.context["meeting"] == coming
    assert page.context["action_points"] == [(late, True)]
    assert list(page.context["cases"]) == [draft]

    prioritisation.cast(voting_round=voting, by=member, choices=[])
    assert as_member.get("/min-side/").context["rounds"] == [(voting, True)]


def test_former_member_is_told_so(log_in: LogIn, db):
    former = log_in(make_member(to_date=timezone.localdate()))

    assert "You are not a member today" in former.get("/en/min-side/").content.decode()


def test_desk_shows_what_waits_for_the_secretariat(as_secretary):
    request, draft = make_join_request(), make_minutes()
    submitted = make_case(state=CaseState.SUBMITTED)
    make_case(state=CaseState.DRAFT)
    call, voting = make_call("Money"), make_round(make_barrier())

    page = as_secretary.get("/sekretariat/")

    assert list(page.context["requests"]) == [request]
    assert list(page.context["drafts"]) == [draft]
    assert list(page.context["cases"]) == [submitted]
    assert [row["title"] for row in page.context["calls"]] == [call.title]
    assert list(page.context["rounds"]) == [voting]
