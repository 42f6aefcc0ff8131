"""What a screen reader goes through in a PDF of minutes: tags, in their order, and their words."""

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from meetings.models import OutcomeKind
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_entry,
    make_meeting,
    make_minutes,
    make_outcome,
)
from tests.meetings.papers.documents import PDF, body, joined

Tag = tuple[str, str]


def tags(content: bytes) -> list[Tag]:
    """Return the tags of a PDF with their own words, as its structure tree has them."""
    found: list[Tag] = []
    for page in pypdfium2.PdfDocument(content):
        words: dict[int, str] = defaultdict(str)
        written = page.get_textpage()
        for number in range(raw.FPDFPage_CountObjects(page)):
            shown = raw.FPDFPage_GetObject(page, number)
            if raw.FPDFPageObj_GetType(shown) == raw.FPDF_PAGEOBJ_TEXT:
                key = raw.FPDFPageObj_GetMarkedContentID(shown)
                words[key] += _string(raw.FPDFTextObj_GetText, shown, written)
        tree = raw.FPDF_StructTree_GetForPage(page)
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            found += _tags(raw.FPDF_StructTree_GetChildAtIndex(tree, number), words)
    return found


def _tags(element: Any, words: dict[int, str]) -> Iterator[Tag]:
    count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
    keys = (
        raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, number) for number in range(count)
    )
    kind = _string(raw.FPDF_StructElement_GetType, element)
    yield kind, joined("".join(words[key] for key in keys if key >= 0))
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, number):
            yield from _tags(child, words)


def _string(get: Any, *of: Any) -> str:
    """Return a string of PDFium, which tells first how many bytes it takes."""
    length = get(*of, None, 0)
    buffer = ctypes.create_string_buffer(length)
    get(*of, ctypes.cast(buffer, get.argtypes[-2]), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def test_tags_have_the_words_in_their_order(client, db):
    """The order that is read aloud is that of the tags, whatever stands where on the paper."""
    minutes = make_minutes(make_meeting(3), published=True)
    item = make_agenda_item(minutes.meeting, "Indkøb")
    make_outcome(item, OutcomeKind.DECIDED, decision="Vi køber socialt.")
    speaker = make_attendance(minutes.meeting, organisation_name="Comdia")
    text = "<p>Det siger vi.</p><ul><li>Pris</li><li>Kvalitet</li></ul>"
    make_entry(minutes, text, agenda_item=item, speaker=speaker)
    make_action_point(minutes.meeting, "Skriv et brev")

    found = tags(body(client.get(PDF)))

    told = [tag for tag in found if tag[1] and tag[0] not in ("Lbl", "Span", "Link")]
    kinds = [kind for kind, words in told if kind.startswith("H")]
    assert kinds == ["H1", "H2", "H2", "H2", "H3", "H4", "H2"]
    wanted = [
        ("H1", "Referat af 3. møde"),
        ("H2", "Besluttet"),
        ("P", "Vi køber socialt."),
        ("H2", "Aftalt"),
        ("P", "Skriv et brev"),
        ("H2", "Dagsorden og referat"),
        ("H3", "1. Indkøb"),
        ("H4", "Comdia"),
        ("P", "Det siger vi."),
        ("P", "Pris"),
        ("P", "Kvalitet"),
        ("H2", "Deltagere"),
    ]
    assert [tag for tag in told if tag in wanted] == wanted
    assert [kind for kind, _words in found].count("LI") == 2 + 2 + 2
