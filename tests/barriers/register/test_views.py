"""The register's pages: the list, a barrier, adding and editing."""

import re
from datetime import date

import pytest
from django.utils import timezone

from barriers.curation import merging
from barriers.models import (
    Barrier,
    BarrierState,
)
from tests.factories import (
    count_with,
    make_barrier,
    make_entry,
    make_minutes,
    make_organisation,
    make_round,
    make_secretary,
    make_statement,
    make_support,
    make_theme,
)

INSTEAD = 'formaction="/barrierer/store-udbud/udsagn/i-stedet/"'


def merge(double: Barrier, into: Barrier, by=None) -> Barrier:
    return merging.merge(double=double, into=into, by=by or make_secretary())


@pytest.fixture
def typed(db: None) -> dict[str, object]:
    make_barrier("Store udbud")
    return {
        "title": "Udbuddene er for store",
        "theme": make_theme().pk,
        "description": "Små virksomheder kan ikke byde.",
    }


def titles(page) -> list[str]:
    return [row["title"] for row in page.context["rows"]]


def test_edit_of_a_merged_barrier_shows_what_was_typed(as_member, member):
    double = make_barrier("Double", raised_by=member.organisation)
    merge(double, make_barrier("Kept"))

    typed = {"title": "Double", "description": "En lang tekst", "theme": "1", "version": 1}
    answer = as_member.post("/barrierer/double/ret/", typed)

    assert answer.status_code == 409
    assert "En lang tekst" in answer.content.decode()
    assert as_member.get("/barrierer/double/ret/").url == "/barrierer/kept/"


def test_add_shows_likely_doubles_and_what_was_typed(as_member, typed):
    page = as_member.post("/barrierer/ny/", typed)

    assert [row["title"] for row in page.context["form"].alike] == ["Store udbud"]
    text = page.content.decode()
    assert INSTEAD in text
    assert 'value="Udbuddene er for store"' in text
    assert "Små virksomheder kan ikke byde." in text
    assert f'<option value="{typed["theme"]}" selected>' in text
    assert Barrier.objects.count() == 1


def test_add_goes_on_where_the_author_has_seen_the_doubles(as_member, typed):
    page = as_member.post("/barrierer/ny/", typed)
    seen = page.context["form"]["seen"].value()

    answer = as_member.post("/barrierer/ny/", {**typed, "seen": seen})

    assert answer.url == Barrier.objects.get(title="Udbuddene er for store").get_absolute_url()


def test_add_shows_a_double_that_was_added_meanwhile(as_member, typed):
    seen = as_member.post("/barrierer/ny/", typed).context["form"]["seen"].value()
    make_barrier("Udbud er alt for store")

    page = as_member.post("/barrierer/ny/", {**typed, "seen": seen})

    assert len(page.context["form"].alike) == 2


@pytest.mark.parametrize("seen", ["x", ",,", "99999", "1;2", "9" * 400])
def test_add_ignores_nonsense_in_the_doubles_seen(as_member, typed, seen: str):
    page = as_member.post("/barrierer/ny/", {**typed, "seen": seen})

    assert page.status_code == 200
    assert Barrier.objects.count() == 1


def filled_buttons(page) -> list[str]:
    """Return what the page's filled buttons say: there is one at the most."""
    found = re.findall(
        r'class="button"[^>]*>(.*?)</(?:a|button)>', page.content.decode(), re.DOTALL
    )
    return [" ".join(re.sub("<[^>]*>", "", words).split()) for words in found]


def test_page_has_one_filled_button_at_the_most(client, as_member, as_secretary, member):
    make_barrier("Fri")
    make_support(make_barrier("Bakket op"), member.organisation)
    make_barrier("Egen", raised_by=member.organisation)
    ended = {"state": BarrierState.RESOLVED, "resolved_on": date(2026, 5, 1), "answer": "Ny lov."}
    make_barrier("Forbi", **ended)
    make_barrier("Gemt", hidden_at=timezone.now())

    assert filled_buttons(client.get("/barrierer/fri/")) == ["Tilføj jeres udsagn"]
    assert filled_buttons(as_member.get("/barrierer/fri/")) == ["Den står også i vejen for os"]
    assert filled_buttons(as_member.get("/barrierer/bakket-op/")) == ["Tilføj jeres udsagn"]
    assert filled_buttons(as_member.get("/barrierer/egen/")) == ["Tilføj jeres udsagn"]
    assert filled_buttons(as_member.get("/barrierer/forbi/")) == []
    assert filled_buttons(as_secretary.get("/barrierer/gemt/")) == ["Tilføj jeres udsagn"]


def test_barrier_that_has_ended_tells_how_and_leaves_out_what_never_came(client, db):
    ended = {"state": BarrierState.DROPPED, "resolved_on": date(2026, 5, 1), "answer": "Ny lov."}
    make_barrier("Forbi", **ended)
    make_barrier("Fri")

    over, running = (
        client.get(f"/barrierer/{slug}/").content.decode() for slug in ("forbi", "fri")
    )

    assert "Ny lov." in over
    for words in ("Intet opslag endnu", "Ikke prioriteret endnu", "Det kan I gøre"):
        assert words in running
        assert words not in over


def test_list_leaves_out_counts_of_nothing(client, db):
    make_statement(make_barrier("Udbud"))

    (row,) = client.get("/barrierer/").context["rows"]

    assert row["counts"] == ["1 organisation bag", "1 udsagn"]


def test_empty_list_teaches(client, db):
    first, none = client.get("/barrierer/"), client.get("/barrierer/?q=findes-ikke")

    assert "Her kommer den første barriere" in first.content.decode()
    assert "Fjern filtre" not in first.content.decode()
    assert "Prøv med færre ord" in none.content.decode()
    assert "Fjern filtre" in none.content.decode()


def test_alike_answers_with_a_piece_of_the_page(as_member, typed):
    piece = as_member.get("/barrierer/ny/lignende/?titel=udbuddet").content.decode()

    assert INSTEAD in piece
    assert "<html" not in piece
    assert as_member.get("/barrierer/ny/lignende/?titel=ganske+andet").content.strip() == b""
    for query in ("", "?titel=", f"?titel={'x' * 161}", "?titel=%00"):
        assert as_member.get(f"/barrierer/ny/lignende/{query}").status_code == 200


def test_add_offers_organisations_to_the_secretariat_alone(as_member, as_secretary, member):
    theirs, theme = make_organisation("Theirs"), make_theme()
    typed = {"title": "Udbud", "theme": theme.pk, "raised_by": theirs.pk}

    assert "raised_by" not in as_member.get("/barrierer/ny/").context["form"].fields
    as_member.post("/barrierer/ny/", typed)
    as_secretary.post("/barrierer/ny/", {**typed, "title": "Ganske andet"})

    found = Barrier.objects.order_by("pk").values_list("title", "raised_by")
    assert [*found] == [("Udbud", member.organisation_id), ("Ganske andet", theirs.pk)]


def test_add_by_the_secretariat_needs_an_organisation(as_secretary):
    typed = {"title": "Udbud", "theme": make_theme().pk, "raised_by": "999999"}

    page = as_secretary.post("/barrierer/ny/", typed)

    assert [*page.context["form"].errors] == ["raised_by"]
    assert not Barrier.objects.exists()


def test_alike_shows_a_hidden_barrier_to_the_secretariat_alone(as_member, as_secretary, db):
    make_barrier("Store udbud", hidden_at=timezone.now())

    assert as_member.get("/barrierer/ny/lignende/?titel=store+udbud").content.strip() == b""
    assert b"Store udbud" in as_secretary.get("/barrierer/ny/lignende/?titel=store+udbud").content


def test_list_sorts_ranked_barriers_first_and_the_rest_in_danish_order(client, db):
    for title in ("Åben dør", "Øl", "Zone", "Ærlighed", "Aalborg", "Anden"):
        make_barrier(title)
    first = make_barrier("Ranked")
    count_with(make_round(first), first)

    page = client.get("/barrierer/")

    assert titles(page) == ["Ranked", "Anden", "Zone", "Ærlighed", "Øl", "Åben dør", "Aalborg"]


def test_list_combines_filters_and_shows_them_again(client, db):
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
def test_list_shows_the_error_of_a_bad_filter_and_ignores_it(client, db, query: str):
    make_barrier("Shown")

    page = client.get(f"/barrierer/?{query}")

    assert titles(page) == ["Shown"]
    assert 'class="errorlist"' in page.content.decode()


def test_list_finds_other_forms_of_a_word(client, db):
    make_barrier("Kommunernes økonomi er presset")
    make_barrier("Svært at rejse kapital")

    assert titles(client.get("/barrierer/?q=kommune")) == ["Kommunernes økonomi er presset"]


@pytest.mark.parametrize(
    ("order", "titles_in_order"),
    [
        ("prioritet", ["First", "Third", "Second"]),
        ("dato", ["Third", "Second", "First"]),
        ("stoette", ["Second", "Third", "First"]),
        ("udsagn", ["Third", "First", "Second"]),
    ],
)
def test_list_is_sorted_as_asked(client, db, order: str, titles_in_order: list[str]):
    first, second, third = (
        make_barrier(title, raised_on=date(2024, 1, day))
        for day, title in enumerate(("First", "Second", "Third"), start=1)
    )
    Barrier.objects.filter(pk=first.pk).update(rank=1, points=9)
    Barrier.objects.filter(pk=third.pk).update(rank=2, points=5)
    make_support(second)
    make_statement(first)
    for text in ("One.", "Other."):
        make_statement(third, text)

    assert titles(client.get(f"/barrierer/?sorter={order}")) == titles_in_order


def test_list_counts_only_statements_that_the_visitor_may_read(client, as_secretary):
    told, untold = make_barrier("Told"), make_barrier("Untold")
    make_statement(told)
    entry = make_entry(make_minutes())  # of a draft
    for text in ("One.", "Other."):
        make_statement(untold, text, entry=entry)

    path = "/barrierer/?sorter=udsagn"
    assert titles(client.get(path)) == ["Told", "Untold"]
    assert titles(as_secretary.get(path)) == ["Untold", "Told"]


def test_list_has_pages_of_24(client, db):
    theme, home = make_theme(), make_organisation()
    for number in range(49):
        make_barrier(f"{number:02}", theme=theme, raised_by=home)

    first, last = client.get("/barrierer/?q=&side=1"), client.get("/barrierer/?side=3")

    assert (len(titles(first)), titles(last)) == (24, ["48"])
    assert first.context["page"].later == "?q=&side=2"
    assert last.context["page"].later == ""
    assert titles(client.get("/barrierer/?side=nonsense")) == titles(first)


def test_page_of_a_merged_barrier_leads_to_the_kept_one(client, db):
    kept = make_barrier("Kept")
    make_barrier("Gone", state=BarrierState.MERGED, merged_into=kept)

    assert client.get("/barrierer/gone/").url == "/barrierer/kept/"
    assert titles(client.get("/barrierer/")) == ["Kept"]


def test_add_makes_a_barrier_that_is_public_at_once(as_member, member, client):
    theme = make_theme()

    page = as_member.post(
        "/barrierer/ny/", {"title": "Større udbud", "theme": theme.pk, "description": "De vokser."}
    )

    assert re.fullmatch(r"/barrierer/stoerre-udbud-[a-z2-9]{4}/", page.url)
    assert Barrier.objects.get().raised_by == member.organisation
    assert client.get(page.url).status_code == 200
    assert client.get("/feed/").content.decode().count("Større udbud") >= 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"title": ""}, "title"), ({"title": "x" * 161}, "title"), ({"theme": "0"}, "theme")],
)
def test_add_shows_errors_and_what_was_typed(as_member, typed, field):
    values = {"title": "Udbud", "theme": make_theme().pk, "description": "Lang tekst"} | typed

    page = as_member.post("/barrierer/ny/", values)

    assert list(page.context["form"].errors) == [field]
    assert "Lang tekst" in page.content.decode()
    assert not Barrier.objects.exists()


def test_edit_is_for_the_organisation_that_raised_the_barrier(as_member, member):
    own, other = make_barrier("Own", raised_by=member.organisation), make_barrier("Other")
    values = {"title": "Changed", "theme": own.theme_id, "description": "", "version": 1}

    assert as_member.post("/barrierer/own/ret/", values).url == "/barrierer/own/"
    assert as_member.post("/barrierer/other/ret/", values).status_code == 404

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.title, own.version, other.title) == ("Changed", 2, "Other")


def test_edit_shows_the_barrier_as_it_is(as_member, member):
    make_barrier("Own", raised_by=member.organisation, description="De vokser.")

    form = as_member.get("/barrierer/own/ret/").context["form"]

    assert (form["title"].value(), form["description"].value()) == ("Own", "De vokser.")
    assert form["version"].value() == 1


def test_edit_shows_errors_and_what_was_typed(as_member, member):
    barrier = make_barrier("Own", raised_by=member.organisation)
    sent = {"title": "", "theme": barrier.theme_id, "description": "Mine", "version": 1}

    form = as_member.post("/barrierer/own/ret/", sent).context["form"]

    assert list(form.errors) == ["title"]
    assert form["description"].value() == "Mine"


def test_edit_shows_both_texts_where_somebody_saved_first(as_member, member):
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
