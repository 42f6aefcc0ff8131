"""Rich text: nothing active stays, and what is typed comes back as it was typed."""

import re
from html import unescape
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from taskforce.core.rich_text import (
    RichTextField,
    as_html,
    as_text,
    begin_from,
    clean_html,
    is_blank,
)


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


def test_links_can_be_followed_and_hold_nothing_active():
    html = as_html("Se https://example.org/a?b=c&d og javascript:alert(1)")

    assert '<a href="https://example.org/a?b=c&amp;d"' in html
    assert "javascript:" not in html.replace("javascript:alert(1)</p>", "")


def test_html_of_an_editor_is_cleaned():
    sent = '<p onclick="x()">Hej <script>alert(1)</script><strong>du</strong></p>'

    assert as_html(sent) == "<p>Hej <strong>du</strong></p>"
    assert clean_html('<a href="javascript:x()">x</a>') == '<a rel="noopener noreferrer">x</a>'


def test_a_link_behind_words_keeps_its_address_in_text():
    assert as_text('<p>Se <a href="https://a.example">her</a></p>') == "Se her (https://a.example)"


def test_address_without_a_scheme_is_a_link_and_stays_as_typed():
    html = as_html("Se www.kl.dk/a?b&c, ikke bo@www.kl.dk eller www.")

    link = '<a href="https://www.kl.dk/a?b&amp;c" rel="noopener noreferrer">'
    assert html == f"<p>Se {link}www.kl.dk/a?b&amp;c</a>, ikke bo@www.kl.dk eller www.</p>"
    assert as_text(html) == "Se www.kl.dk/a?b&c, ikke bo@www.kl.dk eller www."


def test_link_within_the_portal_has_its_whole_address_in_text():
    text = as_text('<p><a href="/moeder/3/">3. møde</a></p>')

    assert text == "3. møde (http://localhost:8000/moeder/3/)"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Se https://x.dk/a.", "https://x.dk/a"),
        ("Se https://x.dk/a, og", "https://x.dk/a"),
        ("(https://x.dk/a)", "https://x.dk/a"),
        ("(se https://x.dk/a).", "https://x.dk/a"),
        ("https://da.wikipedia.org/wiki/Ø_(bogstav)", "https://da.wikipedia.org/wiki/Ø_(bogstav)"),
        ("[https://x.dk/[a]]", "https://x.dk/[a]"),
        ('"https://x.dk/a"', "https://x.dk/a"),
        ("'https://x.dk/a'", "https://x.dk/a"),
        ("»https://x.dk/a«", "https://x.dk/a"),
        ("<https://x.dk/a>", "https://x.dk/a"),
        ("https://blåbærgrød.dk/æ?ø=å&b=1#c", "https://blåbærgrød.dk/æ?ø=å&b=1#c"),
        ("https://x.dk/a!?…", "https://x.dk/a"),
        ("https://x.dk/", "https://x.dk/"),
        ("https://x.dk", "https://x.dk"),
    ],
)
def test_link_ends_where_the_address_ends(typed: str, address: str):
    (found,) = re.findall('<a href="([^"]*)"', as_html(typed))

    assert unquote(unescape(found)) == address
    assert as_text(as_html(typed)) == typed


def test_no_address_is_no_link():
    assert "<a" not in as_html("https://… og http://.")


def test_countless_brackets_behind_an_address_cost_no_time():
    assert as_html("https://x.dk/a" + ")" * 500_000).count("<a ") == 1


TABLE = """<table><thead><tr><th>Pulje</th><th>Beløb</th></tr></thead>
  <tbody>
  <tr><td><p>ESF+</p></td><td><p><strong>100</strong></p><p>200</p></td></tr>
  <tr><td>A</td><td></td></tr></tbody></table>"""


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (TABLE, "<p>Pulje | Beløb<br>ESF+ | <strong>100</strong> 200<br>A |</p>"),
        (f"<p>Før</p>{TABLE}<p>Efter</p>", None),
        ("<p>x</p><table><tr><td>100</td><td>200</td></tr></table>", "<p>x</p><p>100 | 200</p>"),
        (
            "<p>a</p><table><tr><td>b<table><tr><td>c</td><td>d</td></tr></table></td></tr></table>",
            None,
        ),
    ],
)
def test_row_of_a_table_is_a_line(sent: str, kept: str | None):
    html = re.sub(r" +", " ", as_html(sent)).replace("> ", ">").replace(" <", "<")
    html = html.replace("|<strong>", "| <strong>").replace("</strong>200", "</strong> 200")

    assert "100200" not in html
    assert "<t" not in html
    assert as_html(as_html(sent)) == as_html(sent)
    if kept:
        assert html == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Pulje\tBeløb\nESF+\t100", "<p>Pulje | Beløb<br>ESF+ | 100</p>"),
        ("·\tførste\n·\tanden", "<ul><li>første</li><li>anden</li></ul>"),
        ("o\tførste\n§\tanden", "<ul><li>første</li><li>anden</li></ul>"),
        ("1.\tførste\n2.\tanden", "<ol><li>første</li><li>anden</li></ol>"),
        ("o nej", "<p>o nej</p>"),
        ("– sagde hun", "<p>– sagde hun</p>"),
    ],
)
def test_what_other_programs_paste_as_text(typed: str, kept: str):
    assert as_html(typed) == kept


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
def test_lists_of_an_editor_are_lines(html: str, text: str):
    assert as_text(html) == text


def test_single_paragraph_of_an_item_is_unwrapped():
    sent = "<ul><li><p>et</p><ol><li><p>a</p></li></ol></li><li><p>x</p><p>y</p></li></ul>"
    kept = "<ul><li>et<ol><li>a</li></ol></li><li><p>x</p><p>y</p></li></ul>"

    assert as_html(sent) == kept


class NoteForm(forms.Form):
    text = RichTextField(required=False)

    instance = SimpleNamespace(text="<p>Kept</p>")


def test_begin_from_fills_the_field_with_the_instances_html():
    form = NoteForm()

    begin_from(form, "text")

    assert form.fields["text"].widget.attrs["data-html"] == "<p>Kept</p>"
    assert form.fields["text"].widget.attrs["lang"] == "da"
    assert (form.initial["text"], form["text"].value()) == ("<p>Kept</p>", "Kept")


def test_begin_from_other_html():
    form = NoteForm()

    begin_from(form, "text", "Typed\n\n- one")

    assert form.initial["text"] == "<p>Typed</p><ul><li>one</li></ul>"


def test_begin_from_what_was_typed():
    form = NoteForm({"text": "Typed"})

    begin_from(form, "text")

    assert form.fields["text"].widget.attrs["data-html"] == "<p>Typed</p>"


@pytest.mark.parametrize(
    ("typed", "html"),
    [("a\n\nb", "<p>a</p><p>b</p>"), ("", ""), ("<p>a<img src=x></p>", "<p>a</p>")],
)
def test_field_cleans_to_html(typed: str, html: str):
    form = NoteForm({"text": typed})

    assert form.is_valid()
    assert form.cleaned_data["text"] == html


@pytest.mark.parametrize(("value", "shown"), [("<p>a</p>", "a"), ("a < b", "a < b"), (None, None)])
def test_field_shows_text(value: str | None, shown: str | None):
    assert RichTextField().prepare_value(value) == shown


def test_list_of_another_kind_begins_a_list():
    html = "<ul><li>a</li></ul><ol><li>b</li></ol><p>c<br>d</p>"

    assert as_html("- a\n1. b\nc\nd") == html


def test_text_of_lists_within_lists():
    html = "<ul><li>a<ol><li>b</li><li><p>c</p><p>d</p></li></ol></li><li>e</li></ul><p>f</p>"

    assert as_text(html) == "- a\n1. b\n2. c\nd\n- e\n\nf"


@pytest.mark.parametrize("html", ["</ul>a", "<li>a</li>", "</a>a", "<a>a</a>"])
def test_text_of_broken_html_is_its_words(html: str):
    assert as_text(html) == "a"


@pytest.mark.parametrize(
    ("html", "blank"),
    [
        ("", True),
        ("<p></p>", True),
        ("<p><br>&nbsp;</p>\n<p> </p>", True),
        ("<p>Ord</p>", False),
        ("<p>&amp;</p>", False),
        ("<p> <strong>Ord</strong></p>", False),
        ('<p><a href="https://a.example/"></a></p>', False),  # its address is its text
        ("Ord", False),
    ],
)
def test_tells_whether_a_word_shows(html: str, blank: bool):
    assert is_blank(html) is blank
