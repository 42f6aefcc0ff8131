"""The blocks of a document, parsed from HTML."""

from meetings.papers.blocks import Heading, Listing, Paragraph, Run, parse


def test_html_becomes_blocks():
    html = (
        "løs <p>Hej <strong>fed <em>og</em></strong><br>ny</p><h4>Emne</h4>"
        "<ul><li>et<ol><li><p>a</p><p>b</p></li></ol></li></ul><blockquote><p>citat</p></blockquote>"
        '<p> </p><p><a href="mailto:a@b.dk">skriv</a></p>'
    )

    assert parse(html, level=4) == [
        Paragraph([Run("løs")]),
        Paragraph(
            [
                Run("Hej "),
                Run("fed ", bold=True),
                Run("og", bold=True, italic=True),
                Run("\n"),
                Run("ny"),
            ]
        ),
        Heading(4, "Emne"),
        Listing(
            False,
            [
                [
                    Paragraph([Run("et")]),
                    Listing(True, [[Paragraph([Run("a")]), Paragraph([Run("b")])]]),
                ]
            ],
        ),
        Paragraph([Run("citat")], "quote"),
        Paragraph([Run("skriv", link="mailto:a@b.dk")]),
    ]
