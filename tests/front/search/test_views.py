"""Search: word forms, the order of hits, what a hit leads to, and who finds what."""

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import CaseState
from taskforce.front.search import querying, words
from tests.factories import (
    make_agenda_item,
    make_barrier,
    make_call,
    make_case,
    make_entry,
    make_initiative,
    make_meeting,
    make_minutes,
    make_news,
    make_organisation,
)


def titles(browser: Client, words: str) -> list[str]:
    return [hit.title for hit in browser.get("/soeg/", {"q": words}).context.get("hits", [])]


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("kommuner", "Kommunernes økonomi"),
        ("kommunernes", "En kommune køber"),
        ("udbud", "Udbuddet er for stort"),
        ("ØKONOMI", "Kommunernes økonomi"),
        ("virksomhed", "Virksomheder mangler kapital"),
    ],
)
def test_any_form_of_a_word_finds_the_others(client, db, words: str, written: str):
    make_barrier(written)
    make_barrier("Noget helt andet")

    assert titles(client, words) == [written]


def test_every_word_counts_unless_the_visitor_says_otherwise(client, db):
    make_barrier("Store udbud")
    make_barrier("Store lån")

    assert titles(client, "store udbud") == ["Store udbud"]
    assert titles(client, "store -udbud") == ["Store lån"]
    assert sorted(titles(client, "udbud or lån")) == ["Store lån", "Store udbud"]
    assert titles(client, '"udbud store"') == []


def test_more_hits_in_one_text_come_before_fewer(client, db):
    make_case("Once", done="Kapital og meget andet.")
    make_case("Often", done="Kapital, kapital og atter kapital.")
    make_barrier("Kapital")

    assert titles(client, "kapital") == ["Kapital", "Often", "Once"]


def test_finds_what_each_may_read(client, as_member: Client, as_secretary: Client):
    make_barrier("Kapital, hidden", hidden_at=timezone.now())
    make_case("Kapital, submitted", state=CaseState.SUBMITTED)
    make_case("Kapital, draft", state=CaseState.DRAFT)
    make_entry(make_minutes(), "<p>kapital</p>", heading="Kapital, in a draft")
    make_initiative("Kapital, public")

    assert titles(client, "kapital") == titles(as_member, "kapital") == ["Kapital, public"]
    assert set(titles(as_secretary, "kapital")) == {
        "Kapital, hidden",
        "Kapital, submitted",
        "Kapital, in a draft",
        "Kapital, public",
    }


def test_author_finds_the_own_draft(as_member: Client, member):
    make_case("Kapital", state=CaseState.DRAFT, written_by=member.organisation)

    assert titles(as_member, "kapital") == ["Kapital"]


def test_hit_in_minutes_leads_to_its_passage(client, db):
    meeting = make_meeting(3)
    entry = make_entry(make_minutes(meeting, published=True), "<p>Om kapital</p>")
    make_agenda_item(meeting, "Kapital")

    found = client.get("/en/soeg/?q=kapital").context["hits"]
    (hit,) = [one for one in found if one.kind.key == "referat"]

    assert hit.url == f"/en/moeder/3/#{entry.anchor}"
    assert hit.excerpt == "Om <mark>kapital</mark>"
    assert entry.anchor in client.get(hit.url).content.decode()


def test_excerpt_shows_markup_as_text(client, db):
    make_barrier("Kapital", description="<script>kapital()</script>")

    text = client.get("/soeg/", {"q": "kapital <b>"}).content.decode()

    assert "<script>kapital" not in text
    assert "<b>" not in text


def test_words_stay_in_the_field(client, db):
    text = client.get("/soeg/", {"q": 'sociale "udbud"'}).content.decode()

    assert 'value="sociale &quot;udbud&quot;"' in text


def test_many_hits_stand_on_several_pages(client, db):
    for _ in range(60):
        make_call("Kapital")

    first, third = (client.get("/soeg/", {"q": "kapital", "side": n}).context for n in ("1", "3"))

    assert (len(first["hits"]), len(third["hits"]), first["page"].total) == (24, 12, 60)


def test_search_without_hits_says_so(client, db):
    assert "Try another word" in client.get("/en/soeg/?q=findesikke").content.decode()


def test_theme_of_a_barrier_leads_to_the_barriers_of_that_theme(client, db):
    barrier, _other = make_barrier("Of the theme"), make_barrier("Of another theme")

    page = client.get(barrier.theme.get_absolute_url())

    assert [row["title"] for row in page.context["rows"]] == ["Of the theme"]


def test_search_finds_word_forms_on_every_floor(client, db):
    minutes = make_minutes(make_meeting(3), published=True)
    entry = make_entry(minutes, "<p>Kommunerne har travlt.</p>")
    make_barrier("Kommunernes økonomi")
    make_case("Frokost", done="En kommune køber frokost.")
    make_news("Nyt", summary="Til alle kommuner")
    make_organisation("Odense Kommune")

    hits = client.get("/en/soeg/?q=kommune").context["hits"]

    assert {(hit.kind.key, hit.url) for hit in hits} == {
        ("referat", f"/en/moeder/3/#{entry.anchor}"),
        ("barriere", "/en/barrierer/kommunernes-oekonomi/"),
        ("eksempel", "/en/eksempler/frokost/"),
        ("nyhed", "/en/nyt/nyt/"),
        ("organisation", "/en/organisationer/odense-kommune/"),
    }
    excerpt = next(hit.excerpt for hit in hits if hit.kind.key == "referat")
    assert excerpt == "<mark>Kommunerne</mark> har travlt."


def test_search_puts_titles_before_texts(client, db):
    make_barrier("Andet", description="Handler om kapital.")
    make_barrier("Kapital")

    titles = [hit.title for hit in client.get("/soeg/?q=kapital").context["hits"]]

    assert titles == ["Kapital", "Andet"]


def test_search_takes_any_words(client, db):
    for typed in ("'\";--", "<script>", "(((", "a" * 500, "%00", " "):
        assert client.get("/soeg/", {"q": typed}).status_code == 200


def test_it_says_so_when_there_is_more_of_a_kind_than_it_looks_at(client, db, monkeypatch):
    monkeypatch.setattr(querying, "MOST", 2)
    for number in range(3):
        make_barrier(f"Kapital {number}")
    make_case("Kapital")

    page = client.get("/en/soeg/?q=kapital")
    cases = client.get("/en/soeg/?q=kapital&slags=eksempel")

    assert {hit.title for hit in page.context["hits"]} == {"Kapital", "Kapital 1", "Kapital 2"}
    assert "More than 3 hits for “kapital”" in page.content.decode()
    assert "1 hit for “kapital”" in cases.content.decode()


def test_a_long_word_finds_what_has_its_parts(client, db):
    make_barrier("Kantiner køber for lidt brød")
    make_barrier("Kantiner")
    make_barrier("Praktikanterne kan")
    words.gather()

    page = client.get("/en/soeg/?q=kantinebrød")

    (hit,) = page.context["hits"]
    assert hit.marked == "<mark>Kantiner</mark> køber for lidt <mark>brød</mark>"
    assert "These also have the parts of the long ones." in page.content.decode()
