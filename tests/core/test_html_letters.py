"""The HTML twin of a letter."""

from typing import Any

import pytest
from django.utils import translation

from taskforce.core.html_letters import LONGEST_PREVIEW, as_content, page, preview


@pytest.fixture(autouse=True)
def _danish(settings: Any):
    settings.SITE_URL = "https://portal.example"
    with translation.override("da"):
        yield


def test_first_address_is_a_filled_button_with_the_words_before_it():
    assert as_content("Referatet er klar. Læs det her:\nhttps://portal.example/moeder/4/") == (
        "<p>Referatet er klar.</p>"
        '<p><a class="letter-act letter-first" href="https://portal.example/moeder/4/">'
        "Læs det her</a></p>"
    )


def test_addresses_right_behind_are_buttons_and_later_ones_links():
    text = "\n\n".join(
        [
            "Jeg kommer:\nhttps://portal.example/a/",
            "Jeg kan ikke:\nhttps://portal.example/b/",
            "Du kan svare, til mødet slutter.",
            "Alt om mødet:\nhttps://portal.example/c/",
        ]
    )

    assert as_content(text) == (
        '<p><a class="letter-act letter-first" href="https://portal.example/a/">Jeg kommer</a></p>'
        '<p><a class="letter-act" href="https://portal.example/b/">Jeg kan ikke</a></p>'
        "<p>Du kan svare, til mødet slutter.</p>"
        '<p><a href="https://portal.example/c/">Alt om mødet</a></p>'
    )


def test_address_behind_long_words_or_none_says_where_it_leads():
    long = "Her står alt om mødet, og her skriver I jeres organisations nyt til bordet rundt:"

    found = as_content(f"{long}\nhttps://portal.example/a/\n\nhttps://portal.example/b/")

    assert found == (
        f"<p>{long}</p>"
        '<p><a class="letter-act letter-first" href="https://portal.example/a/">'
        "Åbn i portalen</a></p>"
        '<p><a class="letter-act" href="https://portal.example/b/">Åbn i portalen</a></p>'
    )


def test_address_elsewhere_is_no_button():
    assert as_content("Log ind:\nhttps://portal.example.evil/") == (
        '<p>Log ind:<br><a href="https://portal.example.evil/" rel="noopener noreferrer">'
        "https://portal.example.evil/</a></p>"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("<p onclick=x>Hej", "<p>&lt;p onclick=x&gt;Hej</p>"),
        ("4. møde\ner aflyst", "<p>4. møde<br>er aflyst</p>"),
        ("- Æbler & pærer\n- Te", "<ul><li>Æbler &amp; pærer</li><li>Te</li></ul>"),
        ("ABCD-EFGH", '<p class="letter-code">ABCD-EFGH</p>'),
        ("– – –", "<hr>"),
        ("Hvornår: 1. maj\nHvor: Huset", "<p>Hvornår: 1. maj<br>Hvor: Huset</p>"),
    ],
)
def test_typed_text_stays_text(text: str, html: str):
    wrapped = f'<div class="letter-facts">{html}</div>' if text.startswith("Hvornår") else html

    assert as_content(text) == wrapped


def test_agenda_is_a_list_of_its_items_with_their_texts():
    text = "DAGSORDEN\n\n13.00 Velkommen (5 minutter)\n    Ved Ea & Bo\n\n2. Salg\n\nVi ses."

    assert as_content(text) == (
        '<h3>Dagsorden</h3><ul class="letter-agenda">'
        "<li><b>13.00</b> Velkommen (5 minutter)<p>Ved Ea &amp; Bo</p></li>"
        "<li><b>2.</b> Salg</li></ul><p>Vi ses.</p>"
    )


def test_heading_stands_over_the_lines_below_it():
    assert as_content("NU\nHvornår: 1. maj\nHvor: Huset") == (
        '<h3>Nu</h3><div class="letter-facts"><p>Hvornår: 1. maj<br>Hvor: Huset</p></div>'
    )


def test_line_in_capitals_is_a_heading_and_a_code_is_none():
    assert as_content("SMAL DØR\n\nNyt <b>") == "<h3>SMAL DØR</h3><p>Nyt &lt;b&gt;</p>"
    assert as_content("ABCD-EFGH") == '<p class="letter-code">ABCD-EFGH</p>'


def test_foot_says_how_to_stop_and_regards_can_be_answered(settings: Any):
    settings.SECRETARIAT_EMAIL = "os@portal.example"
    text = "Venlig hilsen\nSekretariatet\nos@portal.example\n\n--\nDu følger det.\nhttps://portal.example/x/"

    assert as_content(text) == (
        '<p>Venlig hilsen<br>Sekretariatet<br><a href="mailto:os@portal.example">'
        "os@portal.example</a></p>"
        '<hr><p class="letter-small">Du følger det. <a href="https://portal.example/x/">'
        "Fravælg disse mails</a></p>"
    )


def test_page_loads_nothing_and_speaks_its_language():
    html = page("Møde & mad", as_content("Hej"), "Hej")

    assert html.lstrip().startswith('<!doctype html>\n<html lang="da">')
    assert "<title>Møde &amp; mad</title>" in html
    assert "{#" not in html
    assert [word for word in ("src=", "url(", "@import", "<link", "<script") if word in html] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kære Ea\n\nReferatet er klar.\nLæs det.\n\nVenlig hilsen", "Referatet er klar. Læs det."),
        ("Hej\n\nLog ind:\nhttps://portal.example/a/\n\nVenlig hilsen", "Log ind:"),
        ("Kære Ea\n\nSMAL DØR\n\nNyt udsagn.\n\nVenlig hilsen", "Nyt udsagn."),
        ("Hej", ""),
    ],
)
def test_preview_is_what_follows_the_greeting(text: str, words: str):
    assert preview(text) == words


def test_preview_is_short_and_no_markup():
    html = page("Nyt", as_content("Hej"), f"Hej\n\n<b>{'ord ' * 99}")

    assert "&lt;b&gt;ord" in html.partition("<main>")[0]
    assert len(preview(f"Hej\n\n{'ord ' * 99}")) <= LONGEST_PREVIEW
