"""Headers and footers of Word and OpenDocument: what tells of a meeting is read, once."""

import pytest

from taskforce.intake.reader import read
from taskforce.intake.reader.draft import SectionKind
from tests.intake.reader.packages import OPEN, SPACE, opened, paragraph, repacked, run, word

BODY = paragraph("Referat af bestyrelsesmøde 3. april 2025") + paragraph("1. Velkomst")
HEAD = "<w:hdr xmlns:w='{}'>{}</w:hdr>"


def with_header(*lines: str) -> bytes:
    paragraphs = "".join(map(paragraph, lines))
    return repacked(word(BODY), {"word/header1.xml": HEAD.format(SPACE, paragraphs).encode()})


def with_footer_opened(*lines: str) -> bytes:
    inside = "".join(f"<text:p>{line}</text:p>" for line in lines)
    body = "<text:p>Referat af bestyrelsesmøde 3. april 2025</text:p><text:p>1. Velkomst</text:p>"
    return opened(body, footer=inside)


@pytest.mark.parametrize("made", [with_header, with_footer_opened], ids=["word", "open"])
def test_next_meeting_at_the_edge_is_read_and_stands_in_the_head(made):
    draft = read(made("Næste møde: 5. juni 2025 kl. 16, Rådhuset", "Side 1 af 3"))

    assert draft.text.split("\n") == [
        "Næste møde: 5. juni 2025 kl. 16, Rådhuset",
        "Referat af bestyrelsesmøde 3. april 2025",
        "1. Velkomst",
    ]
    assert (draft.date.value, draft.next_meeting.value.date) == ("2025-04-03", "2025-06-05")
    assert draft.sections[0].kind is SectionKind.HEAD


@pytest.mark.parametrize(
    "line",
    [
        "Referat af  bestyrelsesmøde 3. APRIL 2025",
        "Side 2 af 3",
        "Havnegade 3, 5000 Odense C, tlf. 65 11 22 33",
        "Sagsnr. 22/01187",
    ],
)
def test_edge_that_repeats_the_text_or_tells_of_no_meeting_is_left_out(line: str):
    assert read(with_header(line)).text == read(word(BODY)).text


def test_edges_of_several_pages_are_added_once():
    header = HEAD.format(SPACE, paragraph("Bestyrelsesmøde 5/2025")).encode()
    twice = repacked(word(BODY), {"word/header1.xml": header, "word/header2.xml": header})

    assert read(twice).text.count("Bestyrelsesmøde 5/2025") == 1


def test_what_a_header_hides_is_not_read():
    hidden = f"<w:p>{run('Møde nr. 9', '<w:vanish/>')}</w:p>"
    made = repacked(word(BODY), {"word/header1.xml": HEAD.format(SPACE, hidden).encode()})

    assert read(made).text == read(word(BODY)).text


@pytest.mark.parametrize("part", [b"<w:hdr", b"", b"<a/>"])
def test_broken_edges_do_not_matter(part: bytes):
    assert read(repacked(word(BODY), {"word/footer1.xml": part})).text == read(word(BODY)).text


def test_open_document_without_looks_is_read():
    assert read(repacked(OPEN, {"styles.xml": b"<"})).text


def test_more_headings_than_any_meeting_has_points_are_no_agenda():
    headings = "\n\n".join(f"OVERSKRIFT {number:04} OM NOGET" for number in range(400))

    assert read(headings).agenda == []
    assert len(read(headings[:2000]).agenda) > 50
