"""Word documents of unusual shape: what may stand between rows and cells, and what is missing."""

import copy
import io
import logging
import random
import zipfile
from xml.etree import ElementTree

import pytest

from taskforce.intake.reader import read
from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.sources import open_document
from tests.intake.reader.packages import FOLDER, WORD, opened, paragraph, repacked, run, word

BOOKMARK = "<w:bookmarkStart w:id='1' w:name='a'/>", "<w:bookmarkEnd w:id='1'/>"
CELL = f"<w:tc>{paragraph('{}')}</w:tc>"
NAMES = CELL.format("Navn") + CELL.format("Rolle")
ROW = f"<w:tr>{CELL.format('Ea Holm')}{CELL.format('Formand')}</w:tr>"


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            f"<w:tr>{CELL.format('Navn')}{BOOKMARK[0]}{CELL.format('Rolle')}{BOOKMARK[1]}</w:tr>{ROW}",
            id="bookmark between cells",
        ),
        pytest.param(f"<w:tr>{NAMES}</w:tr>{BOOKMARK[0]}{ROW}{BOOKMARK[1]}", id="between rows"),
        pytest.param(
            f"<w:tr>{NAMES}</w:tr><w:sdt><w:sdtPr/><w:sdtContent>{ROW}</w:sdtContent></w:sdt>",
            id="content control around a row",
        ),
        pytest.param(
            f"<w:tr><w:sdt><w:sdtContent>{NAMES}</w:sdtContent></w:sdt></w:tr>{ROW}",
            id="around cells",
        ),
        pytest.param(
            f"<w:tr>{NAMES}</w:tr><w:customXml w:element='a'>{ROW}</w:customXml><w:proofErr/>",
            id="custom XML",
        ),
        pytest.param(f"<w:tr>{NAMES}</w:tr><w:ins>{ROW}</w:ins>", id="inserted row"),
    ],
)
def test_rows_and_cells_keep_their_places(table: str):
    opened = open_document(word(f"<w:tbl><w:tblPr/><w:tblGrid/>{table}</w:tbl>"))

    assert [(line.text, line.cell.row, line.cell.column) for line in opened.lines if line.cell] == [
        ("Navn", 0, 0),
        ("Rolle", 0, 1),
        ("Ea Holm", 1, 0),
        ("Formand", 1, 1),
    ]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<w:p><w:smartTag w:element='a'>{run('Møde')}</w:smartTag></w:p>", id="tag"),
        pytest.param(
            f"<w:p><w:sdt><w:sdtContent>{run('Møde')}</w:sdtContent></w:sdt></w:p>", id="sdt"
        ),
        pytest.param(f"<w:p><w:r><w:sym/></w:r>{run('Møde')}</w:p>", id="symbol without letter"),
        pytest.param(f"<w:p><w:r><w:sym w:char='x y'/></w:r>{run('Møde')}</w:p>", id="odd symbol"),
        pytest.param(
            "<w:p><w:hyperlink xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/"
            f"relationships' r:id='none'>{run('Møde')}</w:hyperlink></w:p>",
            id="link to nowhere",
        ),
        pytest.param(f"<w:tbl/><w:tbl><w:tr/></w:tbl>{paragraph('Møde')}", id="empty tables"),
        pytest.param(f"<w:p><w:r><w:footnoteReference/></w:r>{run('Møde')}</w:p>", id="no note"),
        pytest.param(
            f"<w:p><w:r><w:fldChar w:fldCharType='end'/></w:r>{run('Møde')}</w:p>", id="field"
        ),
        pytest.param(
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='x'/></w:tcPr>{paragraph('Møde')}"
            "</w:tc></w:tr></w:tbl>",
            id="span",
        ),
        pytest.param(
            f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{paragraph('Møde')}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",
            id="nested",
        ),
    ],
)
def test_what_is_odd_costs_no_words(body: str):
    assert read(word(body)).text.strip() == "Møde"


@pytest.mark.parametrize("name", ["word/styles.xml", "word/numbering.xml"])
@pytest.mark.parametrize("content", [b"", b"<broken", b"<a/>", b"\xff\xfe\x00"])
def test_document_is_read_without_a_part_that_is_broken(name: str, content: bytes):
    assert read(repacked(WORD, {name: content})).refusal is None


def test_style_without_its_name_costs_the_styles_only():
    assert read(word(paragraph("Møde"), styles="<w:style/>")).text == "Møde"


def test_document_without_its_main_part_is_broken():
    assert read(repacked(WORD, {"word/document.xml": b"<broken"})).refusal == Refusal.BROKEN


def test_marks_on_a_letter_may_stand_in_another_run():
    rings = f"<w:p>{run('A')}{run(chr(0x30A) + 'rhus')}</w:p>"

    assert read(word(rings)).text == "Århus"
    assert read(opened("<text:p>A<text:span>\u030arhus</text:span></text:p>")).text == "Århus"


def mutated(part: bytes, chance: random.Random) -> bytes:
    """Return XML in which a few elements were dropped, doubled, swapped, moved or emptied."""
    root = ElementTree.fromstring(part)
    for _ in range(chance.randint(1, 6)):
        parents = [element for element in root.iter() if len(element)]
        parent, other = chance.choice(parents), chance.choice(parents)
        child = chance.choice(list(parent))
        match chance.randrange(5):
            case 0:
                parent.remove(child)
            case 1:
                parent.append(copy.deepcopy(child))
            case 2:
                parent[:] = chance.sample(list(parent), len(parent))
            case 3:
                other.insert(0, copy.deepcopy(child))
            case _:
                child.attrib.clear()
    return ElementTree.tostring(root)


PACKAGES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".docx", ".odt"))
PARTS = {
    ".docx": ["word/document.xml"] * 4
    + ["word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels"],
    ".odt": ["content.xml", "content.xml", "styles.xml"],
}


@pytest.mark.slow
@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: path.name)
def test_reader_never_raises_whatever_is_done_to_a_document(path, caplog):
    """Thirty variants of each document; what is caught would be logged."""
    caplog.set_level(logging.ERROR)
    chance = random.Random(path.name)
    package = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        parts = {name: whole.read(name) for name in PARTS[path.suffix] if name in whole.namelist()}
    read_well = 0
    for _ in range(30):
        name = chance.choice([one for one in PARTS[path.suffix] if one in parts])
        draft = read(repacked(package, {name: mutated(parts[name], chance)}))
        assert draft.refusal or draft.text
        read_well += draft.refusal is None

    assert not caplog.records
    assert read_well > 20
