"""Minutes as PDF: tagged, with contents, and without a sign that no font has."""

import re

import pypdfium2
import pytest
import typst

from meetings.papers import pdf, word
from meetings.papers.blocks import Picture, table
from tests.factories import make_agenda_item, make_entry
from tests.meetings.papers.documents import PDF, body, make_paper, pdf_text, word_text


def test_pdf_is_made_for_every_reader(client, minutes):
    make_entry(minutes, '<p>Se <a href="https://example.org/a">her</a>.</p><ul><li>x</li></ul>')
    make_agenda_item(minutes.meeting)

    answer = client.get(PDF)
    content = body(answer)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="referat-3-moede.pdf"'
    # What PDF/UA-1 (ISO 14289) asks of the catalogue and of the description beside it.
    for wanted in (
        b"/MarkInfo<</Marked true",
        b"/Lang(da)",
        b"/StructTreeRoot",
        b"/DisplayDocTitle true",
        b"<pdfuaid:part>1<",
        b"https://example.org/a",
    ):
        assert wanted in content, wanted
    tags = set(re.findall(rb"/S ?/(\w+)", content))
    assert {b"H1", b"H2", b"H3", b"P", b"L", b"LI", b"Link"} <= tags
    told = pypdfium2.PdfDocument(content).get_metadata_dict()
    assert told["Title"] == "Referat af 3. møde"
    assert told["Author"] == "Buy Social Taskforce Danmark"
    assert "side 1 af 1" in pdf_text(content)


def test_long_minutes_have_a_table_of_contents(client, minutes):
    item = make_agenda_item(minutes.meeting, "Det lange punkt")
    entry = make_entry(minutes, "<p>Kort.</p>", agenda_item=item)
    assert "Indhold" not in pdf_text(body(client.get(PDF)))

    entry.text = "<p>Der blev sagt meget om dette.</p>" * 200
    entry.save()

    text = pdf_text(body(client.get(PDF)))
    assert re.search(r"Indhold.*1\. Det lange punkt [ .]+\d.*side 1 af [4-9]", text)


@pytest.mark.parametrize("lines", range(24, 30))
def test_picture_stays_on_the_page_of_its_table(lines):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>'
    paper = make_paper("<p>Sagt.</p>" * lines)
    paper.blocks.extend(
        [
            Picture("Møder for hvert år", 5, (9, 9), svg=svg),
            table("Møder", ["År", "Antal"], [["2022", "3"]], [1, 1]),
        ]
    )

    pages = [*pypdfium2.PdfDocument(pdf.render(paper))]

    small = [page.render(scale=0.1).to_pil().convert("L") for page in pages]
    drawn = [sum(one.histogram()[:60]) > 50 for one in small]  # it is black
    told = ["Antal" in page.get_textpage().get_text_bounded() for page in pages]
    assert told.count(True) == 1
    assert drawn[told.index(True)]


@pytest.mark.parametrize(
    ("typed", "in_pdf", "in_word"),
    [
        ("Tillykke 🎉!", "Tillykke [party popper]!", "Tillykke 🎉!"),
        ("ja 👍🏽", "ja [thumbs up sign]", "ja 👍🏽"),
        ("navn 中文 her", "navn □□ her", "navn 中文 her"),
        ("שלום עולם", "שלום עולם", "שלום עולם"),
        ("مرحبا", "مرحبا", "مرحبا"),
        ("om\u202evendt\u2066 her", "omvendt her", "omvendt her"),
        ("kon\x01trol\x0b\x7f\x9f", "kontrol", "kontrol"),
        ("x" * 3000, "x" * 3000, "x" * 3000),
        ("Nguyễn Łódź ½ ≥ 2 €", "Nguyễn Łódź ½ ≥ 2 €", "Nguyễn Łódź ½ ≥ 2 €"),
    ],
)
def test_every_sign_comes_out(typed, in_pdf, in_word):
    paper = make_paper(f"<p>{typed}</p>")

    assert in_word in word_text(word.render(paper))
    # A word without a place to break is broken; one that runs right to left may be read back so.
    found = pdf_text(pdf.render(paper))
    bare = found.replace(" ", "")
    wanted = in_pdf.replace(" ", "")
    assert wanted in bare or wanted in bare[::-1]


def test_many_strange_signs_are_written_out_at_once():
    signs = "".join(map(chr, range(0x4E00, 0x5E00)))

    assert "□□□" in pdf_text(pdf.render(make_paper(f"<p>{signs}</p>")))


@pytest.mark.parametrize("tag", ["ul", "ol", "blockquote"])
def test_deep_nesting_is_flattened(tag):
    inner = "<li>" if tag != "blockquote" else ""
    paper = make_paper(f"<{tag}>{inner}" * 500 + "bund" + f"</{tag}>" * 500)

    assert "bund" in pdf_text(pdf.render(paper))
    assert "bund" in word_text(word.render(paper))


def fault(diagnostic: str) -> typst.TypstError:
    """Return a fault as Typst raises it: it sets the diagnostic itself."""
    error = typst.TypstError(diagnostic)
    error.diagnostic = diagnostic
    return error


def test_fault_that_is_not_about_signs_is_raised(monkeypatch):
    calls = []

    def fail(data: str, made_at: int) -> bytes:
        calls.append(data)
        raise fault("no such file")

    monkeypatch.setattr(pdf, "_compiled", fail)

    with pytest.raises(typst.TypstError):
        pdf.render(make_paper("<p>x</p>"))
    assert len(calls) == 1


def test_signs_are_replaced_until_every_one_shows(monkeypatch):
    tried = []

    def fail_often(data: str, made_at: int) -> bytes:
        tried.append(data)
        if len(tried) <= pdf.TRIES:
            raise fault('the text `"中"` could not be displayed')
        return b"%PDF"

    monkeypatch.setattr(pdf, "_compiled", fail_often)

    assert pdf.render(make_paper("<p>中文 ½</p>")) == b"%PDF"
    assert len(tried) == pdf.TRIES + 1
    assert "□文 ½" in tried[1]
    assert "文" not in tried[-1]  # at last every sign beyond Latin-1 is replaced
    assert "½" in tried[-1]


def test_missing_signs_are_those_that_typst_names():
    told = (
        r"""the text `"中\u{200d}"` could not be displayed; the text `"a"` could not be displayed"""
    )

    assert pdf.not_shown(told) == {"中", "\u200d"}
    assert pdf.not_shown("something else") == set()


def test_missing_sign_becomes_its_name_a_box_or_nothing():
    assert (
        pdf.without({"🎉", "中", "🏽", "\u200d"}, "🎉\ufe0f 中 🏽\u200da") == "[party popper] □ a"
    )
