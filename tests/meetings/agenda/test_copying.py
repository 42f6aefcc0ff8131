"""Copying items from the agenda of an earlier meeting."""

from datetime import time

import pytest

from meetings.agenda import copying
from meetings.models import AgendaItem, Meeting, Purpose
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_member,
    make_minutes,
    make_organisation,
    make_secretary,
)
from tests.meetings.agenda.agendas import HERE, titles
from tests.meetings.planning.plans import days_ahead, make_planned
from tests.racing import at_once
from tests.refusing import refused

COPY = f"{HERE}hent/?fra=6"


def copied(meeting: Meeting, earlier: Meeting, *items: AgendaItem) -> list[str]:
    made = copying.copy(meeting=meeting, earlier=earlier, items=items, by=make_secretary())
    return [item.title for item in made]


def test_chosen_items_come_behind_with_length_and_person(as_secretary, meeting, last):
    make_agenda_item(meeting, "Velkomst")
    person = make_member()
    listed = make_attendance(last, member=person, organisation=person.organisation)
    chosen = make_agenda_item(
        last,
        "Nyt",
        starts=time(14, 10),
        minutes=20,
        details="Se bilag",
        organisation=person.organisation,
        responsible=listed,
    )
    make_agenda_item(last, "Kaffe")

    assert as_secretary.post(COPY, {"items": [chosen.pk]}).url == HERE

    assert titles(meeting) == ["Velkomst", "Nyt"]
    made = meeting.agenda.get(title="Nyt")
    assert (made.starts, made.minutes, made.details) == (None, 20, "Se bilag")
    assert (made.responsible, made.responsible_member) == (None, person)
    assert made.organisation == person.organisation


def test_page_offers_what_the_agenda_lacks_and_the_portal_does_not_write(
    as_secretary, meeting, last
):
    make_agenda_item(meeting, "Velkomst")
    make_agenda_item(meeting, "Runden", purpose=Purpose.ROUND_TABLE)
    for title, purpose in (
        ("Velkomst", Purpose.ITEM),
        ("Siden sidst", Purpose.SINCE_LAST),
        ("Bordet rundt", Purpose.ROUND_TABLE),
        ("Kaffe", Purpose.ITEM),
    ):
        make_agenda_item(last, title, purpose=purpose)

    page = as_secretary.get(COPY)

    assert [item.title for item in page.context["items"]] == ["Kaffe"]
    assert b"6. m\xc3\xb8de" in as_secretary.get(HERE).content


def test_a_length_may_follow_from_clock_times(meeting, last):
    for title, starts in (("A", time(9)), ("B", time(9, 45)), ("C", time(8)), ("D", None)):
        make_agenda_item(last, title, starts=starts)

    copied(meeting, last, *last.agenda.all())

    assert [*meeting.agenda.values_list("minutes", flat=True)] == [45, None, None, None]


def test_a_guest_of_that_day_is_not_named_again(meeting, last):
    guest = make_attendance(last, name="Ea", organisation=make_organisation())

    copied(meeting, last, make_agenda_item(last, "A", responsible=guest))

    item = meeting.agenda.get()
    assert (item.responsible, item.responsible_member, item.responsible_guest) == (None, None, "")


@pytest.mark.parametrize("query", ["", "?fra=", "?fra=99", "?fra=7", "?fra=x"])
def test_a_meeting_that_cannot_be_copied_from_is_told(as_secretary, meeting, last, query):
    make_agenda_item(last)

    page = as_secretary.get(f"{HERE}hent/{query}")

    assert [*page.context["earlier"].errors] == ["fra"]


def test_page_needs_a_choice_of_items_of_that_meeting(as_secretary, meeting, last):
    make_agenda_item(last, "Kaffe")
    other = make_agenda_item(meeting, "Andet")

    for sent in ({}, {"items": [other.pk]}, {"items": ["x"]}):
        assert [*as_secretary.post(COPY, sent).context["form"].errors] == ["items"]
    assert titles(meeting) == ["Andet"]


def test_settled_agenda_is_not_copied_to(as_secretary, meeting, last):
    item = make_agenda_item(last, "Kaffe")
    make_minutes(meeting, published=True)

    assert as_secretary.get(COPY).url == HERE
    with refused("The minutes are in review or published, so the agenda stays as it is."):
        copied(meeting, last, item)


def test_two_presses_at_once_copy_once(transactional_db):
    meeting, by = make_planned(), make_secretary()
    last = make_planned(number=6, date=days_ahead(20))
    items = [make_agenda_item(last, title) for title in ("A", "B")]

    def copy() -> list[AgendaItem]:
        return copying.copy(meeting=meeting, earlier=last, items=items, by=by)

    assert sorted(map(len, at_once(copy, copy))) == [0, 2]
    assert titles(meeting) == ["A", "B"]
