"""The acts that add a call and change it."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from calls.editing import acts
from calls.editing.forms import CallForm, deadline_formset
from calls.models import Call, CallDeadline
from taskforce.activity.models import Activity, Verb
from taskforce.members.models import Member
from tests.calls.following import moving as following
from tests.calls.portal import TOPIC
from tests.factories import make_call, make_member
from tests.outbox import sent_to
from tests.racing import at_once
from tests.refusing import answers, conflict, refused


def new(day: str = "2030-01-10", **typed: Any) -> dict[str, Any]:
    """Return the forms of a new call with one deadline, unless another call has the topic."""
    form = CallForm({"title": "Penge", "summary": "x", "topic_id": TOPIC, **typed})
    deadlines = deadline_formset(rows(day))
    assert form.is_valid() and deadlines.is_valid(), (form.errors, deadlines.errors)
    return {"form": form, "deadlines": deadlines}


def rows(day: str, pk: int | None = None) -> dict[str, Any]:
    known = {"frister-0-id": pk} if pk else {}
    return known | {
        "frister-TOTAL_FORMS": "1",
        "frister-INITIAL_FORMS": str(len(known)),
        "frister-0-day": day,
        "frister-0-time": "17:00",
    }


def changed(call: Call, day: str = "2030-01-10", **typed: Any) -> dict[str, Any]:
    """Return the forms of a call, as they were loaded before anything else."""
    found = Call.objects.get(pk=call.pk)
    sent = {"title": found.title, "summary": found.summary, "version": found.version, **typed}
    form = CallForm(sent, instance=found)
    deadlines = deadline_formset(rows(day, found.deadlines.get().pk), instance=found)
    assert form.is_valid() and deadlines.is_valid(), (form.errors, deadlines.errors)
    return {"form": form, "deadlines": deadlines}


def recorded() -> list[str]:
    return [*Activity.objects.order_by("pk").values_list("verb", flat=True)]


@pytest.fixture
def call(db: None) -> Call:
    return make_call("Penge", day=date(2030, 1, 10))


def test_add_saves_a_call_with_its_deadlines(secretary: Member):
    call = acts.add(**new(), by=secretary)

    assert call == Call.objects.get()
    assert (call.title, call.topic_id) == ("Penge", TOPIC)
    assert [deadline.day for deadline in call.deadlines.all()] == [date(2030, 1, 10)]
    assert recorded() == [Verb.ADDED]


def test_add_refuses_a_topic_that_somebody_added_first(secretary: Member):
    late = new()
    first = make_call(topic_id=TOPIC.lower())

    with refused("A call with this topic is in the portal already.", field="topic_id"):
        acts.add(**late, by=secretary)

    assert Call.objects.get() == first
    assert CallDeadline.objects.count() == 1
    assert recorded() == []


def test_add_twice_at_once_adds_one(transactional_db: None):
    by = make_member()

    found = at_once(*(partial(acts.add, **forms, by=by) for forms in (new(), new())))

    assert answers(found) == ["Call", "Refused"]
    assert Call.objects.count() == 1


def test_change_saves_a_new_version_and_keeps_the_deadline(call: Call, secretary: Member):
    deadline = call.deadlines.get()

    found = acts.change(**changed(call, "2030-02-10", title="Flere penge"), by=secretary)

    call.refresh_from_db()
    deadline.refresh_from_db()
    assert found == call
    assert (call.title, call.version) == ("Flere penge", 2)
    assert (deadline.day, call.deadlines.count()) == (date(2030, 2, 10), 1)
    assert recorded() == [Verb.CHANGED]


def test_change_of_a_date_notifies_followers(call: Call, secretary: Member, member: Member):
    following.follow(followed=call, member=member)

    acts.change(**changed(call, "2030-02-10"), by=secretary)

    assert sent_to() == [member.user.email]


def test_change_keeps_the_outcome_of_a_consortium(call: Call, secretary: Member):
    forms = changed(call)
    Call.objects.update(outcome="granted")

    acts.change(**forms, by=secretary)

    assert Call.objects.get().outcome == "granted"


def test_change_raises_conflict_if_somebody_saved_first(call: Call, secretary: Member):
    late = changed(call, "2030-02-10", title="For sent")
    Call.objects.update(title="Deres", version=2)

    with conflict(call):
        acts.change(**late, by=secretary)

    assert Call.objects.get().title == "Deres"
    assert call.deadlines.get().day == date(2030, 1, 10)
    assert recorded() == []


def test_one_of_two_changes_at_once_gets_a_conflict(transactional_db: None):
    call, by = make_call(), make_member()
    both = [changed(call, title=title) for title in ("En", "To")]

    found = at_once(*(partial(acts.change, **forms, by=by) for forms in both))

    assert answers(found) == ["Call", "Conflict"]
