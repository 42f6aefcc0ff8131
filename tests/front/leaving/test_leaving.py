"""Ending a membership, leaving, handing over, calling off, and what becomes of what stood open."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from initiatives.models import Participation
from meetings.models import Attendance, AttendanceStatus, MeetingState
from taskforce.front.leaving import acts, jobs, matters
from taskforce.members.models import HandOver, Member, Role
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_case,
    make_initiative,
    make_meeting,
    make_member,
    make_organisation,
    make_secretary,
    make_user,
)
from tests.members.people.people_forms import standing_secretary
from tests.members.people.test_last_secretary import LAST
from tests.racing import at_once
from tests.refusing import answers, refused

DAY = timedelta(days=1)


@pytest.fixture
def ea(db: None) -> Member:
    return make_member(
        make_organisation("Odense"),
        user=make_user("ea@example.org", name="Ea"),
        from_date=today() - 100 * DAY,
    )


@pytest.fixture
def bo(ea: Member) -> Member:
    """Return a colleague of Ea's."""
    return make_member(ea.organisation, user=make_user("bo@example.org", name="Bo"))


@pytest.fixture
def work(ea: Member) -> dict[str, Any]:
    """Return something of every kind that stands open for Ea, by the key of its kind."""
    home = ea.organisation
    ahead = make_meeting(
        7, date=today() + 9 * DAY, state=MeetingState.PLANNED, invited_at=timezone.now()
    )
    other = make_initiative("Fælles")
    return {
        "point": make_action_point(make_meeting(), "Skriv", organisation=home, owner=ea),
        "lead": make_initiative("Egen", lead=home, contact=ea),
        "part": Participation.objects.create(initiative=other, organisation=home, contact=ea),
        "case": make_case("Frokost", written_by=home, contact=ea),
        "item": make_agenda_item(ahead, "Salg", responsible_member=ea),
        "meeting": make_attendance(ahead, member=ea, name="Ea", status=AttendanceStatus.COMING),
    }


def today() -> date:
    return timezone.localdate()


def person_of(work: dict[str, Any]) -> dict[str, Any]:
    """Return who is named at each thing, None where nobody is or it is gone."""
    found = {}
    for key, row in work.items():
        field = next(kind.field for kind in matters.KINDS if kind.key == key)
        now = type(row).objects.filter(pk=row.pk).first()
        found[key] = getattr(now, field) if now else None
    return found


def keys(member: Member) -> list[str]:
    return [matter.key for matter in matters.open_for(member)]


def give(member: Member, to: Member, **fields: Any) -> HandOver:
    given = {"first_day": today(), "stays": False, "gives": keys(member), "by": member.user}
    return acts.hand_over(member=member, successor=to, **given | fields)


def test_everything_that_is_open_is_found_with_its_page(ea: Member, work: dict[str, Any]):
    make_action_point(make_meeting(), organisation=ea.organisation, owner=ea, done_on=today())
    make_initiative(lead=ea.organisation, contact=ea, state="done")
    make_attendance(make_meeting(), member=ea)

    found = matters.open_for(ea)

    assert {one.kind.key: one.row for one in found} == work
    assert len(found) == len(work)
    assert [one.title for one in found] == [
        "Skriv",
        "Egen",
        "Fælles",
        "Frokost",
        "7. møde",
        "7. møde",
    ]
    assert all(one.url.startswith("/") for one in found)


def test_end_today_ends_at_once_and_leaves_the_work_to_the_organisation(
    ea: Member, work: dict[str, Any], secretary: Member, mailoutbox: list[EmailMessage]
):
    acts.end(member=ea, last_day=today(), by=secretary.user)

    ea.refresh_from_db()
    assert (ea.to_date, HandOver.objects.count()) == (today(), 0)
    assert {*person_of(work).values()} == {None}
    for kind in ("point", "item"):
        assert type(work[kind]).objects.get(pk=work[kind].pk).organisation == ea.organisation
    assert not Attendance.objects.filter(pk=work["meeting"].pk).exists()
    assert [letter.to for letter in mailoutbox] == [["ea@example.org"]]


def test_end_in_the_past_ends_then(ea: Member, secretary: Member):
    acts.end(member=ea, last_day=today() - 9 * DAY, by=secretary.user)

    ea.refresh_from_db()
    assert ea.to_date == today() - 9 * DAY


def test_end_on_a_day_ahead_waits_for_it(
    ea: Member, work: dict[str, Any], secretary: Member, time_machine: Any
):
    last_day = today() + 3 * DAY
    acts.end(member=ea, last_day=last_day, by=secretary.user)
    assert Member.objects.current().filter(pk=ea.pk).exists()
    time_machine.move_to(timezone.now() + 3 * DAY)
    assert acts.carry_out_due() == 0

    time_machine.move_to(timezone.now() + 1 * DAY)
    assert acts.carry_out_due() == 1

    ea.refresh_from_db()
    assert (ea.to_date, HandOver.objects.count()) == (last_day, 0)
    assert {*person_of(work).values()} == {None}


def test_who_leaves_by_themselves_and_the_secretariat_are_told(
    ea: Member, mailoutbox: list[EmailMessage]
):
    acts.end(member=ea, last_day=today(), by=ea.user)

    assert [(letter.to, letter.subject) for letter in mailoutbox] == [
        (["ea@example.org"], f"Dit medlemskab slutter {in_words(today())}"),
        (["sekretariat@eksempel.example"], "Ea forlader taskforcen"),
    ]
    assert mailoutbox[1].reply_to == ["ea@example.org"]


def in_words(day: date) -> str:
    from django.template.defaultfilters import date as dated

    return dated(day, "DATE_FORMAT")


def test_hand_over_gives_everything_to_a_colleague_and_tells_both(
    ea: Member, bo: Member, work: dict[str, Any], mailoutbox: list[EmailMessage]
):
    give(ea, bo)

    ea.refresh_from_db()
    assert ea.to_date == today() - DAY
    named = person_of(work)
    assert named.pop("meeting") is None  # the place goes, and another one is made
    assert {*named.values()} == {bo}
    place = Attendance.objects.get(member=bo)
    assert (place.meeting.number, place.status) == (7, AttendanceStatus.INVITED)
    told = {(letter.to[0], letter.subject) for letter in mailoutbox}
    assert told >= {("ea@example.org", "Bo afløser dig"), ("bo@example.org", "Du afløser Ea")}
    (taken,) = [one for one in mailoutbox if one.subject == "Du afløser Ea"]
    assert "- Aftale: Skriv\n    http://localhost:8000/moeder/" in taken.body


def test_hand_over_gives_what_was_chosen_and_the_rest_stays_with_who_stays(
    ea: Member, bo: Member, work: dict[str, Any]
):
    give(ea, bo, stays=True, gives=[f"point.{work['point'].pk}"])

    ea.refresh_from_db()
    assert ea.to_date is None
    named = person_of(work)
    assert named.pop("point") == bo
    assert {*named.values()} == {ea}


def test_hand_over_of_a_place_keeps_the_item_of_who_stays(ea: Member, bo: Member):
    ahead = make_meeting(
        date=today() + 9 * DAY, state=MeetingState.PLANNED, invited_at=timezone.now()
    )
    place = make_attendance(ahead, member=ea)
    item = make_agenda_item(ahead, responsible=place)

    give(ea, bo, stays=True, gives=[f"meeting.{place.pk}"])

    item.refresh_from_db()
    assert (item.responsible, item.responsible_member) == (None, ea)
    assert Attendance.objects.get(meeting=ahead).member == bo


def test_hand_over_to_another_organisation_leaves_what_belongs_to_the_first(
    ea: Member, work: dict[str, Any]
):
    give(ea, cy := make_member())

    assert person_of(work) == {
        **dict.fromkeys(("point", "lead", "part", "case", "meeting")),
        "item": cy,
    }
    assert Attendance.objects.get(member=cy).organisation == cy.organisation


def test_hand_over_ahead_is_carried_out_with_what_is_open_then(
    ea: Member, bo: Member, work: dict[str, Any], time_machine: Any
):
    give(ea, bo, first_day=today() + 2 * DAY)
    type(work["point"]).objects.update(done_on=today())
    assert person_of(work)["lead"] == ea

    time_machine.move_to(timezone.now() + 2 * DAY)
    acts.carry_out_due()

    named = person_of(work)
    assert (named["point"], named["lead"]) == (ea, bo)


def test_hand_over_to_who_left_meanwhile_gives_to_nobody(
    ea: Member, bo: Member, work: dict[str, Any], time_machine: Any
):
    give(ea, bo, first_day=today() + 2 * DAY)
    Member.objects.filter(pk=bo.pk).update(to_date=today())

    time_machine.move_to(timezone.now() + 2 * DAY)
    assert acts.carry_out_due() == 1

    assert {*person_of(work).values()} == {None}


def test_place_in_the_secretariat_goes_over_in_one_step(db: None):
    last, new = standing_secretary(), make_member(user=make_user(last_login=timezone.now()))

    give(last, new, gives=[acts.ROLE], stays=True)

    assert [*Member.objects.secretariat()] == [new]
    last.refresh_from_db()
    assert (last.role, last.to_date) == (Role.MEMBER, None)


def test_place_in_the_secretariat_does_not_go_to_who_never_came(db: None):
    last, new = standing_secretary(), make_member()

    with refused(LAST):
        give(last, new, gives=[acts.ROLE])

    assert [*Member.objects.secretariat()] == [last]
    assert HandOver.objects.count() == 0


@pytest.mark.parametrize("ahead", [0, 5])
def test_last_secretary_does_not_leave(db: None, ahead: int):
    last = standing_secretary()
    make_secretary()  # who never logged in

    with refused(LAST):
        acts.end(member=last, last_day=today() + ahead * DAY, by=last.user)


def test_two_secretaries_do_not_plan_to_leave_after_each_other(db: None):
    one, other = standing_secretary(), standing_secretary()
    acts.end(member=one, last_day=today() + 5 * DAY, by=one.user)

    with refused(LAST):
        acts.end(member=other, last_day=today() + 9 * DAY, by=other.user)


def test_plan_that_would_leave_nobody_waits_on_the_desk(log_in: Any, db: None, time_machine: Any):
    one, other = standing_secretary(), standing_secretary()
    acts.end(member=one, last_day=today() + 1 * DAY, by=one.user)
    Member.objects.filter(pk=other.pk).update(role=Role.MEMBER)
    time_machine.move_to(timezone.now() + 2 * DAY)

    assert acts.carry_out_due() == 0

    tasks = log_in(one).get("/sekretariat/").context["tasks"]
    said = "Medlemskabet kunne ikke slutte: Der ville ikke være nogen tilbage i sekretariatet."
    assert [task.about for task in tasks] == [said]


def test_plan_that_was_called_off_meanwhile_is_not_carried_out(ea: Member):
    plan = acts.end(member=ea, last_day=today() + DAY, by=ea.user)
    acts.call_off(member=ea)

    with refused("Nothing is planned.", already=True):
        acts.carry_out(plan=plan)

    ea.refresh_from_db()
    assert ea.to_date is None


def test_worker_carries_out_what_is_due(transactional_db: None):
    member = make_member(from_date=today() - 9 * DAY)
    HandOver.objects.create(member=member, last_day=today() - DAY)

    jobs.carry_out_hand_overs(timestamp=0)

    assert Member.objects.get(pk=member.pk).to_date == today() - DAY


def leave(who: Member) -> Callable[[], HandOver]:
    return lambda: acts.end(member=who, last_day=today(), by=who.user)


def test_two_secretaries_who_leave_at_once_leave_one(transactional_db: None):
    found = at_once(leave(standing_secretary()), leave(standing_secretary()))

    assert answers(found) == ["HandOver", "Refused"]
    assert Member.objects.secretariat().count() == 1


def test_one_membership_ends_once_however_many_press(transactional_db: None):
    member = make_member()

    assert answers(at_once(*[leave(member)] * 3)) == ["HandOver", "Refused", "Refused"]


def test_something_else_is_planned_already(ea: Member, bo: Member):
    acts.end(member=ea, last_day=today() + DAY, by=ea.user)

    with refused("Something is planned already. Call it off first."):
        give(ea, bo)


def test_who_has_left_neither_leaves_nor_takes_over(ea: Member, bo: Member):
    Member.objects.filter(pk=bo.pk).update(to_date=today())

    with refused("This person is no member any more.", already=True):
        acts.end(member=bo, last_day=today(), by=ea.user)
    with refused("Bo is no member any more.", field="to"):
        give(ea, bo)


def test_call_off_forgets_the_plan_and_tells_who_was_told(
    ea: Member, bo: Member, mailoutbox: list[EmailMessage]
):
    give(ea, bo, first_day=today() + 5 * DAY)
    mailoutbox.clear()

    acts.call_off(member=ea)

    assert HandOver.objects.count() == 0
    assert [letter.to for letter in mailoutbox] == [["ea@example.org"], ["bo@example.org"]]
    with refused("Nothing is planned.", already=True):
        acts.call_off(member=ea)
