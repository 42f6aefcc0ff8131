"""Template filters: amounts, rich text, and the fields of a filter form."""

import pytest
from django import forms
from django.utils import translation

from taskforce.core.templatetags.words import (
    bare_address,
    chosen,
    euro,
    plain_fields,
    rich,
    rich_as_text,
)


@pytest.mark.parametrize(
    ("language", "amount", "words"),
    [
        ("da", 1_300_000, "1.300.000 euro"),
        ("en", 1_300_000, "1,300,000 euro"),
        ("da", 999, "999 euro"),
        ("da", 0, "0 euro"),
    ],
)
def test_euro(language: str, amount: int, words: str):
    with translation.override(language):
        assert euro(amount) == words


def test_rich_is_clean_html():
    assert rich("<p>a<script>x</script></p>") == "<p>a</p>"
    assert rich("a < b") == "<p>a &lt; b</p>"


def test_rich_as_text_is_plain():
    assert rich_as_text("<p>a</p><ul><li>b</li></ul>") == "a\n\n- b"


class FilterForm(forms.Form):
    q = forms.CharField(label="Words", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "All"), (1, "One")], required=False)
    page = forms.IntegerField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    ("typed", "n"),
    [
        ({"kind": "1", "sort": "date"}, 2),
        ({"kind": "1", "sort": "rank"}, 1),
        ({"kind": "", "sort": "rank", "q": "x"}, 0),
        ({"kind": "2", "sort": "nonsense"}, 0),
        ({}, 0),
    ],
)
def test_chosen_counts_neither_what_is_so_anyhow_nor_what_is_not_offered(typed, n):
    class Sorted(FilterForm):
        sort = forms.ChoiceField(choices=[("rank", "Rank"), ("date", "Date")], required=False)

    assert chosen(plain_fields(Sorted(typed))) == n


def test_plain_fields_are_ready_for_the_template():
    form = FilterForm({"q": "<b>", "kind": "2"})

    words, kind = plain_fields(form)

    assert words == {
        "id": "id_q",
        "name": "q",
        "label": "Words",
        "value": "<b>",
        "options": None,
        "errors": "",
    }
    assert (kind["value"], kind["options"]) == ("2", [("", "All"), ("1", "One")])
    assert kind["errors"].count("<li>") == 1


def test_plain_fields_of_a_form_that_was_not_sent_are_empty():
    assert [field["value"] for field in plain_fields(FilterForm())] == ["", ""]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("https://www.eksempel.example/", "www.eksempel.example"),
        ("http://eksempel.example/om", "eksempel.example/om"),
        ("eksempel.example", "eksempel.example"),
    ],
)
def test_bare_address_is_what_people_say(link: str, said: str):
    assert bare_address(link) == said
