"""What a document holds and does not show is not read: it was never part of the minutes."""

import pytest

from taskforce.intake.reader import read
from tests.intake.reader.packages import opened, paragraph, run, word


def style(name: str, properties: str = "", *, kind: str = "character", base: str = "") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}">{based}<w:rPr>{properties}</w:rPr></w:style>'
    )


STYLES = (
    style("Skjult", "<w:vanish/>")
    + style("Arver", base="Skjult")
    + style("Vist", '<w:vanish w:val="0"/>', base="Skjult")
    + style("Afsnit", "<w:vanish/>", kind="paragraph")
    + style("Ring", base="Ring")
)
OFF, WHITE = '<w:vanish w:val="false"/>', '<w:color w:val="FFFFFF"/>'
OF_LETTERS = '<w:rStyle w:val="{}"/>'
OF_PARAGRAPH = '<w:pStyle w:val="Afsnit"/>'


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(f"<w:p>{run('a')}{run('b', '<w:vanish/>')}{run('c')}</w:p>", "ac", id="run"),
        pytest.param(f"<w:p>{run('a', OFF)}</w:p>", "a", id="off"),
        pytest.param(f"<w:p>{run('a')}{run('b', '<w:webHidden/>')}</w:p>", "a", id="web"),
        pytest.param(f"<w:p>{run('a', WHITE)}</w:p>", "a", id="white"),
        pytest.param(
            f"<w:p>{run('a')}{run('b', OF_LETTERS.format('Skjult'))}</w:p>", "a", id="style"
        ),
        pytest.param(
            f"<w:p>{run('a')}{run('b', OF_LETTERS.format('Arver'))}</w:p>", "a", id="based on"
        ),
        pytest.param(f"<w:p>{run('a', OF_LETTERS.format('Vist'))}</w:p>", "a", id="shown again"),
        pytest.param(
            f"<w:p>{run('a', OF_LETTERS.format('Ring'))}</w:p>", "a", id="style of itself"
        ),
        pytest.param(
            f"<w:p>{run('a', OF_LETTERS.format('Ukendt'))}</w:p>", "a", id="unknown style"
        ),
        pytest.param(paragraph("a") + paragraph("b", OF_PARAGRAPH), "a", id="paragraph's style"),
        pytest.param(
            paragraph("a", "<w:rPr><w:vanish/></w:rPr>") + paragraph("b"), "ab", id="its mark"
        ),
        pytest.param(paragraph("a", "<w:rPr><w:vanish/></w:rPr>"), "a", id="the last mark"),
        pytest.param(
            f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph('a')}</w:tc></w:tr>"
            f"<w:tr><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>",
            "b",
            id="row",
        ),
        pytest.param(
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('a')}</w:tc></w:tr>"
            f"<w:tr><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>",
            "b",
            id="deleted row",
        ),
        pytest.param(
            f"<w:p><w:moveFrom>{run('a')}</w:moveFrom></w:p>"
            f"<w:p><w:moveTo>{run('b')}</w:moveTo></w:p>",
            "\nb",
            id="moved",
        ),
        pytest.param(
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
            '<w:r><w:instrText>DATE \\@ "d. MMMM"</w:instrText></w:r>'
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('3. maj')}"
            "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
            "3. maj",
            id="code of a field",
        ),
        pytest.param(
            f"<w:p>{run('a')}<w:commentRangeStart w:id='1'/>{run('b')}"
            "<w:r><w:commentReference w:id='1'/></w:r></w:p>",
            "ab",
            id="comment",
        ),
        pytest.param(
            f"<w:tbl><w:tr><w:tc>{paragraph('a', '<w:rPr><w:del/></w:rPr>')}</w:tc>"
            f"<w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>",
            "a\nb",
            id="deleted mark at the end of a cell",
        ),
    ],
)
def test_hidden_in_word(body: str, text: str):
    draft = read(word(body + paragraph("Slut"), styles=STYLES))

    assert draft.text.removesuffix("Slut").removesuffix("\n") == text.removesuffix("\n")


HIDDEN = '<style:style style:name="{}"{}>{}</style:style>'
NONE = '<style:text-properties text:display="none"/>'
OPEN_STYLES = HIDDEN.format("S", "", NONE) + HIDDEN.format("B", ' style:parent-style-name="S"', "")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<text:p>a<text:span text:style-name="S">b</text:span>c</text:p>', "ac"),
        ('<text:p>a<text:span text:style-name="B">b</text:span>c</text:p>', "ac"),
        ('<text:p text:style-name="S">a</text:p><text:p>b</text:p>', "b"),
        ('<text:p>a<text:hidden-text text:is-hidden="true">b</text:hidden-text>c</text:p>', "ac"),
        ('<text:p>a<text:hidden-text text:is-hidden="false">b</text:hidden-text></text:p>', "ab"),
        ('<text:p>a<text:hidden-paragraph text:is-hidden="true"/></text:p><text:p>b</text:p>', "b"),
        (
            '<text:section text:display="none"><text:p>a</text:p></text:section><text:p>b</text:p>',
            "b",
        ),
        (
            '<table:table><table:table-row table:visibility="collapse"><table:table-cell>'
            "<text:p>a</text:p></table:table-cell></table:table-row><table:table-row>"
            "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>"
            "</table:table>",
            "b",
        ),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>a</text:p>"
            "</text:deletion></text:changed-region></text:tracked-changes>"
            '<text:p>b<text:change text:change-id="1"/></text:p>',
            "b",
        ),
        ("<text:p>a<office:annotation><text:p>b</text:p></office:annotation>c</text:p>", "ac"),
        ('<text:p>a<text:s text:c="mange"/>b</text:p>', "a b"),
        ('<text:h text:outline-level="-1">a</text:h>', "a"),
    ],
)
def test_hidden_in_an_open_document(body: str, text: str):
    assert read(opened(body, OPEN_STYLES)).text == text
