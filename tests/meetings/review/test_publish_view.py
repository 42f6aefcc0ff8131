"""The page that publishes minutes: why it does not yet, and the names to look at once more."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.review import publishing
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.intake.models import IntakeState
from taskforce.members.models import NameVisibility
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
    make_statement,
    make_user,
)
from tests.intake.drafts import make_intake
from tests.meetings.review.reviews import (
    attend,
    let_everything_stand,
    make_in_review,
    make_ready,
    publish,
)


def test_publish_says_that_something_may_be_missing(as_secretary):
    minutes = make_ready()
    make_agenda_item(minutes.meeting, "Uden tekst")

    page = as_secretary.post("/moeder/3/referat/offentliggoer/")

    assert page.context["form"].non_field_errors() == [
        "Der mangler måske noget. Ret det, eller skriv, hvorfor det kan blive stående."
    ]
    minutes.refresh_from_db()
    assert not minutes.is_published


def test_publish_waits_for_answers_to_proposed_changes(as_secretary):
    minutes = make_in_review()
    change = make_proposed_change(minutes.entries.get(), proposed_by=attend(minutes))
    let_names_stand = {"names_seen": "on"}

    page = as_secretary.post("/moeder/3/referat/offentliggoer/", let_names_stand)
    assert page.context["form"].non_field_errors() == [
        "Foreslåede rettelser fra gennemsynet venter på svar."
    ]
    change.state = "accepted"
    change.save()
    as_secretary.post("/moeder/3/referat/offentliggoer/", let_names_stand)

    minutes.refresh_from_db()
    assert minutes.is_published


def test_publish_needs_post(as_secretary):
    minutes = make_minutes(make_meeting(3))

    assert as_secretary.get("/moeder/3/referat/offentliggoer/").status_code == 200

    minutes.refresh_from_db()
    assert not minutes.is_published


def test_publish_does_not_find_published_minutes(as_secretary):
    make_minutes(make_meeting(3), published=True)

    assert as_secretary.post("/moeder/3/referat/offentliggoer/").status_code == 404


def test_publish_says_the_same_where_somebody_else_published_first(
    as_secretary, secretary, monkeypatch
):
    minutes = let_everything_stand(make_minutes(make_meeting(3)), secretary)
    publish_act = publishing.publish

    def publish_twice(**given):
        publish_act(**given)
        return publish_act(**given)

    monkeypatch.setattr(publishing, "publish", publish_twice)
    page = as_secretary.post("/moeder/3/referat/offentliggoer/", follow=True)

    assert page.redirect_chain == [("/moeder/3/", 302)]
    said = [*map(str, page.context["messages"])]
    assert said == ["Referatet er offentliggjort. Alle kan læse det."]
    assert minutes.versions.count() == 1


def test_publish_asks_to_look_at_names_in_the_text(as_secretary):
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


HIDDEN, SHOWN, NOBODYS = "Ea Hemmelig", "Bo Åben", "Ukendt Gæst"


@pytest.fixture
def minutes(db):
    """Return a draft of a meeting: one who was there agreed to be named, one did not."""
    meeting = make_meeting(3)
    make_attendance(meeting, name=HIDDEN)
    make_attendance(meeting, name=SHOWN, name_visibility=NameVisibility.PUBLIC)
    return make_minutes(meeting)


def say(minutes, where: str, words: str) -> str:
    """Write words into a text of the meeting; return where to fix it."""
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
def test_page_leads_to_each_text_that_holds_a_hidden_name(as_secretary, minutes, where):
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
def test_publish_asks_nothing_where_no_hidden_name_stands(as_secretary, minutes, where):
    say(minutes, where, f"Aftalt med {SHOWN} og {NOBODYS}.")
    let_everything_stand(minutes)

    as_secretary.post("/moeder/3/referat/offentliggoer/")

    minutes.refresh_from_db()
    assert minutes.is_published


def test_page_leads_to_the_document_that_the_texts_came_from(as_secretary, minutes):
    intake = make_intake(state=IntakeState.IMPORTED, meeting=minutes.meeting)
    say(minutes, "action point", HIDDEN)

    page = as_secretary.get("/moeder/3/referat/offentliggoer/").content.decode()

    assert f'href="{intake.get_absolute_url()}"' in page


def test_feed_shows_the_publication_and_not_what_came_before(client, as_secretary, secretary):
    minutes = make_ready()
    for verb in (Verb.ADDED, Verb.OPENED, Verb.RETURNED):
        record(verb, minutes, by=secretary.user)
    assert "åbnet" in as_secretary.get("/sekretariat/").content.decode()

    assert publishing.publish(minutes=let_everything_stand(minutes, secretary), by=secretary)

    feed = client.get("/feed/").content.decode()
    assert feed.count("Referat af 3. møde") == 1
    assert "referat · offentliggjort" in feed
    assert Activity.objects.filter(target_id=minutes.pk).count() == 4


def test_published_minutes_show_no_sign_ups(as_member, client):
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
