"""What an agenda lacks and earlier meetings left."""

from typing import Any

from django.utils import translation

from meetings.agenda.offers import Offer, offers
from meetings.models import MeetingState, OutcomeKind, Purpose
from tests.factories import make_agenda_item, make_meeting, make_minutes, make_outcome
from tests.meetings.agenda.agendas import keys
from tests.meetings.planning.plans import days_ahead


def test_first_meeting_has_nothing_to_carry_over(meeting):
    assert keys(meeting) == [Purpose.ROUND_TABLE]


def test_offers_what_the_last_meetings_left(meeting, last):
    deferred = make_agenda_item(last, "Mærkning", minutes=15)
    make_outcome(deferred, OutcomeKind.DEFERRED)
    make_outcome(make_agenda_item(last, "Nåede vi"), OutcomeKind.NOTED)
    other = make_agenda_item(make_meeting(5, date=days_ahead(-90)), "Ældre")
    make_minutes(other.meeting, published=True)
    make_outcome(other, OutcomeKind.NOT_DISCUSSED)

    assert keys(meeting) == [
        *(Purpose.APPROVAL, Purpose.FOLLOW_UP, Purpose.SINCE_LAST, Purpose.ROUND_TABLE),
        *(f"punkt-{other.pk}", f"punkt-{deferred.pk}"),
    ]


def test_draft_is_not_up_for_approval(meeting):
    make_minutes(make_meeting(6, date=days_ahead(-30)))

    assert Purpose.APPROVAL not in keys(meeting)


def test_what_was_put_off_twice_is_carried_on_from_the_later_meeting(meeting, last):
    first = make_agenda_item(make_meeting(5, date=days_ahead(-90)), "Mærkning")
    make_minutes(first.meeting, published=True)
    make_outcome(first, OutcomeKind.DEFERRED)
    second = make_agenda_item(last, "Mærkning", deferred_from=first)
    make_outcome(second, OutcomeKind.DEFERRED)

    assert [key for key in keys(meeting) if key.startswith("punkt")] == [f"punkt-{second.pk}"]


def test_agenda_of_a_cancelled_meeting_is_offered(meeting, last):
    put_off = make_agenda_item(make_meeting(4, date=days_ahead(-90)), "Mærkning")
    make_minutes(put_off.meeting, published=True)
    make_outcome(put_off, OutcomeKind.DEFERRED)
    cancelled = make_meeting(5, date=days_ahead(-60), state=MeetingState.CANCELLED)
    again = make_agenda_item(cancelled, "Mærkning", deferred_from=put_off)
    make_agenda_item(cancelled, "Bordet rundt", purpose=Purpose.ROUND_TABLE)

    assert [key for key in keys(meeting) if key.startswith("punkt")] == [f"punkt-{again.pk}"]


def test_offer_says_whether_it_opens_the_meeting():
    def comes_first(**fields: Any) -> bool:
        return Offer("key", "title", fields).comes_first

    assert comes_first(purpose=Purpose.SINCE_LAST)
    assert not comes_first(purpose=Purpose.ROUND_TABLE)
    assert not comes_first()


def test_purpose_that_is_on_the_agenda_is_not_offered(meeting, last):
    make_agenda_item(meeting, purpose=Purpose.FOLLOW_UP)

    assert keys(meeting) == [Purpose.APPROVAL, Purpose.SINCE_LAST, Purpose.ROUND_TABLE]


def test_offers_are_danish_and_carry_their_fields(meeting, last):
    put_off = make_agenda_item(last, "Mærkning", minutes=15, details="Bilag")
    make_outcome(put_off, OutcomeKind.DEFERRED)

    with translation.override("en"):
        found = {offer.key: offer for offer in offers(meeting)}

    offer = found[f"punkt-{put_off.pk}"]
    assert offer.title == "Mærkning (udsat: 6. møde)"
    assert offer.fields == {
        "title": "Mærkning",
        "details": "Bilag",
        "minutes": 15,
        "organisation_id": None,
        "about_type_id": None,
        "about_id": None,
        "deferred_from": put_off,
    }
    assert found["approval"].title == "Godkendelse af referat: 6. møde"


def test_items_of_later_meetings_are_not_offered(meeting):
    later = make_meeting(8, date=days_ahead(60), state=MeetingState.CANCELLED)
    make_agenda_item(later, "Mærkning")

    assert keys(meeting) == [Purpose.ROUND_TABLE]
