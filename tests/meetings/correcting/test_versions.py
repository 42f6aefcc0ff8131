"""The versions of minutes: who reads which, how two compare, and how a draft comes back."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from meetings.correcting import versions
from meetings.models import (
    Minutes,
    MinutesEntry,
    MinutesVersion,
    OutcomeKind,
)
from meetings.review import publishing
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_entry,
    make_outcome,
)
from tests.meetings.correcting.test_views import HERE, correct
from tests.meetings.review.reviews import make_in_review, make_ready, publish


@pytest.fixture
def minutes(db: None) -> Minutes:
    return publish(make_ready())


@pytest.fixture
def entry(minutes: Minutes) -> MinutesEntry:
    return minutes.entries.get()


def test_published_versions_are_listed_and_compared_by_everybody(as_secretary, client, entry):
    correct(as_secretary, entry)

    listed = client.get(f"{HERE}versioner/")
    page = client.get(f"{HERE}versioner/sammenlign/?fra=1&til=2").content.decode()

    assert [row.number for row in listed.context["rows"]] == [2, 1]
    assert "Vi mødtes<ins> i Odense</ins>." in page
    assert "Gendan" not in listed.content.decode()


def test_versions_of_a_review_are_the_secretariats_alone(as_secretary, client, as_member):
    minutes = make_in_review()
    publishing.freeze(minutes, by=None)
    publish(minutes)

    for browser, numbers in ((client, [2]), (as_member, [2]), (as_secretary, [2, 1])):
        shown = browser.get(f"{HERE}versioner/").context["rows"]
        assert [row.number for row in shown] == numbers
    refused = client.get(f"{HERE}versioner/sammenlign/?fra=1&til=2")
    assert [*refused.context["form"].errors] == ["fra"]


@pytest.mark.parametrize("query", ["", "?fra=1", "?fra=x&til=y", "?fra=99&til=1", "?fra=-1&til=1"])
def test_compare_asks_again_for_unknown_versions(client, minutes, query):
    page = client.get(f"{HERE}versioner/sammenlign/{query}")

    assert page.status_code == 200
    assert page.context["form"].errors


def test_versions_of_a_draft_are_not_found(client, as_member):
    publishing.freeze(make_ready(), by=None)

    for browser in (client, as_member):
        assert browser.get(f"{HERE}versioner/").status_code == 404
        assert browser.get(f"{HERE}versioner/sammenlign/?fra=1&til=1").status_code == 404


def test_compare_reads_an_early_version_without_outcomes(as_secretary, client, minutes):
    old = MinutesVersion.objects.get()
    MinutesVersion.objects.update(content={"entries": old.content["entries"]})
    correct(as_secretary, minutes.entries.get())

    page = client.get(f"{HERE}versioner/sammenlign/?fra=1&til=2")

    assert page.status_code == 200


def test_version_keeps_everything_and_no_name(minutes):
    meeting = minutes.meeting
    make_outcome(make_agenda_item(meeting, "Mål"), OutcomeKind.DECIDED, decision="Ja.")
    make_action_point(meeting, "Send liste", due_on=date(2023, 1, 2))
    make_attendance(meeting, name="Ea Hemmelig", organisation_name="Huset")

    content = publishing.freeze(minutes, by=None).content

    assert [row["title"] for row in content["agenda"]] == ["Nyt", "Mål"]
    assert content["outcomes"][-1]["decision"] == "Ja."
    assert content["action_points"][0]["due_on"] == "2023-01-02"
    assert content["attendance"][-1]["organisation_name"] == "Huset"
    assert "Ea Hemmelig" not in str(content)


def test_restore_makes_a_new_version_of_a_kept_draft(as_secretary, db):
    minutes = make_ready()
    entry = minutes.entries.get()
    as_secretary.post(f"{HERE}versioner/gem/")
    as_secretary.post(f"{HERE}versioner/gem/")  # nothing has changed, so there is one
    MinutesEntry.objects.update(text="<p>Noget andet.</p>", version=2)
    newer = make_entry(minutes, "<p>Nyere.</p>")
    kept = make_entry(minutes, "<p>Med aftale.</p>")
    make_action_point(minutes.meeting, entry=kept)
    outcome = minutes.outcomes.get()
    outcome.kind, outcome.decision = OutcomeKind.DECIDED, "Ja."
    outcome.save()

    as_secretary.post(f"{HERE}versioner/1/gendan/")

    entry.refresh_from_db()
    assert (entry.text, entry.version) == ("<p>Vi mødtes.</p>", 3)
    assert [*minutes.entries.values_list("pk", flat=True)] == [entry.pk, kept.pk]
    assert minutes.outcomes.get().kind == OutcomeKind.NOTED
    numbers = [*minutes.versions.values_list("number", flat=True)]
    assert numbers == [1, 2, 3]
    before = minutes.versions.get(number=2).content["entries"]
    assert [row["text"] for row in before][:2] == ["<p>Noget andet.</p>", "<p>Nyere.</p>"]
    # What was removed comes back as a passage of its own.
    as_secretary.post(f"{HERE}versioner/2/gendan/")
    assert "<p>Nyere.</p>" in minutes.entries.values_list("text", flat=True)
    assert not MinutesEntry.objects.filter(pk=newer.pk).exists()


@pytest.mark.parametrize("make", [make_in_review, lambda: publish(make_ready())])
@pytest.mark.parametrize("act", ["versioner/gem/", "versioner/1/gendan/"])
def test_keep_and_restore_say_why_minutes_are_no_draft(as_secretary, db, make, act):
    minutes = make()
    publishing.freeze(minutes, by=None)
    count = minutes.versions.count()
    MinutesEntry.objects.update(text="<p>Nu.</p>")

    as_secretary.post(HERE + act)

    assert minutes.entries.get().text == "<p>Nu.</p>"
    assert minutes.versions.count() == count


def test_compared_texts_come_in_the_order_of_the_newer_version(secretary, minutes):
    item = minutes.meeting.agenda.get()
    first = minutes.versions.get()
    make_entry(minutes, "<p>Nyt afsnit.</p>", agenda_item=item)
    second = publishing.freeze(minutes, by=None)

    rows = versions.compared(first, second, secretary.user)

    assert [row.title for row in rows] == ["Nyt", "Nyt", "Nyt"]
    assert [row.is_same for row in rows] == [True, False, True]
    assert rows[1].old.pieces == []
    assert [piece.kind for piece in rows[1].new.pieces] == ["+"]


def test_corrections_hide_the_text_that_a_later_one_of_the_same_hides(secretary, minutes):
    item = minutes.meeting.agenda.get()
    entry, outcome = minutes.entries.get(), minutes.outcomes.get()
    point = make_action_point(minutes.meeting)
    of_what = [
        {"entry": entry},
        {"outcome": outcome},
        {"action_point": point},
        {},  # of who was there
        {"entry": entry, "old_is_hidden": True},
        {"outcome": outcome, "old_is_hidden": True},
        {"entry": entry},
        {"outcome": outcome},
    ]
    corrections = [
        minutes.corrections.create(corrected_on="2022-11-20", version=number, **of)
        for number, of in enumerate(of_what, start=2)
    ]

    hidden = versions.hidden_corrections(corrections, AnonymousUser())

    assert hidden == {corrections[place].pk for place in (0, 1, 4, 5)}
    assert versions.hidden_corrections(corrections, secretary.user) == set()
    keys = [versions.key_of(correction) for correction in corrections[:4]]
    assert keys == [("entry", entry.pk), ("outcome", item.pk), ("action", point.pk), None]


def test_compared_texts_are_withheld_until_the_version_that_hid_them(secretary, minutes):
    make_action_point(minutes.meeting, "Ring", due_on=date(2023, 1, 2))
    entry, outcome = minutes.entries.get(), minutes.outcomes.get()
    old = publishing.freeze(minutes, by=None)
    new = publishing.freeze(minutes, by=None)
    for of in ({"entry": entry}, {"outcome": outcome}):
        minutes.corrections.create(
            corrected_on="2022-11-20", version=new.number, old_is_hidden=True, **of
        )

    def withheld(viewer):
        rows = versions.compared(old, new, viewer)
        return [(row.old.withheld, row.new.withheld, row.is_same) for row in rows]

    shown = (False, False, True)
    assert withheld(AnonymousUser()) == [(True, False, False), (True, False, False), shown]
    assert withheld(secretary.user) == [shown] * 3


def test_compared_texts_are_withheld_where_they_name_somebody(secretary, minutes):
    make_attendance(minutes.meeting, name="Ea Hemmelig")
    old = publishing.freeze(minutes, by=None)
    MinutesEntry.objects.update(text="<p>Ea Hemmelig sagde ja.</p>")
    new = publishing.freeze(minutes, by=None)

    first = versions.compared(old, new, AnonymousUser())[0]

    assert (first.old.withheld, first.new.withheld) == (False, True)
    assert [piece.text for piece in first.new.pieces] == []
    seen = versions.compared(old, new, secretary.user)[0]
    assert "".join(piece.text for piece in seen.new.pieces) == "Ea Hemmelig sagde ja."


def test_compared_texts_are_titled_by_item_and_organisation(secretary, minutes):
    item = minutes.meeting.agenda.get()
    speaker = make_attendance(minutes.meeting, name="Ea Hemmelig", organisation_name="Comdia")
    make_entry(minutes, "<p>Ja.</p>", agenda_item=item, speaker=speaker)
    make_entry(minutes, "<p>Nej.</p>", speaker=speaker)
    make_action_point(minutes.meeting, "Ring")
    version = publishing.freeze(minutes, by=None)

    titles = [row.title for row in versions.compared(version, version, secretary.user)]

    assert titles == ["Nyt", "Nyt · Comdia", "Comdia", "Nyt", ""]
