"""Acts of the round table: what is saved, each refusal, and two who write at once."""

from functools import partial

import pytest

from meetings.models import Meeting, MeetingState, RoundTableNews
from meetings.round_table import acts as round_table
from meetings.round_table.forms import RoundTableForm
from taskforce.activity.models import Activity
from taskforce.core.acts import Conflict, Refused
from taskforce.members.models import Member
from tests.factories import make_member, make_minutes
from tests.meetings.planning.plans import make_planned
from tests.racing import at_once

BEGUN = "Referatet er begyndt, så jeres nyt kom ikke med. Send det til sekretariatet."


@pytest.fixture
def meeting(db: None) -> Meeting:
    return make_planned()


def form_of(meeting: Meeting, member: Member, text: str, version: int = 1) -> RoundTableForm:
    form = RoundTableForm(
        {"text": text, "version": version}, instance=round_table.own_news(meeting, member)
    )
    assert form.is_valid()
    return form


def test_first_news_is_added(meeting: Meeting, member: Member):
    news = round_table.write(form=form_of(meeting, member, "Nyt"), by=member)

    assert news == RoundTableNews.objects.get()
    assert (news.organisation, news.written_by) == (member.organisation, member)
    assert (news.text, news.version) == ("<p>Nyt</p>", 2)
    assert [(act.verb, act.actor) for act in Activity.objects.all()] == [("added", member.user)]


def test_later_news_is_changed_by_a_colleague(meeting: Meeting, member: Member):
    first = round_table.write(form=form_of(meeting, member, "Nyt"), by=member)
    colleague = make_member(member.organisation)

    form = form_of(meeting, colleague, "Nyere", version=first.version)
    changed = round_table.write(form=form, by=colleague)

    assert changed == first
    assert (changed.text, changed.written_by) == ("<p>Nyere</p>", colleague)
    assert [act.verb for act in Activity.objects.order_by("pk")] == ["added", "changed"]


def test_write_raises_conflict_if_a_colleague_saved_first(meeting: Meeting, member: Member):
    form = form_of(meeting, member, "Mit")
    round_table.write(form=form_of(meeting, member, "Deres"), by=make_member(member.organisation))

    with pytest.raises(Conflict) as conflict:
        round_table.write(form=form, by=member)

    assert conflict.value.current.text == "<p>Deres</p>"
    assert RoundTableNews.objects.get().text == "<p>Deres</p>"


@pytest.mark.parametrize("closed", ["minutes", MeetingState.HELD, MeetingState.CANCELLED])
def test_write_refuses_once_minutes_are_begun(meeting: Meeting, member: Member, closed: str):
    form = form_of(meeting, member, "For sent")
    if closed == "minutes":
        make_minutes(meeting)
    else:
        Meeting.objects.update(state=closed)

    with pytest.raises(Refused) as refused:
        round_table.write(form=form, by=member)

    assert str(refused.value) == BEGUN
    assert not RoundTableNews.objects.exists()


def test_two_first_writers_at_once(member: Member, meeting: Meeting, transactional_db: None):
    forms = [
        RoundTableForm({"text": text, "version": 1}, instance=round_table.own_news(meeting, member))
        for text in ("Den ene", "Den anden")
    ]
    assert all(form.is_valid() for form in forms)

    found = at_once(*(partial(round_table.write, form=form, by=member) for form in forms))

    (saved,) = (answer for answer in found if isinstance(answer, RoundTableNews))
    (conflict,) = (answer for answer in found if isinstance(answer, Conflict))
    assert conflict.current.text == saved.text == RoundTableNews.objects.get().text
    assert saved.text in ("<p>Den ene</p>", "<p>Den anden</p>")
