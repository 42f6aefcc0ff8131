"""What a template makes of facts is kept under the facts, and under nothing less."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from barriers.models import Barrier
from taskforce.core import showing


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return the pieces that are made, as they are made: of `row.title`, and whether it is new."""
    template = engines["django"].from_string(
        '{{ row.title }}{{ row.day|date:"l" }}{% if is_new %} (new){% endif %}{{ request }}'
    )
    found: list[str] = []

    class Noting:
        def render(self, facts: dict[str, Any]) -> str:
            found.append(template.render(facts))
            return found[-1]

    monkeypatch.setattr(showing, "get_template", lambda name: Noting())
    showing._pieces.clear()
    yield found
    showing._pieces.clear()


def test_the_same_facts_are_shown_once(made: list[str]):
    for _turn in range(2):
        assert showing.show("a.html", row={"title": "Lots", "of": ["a", "b"]}) == "Lots"

    assert made == ["Lots"]


def test_other_facts_are_shown_anew(made: list[str]):
    shown = [showing.show("a.html", row={"title": title}) for title in ("Lots", "Law")]

    assert shown == ["Lots", "Law"]


def test_what_is_markup_is_no_text():
    shown = [showing.show("a.html", row={"title": title}) for title in (SafeString("<b>"), "<b>")]

    assert shown == ["<b>", "&lt;b&gt;"]


def test_true_is_not_one():
    assert [showing.show("a.html", row={"title": one}) for one in (1, True)] == ["1", "True"]


def test_languages_are_apart():
    row = {"title": gettext_lazy("Barrier")}
    shown = []
    for language in ("da", "en"):
        with translation.override(language):
            shown.append(showing.show("a.html", row=row))

    assert shown == ["Barriere", "Barrier"]


def test_each_row_is_shown_and_new_ones_are_marked():
    rows = [{"pk": 1, "title": "Lots, "}, {"pk": 2, "title": "law"}]

    assert showing.show_each("a.html", rows, {2}) == "Lots, law (new)"
    assert showing.show_each("a.html", rows) == "Lots, law"
    assert showing.show_each("a.html", []) == ""


def test_a_lazy_fact_is_kept_as_what_it_stands_for(made: list[str]):
    for _turn in range(2):
        showing.show("a.html", row={"title": "Lots"}, is_new=SimpleLazyObject(lambda: False))
    showing.show("a.html", row={"title": "Lots"}, is_new=SimpleLazyObject(lambda: True))

    assert made == ["Lots", "Lots (new)"]


def test_dataclasses_are_facts(made: list[str]):
    @dataclass(frozen=True)
    class Row:
        title: str

    shown = [showing.show("a.html", row=Row(title)) for title in ("Lots", "Lots", "Law")]

    assert shown == ["Lots", "Lots", "Law"]
    assert len(made) == 2


@pytest.mark.parametrize("fact", [Barrier(pk=1), Barrier.objects.all(), HttpRequest()])
def test_what_changes_by_itself_is_no_fact(fact: Any):
    with pytest.raises(TypeError):
        showing.show("a.html", row=fact)


def test_what_is_large_is_made_anew(made: list[str]):
    for _turn in range(2):
        showing.show("a.html", row={"title": "x" * showing.LARGEST})
        showing.show("a.html", row={"title": "x" * (showing.LARGEST + 1)})

    assert [len(one) - showing.LARGEST for one in made] == [0, 1, 1]
