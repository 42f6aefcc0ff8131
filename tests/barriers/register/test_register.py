"""The register: finding barriers, adding to them, changing and hiding them."""

import pytest
from django.utils import timezone

from barriers.models import Barrier, BarrierState, Statement
from barriers.rounds import prioritisation
from calls.models import Call
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_entry,
    make_initiative,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_round,
    make_statement,
    make_theme,
    make_voter,
)


def titles(page) -> list[str]:
    return [row["title"] for row in page.context["rows"]]


def test_lists_ranked_ones_first_and_the_rest_as_danes_sort(client, db):
    for title in ("Åben dør", "Øl", "Zone", "Ærlighed", "Aalborg", "Anden"):
        make_barrier(title)
    first = make_barrier("Ranked")
    prioritisation.close(voting_round=make_round(first))

    page = client.get("/barrierer/")

    assert titles(page) == ["Ranked", "Anden", "Zone", "Ærlighed", "Øl", "Åben dør", "Aalborg"]


def test_filters_combine_and_stay_in_the_address(client, db):
    capital, law = make_theme("Kapital"), make_theme("Lov")
    make_barrier("Penge", theme=capital)
    make_barrier("Penge og lov", theme=law)
    make_barrier(
        "Løst", theme=capital, state=BarrierState.RESOLVED, resolved_on=timezone.localdate()
    )

    page = client.get("/barrierer/?tema=kapital&status=open&q=penge&sorter=dato")

    assert titles(page) == ["Penge"]
    text = page.content.decode()
    assert '<option value="kapital" selected>' in text
    assert '<option value="dato" selected>' in text
    assert 'value="penge"' in text


@pytest.mark.parametrize("query", ["tema=nothing", "status=lost", "sorter=sideways"])
def test_filter_that_makes_no_sense_is_said_at_its_field(client, db, query: str):
    make_barrier("Shown")

    page = client.get(f"/barrierer/?{query}")

    assert titles(page) == ["Shown"]
    assert 'class="errorlist"' in page.content.decode()


def test_search_knows_danish_word_forms(client, db):
    make_barrier("Kommunernes økonomi er presset")
    make_barrier("Svært at rejse kapital")

    assert titles(client.get("/barrierer/?q=kommune")) == ["Kommunernes økonomi er presset"]


def test_pages_of_25_lead_to_each_other(client, db):
    theme, home = make_theme(), make_organisation()
    for number in range(51):
        make_barrier(f"{number:02}", theme=theme, raised_by=home)

    first, last = client.get("/barrierer/?q=&side=1"), client.get("/barrierer/?side=3")

    assert (len(titles(first)), titles(last)) == (25, ["50"])
    assert first.context["page"].later == "?q=&side=2"
    assert last.context["page"].later == ""
    assert titles(client.get("/barrierer/?side=nonsense")) == titles(first)


def test_thread_leads_to_every_floor_and_back(client, db):
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


def test_rank_over_time_is_a_picture_with_figures(client, db):
    barrier, other = make_barrier("Udbud"), make_barrier("Andet")
    for favourite in (other, barrier):
        voting = make_round(barrier, other, ballot_size=1)
        prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=[favourite])
        prioritisation.close(voting_round=voting)

    page = client.get("/barrierer/udbud/")

    steps = page.context["steps"]
    assert [step.rank for step in steps] == [2, 1]
    assert steps[0].y > steps[1].y  # a better rank stands higher
    text = page.content.decode()
    assert f'points="{steps[0].x},{steps[0].y} {steps[1].x},{steps[1].y} "' in text
    assert text.count("<td>1</td>") >= 1


def test_rank_from_an_example_round_says_so_beside_its_figures(client, db):
    barrier = make_barrier("Udbud")
    prioritisation.close(voting_round=make_round(barrier, is_example=True))

    assert client.get("/barrierer/udbud/").content.decode().count("Eksempeltal") == 3
    assert "eksempeltal" in client.get("/barrierer/").content.decode()


def test_merged_barrier_leads_to_the_one_it_went_into(client, db):
    kept = make_barrier("Kept")
    make_barrier("Gone", state=BarrierState.MERGED, merged_into=kept)

    assert client.get("/barrierer/gone/").url == "/barrierer/kept/"
    assert titles(client.get("/barrierer/")) == ["Kept"]


def test_member_adds_a_barrier_that_is_public_at_once(as_member, member, client):
    theme = make_theme()

    page = as_member.post(
        "/barrierer/ny/", {"title": "Større udbud", "theme": theme.pk, "description": "De vokser."}
    )

    assert page.url == "/barrierer/stoerre-udbud/"
    assert Barrier.objects.get().raised_by == member.organisation
    assert client.get(page.url).status_code == 200
    assert client.get("/feed/").content.decode().count("Større udbud") >= 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"title": ""}, "title"), ({"title": "x" * 161}, "title"), ({"theme": "0"}, "theme")],
)
def test_bad_barrier_is_said_at_its_field_and_keeps_what_was_typed(as_member, typed, field):
    values = {"title": "Udbud", "theme": make_theme().pk, "description": "Lang tekst"} | typed

    page = as_member.post("/barrierer/ny/", values)

    assert list(page.context["form"].errors) == [field]
    assert "Lang tekst" in page.content.decode()
    assert not Barrier.objects.exists()


def test_two_barriers_of_one_name_have_two_addresses(db):
    assert [make_barrier("Ny").slug, make_barrier("Ny").slug] == ["ny-2", "ny-3"]


def test_organisation_edits_its_own_barrier_only(as_member, member):
    own, other = make_barrier("Own", raised_by=member.organisation), make_barrier("Other")
    values = {"title": "Changed", "theme": own.theme_id, "description": "", "version": 1}

    assert as_member.post("/barrierer/own/ret/", values).url == "/barrierer/own/"
    assert as_member.post("/barrierer/other/ret/", values).status_code == 404

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.title, own.version, other.title) == ("Changed", 2, "Other")


def test_second_writer_sees_both_texts_and_loses_neither(as_member, member):
    barrier = make_barrier("Own", raised_by=member.organisation, description="Theirs")
    Barrier.objects.filter(pk=barrier.pk).update(version=2)
    mine = {"title": "Own", "theme": barrier.theme_id, "description": "Mine", "version": 1}

    page = as_member.post("/barrierer/own/ret/", mine)

    assert page.status_code == 200
    assert [text for _label, text in page.context["form"].theirs] == ["Theirs"]
    assert "Mine" in page.content.decode()
    barrier.refresh_from_db()
    assert barrier.description == "Theirs"

    again = mine | {"version": page.context["form"]["version"].value()}
    as_member.post("/barrierer/own/ret/", again)
    barrier.refresh_from_db()
    assert (barrier.description, barrier.version) == ("Mine", 3)


def test_statement_is_added_and_put_in_other_words(as_member, member):
    make_barrier("Udbud")

    page = as_member.post("/barrierer/udbud/udsagn/", {"text": "Svært for os."})
    statement = Statement.objects.get()
    assert page.url == f"/barrierer/udbud/#udsagn-{statement.pk}"
    assert statement.organisation == member.organisation
    as_member.post(f"/barrierer/udbud/udsagn/{statement.pk}/ret/", {"text": "Meget svært."})

    statement.refresh_from_db()
    assert statement.text == "Meget svært."


def test_what_minutes_tell_is_not_the_organisations_to_change(as_member, member):
    entry = make_entry(make_minutes(published=True))
    told = make_statement(make_barrier("Udbud"), organisation=member.organisation, entry=entry)

    assert as_member.get(f"/barrierer/udbud/udsagn/{told.pk}/ret/").status_code == 404


def test_empty_statement_is_refused(as_member):
    make_barrier("Udbud")

    page = as_member.post("/barrierer/udbud/udsagn/", {"text": " "})

    assert list(page.context["form"].errors) == ["text"]


def test_secretariat_hides_a_barrier_and_shows_it_again(as_secretary, client, log_in: LogIn):
    make_barrier("Udbud")

    as_secretary.post("/barrierer/udbud/skjul/")
    assert client.get("/barrierer/udbud/").status_code == 404
    assert log_in(make_member()).get("/barrierer/udbud/").status_code == 404
    assert titles(client.get("/barrierer/")) == []
    assert "Udbud" not in client.get("/feed/").content.decode()
    assert as_secretary.get("/barrierer/udbud/").status_code == 200

    as_secretary.post("/barrierer/udbud/vis/")
    assert client.get("/barrierer/udbud/").status_code == 200
