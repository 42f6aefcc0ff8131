"""A barrier named at a meeting: a statement of its passage, hidden until the minutes are out."""

import pytest
from django.test import Client

from barriers.models import Barrier, RoundResult, Statement
from meetings.models import MinutesEntry
from meetings.review import publishing
from tests.factories import (
    make_attendance,
    make_barrier,
    make_entry,
    make_meeting,
    make_minutes,
    make_organisation,
    make_round,
    make_secretary,
    make_statement,
    make_theme,
)
from tests.meetings.review.reviews import let_everything_stand


@pytest.fixture
def entry(db: None) -> MinutesEntry:
    meeting = make_meeting(3)
    speaker = make_attendance(meeting, organisation=make_organisation("Odense"))
    text = "<p>Udbud er <b>store</b>.</p><ul><li>For store</li></ul>"
    return make_entry(make_minutes(meeting), text, speaker=speaker)


def path(entry: MinutesEntry) -> str:
    return f"/barrierer/udsagn-fra-referat/{entry.pk}/"


def given(entry: MinutesEntry, **fields: object) -> dict[str, object]:
    return {"text": "De er store.", "organisation": entry.speaker.organisation_id, **fields}


def test_form_starts_empty_beside_the_passage_with_the_speaker(as_secretary, entry):
    page = as_secretary.get(path(entry))

    form = page.context["form"]
    assert form["text"].value() is None  # nothing that was said becomes public by itself
    assert "Udbud er store." in page.content.decode()
    assert form["organisation"].value() == entry.speaker.organisation_id


def test_statement_is_added_to_a_barrier_of_the_register(as_secretary, client, entry):
    barrier = make_barrier("Store udbud")

    answer = as_secretary.post(path(entry), given(entry, barrier=barrier.pk))

    assert answer.url == f"/moeder/3/referat/skriv/#afsnit-{entry.pk}"
    statement = Statement.objects.get()
    assert (statement.barrier, statement.entry) == (barrier, entry)
    assert (statement.text, statement.made_on) == ("De er store.", entry.minutes.meeting.date)
    assert statement.organisation == entry.speaker.organisation
    page = as_secretary.get("/moeder/3/referat/skriv/")
    assert "Store udbud" in page.content.decode()


def test_new_barrier_shows_once_the_minutes_are_published(as_secretary, client, as_member, entry):
    theme = make_theme()

    as_secretary.post(path(entry), given(entry, title="Store udbud", theme=theme.pk))

    barrier = Barrier.objects.get()
    assert (barrier.raised_at, barrier.raised_by) == (
        entry.minutes.meeting,
        entry.speaker.organisation,
    )
    for visitor in (client, as_member):
        assert visitor.get(barrier.get_absolute_url()).status_code == 404
        for listing in ("/barrierer/", "/soeg/?q=udbud", "/", "/feed/", "/organisationer/odense/"):
            assert "Store udbud" not in visitor.get(listing).content.decode(), listing
    assert as_secretary.get(barrier.get_absolute_url()).status_code == 200

    let_everything_stand(entry.minutes)
    publishing.publish(minutes=entry.minutes, by=make_secretary())

    for visitor in (client, as_member):
        assert "De er store." in visitor.get(barrier.get_absolute_url()).content.decode()
        assert "Store udbud" in visitor.get("/barrierer/").content.decode()


def test_result_of_a_barrier_in_draft_minutes_is_hidden(client, entry):
    barrier = make_barrier("Store udbud", raised_at=entry.minutes.meeting)
    RoundResult.objects.create(
        round=make_round(title="Runde"), barrier=barrier, title="x", rank=1, points=1, choosers=1
    )

    assert "Store udbud" not in client.get("/prioritering/runde/").content.decode()


def test_statement_on_a_known_barrier_shows_once_the_minutes_are_published(
    as_secretary, client, entry
):
    barrier = make_barrier()
    as_secretary.post(path(entry), given(entry, barrier=barrier.pk))

    before = client.get(barrier.get_absolute_url()).content.decode()
    let_everything_stand(entry.minutes)
    publishing.publish(minutes=entry.minutes, by=make_secretary())
    after = client.get(barrier.get_absolute_url()).content.decode()

    assert "De er store." not in before
    assert "De er store." in after


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "barrier"),
        ({"title": "Ny"}, "theme"),
        ({"title": "Ny", "barrier": "first"}, "title"),
        ({"barrier": "first", "text": ""}, "text"),
        ({"barrier": "first", "organisation": ""}, "organisation"),
        ({"barrier": 0}, "barrier"),
    ],
)
def test_form_shows_errors_and_what_was_typed(as_secretary, entry, fields, fault):
    first = make_barrier()
    data = given(entry, **fields)
    data = {name: first.pk if value == "first" else value for name, value in data.items()}

    page = as_secretary.post(path(entry), data)

    form = page.context["form"]
    assert list(form.errors) == [fault]
    assert form["text"].value() == data["text"]
    assert not Statement.objects.exists()


def test_published_minutes_take_no_statements(as_secretary, entry):
    statement = make_statement(make_barrier(), entry=entry)
    let_everything_stand(entry.minutes)
    publishing.publish(minutes=entry.minutes, by=make_secretary())

    pages = [
        as_secretary.get(path(entry)),
        as_secretary.post(path(entry), given(entry, barrier=make_barrier().pk)),
    ]
    as_secretary.post(f"{path(entry)}{statement.pk}/fjern/")

    assert [page.status_code for page in pages] == [409, 409]
    assert "offentliggjort" in pages[0].content.decode()
    assert Statement.objects.get() == statement


def test_statement_is_removed(as_secretary, entry):
    statement = make_statement(make_barrier(), entry=entry)
    of_another = make_statement(make_barrier())

    assert as_secretary.get(f"{path(entry)}{statement.pk}/fjern/").status_code == 405
    assert as_secretary.post(f"{path(entry)}{of_another.pk}/fjern/").status_code == 404
    as_secretary.post(f"{path(entry)}{statement.pk}/fjern/")

    assert Statement.objects.get() == of_another


def test_form_is_for_the_secretariat_alone(client, as_member, entry):
    for visitor, status in ((client, 302), (as_member, 403)):
        assert visitor.get(path(entry)).status_code == status
        assert visitor.post(path(entry), given(entry)).status_code == status


def test_passage_that_does_not_exist_is_not_found(as_secretary: Client, db):
    assert as_secretary.get("/barrierer/udsagn-fra-referat/1/").status_code == 404
