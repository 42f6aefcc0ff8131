"""The versions of minutes: who reads which, how two compare, and a draft's brought back."""

from datetime import date

import pytest

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
from tests.meetings.correcting.test_correcting import HERE, correct
from tests.meetings.review.reviews import make_in_review, make_ready, publish


@pytest.fixture
def minutes(db: None) -> Minutes:
    return publish(make_ready())


@pytest.fixture
def entry(minutes: Minutes) -> MinutesEntry:
    return minutes.entries.get()


def test_everybody_lists_and_compares_what_was_published(as_secretary, client, entry):
    correct(as_secretary, entry)

    listed = client.get(f"{HERE}versioner/")
    page = client.get(f"{HERE}versioner/sammenlign/?fra=1&til=2").content.decode()

    assert [row.number for row in listed.context["rows"]] == [2, 1]
    assert "Vi mødtes<ins> i Odense</ins>." in page
    assert "Gendan" not in listed.content.decode()


def test_versions_of_the_review_are_the_secretariats(as_secretary, client, as_member):
    minutes = make_in_review()
    publishing.freeze(minutes, by=None)
    publish(minutes)

    for browser, numbers in ((client, [2]), (as_member, [2]), (as_secretary, [2, 1])):
        shown = browser.get(f"{HERE}versioner/").context["rows"]
        assert [row.number for row in shown] == numbers
    refused = client.get(f"{HERE}versioner/sammenlign/?fra=1&til=2")
    assert [*refused.context["form"].errors] == ["fra"]


@pytest.mark.parametrize("query", ["", "?fra=1", "?fra=x&til=y", "?fra=99&til=1", "?fra=-1&til=1"])
def test_versions_that_are_not_there_are_asked_for_again(client, minutes, query):
    page = client.get(f"{HERE}versioner/sammenlign/{query}")

    assert page.status_code == 200
    assert page.context["form"].errors


def test_versions_of_a_draft_are_as_if_there_were_none(client, as_member):
    publishing.freeze(make_ready(), by=None)

    for browser in (client, as_member):
        assert browser.get(f"{HERE}versioner/").status_code == 404
        assert browser.get(f"{HERE}versioner/sammenlign/?fra=1&til=1").status_code == 404


def test_version_from_before_outcomes_were_kept_is_read(as_secretary, client, minutes):
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


def test_draft_is_kept_and_brought_back_as_a_new_version(as_secretary, db):
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
def test_only_drafts_are_brought_back(as_secretary, db, make, act):
    minutes = make()
    publishing.freeze(minutes, by=None)
    count = minutes.versions.count()
    MinutesEntry.objects.update(text="<p>Nu.</p>")

    as_secretary.post(HERE + act)

    assert minutes.entries.get().text == "<p>Nu.</p>"
    assert minutes.versions.count() == count


def test_comparing_goes_through_texts_in_order(secretary, minutes):
    item = minutes.meeting.agenda.get()
    first = minutes.versions.get()
    make_entry(minutes, "<p>Nyt afsnit.</p>", agenda_item=item)
    second = publishing.freeze(minutes, by=None)

    rows = versions.compared(first, second, secretary.user)

    assert [row.title for row in rows] == ["Nyt", "Nyt", "Nyt"]
    assert [row.is_same for row in rows] == [True, False, True]
    assert rows[1].old.pieces == []
    assert [piece.kind for piece in rows[1].new.pieces] == ["+"]
