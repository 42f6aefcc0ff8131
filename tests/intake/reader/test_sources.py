"""Files as they come: encodings, broken and hostile ones. Nothing raises; a sentence says why."""

import io
import zipfile
from pathlib import Path

import pytest

from taskforce.intake.reader import read
from taskforce.intake.reader.reasons import Refusal

FOLDER = Path(__file__).parent / "documents"
WORD = next(FOLDER.glob("20-*.docx")).read_bytes()
OPEN = next(FOLDER.glob("22-*.odt")).read_bytes()
TEXT = "Møde nr. 4 d. 3. maj 2024\nTilstede: Åse Øllgård, Søren Kjær\n"


def stored(name: str, content: bytes) -> bytes:
    """Return a package of one part that is not packed, as OpenDocument wants its first."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        made.writestr(name, content)
    return file.getvalue()


def package(**parts: bytes) -> bytes:
    """Return a zip package with these parts; __ in a name stands for a slash, _xml for .xml."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def word(body: str, prologue: str = "") -> bytes:
    """Return a Word document with this body."""
    with zipfile.ZipFile(io.BytesIO(WORD)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/document.xml"] = (
        f'<?xml version="1.0"?>{prologue}<w:document xmlns:w="{space}">'
        f"<w:body>{body}</w:body></w:document>"
    ).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_gives_the_same_draft(encoding: str, newline: str):
    draft = read(TEXT.replace("\n", newline).encode(encoding))

    assert draft.text == TEXT
    assert [person.value.name for person in draft.attendees] == ["Åse Øllgård", "Søren Kjær"]


def test_decomposed_letters_nbsp_and_soft_hyphens_are_read_as_they_look():
    draft = read("Afbud: A\u030ase\u00a0Kjær\nDags\u00adorden\n1. Valg\n2. Øko\u00adnomi\n")

    assert [person.value.name for person in draft.absent] == ["Åse Kjær"]
    assert [item.value.title for item in draft.agenda] == ["Valg", "Økonomi"]


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("document", "refusal"),
    [
        pytest.param(b"", Refusal.EMPTY, id="empty file"),
        pytest.param("", Refusal.EMPTY, id="empty text"),
        pytest.param(" \r\n\t\ufeff\n", Refusal.EMPTY, id="blank text"),
        pytest.param(word(""), Refusal.NO_TEXT, id="Word without text"),
        pytest.param(word("<w:p><w:r><w:drawing/></w:r></w:p>"), Refusal.NO_TEXT, id="pictures"),
        pytest.param(WORD[: len(WORD) // 2], Refusal.BROKEN, id="cut off"),
        pytest.param(b"PK\x03\x04 no zip at all", Refusal.BROKEN, id="renamed"),
        pytest.param(word(PARAGRAPH.format("&b;"), BOMB), Refusal.UNSAFE, id="entity bomb"),
        pytest.param(package(x=b"1"), Refusal.UNKNOWN, id="another zip"),
        pytest.param(package(**{"xl/workbook_xml": b"<a/>"}), Refusal.SPREADSHEET, id="xlsx"),
        pytest.param(
            stored("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            Refusal.SPREADSHEET,
            id="ods",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            Refusal.SPREADSHEET,
            id=".xls",
        ),
        pytest.param(package(content_xml=b"<a>"), Refusal.BROKEN, id="broken ODT"),
        pytest.param(package(content_xml=b"<a/>"), Refusal.UNKNOWN, id="no ODT text"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(99), Refusal.UNKNOWN, id="picture"),
        pytest.param(b"\x7fELF" + bytes(9999), Refusal.UNKNOWN, id="program"),
        pytest.param(b"{\\rtf1 Referat}", Refusal.UNKNOWN, id="RTF"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), Refusal.OLD_WORD, id=".doc"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            Refusal.ENCRYPTED,
            id="password",
        ),
        pytest.param(bytes(range(256)) * 40, Refusal.UNKNOWN, id="binary named .txt"),
        pytest.param(b"%PDF-1.7 broken", Refusal.BROKEN, id="broken PDF"),
        pytest.param(b"a" * (25 * 1024 * 1024 + 1), Refusal.TOO_LARGE, id="too large"),
        pytest.param(b"Ida Hald, " * 40_001, Refusal.TOO_LARGE, id="too long"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(document: bytes | str, refusal: Refusal):
    draft = read(document, "referat.docx")

    assert draft.refusal == refusal
    assert draft.text == ""
    assert not list(draft.found())


def test_zip_bomb_is_not_unpacked():
    bomb = package(
        **{"[Content_Types]_xml": b"<Types/>", "word__document_xml": b" " * (31 * 1024 * 1024)}
    )
    assert len(bomb) < 100_000

    assert read(bomb).refusal == Refusal.TOO_LARGE


def test_lying_about_its_size_does_not_help_a_zip_bomb():
    bomb = bytearray(
        package(**{"[Content_Types]_xml": b"<T/>", "word__document_xml": b" " * (31 * 1024 * 1024)})
    )
    size = (31 * 1024 * 1024).to_bytes(4, "little")
    assert read(bytes(bomb).replace(size, (10).to_bytes(4, "little"))).refusal is not None


def test_word_with_a_content_control_a_break_and_a_deletion():
    paragraphs = (
        "<w:p><w:r><w:t>Møde nr. 4</w:t><w:br/><w:t>Tilstede: Anne Holm</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent>"
        "<w:p><w:r><w:t>Afbud: Bo Friis</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
        "<w:p><w:del><w:r><w:delText>Afbud: Lis Dam</w:delText></w:r></w:del></w:p>"
    )

    draft = read(word(paragraphs))

    assert "Lis" not in draft.text
    assert draft.number and draft.number.value == 4
    assert [person.value.name for person in draft.attendees] == ["Anne Holm"]
    assert [person.value.name for person in draft.absent] == ["Bo Friis"]


def test_active_content_is_only_text():
    hostile = "Tilstede: Anne Holm\n<script>alert(1)</script> javascript:alert(1)\n"

    draft = read(hostile)

    assert "<script>" in draft.text
    assert not draft.links


def test_text_of_a_pdf():
    words = b"BT /F1 12 Tf 50 700 Td (Referat fra 4. m\xf8de d. 3. maj 2024) Tj ET"
    draft = read(pdf(words))

    assert draft.refusal is None
    assert draft.number and draft.number.value == 4
    assert draft.date and draft.date.value == "2024-05-03"


def drawn(*lines: tuple[int, int, str]) -> bytes:
    """Return a PDF with words at places, in points from the left and from the bottom."""
    runs = [f"BT /F1 12 Tf {left} {bottom} Td ({words}) Tj ET" for left, bottom, words in lines]
    return pdf("\n".join(runs).encode("latin-1"))


def test_columns_gaps_and_indentation_of_a_pdf():
    draft = read(
        drawn(
            (50, 700, "Navn"),
            (200, 700, "Organisation"),
            (50, 686, "Anna Holm"),
            (200, 686, "Byen"),
            (50, 640, "Dagsorden"),
            (74, 626, "- Velkomst"),
        )
    )

    assert draft.text == "Navn\tOrganisation\nAnna Holm\tByen\n\nDagsorden\n      - Velkomst"


def test_words_that_a_pdf_writes_letter_by_letter():
    lines = ((50, 700, "den gode bande"), (300, 700, "onde haps"), (50, 686, "nu og da"))
    letters = [
        (left + 5 * at, bottom, letter)
        for left, bottom, words in lines
        for at, letter in enumerate(words)
        if letter != " "
    ]

    draft = read(drawn(*letters))

    assert draft.text == "den gode bande\tonde haps\nnu og da"


def test_a_line_in_joined_cells_of_a_pdf_is_not_parted():
    rules = (
        *((50, at, 450, at) for at in (720, 700, 680)),
        *((at, 680, at, 720) for at in (50, 450)),
        (250, 700, 250, 720),  # the second row is one cell
    )
    words = (
        *((54, 705, "Punkt"), (254, 705, "Tid")),
        *((54, 685, "Det blev godkendt og sendt ud,"), (224, 685, "i alt tre"), (264, 685, "ark.")),
    )
    drawing = [f"{left} {bottom} m {right} {top} l S" for left, bottom, right, top in rules]
    drawing += [f"BT /F1 12 Tf {left} {bottom} Td ({one}) Tj ET" for left, bottom, one in words]

    draft = read(pdf("\n".join(drawing).encode("latin-1")))

    assert draft.text == "Punkt\nTid\nDet blev godkendt og sendt ud, i alt tre ark."


def test_a_link_that_the_margin_broke_in_a_pdf():
    draft = read(
        drawn(
            (50, 700, "Se https://a.example/opslag/smp-"),
            (50, 686, "cosme-2024 og kom."),
            (50, 672, "Mere: https://b.example/en"),
            (50, 658, "Tak for i dag"),
        )
    )

    links = [link.value for link in draft.links]
    assert links == ["https://a.example/opslag/smp-cosme-2024", "https://b.example/en"]


def test_scanned_pdf_is_refused():
    assert read(pdf(b"")).refusal == Refusal.NO_TEXT


def pdf(content: bytes, filters: bytes = b"") -> bytes:
    """Return a PDF of one page with these drawing instructions."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    file = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return file + (
        b"xref\n0 6\n0000000000 65535 f \n%s"
        b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (table, len(file))
    )


def test_what_a_recogniser_stumbles_over_leaves_the_text(monkeypatch, caplog):
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("taskforce.intake.reader.reading.read_agenda", stumble)

    draft = read(TEXT)

    assert draft.text == TEXT
    assert [(one.span.start, one.span.end) for one in draft.sections] == [(0, len(TEXT))]
    assert "could be opened and not be read" in caplog.text
