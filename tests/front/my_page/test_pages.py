"""What waits for a member on their page, and what does not."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from barriers.models import Voter
from barriers.rounds import prioritisation
from initiatives.models import CaseState
from meetings.models import AttendanceStatus, MeetingState
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
    assert "Nothing waits for you." in as_member.get("/en/min-side/").content.decode()


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

    assert points == [(ours, False), (everybodys, False)]


def test_ballot_of_a_colleague_counts_where_organisations_vote(log_in: LogIn, member):
    colleague = make_member(member.organisation)
    one, each = make_round(make_barrier()), make_round(make_barrier(), per=Voter.MEMBER)
    for voting in (one, each):
        prioritisation.cast(voting_round=voting, by=colleague, choices=[])

    rounds = dict(log_in(member).get("/min-side/").context["rounds"])

    assert rounds == {one: True, each: False}


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
    assert page.context["action_points"] == [(late, True)]
    assert list(page.context["cases"]) == [draft]

    prioritisation.cast(voting_round=voting, by=member, choices=[])
    assert as_member.get("/min-side/").context["rounds"] == [(voting, True)]


def test_former_member_gets_a_page_that_says_so(log_in: LogIn, db):
    former = log_in(make_member(to_date=timezone.localdate()))

    assert "You are not a member today" in former.get("/en/min-side/").content.decode()
