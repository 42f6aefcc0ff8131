"""Publish minutes: what the act changes, whom it notifies, when it refuses."""

import pytest
from django.db import OperationalError
from django.utils import timezone

from meetings.models import MeetingState, MinutesState
from meetings.review import publishing
from taskforce.activity.models import Activity
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_proposed_change,
    make_secretary,
    make_user,
)
from tests.meetings.planning.plans import body
from tests.meetings.review.reviews import (
    LAST_DAY,
    let_everything_stand,
    make_in_review,
    make_ready,
)
from tests.racing import at_once


def test_publish_keeps_a_version_and_refuses_a_second_time(secretary):
    meeting = make_meeting(3, state=MeetingState.PLANNED)
    minutes = make_minutes(meeting)
    speaker = make_attendance(meeting, name="Ea")
    entry = make_entry(minutes, "<p>Enige.</p>", speaker=speaker)
    let_everything_stand(minutes)

    assert publishing.publish(minutes=minutes, by=secretary) == minutes
    with pytest.raises(Refused) as refused:
        publishing.publish(minutes=minutes, by=secretary)

    assert str(refused.value) == "Referatet er offentliggjort. Alle kan læse det."
    assert refused.value.already
    minutes.refresh_from_db()
    meeting.refresh_from_db()
    assert minutes.is_published
    assert meeting.state == MeetingState.HELD
    version = minutes.versions.get()
    (frozen,) = version.content["entries"]
    assert (frozen["id"], frozen["text"]) == (entry.pk, "<p>Enige.</p>")
    assert frozen["speaker_id"] == speaker.pk
    assert "Ea" not in str(version.content)  # a name must still be able to come off
    assert Activity.objects.get().verb == "published"


def test_publish_of_three_at_once_notifies_the_members_once(mailbox):
    minutes, by = make_ready(text="<p>Hemmeligt endnu.</p>"), make_secretary()
    reader, _former = make_member(), make_member(to_date=timezone.localdate())
    let_everything_stand(minutes, by)

    answers = at_once(*[lambda: publishing.publish(minutes=minutes, by=by)] * 3)

    assert sorted(type(answer).__name__ for answer in answers) == ["Minutes", "Refused", "Refused"]
    assert minutes.versions.count() == 1
    current = Member.objects.current().values_list("user__email", flat=True)
    letters = mailbox.letters
    assert sorted(letter["to"] for letter in letters) == sorted(current)
    assert reader.user.email in current
    assert "http://localhost:8000/moeder/3/#referat" in body(letters[0])
    for letter in letters:  # mail is passed on: but for its greeting it names nobody, nor quotes
        said = body(letter).partition("\n")[2]
        assert "Hemmeligt endnu." not in said
        assert reader.user.name not in said
        assert not [*letter.iter_attachments()]


def test_publish_changes_nothing_where_the_activity_cannot_be_recorded(secretary, monkeypatch):
    minutes = let_everything_stand(make_minutes())

    def refuse(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(publishing, "record", refuse)
    with pytest.raises(OperationalError):
        publishing.publish(minutes=minutes, by=secretary)

    minutes.refresh_from_db()
    assert not minutes.is_published
    assert not minutes.versions.exists()


def test_publish_refuses_while_the_check_has_doubts(secretary):
    minutes = let_everything_stand(make_ready(), secretary)
    make_agenda_item(minutes.meeting, "Uden tekst")

    with pytest.raises(Refused) as refused:
        publishing.publish(minutes=minutes, by=secretary)

    sentence = "Der mangler måske noget. Ret det, eller skriv, hvorfor det kan blive stående."
    assert (str(refused.value), refused.value.already) == (sentence, False)
    minutes.refresh_from_db()
    assert not minutes.is_published
    assert not minutes.versions.exists()


def test_publish_refuses_while_a_proposed_change_waits(secretary):
    minutes = make_in_review()
    make_proposed_change(make_in_review(7).entries.get())  # of other minutes
    assert publishing.why_not(minutes, secretary) == ""
    make_proposed_change(minutes.entries.get())

    with pytest.raises(Refused) as refused:
        publishing.publish(minutes=minutes, by=secretary)

    sentence = "Foreslåede rettelser fra gennemsynet venter på svar."
    assert (str(refused.value), refused.value.already) == (sentence, False)
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.IN_REVIEW


def test_publish_does_not_wait_for_doubts_about_names(secretary):
    minutes = let_everything_stand(make_ready(), secretary)
    make_attendance(minutes.meeting, name="Ea Hemmelig")
    make_entry(minutes, "<p>Ea Hemmelig</p>")

    assert publishing.publish(minutes=minutes, by=secretary).is_published


def test_freeze_numbers_the_versions_and_names_people_by_key(secretary):
    minutes = make_ready()
    member = make_member(user=make_user(name="Ea Hemmelig"))
    point = make_action_point(
        minutes.meeting, "Ring", owner=member, organisation=member.organisation, due_on=LAST_DAY
    )
    (item,), (entry,) = minutes.meeting.agenda.all(), minutes.entries.all()
    (outcome,), (row,) = minutes.outcomes.all(), minutes.meeting.attendances.all()

    first = publishing.freeze(minutes, by=None)
    second = publishing.freeze(minutes, by=secretary)

    assert [(version.number, version.frozen_by) for version in (first, second)] == [
        (1, None),
        (2, secretary.user),
    ]
    second.refresh_from_db()
    assert second.content == {
        "agenda": [{"id": item.pk, "order": 1, "title": "Nyt", "details": "", "minutes": None}],
        "entries": [
            {
                "id": entry.pk,
                "order": 1,
                "agenda_item_id": item.pk,
                "heading": "",
                "speaker_id": None,
                "text": "<p>Vi mødtes.</p>",
            }
        ],
        "outcomes": [
            {"id": outcome.pk, "agenda_item_id": item.pk, "kind": "noted", "decision": ""}
        ],
        "action_points": [
            {
                "id": point.pk,
                "entry_id": None,
                "what": "Ring",
                "organisation_id": member.organisation_id,
                "owner_id": member.pk,
                "due_on": "2099-12-31",
            }
        ],
        "attendance": [
            {
                "id": row.pk,
                "organisation_name": row.organisation_name,
                "status": "present",
                "online": False,
            }
        ],
    }
