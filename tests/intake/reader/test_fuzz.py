"""Documents mutated at random: nothing raises, and the text in is the text out."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from taskforce.intake.reader import MinutesDraft, as_json
from taskforce.intake.reader.reading import read_document
from taskforce.intake.reader.sources import open_document
from taskforce.intake.reader.sources.refused import Refused
from taskforce.intake.reader.text import normalise

pytestmark = pytest.mark.slow  # hundreds of random documents

FOLDER = Path(__file__).parent / "documents"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
TEXTS = [path.read_bytes().decode("utf-8", "ignore") for path in FILES if path.suffix == ".txt"]
LINES = [line for text in TEXTS for line in text.splitlines()]
PACKAGES = [path.read_bytes() for path in FILES if path.suffix in (".docx", ".odt")]
EASY = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)

lines = st.one_of(st.sampled_from(LINES), st.text(max_size=60), st.sampled_from(["", "\t", "- "]))
shuffled = st.lists(lines, max_size=60).map("\n".join)


@st.composite
def cut(draw: st.DrawFn) -> str:
    """A document with a piece taken out and something else put there."""
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text)))
    stop = draw(st.integers(start, min(len(text), start + 400)))
    return text[:start] + draw(st.one_of(st.text(max_size=40), lines)) + text[stop:]


def draft_of(content: bytes | str) -> MinutesDraft:
    """Return the draft as `read` does, without the net that catches what a recogniser drops."""
    try:
        return read_document(open_document(content))
    except Refused as refused:
        return MinutesDraft(text="", refusal=refused.reason)


def assert_sound(text: str) -> None:
    draft = draft_of(text)
    if draft.refusal is None:
        assert draft.text == normalise(text)
        passages = [draft.text[one.span.start : one.span.end] for one in draft.sections]
        assert "".join(passages) == draft.text
        for field, _, found in draft.found():
            assert 0 <= found.span.start <= found.span.end <= len(draft.text), field
    as_json(draft)


@EASY
@given(shuffled)
def test_lines_of_documents_in_any_order(text: str):
    assert_sound(text)


@EASY
@given(cut())
def test_documents_with_a_piece_changed(text: str):
    assert_sound(text)


@EASY
@given(st.text(max_size=300))
@example("0×")  # nothing but what is taken for the number of a page
@example("§0:kl. ")  # an hour whose place began before the text
@example("Afbud: Anna Holm\n•")  # a mark alone below a list of people
@example("Afbud: å/—\n•")
@example("Næste møde og (AB)—\n")
@example("Hvem(AB)Anna HolmaHvem !og Frist10.30Mr. og ;|:%")  # nothing behind "og"
def test_any_text(text: str):
    assert_sound(text)


@EASY
@given(st.sampled_from(PACKAGES), st.data())
def test_packages_with_bytes_changed(package: bytes, data: st.DataObject):
    at = data.draw(st.integers(0, len(package) - 1))
    change = data.draw(st.binary(min_size=1, max_size=8))

    draft = draft_of(package[:at] + change + package[at + len(change) :])

    assert draft.refusal or draft.text


@EASY
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes):
    as_json(draft_of(content))
