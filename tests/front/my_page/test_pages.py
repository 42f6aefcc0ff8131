"""What waits for a member on their page, and what does not."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from barriers.models import Voter
from barriers.rounds import prioritisation
from initiatives.models import CaseState
from meetings.models import AttendanceStatus, Meeting, MeetingState
from tests.conftest import LogIn
from tests.factories import (
    make_action_point,
    make_attendance,
    make_barrier,
    make_case,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_round,
)


def test_empty_page_says_that_nothing_waits(as_member: Client):
    page = as_member.get("/en/min-side/")

    assert page.context["tasks"] == page.context["can_wait"] == []
    assert "Nothing waits for you" in page.content.decode()


def test_page_shows_ones_own_answer_and_nobody_elses(log_in: LogIn, member):
    day = timezone.localdate() + timedelta(days=3)
    coming = make_meeting(4, date=day, state=MeetingState.PLANNED)
    answer = make_attendance(coming, member=member, status=AttendanceStatus.COMING)

    assert log_in(member).get("/min-side/").context["answer"] == answer
    assert log_in(make_member()).get("/min-side/").context["answer"] is None


def test_page_lists_action_points_of_ones_organisation_and_of_everybody(as_member: Client, member):
    held, draft = make_meeting(3), make_meeting(4)
    make_minutes(held, published=True)
    make_minutes(draft)
    ours = make_action_point(held, "Ours", organisation=member.organisation)
    everybodys = make_action_point(held, "Everybody's")
    make_action_point(held, "Another's", organisation=make_organisation())
    make_action_point(held, "Done", done_on=timezone.localdate())
    make_action_point(draft, "Not published", organisation=member.organisation)

    points = as_member.get("/min-side/").context["action_points"]

    assert list(points) == [ours, everybodys]


def test_ballot_of_a_colleague_counts_where_organisations_vote(log_in: LogIn, member):
    colleague = make_member(member.organisation)
    one, each = make_round(make_barrier()), make_round(make_barrier(), per=Voter.MEMBER)
    for voting in (one, each):
        prioritisation.cast(voting_round=voting, by=colleague, choices=[])

    rounds = dict(log_in(member).get("/min-side/").context["rounds"])

    assert rounds == {one: True, each: False}


def test_what_one_takes_part_in_is_never_an_empty_list(log_in: LogIn, member):
    voting = make_round(make_barrier())
    before = log_in(member).get("/en/min-side/")
    prioritisation.cast(voting_round=voting, by=member, choices=[])
    after = log_in(member).get("/en/min-side/")

    hint = "Here come the initiatives"
    assert [hint in page.content.decode() for page in (before, after)] == [True, False]
    assert [page.context["takes_part"] for page in (before, after)] == [False, True]


def test_page_lists_unpublished_cases_of_ones_organisation(as_member: Client, member):
    own = {"written_by": member.organisation}
    draft = make_case("Draft", state=CaseState.DRAFT, **own)
    submitted = make_case("Submitted", state=CaseState.SUBMITTED, **own)
    make_case("Published", **own)
    make_case("Another's", state=CaseState.DRAFT)

    assert set(as_member.get("/min-side/").context["cases"]) == {draft, submitted}


def test_page_shows_what_waits(as_member, member):
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
    assert list(page.context["action_points"]) == [late]
    assert list(page.context["cases"]) == [draft]

    prioritisation.cast(voting_round=voting, by=member, choices=[])
    assert as_member.get("/min-side/").context["rounds"] == [(voting, True)]


def test_most_pressing_task_stands_first_and_what_is_old_stands_apart(as_member, member):
    today = timezone.localdate()
    held = make_meeting(3)
    make_minutes(held, published=True)
    coming = make_meeting(4, date=today + timedelta(days=20), state=MeetingState.PLANNED)
    make_attendance(coming, member=member, status=AttendanceStatus.INVITED)
    make_round(make_barrier(), title="Round", closes_at=timezone.now() + timedelta(days=9))
    own = {"organisation": member.organisation}
    make_action_point(held, "Late", due_on=today - timedelta(days=1), **own)
    make_action_point(held, "Years late", due_on=today - timedelta(days=1000), **own)
    make_action_point(held, "Some day", **own)

    context = as_member.get("/min-side/").context

    *first, last = context["tasks"]
    assert [(task.title, task.state) for task in first] == [("Late", "late"), ("Round", "soon")]
    assert (last.url, last.state) == (coming.get_absolute_url(), "")
    assert [task.title for task in context["can_wait"]] == ["Years late", "Some day"]


@time_machine.travel(datetime(2026, 7, 1, 9, 0, tzinfo=UTC))
def test_ballot_closes_at_the_hour_of_the_place(as_member):
    make_round(make_barrier(), closes_at=datetime(2026, 7, 3, 22, 30, tzinfo=UTC))

    (task,) = as_member.get("/min-side/").context["tasks"]

    assert (task.due.isoformat(), task.told) == ("2026-07-04", "4. juli 2026 kl. 00.30")


def test_invitation_is_answered_in_one_tap_from_ones_page(as_member, member):
    day = timezone.localdate() + timedelta(days=3)
    coming = make_meeting(4, date=day, state=MeetingState.PLANNED)
    invited = make_attendance(coming, member=member, status=AttendanceStatus.INVITED)
    (task,) = [task for task in as_member.get("/min-side/").context["tasks"] if task.answers]

    for value, _label in task.answers:
        as_member.post(task.act_url, {**task.sends, "answer": value})

    invited.refresh_from_db()
    assert [value for value, _label in task.answers] == ["room", "online", "apologies"]
    assert invited.status == AttendanceStatus.APOLOGIES


def test_latecomer_answers_twice_from_the_same_page(log_in: LogIn, db):
    today = timezone.localdate()
    meeting = make_meeting(4, date=today + timedelta(days=3), state=MeetingState.PLANNED)
    Meeting.objects.update(invited_at=timezone.now() - timedelta(days=2))
    latecomer = make_member(from_date=today)
    client = log_in(latecomer)
    (task,) = [task for task in client.get("/min-side/").context["tasks"] if task.answers]

    for value in ("room", "apologies"):
        assert client.post(task.act_url, {**task.sends, "answer": value}).url == "/moeder/4/"

    assert meeting.attendances.get(member=latecomer).status == AttendanceStatus.APOLOGIES


def test_former_member_gets_a_page_that_says_so(log_in: LogIn, db):
    former = log_in(make_member(to_date=timezone.localdate()))

    assert "You are not a member today" in former.get("/en/min-side/").content.decode()
