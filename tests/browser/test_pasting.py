"""What other programs put on the clipboard, pasted into the editor."""

# ruff: noqa: E501  # the HTML as these programs write it

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meetings.models import MinutesEntry
from taskforce.core.rich_text import as_html
from tests.browser.conftest import Visitor, saved
from tests.factories import make_agenda_item, make_entry, make_meeting, make_minutes, make_secretary

Visit = Callable[..., Visitor]

WORD_HEAD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta name=ProgId content=Word.Document><style><!-- p.MsoNormal {margin:0cm;} @list l0 {mso-list-id:1;} --></style>
</head><body lang=DA style='tab-interval:65.2pt;word-wrap:break-word'><!--StartFragment-->"""
WORD_FOOT = "<!--EndFragment--></body></html>"


def point(words: str, sign: str, level: int = 1, place: str = "Middle", of: int = 0) -> str:
    """Return an item of a list as Word and Outlook write it."""
    return (
        f"<p class=MsoListParagraphCxSp{place} style='margin-left:{36 * level}.0pt;mso-add-space:auto;"
        f"text-indent:-18.0pt;mso-list:l{of} level{level} lfo1'><![if !supportLists]><span "
        "style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>"
        f"{sign}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span>"
        f"<![endif]>{words}<o:p></o:p></p>\n"
    )


CLIPBOARD = {
    "Word, bullets in two levels": (
        WORD_HEAD
        + "<p class=MsoNormal>Aftalt:<o:p></o:p></p>"
        + point("Bo <b>skriver</b>", "·", place="First")
        + point("til kommunen", "o", 2)
        + point("til regionen", "o", 2)
        + point("Ea ringer", "·", place="Last")
        + "<p class=MsoNormal>Tak for i dag<o:p></o:p></p>"
        + WORD_FOOT,
        "<p>Aftalt:</p><ul><li>Bo <strong>skriver</strong><ul><li>til kommunen</li>"
        "<li>til regionen</li></ul></li><li>Ea ringer</li></ul><p>Tak for i dag</p>",
    ),
    "Word, numbers": (
        WORD_HEAD
        + point("Velkomst", "1.", place="First")
        + point("Nyt", "2.")
        + point("fra fonde", "a)", 2)
        + point("Eventuelt", "3.", place="Last")
        + WORD_FOOT,
        "<ol><li>Velkomst</li><li>Nyt<ol><li>fra fonde</li></ol></li><li>Eventuelt</li></ol>",
    ),
    "Word, numbers after bullets": (
        WORD_HEAD
        + point("a", "·", place="First")
        + point("b", "1.", of=1, place="Last")
        + WORD_FOOT,
        "<ul><li>a</li></ul><ol><li>b</li></ol>",
    ),
    "Word, a table": (
        WORD_HEAD
        + "<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>"
        "<tr style='mso-yfti-irow:0'><td width=301 valign=top style='width:225.4pt'>"
        "<p class=MsoNormal><b>Pulje<o:p></o:p></b></p></td><td width=301><p class=MsoNormal>Beløb<o:p>"
        "</o:p></p></td></tr><tr style='mso-yfti-irow:1'><td><p class=MsoNormal>100<o:p></o:p></p></td>"
        "<td><p class=MsoNormal>200<o:p></o:p></p></td></tr></table>" + WORD_FOOT,
        "<p><strong>Pulje</strong> | Beløb<br>100 | 200</p>",
    ),
    "Excel": (
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><meta name=ProgId "
        "content=Excel.Sheet><style>td {mso-number-format:General}</style></head><body link='#0563C1'>"
        "<table border=0 cellpadding=0 cellspacing=0 width=128 style='border-collapse:collapse'>"
        "<!--StartFragment--> <col width=64 span=2 style='width:48pt'> <tr height=20> "
        "<td height=20 width=64>Pulje</td> <td width=64>Beløb</td> </tr> <tr height=20> "
        "<td height=20 align=right>100</td> <td align=right>200</td> </tr><!--EndFragment-->"
        "</table></body></html>",
        "<p>Pulje | Beløb<br>100 | 200</p>",
    ),
    "LibreOffice Calc": (
        '<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 7.6 (Linux)"/></head><body>'
        '<table cellspacing="0" border="0"><colgroup span="2" width="85"></colgroup><tr>'
        '<td height="17" align="left">Pulje</td><td align="left">Beløb</td></tr><tr>'
        '<td align="right" sdval="100" sdnum="1030;">100</td><td align="right">200</td></tr></table></body></html>',
        "<p>Pulje | Beløb<br>100 | 200</p>",
    ),
    "LibreOffice Writer": (
        '<html><head><meta name="generator" content="LibreOffice"/></head><body lang="da-DK" dir="ltr">'
        '<ol><li><p style="margin-bottom: 0cm">Velkomst</p></li><ul><li><p>kaffe</p></li></ul>'
        "<li><p>Nyt</p></li></ol></body></html>",
        "<ol><li>Velkomst<ul><li>kaffe</li></ul></li><li>Nyt</li></ol>",
    ),
    "Google Docs": (
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">'
        '<p dir="ltr"><span style="font-weight:400">Aftalt </span><span style="font-weight:700">i dag'
        '</span></p><ul style="padding-inline-start:48px;"><li dir="ltr" style="list-style-type:disc" '
        'aria-level="1"><p dir="ltr" role="presentation"><span>Bo skriver</span></p></li>'
        '<ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>til kommunen</span></p>'
        "</li></ul></ul>"
        '<div dir="ltr" align="left"><table style="border:none"><colgroup><col width="312"/><col/></colgroup>'
        '<tbody><tr style="height:0pt"><td><p dir="ltr"><span>100</span></p></td><td><p dir="ltr"><span>200'
        "</span></p></td></tr></tbody></table></div><br></b>",
        "<p>Aftalt <strong>i dag</strong></p><ul><li>Bo skriver<ul><li>til kommunen</li></ul></li></ul>"
        "<p>100 | 200</p>",
    ),
    "Outlook, laid out by tables": (
        WORD_HEAD
        + "<table border=0 width='100%'><tr><td><p class=MsoNormal>Kære alle</p>"
        + point("Bo skriver", "·", place="First")
        + point("Ea ringer", "·", place="Last")
        + "</td></tr></table>"
        + WORD_FOOT,
        "<p>Kære alle</p><ul><li>Bo skriver</li><li>Ea ringer</li></ul>",
    ),
    "a web page with links in cells": (
        '<table><tr><th>Pulje</th><td><a href="https://x.dk/a">Social fond</a></td><td></td></tr></table>',
        '<p>Pulje | <a href="https://x.dk/a" rel="noopener noreferrer">Social fond</a> |</p>',
    ),
}


@pytest.fixture
def page(visit: Visit, transactional_db: None) -> Page:
    minutes = make_minutes(make_meeting(3))
    item = make_agenda_item(minutes.meeting, "Nyt fra fondene")
    make_entry(minutes, "", agenda_item=item)
    visitor = visit()
    visitor.log_in(make_secretary())
    visitor.open("/moeder/3/referat/skriv/")
    return visitor.page


def paste(page: Page, **data: str) -> str:
    """Paste into an empty editor as a browser does, and return what a form would then keep."""
    place = page.locator(".rich").get_by_role("textbox", name="Tekst").first
    place.click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    place.evaluate(
        """(place, data) => {
            const transfer = new DataTransfer();
            for (const [kind, words] of Object.entries(data)) transfer.setData(kind, words);
            place.dispatchEvent(new ClipboardEvent(
                "paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
        }""",
        data,
    )
    sent: Any = page.locator("textarea[data-html]").first.input_value()
    return as_html(sent).replace("<p></p>", "").replace(" </p>", "</p>")


def test_what_programs_paste_keeps_its_lists_and_rows(page: Page):
    # One page for all of them: to open it takes longer than to paste.
    pasted = {name: paste(page, **{"text/html": html}) for name, (html, _) in CLIPBOARD.items()}

    assert pasted == {name: kept for name, (_, kept) in CLIPBOARD.items()}


def test_text_of_a_sheet_keeps_its_cells_apart(page: Page):
    assert paste(page, **{"text/plain": "Pulje\tBeløb\n100\t200"}) == (
        "<p>Pulje | Beløb</p><p>100 | 200</p>"
    )


def test_row_is_still_a_row_after_it_is_saved_and_opened(page: Page, transactional_db: None):
    paste(page, **{"text/html": CLIPBOARD["Excel"][0]})
    saved(page.locator(".passage"))

    assert MinutesEntry.objects.get().text == CLIPBOARD["Excel"][1]
    page.reload()
    shown = page.locator(".rich").get_by_role("textbox", name="Tekst").first
    expect(shown).to_contain_text("100 | 200")
