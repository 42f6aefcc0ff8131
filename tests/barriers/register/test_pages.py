"""What a barrier's page shows: its thread, and its rank over time."""

import re
from urllib.parse import quote

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


def test_a_barrier_is_shared_by_its_whole_address(client, db, settings):
    address = make_barrier("Udbud").get_absolute_url()

    page = client.get(address).content.decode()

    body = quote(f"{settings.SITE_URL}{address}", safe="")
    assert re.findall(r'"mailto:\?([^"]*)"', page) == [f"subject=Udbud&amp;body={body}"]


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
    assert re.findall(r'<td class="num">(\d+)</td>', text) == ["2", "3", "1", "6"]


def test_rank_of_one_round_is_written_and_not_drawn(client, db):
    barrier, other = make_barrier("Udbud"), make_barrier("Andet")
    count_with(make_round(barrier, other, ballot_size=2), barrier, other)

    text = client.get("/barrierer/udbud/").content.decode()

    assert re.findall(r'<td class="num">(\d+)</td>', text) == ["1", "6"]
    chart = text.partition('class="chart"')[2].partition("</figure>")[0]
    assert "<details open>" in chart
    assert "<svg" not in chart


def test_barrier_that_nobody_chose_lately_says_so_and_where_it_stood_before(client, db):
    barrier, other = make_barrier("Udbud"), make_barrier("Andet")
    count_with(make_round(barrier, other, title="Forår"), barrier)
    count_with(make_round(barrier, other, title="Efterår"), other)

    page = client.get("/barrierer/udbud/")

    assert str(page.context["unchosen_in"]) == "Efterår"
    assert (page.context["latest"].rank, str(page.context["latest"].round)) == (1, "Forår")
    assert "Prioriteret, men uden point" in page.content.decode()


def test_problem_leads_the_page_and_a_long_one_is_read_below(client, db):
    make_barrier("Kort", description="Udbud er for store.\n\nMere om det.")
    make_barrier("Lang", description="Ord. " * 200)

    short, long = client.get("/barrierer/kort/"), client.get("/barrierer/lang/")

    assert (short.context["lead"], short.context["rest"]) == ("Udbud er for store.", "Mere om det.")
    assert (long.context["lead"], long.context["rest"]) == ("", "Ord. " * 200)


def test_statement_shows_its_passage_of_published_minutes(client, db):
    entry = make_entry(make_minutes(make_meeting(3), published=True), text="<p>Sagt på mødet.</p>")
    make_statement(make_barrier("Udbud"), entry=entry)

    page = client.get("/barrierer/udbud/").content.decode()

    assert "Læs stedet i referatet" in page
    assert "<p>Sagt på mødet.</p>" in page


def test_rank_of_an_example_round_is_marked_wherever_it_shows(client, db):
    barrier = make_barrier("Udbud")
    count_with(make_round(barrier, is_example=True), barrier)

    assert client.get("/barrierer/udbud/").content.decode().count("Eksempeltal") == 3
    assert "eksempeltal" in client.get("/barrierer/").content.decode()
