"""Acts of planning: what each saves and returns, each refusal, and two who act at once."""

from functools import partial

import pytest
from django.core.mail import EmailMessage

from meetings.models import Attendance, AttendanceStatus, Meeting, MeetingState
from meetings.planning import acts as planning
from meetings.planning.forms import MeetingForm
from taskforce.activity.models import Activity
from taskforce.core.acts import Conflict, Refused
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import make_meeting, make_member, make_minutes, make_secretary
from tests.meetings.planning.plans import NEW, days_ahead, invite, make_planned, typed
from tests.racing import at_once


def test_of_two_who_take_a_number_at_once_one_is_refused(secretary: Member, transactional_db: None):
    """Both forms find the number free; the database lets one of them have it."""
    forms = [MeetingForm(NEW | {"place": place}) for place in ("Odense", "Aarhus")]
    assert all(form.is_valid() for form in forms)

    found = at_once(*(partial(planning.plan, form=form, by=secretary) for form in forms))

    assert sorted(map(type, found), key=str) == [Meeting, Refused]
    (refused,) = (answer for answer in found if isinstance(answer, Refused))
    assert (refused.field, str(refused)) == ("number", "Et andet møde har fået dette nummer imens.")
    assert Meeting.objects.count() == Activity.objects.count() == 1


def test_two_who_save_at_once_move_it_once(transactional_db: None, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    secretary = make_secretary()
    forms = [
        MeetingForm(typed(meeting, place=place), instance=Meeting.objects.get())
        for place in ("Odense", "Aarhus")
    ]
    assert all(form.is_valid() for form in forms)

    found = at_once(*(partial(planning.change, form=form, by=secretary) for form in forms))

    (saved,) = (answer for answer in found if isinstance(answer, Meeting))
    (conflict,) = (answer for answer in found if isinstance(answer, Conflict))
    assert conflict.current.place == saved.place == Meeting.objects.get().place
    assert len(mailbox.letters) == 2


def test_two_who_cancel_at_once_notify_once(transactional_db: None, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    cancel = partial(planning.cancel, meeting=meeting, by=make_secretary())

    found = at_once(partial(cancel, reason="Sygdom"), partial(cancel, reason="Sne"))

    assert sorted(map(type, found), key=str) == [Meeting, Refused]
    assert len(mailbox.letters) == 2


def valid(meeting: Meeting, **changes: object) -> MeetingForm:
    """Return the form as somebody sends it who opened the page now."""
    form = MeetingForm(typed(meeting, **changes), instance=Meeting.objects.get(pk=meeting.pk))
    assert form.is_valid(), form.errors
    return form


def test_next_number_follows_the_highest(db: None):
    assert planning.next_number() == 1

    make_meeting(7)

    assert planning.next_number() == 8


def test_plan_returns_the_meeting(secretary: Member):
    form = MeetingForm(NEW)
    assert form.is_valid()

    meeting = planning.plan(form=form, by=secretary)

    assert (meeting, meeting.number, meeting.state) == (Meeting.objects.get(), 8, "planned")
    assert [(act.verb, act.actor) for act in Activity.objects.all()] == [("added", secretary.user)]


def test_plan_refuses_a_number_that_was_taken_meanwhile(secretary: Member):
    form = MeetingForm(NEW)
    assert form.is_valid()
    make_meeting(8)

    with pytest.raises(Refused) as refused:
        planning.plan(form=form, by=secretary)

    assert str(refused.value) == "Et andet møde har fået dette nummer imens."
    assert refused.value.field == "number"
    assert not Activity.objects.exists()


def test_change_returns_the_meeting_and_notifies_those_invited(
    secretary: Member, mailoutbox: list[EmailMessage]
):
    meeting, guest = make_planned(), make_member()
    invite(meeting, guest)

    changed = planning.change(form=valid(meeting, place="Aarhus"), by=secretary)

    assert (changed.pk, changed.place, changed.sequence) == (meeting.pk, "Aarhus", 1)
    assert [letter.to for letter in mailoutbox[1:]] == [[guest.user.email]]
    assert [act.verb for act in Activity.objects.all()] == ["moved"]


def test_change_of_the_title_alone_notifies_nobody(
    secretary: Member, mailoutbox: list[EmailMessage]
):
    meeting = make_planned()
    invite(meeting, make_member())

    changed = planning.change(form=valid(meeting, title="Forårsmødet"), by=secretary)

    assert (changed.title, changed.sequence) == ("Forårsmødet", 0)
    assert len(mailoutbox) == 1


def test_change_of_the_format_changes_answers_that_do_not_fit(
    secretary: Member, invited: Attendance
):
    Attendance.objects.update(status=AttendanceStatus.COMING, online=False)

    planning.change(form=valid(invited.meeting, format="online"), by=secretary)

    invited.refresh_from_db()
    assert (invited.status, invited.online) == ("coming", True)


@pytest.mark.parametrize("state", [MeetingState.HELD, MeetingState.CANCELLED])
def test_change_refuses_a_meeting_that_is_not_planned(secretary: Member, state: MeetingState):
    meeting = make_planned()
    form = valid(meeting, place="Aarhus")
    Meeting.objects.update(state=state)

    with pytest.raises(Refused) as refused:
        planning.change(form=form, by=secretary)

    assert str(refused.value) == "Mødet er nu holdt eller aflyst, så intet blev gemt."
    assert Meeting.objects.get().place == meeting.place


def test_change_raises_conflict_if_somebody_saved_first(secretary: Member):
    meeting = make_planned()
    form = valid(meeting, place="Aarhus")
    Meeting.objects.update(title="Deres titel")

    with pytest.raises(Conflict) as conflict:
        planning.change(form=form, by=secretary)

    assert conflict.value.current.title == "Deres titel"
    assert Meeting.objects.get().place == meeting.place


def test_change_refuses_a_number_that_was_taken_meanwhile(secretary: Member):
    form = valid(make_planned(), number=9)
    make_meeting(9)

    with pytest.raises(Refused) as refused:
        planning.change(form=form, by=secretary)

    assert str(refused.value) == "Et andet møde har fået dette nummer imens."
    assert refused.value.field == "number"


def test_cancel_returns_the_meeting_and_notifies_those_invited(
    secretary: Member, mailoutbox: list[EmailMessage]
):
    meeting, guest = make_planned(), make_member()
    invite(meeting, guest)

    cancelled = planning.cancel(meeting=meeting, reason="Sne", by=secretary)

    assert (cancelled.state, cancelled.cancelled_reason) == ("cancelled", "Sne")
    assert cancelled.sequence == 1
    assert [letter.to for letter in mailoutbox[1:]] == [[guest.user.email]]
    assert [act.verb for act in Activity.objects.all()] == ["cancelled"]


def test_cancel_of_a_past_meeting_notifies_nobody(
    secretary: Member, mailoutbox: list[EmailMessage]
):
    meeting = make_planned()
    invite(meeting, make_member())
    Meeting.objects.update(date=days_ahead(-1))

    planning.cancel(meeting=meeting, reason="Sne", by=secretary)

    assert Meeting.objects.get().state == "cancelled"
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("closed", ["held", "cancelled", "minutes"])
def test_cancel_refuses_a_meeting_that_took_place_or_is_cancelled(secretary: Member, closed: str):
    meeting = make_planned()
    if closed == "minutes":
        make_minutes(meeting)
    else:
        Meeting.objects.update(state=closed)

    with pytest.raises(Refused) as refused:
        planning.cancel(meeting=meeting, reason="Sne", by=secretary)

    expected = "Mødet er allerede holdt eller aflyst, eller det har et referat."
    assert str(refused.value) == expected
    assert Meeting.objects.get().cancelled_reason == ""
