"""What the page of a search shows."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString

from taskforce.core import finding, paging
from taskforce.core.finding import Found
from taskforce.front.search import (
    correcting,
    excerpts,
    facets,
    missing,
    querying,
    splitting,
    synonyms,
)
from taskforce.front.search.asking import Asked, read
from taskforce.front.search.forms import SearchForm
from taskforce.front.search.making import Made, make
from taskforce.front.search.querying import Row, Shown
from taskforce.members.models import Viewer


@dataclass(frozen=True)
class Hit:
    """What was found, with what was looked for marked in its title and the passage of its text."""

    kind: Found
    title: str
    marked: SafeString
    excerpt: SafeString
    place: str
    url: str
    found_in: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What a search found, and by which words."""

    rows: list[Row]
    made: Made
    cut: frozenset[Found] = frozenset()  # kinds of which there is more than was looked at
    corrected: str = ""  # the words that were searched for instead
    is_split: bool = False  # few have the words, these also have the parts of long ones
    is_any: bool = False  # nothing has all the words, these have some


def result(typed: str, viewer: Viewer, *, to_the_letter: bool = False) -> Result | None:
    """Return what the words find, or those that they seem to mean; None where nothing is asked."""
    typed_words = read(typed, finding.kinds())
    if typed_words.is_empty:
        return None
    asked = synonyms.widened(typed_words, synonyms.known())
    found = _found(asked, typed, viewer)
    if len(found.rows) >= correcting.FEW or to_the_letter:
        return found
    corrected = _corrected(asked, typed, viewer)
    if corrected and len(corrected.rows) > len(found.rows):
        return corrected
    split = _split(asked, typed, viewer)
    if split and len(split.rows) > len(found.rows):
        return split
    return found if found.rows else _of_any(asked, typed, viewer, corrected or found)


def _found(asked: Asked, typed: str, viewer: Viewer) -> Result:
    made = make(asked)
    found = querying.search(asked, made, typed, viewer)
    return Result(found.rows, made, found.cut)


def _corrected(asked: Asked, typed: str, viewer: Viewer) -> Result | None:
    if (correction := correcting.correct(asked, typed, viewer)) is None:
        return None
    found = _found(correction.asked, correction.words, viewer)
    return replace(found, corrected=correction.words)


def _split(asked: Asked, typed: str, viewer: Viewer) -> Result | None:
    if (split := splitting.split(asked)) is None:
        return None
    return replace(_found(split, typed, viewer), is_split=True)


def _of_any(asked: Asked, typed: str, viewer: Viewer, nothing: Result) -> Result:
    """Return what has any of several words, where nothing has all of them."""
    if len(asked.groups) < 2 or not nothing.made.any:
        return nothing
    made = nothing.made.of_any()
    found = querying.search(asked, made, typed, viewer)
    return replace(nothing, rows=found.rows, made=made, cut=found.cut, is_any=True)


def page(form: SearchForm, request: HttpRequest) -> dict[str, Any]:
    """Return what the page shows: the hits of one of its pages, and what narrows them."""
    typed = form.words
    found = result(typed, request.user, to_the_letter=form.cleaned_data["ordret"])
    if found is None:
        return {"form": form, "words": typed}
    chosen = form.chosen
    rows = facets.narrowed(found.rows, chosen)
    if not found.rows or found.is_any:
        missing.note(typed)
    cut = paging.cut(rows, request)
    return {
        "form": form,
        "words": typed,
        "found": found,
        "hits": [
            _hit(row, found.made) for row in querying.shown(cut.rows, found.made, request.user)
        ],
        "page": cut,
        "facets": facets.facets(found.rows, chosen, request.GET),
        "is_cut": any(row.kind in found.cut for row in rows),
        "most": querying.MOST,
        "is_narrowed": any(chosen.values()),
        "wide": _address(request.GET, keep=("q", "ordret")),
        "to_the_letter": f"{_address(request.GET, keep=('q',))}&ordret=on",
    }


def _hit(shown: Shown, made: Made) -> Hit:
    return Hit(
        kind=shown.kind,
        title=shown.title,
        marked=excerpts.marked(shown.title, made.marks),
        excerpt=excerpts.excerpt(shown.text, made.marks),
        place=shown.place,
        url=shown.url,
        found_in=shown.found_in,
    )


def _address(query: QueryDict, *, keep: tuple[str, ...]) -> str:
    kept = QueryDict(mutable=True)
    for name in keep:
        kept.setlist(name, query.getlist(name)[-1:])
    return f"?{kept.urlencode()}"
