"""The portal's own pages: first as it came, then as the secretariat writes them."""

from typing import Any

import pytest
from django.test import Client

from taskforce.core.acts import Conflict
from taskforce.front.models import Page, PageVersion
from taskforce.front.written import acts, texts
from taskforce.front.written.forms import PageForm
from tests.conftest import LogIn
from tests.factories import make_secretary
from tests.racing import at_once

ABOUT = "/sekretariat/sider/om/"
TYPED = {
    "began_with": "1",
    "title_da": "Om os",
    "lead_da": "Kort",
    "text_da": "Vi mødes.",
    "title_en": "About us",
    "lead_en": "Short",
    "text_en": "We meet.",
}
PAGES = {
    "/om/": "Sådan arbejder vi",
    "/partnere/": "Samarbejd med os",
    "/kontakt/": "Til pressen",
    "/privatliv/": "Datatilsynet",
    "/tilgaengelighed/": "WCAG 2.2",
    "/": "Flere skal købe socialt",
}


@pytest.fixture
def secretary(db: None, log_in: LogIn) -> Client:
    return log_in(make_secretary())


def shown(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize(("path", "words"), PAGES.items())
def test_first_version_is_what_the_portal_came_with(
    client: Client, db: None, path: str, words: str
):
    page = shown(client, path)

    assert words in page
    assert "Senest ændret" not in page
    assert "Ret teksten" not in page
    assert "<h4" not in page


@pytest.mark.parametrize("page", Page)
@pytest.mark.parametrize("language", ["da", "en"])
def test_first_version_stays_as_it_is_when_the_form_is_sent_untouched(
    db: None, page: Page, language: str
):
    text = texts.in_language(page, None, language)
    form = PageForm(page=page)

    assert form.initial[f"title_{language}"] == text.title
    assert form.fields[f"text_{language}"].widget.attrs["data-html"] == text.html
    assert text.html.startswith("<")


def test_saved_text_shows_in_each_language_with_its_day(secretary: Client, client: Client):
    answer = secretary.post(ABOUT, TYPED)

    assert (answer.status_code, answer.url) == (302, "/om/")
    danish, english = shown(client, "/om/"), shown(client, "/en/om/")
    assert ("Vi mødes." in danish, "We meet." in danish) == (True, False)
    assert ("Vi mødes." in english, "We meet." in english) == (False, True)
    assert "Senest ændret" in danish
    assert PageVersion.objects.get().number == 2


def test_english_page_without_english_text_is_danish_and_says_so(secretary: Client, client: Client):
    secretary.post(ABOUT, {**TYPED, "title_en": "", "lead_en": "", "text_en": ""})

    assert '<div class="prose" lang="da"><p>Vi mødes.' in shown(client, "/en/om/")


def test_english_text_without_a_heading_is_told_at_its_field(secretary: Client):
    page = secretary.post(ABOUT, {**TYPED, "title_en": "", "title_da": ""})

    assert {*page.context["form"].errors} == {"title_da", "title_en"}
    assert "We meet." in page.content.decode()


def test_front_page_says_what_was_written_for_it(secretary: Client, client: Client):
    secretary.post("/sekretariat/sider/forside/", {**TYPED, "title_da": "Køb nyt"})

    page = shown(client, "/").partition("<main")[2]
    assert ("Køb nyt" in page, "Vi mødes." in page, "Flere skal købe" in page) == (
        True,
        True,
        False,
    )


def test_script_in_a_text_is_gone(secretary: Client, client: Client):
    secretary.post(ABOUT, {**TYPED, "text_da": "<p onclick=x>Hej<script>alert(1)</script></p>"})

    assert PageVersion.objects.get().text_da == "<p>Hej</p>"


def test_second_writer_sees_both_texts_and_may_then_save(secretary: Client):
    secretary.post(ABOUT, {**TYPED, "text_da": "Deres"})

    page = secretary.post(ABOUT, {**TYPED, "text_da": "Mine"})

    text = page.content.decode()
    assert ("Deres" in text, "Mine" in text) == (True, True)
    assert PageVersion.objects.count() == 1
    secretary.post(ABOUT, {**TYPED, "text_da": "Begge", "began_with": "2"})
    assert [version.number for version in PageVersion.objects.all()] == [3, 2]


def test_two_who_save_at_once_make_one_version_and_one_conflict(transactional_db: None):
    by = make_secretary()

    def save() -> Any:
        form = PageForm(TYPED, page=Page.ABOUT)
        assert form.is_valid()
        try:
            return acts.write(form=form, by=by)
        except Conflict as conflict:
            return conflict

    answers = at_once(*[save] * 4)

    assert sorted(type(answer).__name__ for answer in answers) == [
        *["Conflict"] * 3,
        "PageVersion",
    ]


def test_versions_tell_who_when_and_what_changed(secretary: Client):
    secretary.post(ABOUT, TYPED)
    secretary.post(ABOUT, {**TYPED, "text_da": "Vi mødes tit.", "began_with": "2"})

    page = secretary.get(f"{ABOUT}versioner/")

    (change,) = page.context["changed"]
    assert (change.name, [(piece.kind, piece.text) for piece in change.pieces]) == (
        "tekst på dansk",
        [("=", "Vi mødes"), ("+", " tit"), ("=", ".")],
    )
    assert [version.number for version in page.context["versions"]] == [3, 2, 1]
    first = secretary.get(f"{ABOUT}versioner/?version=2")
    assert len(first.context["changed"]) == 6
    assert secretary.get(f"{ABOUT}versioner/?version=x").context["number"] == 3


@pytest.mark.parametrize("number", [1, 2])
def test_earlier_version_comes_back_as_a_new_one(secretary: Client, client: Client, number: int):
    secretary.post(ABOUT, TYPED)
    secretary.post(ABOUT, {**TYPED, "title_da": "Forkert", "began_with": "2"})

    secretary.post(f"{ABOUT}gendan/", {"number": number, "after": "3"})

    assert PageVersion.objects.count() == 3
    assert ["Om taskforcen", "Om os"][number - 1] in shown(client, "/om/")


@pytest.mark.parametrize(("number", "after"), [("9", "2"), ("1", "1"), ("x", "2")])
def test_what_cannot_come_back_changes_nothing(secretary: Client, number: str, after: str):
    secretary.post(ABOUT, TYPED)

    answer = secretary.post(f"{ABOUT}gendan/", {"number": number, "after": after})

    assert answer.status_code == 302
    assert PageVersion.objects.count() == 1


def test_unknown_page_is_not_found(secretary: Client):
    assert secretary.get("/sekretariat/sider/andet/").status_code == 404
    assert secretary.get("/sekretariat/sider/andet/versioner/").status_code == 404
