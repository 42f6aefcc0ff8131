"""Acts that arrange an agenda: what each changes, each refusal, and two who act at once."""

from datetime import date, time
from functools import partial
from typing import Any

import pytest

from meetings.agenda import arranging, carrying_over, pages
from meetings.agenda.forms import ItemForm
from meetings.models import AgendaItem, Meeting, MeetingState, MinutesState, Purpose
from taskforce.activity.models import Activity
from taskforce.core.acts import Conflict, Refused
from taskforce.members.models import Member
from tests.factories import (
    make_agenda_item,
    make_entry,
    make_minutes,
    make_outcome,
    make_secretary,
)
from tests.meetings.agenda.agendas import titles
from tests.meetings.planning.plans import make_planned
from tests.racing import at_once


def test_two_who_move_at_once_leave_one_order(transactional_db):
    meeting, by = make_planned(), make_secretary()
    items = [make_agenda_item(meeting, title) for title in "abcd"]

    at_once(
        *(
            lambda item=item: arranging.move(
                item=AgendaItem.objects.select_related("meeting").get(pk=item.pk), place=1, by=by
            )
            for item in (items[2], items[3])
        )
    )

    orders = [*meeting.agenda.values_list("order", flat=True)]
    assert orders == [1, 2, 3, 4]
    assert {*titles(meeting)[:2]} == {"c", "d"}


CANCELLED = "Mødet er aflyst, så dagsordenen bliver, som den er."
SETTLED = "Referatet er til gennemsyn eller offentliggjort, så dagsordenen bliver, som den er."
GONE = "En anden har fjernet punktet fra dagsordenen."


def form_for(item: AgendaItem, **changes: Any) -> ItemForm:
    """Return the form of an item as somebody sends it who opened the page now."""
    shown = pages.item_form(item)
    data = {field.name: field.value() or "" for field in shown} | changes
    form = pages.item_form(item, data)
    assert form.is_valid(), form.errors
    return form


def close(meeting: Meeting, how: str) -> str:
    """Close the agenda of a meeting; return the sentence that says why."""
    if how == "cancelled":
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
        return CANCELLED
    minutes = make_minutes(meeting, published=how == "published")
    if how == "in_review":
        minutes.state, minutes.review_ends_on = MinutesState.IN_REVIEW, date(2030, 1, 1)
        minutes.save()
    return SETTLED


def test_agenda_is_open_before_the_meeting_and_while_minutes_are_a_draft(meeting: Meeting):
    assert arranging.why_closed(meeting) == ""

    make_minutes(meeting)

    assert arranging.why_closed(meeting) == ""
    assert arranging.lock(meeting) == meeting


def test_add_puts_the_item_last_and_records_the_change_once(meeting: Meeting, secretary: Member):
    make_agenda_item(meeting, "Først", order=4)

    for title in ("Nyt", "Eventuelt"):
        form = form_for(AgendaItem(meeting=meeting), title=title)
        item = arranging.add(form=form, by=secretary)

    assert item == meeting.agenda.last()
    assert [*meeting.agenda.values_list("order", "title")] == [
        (4, "Først"),
        (5, "Nyt"),
        (6, "Eventuelt"),
    ]
    assert [(act.verb, act.target_id) for act in Activity.objects.all()] == [
        ("changed", meeting.pk)
    ]


def test_first_item_stands_first(meeting: Meeting, secretary: Member):
    form = form_for(AgendaItem(meeting=meeting), title="Nyt")

    assert arranging.add(form=form, by=secretary).order == 1


def test_change_keeps_place_and_purpose_of_now(meeting: Meeting, secretary: Member):
    item = make_agenda_item(meeting, "Nyt")
    form = form_for(item, title="Nyere", minutes="20")
    AgendaItem.objects.update(order=5, purpose=Purpose.ROUND_TABLE)

    changed = arranging.change(form=form, by=secretary)

    item.refresh_from_db()
    assert changed == item
    assert (item.title, item.minutes, item.order) == ("Nyere", 20, 5)
    assert item.purpose == Purpose.ROUND_TABLE
    assert [act.verb for act in Activity.objects.all()] == ["changed"]


def test_change_raises_conflict_if_somebody_saved_first(meeting: Meeting, secretary: Member):
    item = make_agenda_item(meeting, "Nyt")
    form = form_for(item, title="Min titel")
    AgendaItem.objects.update(title="Deres titel")

    with pytest.raises(Conflict) as conflict:
        arranging.change(form=form, by=secretary)

    assert conflict.value.current.title == "Deres titel"
    assert titles(meeting) == ["Deres titel"]


def test_change_refuses_an_item_that_was_removed(meeting: Meeting, secretary: Member):
    form = form_for(make_agenda_item(meeting, "Nyt"), title="Nyere")
    AgendaItem.objects.all().delete()

    with pytest.raises(Refused) as refused:
        arranging.change(form=form, by=secretary)

    assert str(refused.value) == GONE


@pytest.mark.parametrize(
    ("place", "expected"), [(1, "cab"), (2, "acb"), (3, "abc"), (99, "abc"), (0, "cab")]
)
def test_move_puts_an_item_at_its_place(
    meeting: Meeting, secretary: Member, place: int, expected: str
):
    *_others, last = [make_agenda_item(meeting, title, starts=time(14)) for title in "abc"]

    moved = arranging.move(item=last, place=place, by=secretary)

    assert moved == last
    assert "".join(titles(meeting)) == expected
    assert [*meeting.agenda.values_list("order", flat=True)] == [1, 2, 3]
    # A time that a document told does not hold once the order changes.
    is_moved = expected != "abc"
    assert meeting.agenda.filter(starts=None).count() == (3 if is_moved else 0)
    assert Activity.objects.count() == is_moved


def test_move_down_passes_the_items_between(meeting: Meeting, secretary: Member):
    first, *_others = [make_agenda_item(meeting, title) for title in "abcd"]

    arranging.move(item=first, place=3, by=secretary)

    assert "".join(titles(meeting)) == "bcad"


def test_move_refuses_an_item_that_was_removed(meeting: Meeting, secretary: Member):
    item = make_agenda_item(meeting, "Nyt")
    AgendaItem.objects.filter(pk=item.pk).delete()

    with pytest.raises(Refused) as refused:
        arranging.move(item=item, place=1, by=secretary)

    assert str(refused.value) == GONE


def test_remove_returns_the_item_as_it_was(meeting: Meeting, secretary: Member):
    item = make_agenda_item(meeting, "Nyt")

    removed = arranging.remove(item=item, by=secretary)

    assert removed.title == "Nyt"
    assert titles(meeting) == []
    assert [act.verb for act in Activity.objects.all()] == ["changed"]


@pytest.mark.parametrize("told", ["passage", "outcome"])
def test_remove_refuses_an_item_that_the_minutes_speak_of(
    meeting: Meeting, secretary: Member, told: str
):
    item, minutes = make_agenda_item(meeting), make_minutes(meeting)
    if told == "passage":
        make_entry(minutes, "", agenda_item=item)
    else:
        make_outcome(item)

    with pytest.raises(Refused) as refused:
        arranging.remove(item=item, by=secretary)

    assert str(refused.value) == "Referatet er begyndt under dette punkt, så det bliver stående."
    assert meeting.agenda.get() == item


@pytest.mark.parametrize("how", ["cancelled", "in_review", "published"])
def test_acts_refuse_a_closed_agenda(meeting: Meeting, secretary: Member, how: str):
    item, other = make_agenda_item(meeting, "Nyt"), make_agenda_item(meeting, "Eventuelt")
    new, changed = form_for(AgendaItem(meeting=meeting), title="x"), form_for(item, title="x")
    why = close(meeting, how)

    for act in (
        partial(arranging.add, form=new),
        partial(arranging.change, form=changed),
        partial(arranging.move, item=other, place=1),
        partial(arranging.remove, item=item),
        partial(carrying_over.carry_over, meeting=meeting, keys=[Purpose.ROUND_TABLE]),
    ):
        with pytest.raises(Refused) as refused:
            act(by=secretary)
        assert str(refused.value) == why

    assert titles(meeting) == ["Nyt", "Eventuelt"]
    with pytest.raises(Refused) as refused:
        arranging.must_be_open(Meeting.objects.get(pk=meeting.pk))
    assert str(refused.value) == why
