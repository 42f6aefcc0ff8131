"""What a barrier's page shows: its thread, and its rank over time."""

from calls.models import Call
from tests.factories import (
    count_with,
    make_barrier,
    make_call,
    make_case,
    make_entry,
    make_initiative,
    make_meeting,
    make_minutes,
    make_round,
    make_statement,
)


def test_thread_links_every_floor_and_back(client, db):
    meeting = make_meeting(3)
    entry = make_entry(make_minutes(meeting, published=True))
    barrier = make_barrier("Udbud", raised_at=meeting)
    statement = make_statement(barrier, entry=entry)
    initiative, case, call = make_initiative("Guide"), make_case("Frokost"), make_call("Penge")
    for row in (initiative, case, call):
        row.barriers.add(barrier)
    call.initiatives.add(initiative)
    case.initiatives.add(initiative)

    page = client.get("/barrierer/udbud/").content.decode()

    for row in (meeting, entry, initiative, case, call):
        assert f'href="{row.get_absolute_url()}"' in page
        back = client.get(row.get_absolute_url().partition("#")[0]).content.decode()
        assert barrier.get_absolute_url() in back
    assert statement.get_absolute_url() in client.get("/moeder/3/").content.decode()
    assert call.get_absolute_url() in client.get("/indsatser/guide/").content.decode()
    assert Call.objects.get().initiatives.get() == initiative


def test_rank_over_time_is_drawn_and_written(client, db):
    barrier, other = make_barrier("Udbud"), make_barrier("Andet")
    for favourite in ([other, barrier], [barrier, other]):
        count_with(make_round(barrier, other, ballot_size=2), *favourite)

    page = client.get("/barrierer/udbud/")

    steps = page.context["steps"]
    assert [step.rank for step in steps] == [2, 1]
    assert steps[0].y > steps[1].y  # a better rank stands higher
    text = page.content.decode()
    assert f'points="{steps[0].x},{steps[0].y} {steps[1].x},{steps[1].y} "' in text
    assert text.count("<td>1</td>") >= 1


def test_rank_of_an_example_round_is_marked_wherever_it_shows(client, db):
    barrier = make_barrier("Udbud")
    count_with(make_round(barrier, is_example=True), barrier)

    assert client.get("/barrierer/udbud/").content.decode().count("Eksempeltal") == 3
    assert "eksempeltal" in client.get("/barrierer/").content.decode()
