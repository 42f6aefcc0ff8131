"""Publishing minutes: one act, a frozen version, and a look at the names in the text."""

import re
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from meetings.models import MeetingState
from meetings.review import publishing
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.intake.models import IntakeState
from taskforce.members.models import Member, NameVisibility
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_proposed_change,
    make_secretary,
    make_statement,
    make_user,
)
from tests.intake.drafts import make_intake
from tests.meetings.planning.plans import body
from tests.meetings.review.reviews import (
    attend,
    let_everything_stand,
    make_in_review,
    make_ready,
    publish,
)
from tests.racing import at_once


def test_publishes_once_and_freezes_what_was_published(secretary):
    meeting = make_meeting(3, state=MeetingState.PLANNED)
    minutes = make_minutes(meeting)
    speaker = make_attendance(meeting, name="Ea")
    entry = make_entry(minutes, "<p>Enige.</p>", speaker=speaker)
    let_everything_stand(minutes)

    assert publishing.publish(minutes=minutes, by=secretary) == minutes
    with pytest.raises(Refused) as refused:
        publishing.publish(minutes=minutes, by=secretary)

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


def test_members_are_told_once(mailbox):
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
    for letter in letters:  # mail is passed on: it holds neither the minutes nor anybody's name
        assert "Hemmeligt endnu." not in body(letter)
        assert reader.user.name not in body(letter)
        assert not [*letter.iter_attachments()]


def test_nothing_is_published_while_something_may_be_missing(as_secretary, secretary):
    minutes = make_ready()
    make_agenda_item(minutes.meeting, "Uden tekst")

    page = as_secretary.post("/moeder/3/referat/offentliggoer/")

    assert "mangler" in str(page.context["form"].non_field_errors())
    with pytest.raises(Refused):
        publishing.publish(minutes=minutes, by=secretary)
    minutes.refresh_from_db()
    assert not minutes.is_published


def test_nothing_is_published_while_a_proposed_change_waits(as_secretary):
    minutes = make_in_review()
    change = make_proposed_change(minutes.entries.get(), proposed_by=attend(minutes))
    let_names_stand = {"names_seen": "on"}

    page = as_secretary.post("/moeder/3/referat/offentliggoer/", let_names_stand)
    assert "venter på svar" in str(page.context["form"].non_field_errors())
    change.state = "accepted"
    change.save()
    as_secretary.post("/moeder/3/referat/offentliggoer/", let_names_stand)

    minutes.refresh_from_db()
    assert minutes.is_published


def test_nothing_is_published_where_the_record_cannot_be_written(secretary, monkeypatch):
    minutes = let_everything_stand(make_minutes())

    def refuse(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(publishing, "record", refuse)
    with pytest.raises(OperationalError):
        publishing.publish(minutes=minutes, by=secretary)

    minutes.refresh_from_db()
    assert not minutes.is_published
    assert not minutes.versions.exists()


def test_opening_the_page_publishes_nothing(as_secretary):
    minutes = make_minutes(make_meeting(3))

    assert as_secretary.get("/moeder/3/referat/offentliggoer/").status_code == 200

    minutes.refresh_from_db()
    assert not minutes.is_published


def test_published_minutes_cannot_be_published_again(as_secretary):
    make_minutes(make_meeting(3), published=True)

    assert as_secretary.post("/moeder/3/referat/offentliggoer/").status_code == 404


def test_names_in_the_text_take_another_look(as_secretary):
    meeting = make_meeting(3)
    minutes = make_minutes(meeting)
    make_attendance(meeting, name="Ea Hemmelig")
    make_attendance(meeting, name="Bo Åben", name_visibility=NameVisibility.PUBLIC)
    make_member(user=make_user(name="Ida Medlem"))
    make_entry(minutes, "<p>Tak til EA <em></em>hemmelig, Ea Hemmelig, Bo Åben og Ida Medlem.</p>")

    let_everything_stand(minutes)

    page = as_secretary.get("/moeder/3/referat/offentliggoer/")
    assert [found.name for found in page.context["names"]] == ["Ea Hemmelig", "Ida Medlem"]
    refused = as_secretary.post("/moeder/3/referat/offentliggoer/")
    assert list(refused.context["form"].errors) == ["names_seen"]
    as_secretary.post("/moeder/3/referat/offentliggoer/", {"names_seen": "on"})

    minutes.refresh_from_db()
    assert minutes.is_published


HIDDEN, SHOWN, NOBODYS = "Ea Hemmelig", "Bo Åben", "Ukendt Person"


@pytest.fixture
def minutes(db):
    """Return a draft of a meeting: one who was there agreed to be named, one did not."""
    meeting = make_meeting(3)
    make_attendance(meeting, name=HIDDEN)
    make_attendance(meeting, name=SHOWN, name_visibility=NameVisibility.PUBLIC)
    return make_minutes(meeting)


def say(minutes, where: str, words: str) -> str:
    """Write words into a text of the meeting; return where it is to be mended."""
    meeting, page = minutes.meeting, "/moeder/3/"
    match where:
        case "heading":
            return make_entry(minutes, heading=words).get_absolute_url()
        case "passage":
            return make_entry(minutes, f"<p>{words}</p>").get_absolute_url()
        case "statement":
            barrier = make_barrier("Pris")
            said = make_statement(barrier, words, entry=make_entry(minutes))
            return f"/barrierer/pris/udsagn/{said.pk}/ret/"
        case "action point":
            make_action_point(meeting, words)
            return f"{page}#aftalt"
        case "note":
            make_action_point(meeting, note=words)
            return f"{page}#aftalt"
        case "agenda item":
            make_agenda_item(meeting, words)
            return f"{page}#dagsorden"
        case "details":
            make_agenda_item(meeting, details=words)
            return f"{page}#dagsorden"
        case "material":
            meeting.materials.create(title=words, link="https://example.org/")
            return f"{page}#materiale"
        case "organisation":
            make_attendance(meeting, organisation_name=words)
            return f"{page}#deltagere"
        case "correction":
            minutes.corrections.create(text=words, corrected_on="2022-11-20")
            return f"{page}#rettelser"
    raise ValueError(where)


PLACES = [
    "heading",
    "passage",
    "statement",
    "action point",
    "note",
    "agenda item",
    "details",
    "material",
    "organisation",
    "correction",
]


@pytest.mark.parametrize("where", PLACES)
def test_every_text_that_publishing_shows_is_looked_through(as_secretary, minutes, where):
    url = say(minutes, where, f"Aftalt med {HIDDEN}, {SHOWN} og {NOBODYS}.")

    page = as_secretary.get("/moeder/3/referat/offentliggoer/")

    (found,) = page.context["names"]
    assert found.name == HIDDEN
    assert [text.url for text in found.texts] == [url]
    assert f'href="{url}"' in page.content.decode()
    # Where it leads is there, for the secretariat.
    place = as_secretary.get(url)
    assert place.status_code == 200
    _path, _hash, anchor = url.partition("#")
    assert not anchor or f'id="{anchor}"' in place.content.decode()


@pytest.mark.parametrize("where", PLACES)
def test_text_without_hidden_names_is_published_at_once(as_secretary, minutes, where):
    say(minutes, where, f"Aftalt med {SHOWN} og {NOBODYS}.")
    let_everything_stand(minutes)

    as_secretary.post("/moeder/3/referat/offentliggoer/")

    minutes.refresh_from_db()
    assert minutes.is_published


def test_document_leads_to_where_its_words_are_mended(as_secretary, minutes):
    intake = make_intake(state=IntakeState.IMPORTED, meeting=minutes.meeting)
    say(minutes, "action point", HIDDEN)

    page = as_secretary.get("/moeder/3/referat/offentliggoer/").content.decode()

    assert f'href="{intake.get_absolute_url()}"' in page


def test_readers_are_told_of_the_publication_and_not_of_how_it_came_about(
    client, as_secretary, secretary
):
    minutes = make_ready()
    for verb in (Verb.ADDED, Verb.OPENED, Verb.RETURNED):
        record(verb, minutes, by=secretary.user)
    assert "åbnet" in as_secretary.get("/sekretariat/").content.decode()

    assert publishing.publish(minutes=let_everything_stand(minutes, secretary), by=secretary)

    feed = client.get("/feed/").content.decode()
    assert feed.count("Referat af 3. møde") == 1
    assert "referat · offentliggjort" in feed
    assert Activity.objects.filter(target_id=minutes.pk).count() == 4


def test_sign_ups_are_over_once_the_minutes_tell_who_was_there(as_member, client):
    minutes = make_in_review()
    for status in ("invited", "coming", "apologies", "present"):
        make_attendance(minutes.meeting, organisation_name=f"Hus-{status}", status=status)

    def shown(browser) -> set[str]:
        return set(re.findall(r"Hus-\w+", browser.get("/moeder/3/").content.decode()))

    assert shown(as_member) == {"Hus-invited", "Hus-coming", "Hus-apologies", "Hus-present"}
    publish(minutes)
    assert shown(as_member) == {"Hus-apologies", "Hus-present"}
    assert shown(client) == {"Hus-present"}


def test_page_says_that_the_review_is_still_open(as_secretary):
    minutes = make_in_review()
    here = "/moeder/3/referat/offentliggoer/"
    assert "Gennemsynet varer til og med" in as_secretary.get(here).content.decode()

    minutes.review_ends_on = timezone.localdate() - timedelta(days=1)
    minutes.save()

    assert "Gennemsynet varer til og med" not in as_secretary.get(here).content.decode()
