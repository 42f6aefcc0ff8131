"""The desk's number in the menu, and its figures."""

import itertools
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from meetings.models import AttendanceStatus, MeetingState
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.bars import bars
from taskforce.front.desk import figures, number
from taskforce.front.desk.jobs import count_what_waits
from tests.conftest import LogIn
from tests.factories import (
    make_action_point,
    make_attendance,
    make_barrier,
    make_join_request,
    make_meeting,
    make_member,
    make_news,
    make_organisation,
    make_secretary,
)

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _forgotten(db: None) -> None:
    cache.clear()


def badge(browser: Client, path: str = "/en/om/") -> str:
    head = browser.get(path).content.decode().partition("</header>")[0]
    return " ".join(head.partition('class="badge">')[2].partition("</span>")[0].split())


def test_menu_shows_what_the_worker_counted(
    transactional_db: None, as_secretary: Client, as_member: Client
):
    assert badge(as_secretary) == ""
    make_join_request()
    make_join_request()

    count_what_waits(timestamp=0)

    assert badge(as_secretary).startswith("2<")
    assert badge(as_member) == ""


def test_menu_and_desk_say_the_same_number(transactional_db: None, as_secretary: Client):
    make_join_request()
    make_news(published_at=None)  # which can wait
    count_what_waits(timestamp=0)
    make_join_request()

    page = as_secretary.get("/en/sekretariat/")

    assert len(page.context["tasks"]) == number.kept() == 2
    assert badge(as_secretary).startswith("2<")


def test_menu_shows_no_number_once_nothing_waits(transactional_db: None, as_secretary: Client):
    count_what_waits(timestamp=0)

    assert badge(as_secretary) == ""


def test_registers_say_as_many_as_their_pages_list(as_secretary: Client):
    make_organisation(in_taskforce=False)
    make_member(to_date=timezone.localdate())

    page = as_secretary.get("/sekretariat/")

    told = {address: number for _name, address, number in page.context["registers"]}
    for address in ("/sekretariat/personer/", "/sekretariat/organisationer/"):
        assert told[address] == as_secretary.get(address).context["page"].total


def test_many_who_are_not_invited_are_one_task(as_secretary: Client):
    day, sent = timezone.localdate() + 9 * DAY, timezone.now() - DAY
    make_meeting(4, date=day, state=MeetingState.PLANNED, invited_at=sent)
    make_member()
    make_member()  # with the secretary three

    few = [task.about for task in as_secretary.get("/en/sekretariat/").context["tasks"]]
    make_member()
    many = [task.about for task in as_secretary.get("/en/sekretariat/").context["tasks"]]

    assert len(few) == 3
    assert many == ["4 new members are not invited to it."]


def test_draft_of_news_can_wait_and_one_with_a_time_does_not_show(as_secretary: Client):
    drafted = make_news("Kladde", published_at=None)
    make_news("Planlagt", published_at=None, publish_at=timezone.now() + DAY)

    page = as_secretary.get("/sekretariat/")

    assert [(task.title, task.act_url) for task in page.context["can_wait"]] == [
        ("Kladde", drafted.get_absolute_url())
    ]


def test_attendance_tells_who_came_to_the_latest_meetings():
    often, seldom, never = (make_organisation(name) for name in ("Ofte", "Sjældent", "Aldrig"))
    make_organisation("Udenfor", in_taskforce=False)
    for n in range(1, 9):
        meeting = make_meeting(n, date=date(2025, n, 1), state=MeetingState.HELD)
        make_attendance(meeting, organisation=often, status=AttendanceStatus.PRESENT)
        make_attendance(meeting, organisation=often, status=AttendanceStatus.APOLOGIES)
    make_attendance(meeting, organisation=seldom, status=AttendanceStatus.APOLOGIES)
    coming = make_meeting(9, date=date(2027, 1, 1))
    make_attendance(coming, organisation=never, status=AttendanceStatus.COMING)

    found = figures.figures(timezone.now())

    assert [meeting.number for meeting in found["held"]] == [3, 4, 5, 6, 7, 8]
    assert {row.name: (row.times, row.at[-1]) for row in found["came"]} == {
        "Ofte": (6, "present"),
        "Sjældent": (0, "apologies"),
        "Aldrig": (0, ""),
    }
    assert {row.name for row in found["never_came"]} == {"Sjældent", "Aldrig"}
    assert [(bar.label, bar.value) for bar in found["attendance"]] == [
        (f"{n}.", 1) for n in range(3, 9)
    ]


def test_action_points_are_counted_by_how_they_stand():
    meeting, today = make_meeting(), timezone.localdate()
    make_action_point(meeting)
    make_action_point(meeting, due_on=today)
    make_action_point(meeting, due_on=today - DAY)
    make_action_point(meeting, due_on=today - DAY, done_on=today)
    make_action_point(meeting, done_on=today - 100 * DAY)

    assert figures.figures(timezone.now())["agreed"] == {"open": 3, "overdue": 1, "done": 1}


def test_members_activity_counts_people_not_acts_and_leaves_the_secretariat_out():
    ea, bo, secretary = make_member(), make_member(), make_secretary()
    barrier = make_barrier()
    for who in (ea, ea, bo, secretary):
        record(Verb.CHANGED, barrier, by=who.user)
    record(Verb.CHANGED, barrier, by=ea.user, at=timezone.now() - 400 * DAY)

    shown = figures.figures(timezone.now())["activity"]

    assert [bar.value for bar in shown] == [0, 0, 0, 0, 0, 2]


def test_members_who_logged_in_lately_are_counted(log_in: LogIn):
    for days in (1, 200):
        member = make_member()
        member.user.last_login = timezone.now() - days * DAY
        member.user.save()
    make_member(to_date=timezone.localdate())

    assert figures.figures(timezone.now())["active"] == {"all": 2, "lately": 1}


def test_bars_are_as_high_as_their_value_and_stand_apart():
    found = bars([("a", 4), ("b", 2), ("c", 0)])

    assert [bar.height for bar in found] == [70, 35, 0]
    assert all(one.x + one.width < other.x for one, other in itertools.pairwise(found))
    assert bars([]) == []
    assert [bar.height for bar in bars([("a", 0)])] == [0]


def test_desk_without_meetings_draws_no_attendance(as_secretary: Client):
    page = as_secretary.get("/en/sekretariat/").content.decode()

    assert "Who comes" not in page
    assert "Attendance by organisation" not in page
