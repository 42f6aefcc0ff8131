"""Acts of planning: what each saves and returns, each refusal, and two who act at once."""

from functools import partial

from meetings.models import Meeting
from meetings.planning import acts as planning
from meetings.planning.forms import MeetingForm
from taskforce.activity.models import Activity
from taskforce.core.acts import Conflict, Refused
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import make_member, make_secretary
from tests.meetings.planning.plans import NEW, invite, make_planned, typed
from tests.racing import at_once


def test_number_taken_at_the_same_moment_is_told(secretary: Member, transactional_db: None):
    """Both forms find the number free; the database lets one of them have it."""
    forms = [MeetingForm(NEW | {"place": place}) for place in ("Odense", "Aarhus")]
    assert all(form.is_valid() for form in forms)

    found = at_once(*(partial(planning.plan, form=form, by=secretary) for form in forms))

    assert sorted(map(type, found), key=str) == [Meeting, Refused]
    (refused,) = (answer for answer in found if isinstance(answer, Refused))
    assert (refused.field, str(refused)) == ("number", "Et andet møde har fået dette nummer.")
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


def test_two_who_cancel_at_once_tell_once(transactional_db: None, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    cancel = partial(planning.cancel, meeting=meeting, by=make_secretary())

    found = at_once(partial(cancel, reason="Sygdom"), partial(cancel, reason="Sne"))

    assert sorted(map(type, found), key=str) == [Meeting, Refused]
    assert len(mailbox.letters) == 2
