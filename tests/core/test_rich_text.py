"""Rich text: nothing active stays, and what is typed comes back as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskforce.core.rich_text import as_html, as_text, clean_html


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("En linje", "<p>En linje</p>"),
        ("Et afsnit\nmed to linjer\n\nEt til", "<p>Et afsnit<br>med to linjer</p><p>Et til</p>"),
        ("- et\n- to", "<ul><li>et</li><li>to</li></ul>"),
        ("Først:\n1. et\n2. to\nså", "<p>Først:</p><ol><li>et</li><li>to</li></ol><p>så</p>"),
        ("- et\n1. to", "<ul><li>et</li></ul><ol><li>to</li></ol>"),
        ("5 < 6 & <b>fed</b>", "<p>5 &lt; 6 &amp; &lt;b&gt;fed&lt;/b&gt;</p>"),
        ("", ""),
    ],
)
def test_text_becomes_html(typed: str, kept: str):
    assert as_html(typed) == kept


def test_links_can_be_followed_and_carry_nothing_active():
    html = as_html("Se https://example.org/a?b=c&d og javascript:alert(1)")

    assert '<a href="https://example.org/a?b=c&amp;d"' in html
    assert "javascript:" not in html.replace("javascript:alert(1)</p>", "")


def test_what_an_editor_sends_is_html_and_is_cleaned():
    sent = '<p onclick="x()">Hej <script>alert(1)</script><strong>du</strong></p>'

    assert as_html(sent) == "<p>Hej <strong>du</strong></p>"
    assert clean_html('<a href="javascript:x()">x</a>') == '<a rel="noopener noreferrer">x</a>'


def test_a_link_behind_words_keeps_its_address_in_text():
    assert as_text('<p>Se <a href="https://a.example">her</a></p>') == "Se her (https://a.example)"


def test_a_link_within_the_portal_is_whole_in_text():
    text = as_text('<p><a href="/moeder/3/">3. møde</a></p>')

    assert text == "3. møde (http://localhost:8000/moeder/3/)"


@given(st.text(alphabet="ab c-*1.\n<&é", max_size=60))
def test_text_comes_back_as_it_was_typed(typed: str):
    html = as_html(typed)

    assert as_html(as_text(html)) == html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ul><li><p>et</p></li><li><p>to</p></li></ul><p>så</p>", "- et\n- to\n\nså"),
        ("<ul><li><p>a.</p><ol><li><p>x</p></li></ol></li><li>b</li></ul>", "- a.\n1. x\n- b"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\nb"),
        ("<ul><ul><li>a</li></ul></ul>", "- a"),
    ],
)
def test_an_editors_lists_are_lines(html: str, text: str):
    assert as_text(html) == text


def test_one_paragraph_of_a_point_is_the_point():
    sent = "<ul><li><p>et</p><ol><li><p>a</p></li></ol></li><li><p>x</p><p>y</p></li></ul>"
    kept = "<ul><li>et<ol><li>a</li></ol></li><li><p>x</p><p>y</p></li></ul>"

    assert as_html(sent) == kept
