"""The blocks of a document, parsed from HTML."""

from meetings.papers.blocks import Heading, Listing, Paragraph, Run, heading, paragraph, parse


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


def test_heading_within_a_list_is_a_bold_paragraph():
    assert parse("<ul><li><h4>Emne</h4>tekst</li></ul>", level=3) == [
        Listing(False, [[Paragraph([Run("Emne", bold=True)]), Paragraph([Run("tekst")])]])
    ]


def test_item_without_a_list_is_a_paragraph():
    assert parse("<li>et</li></ul>to", level=3) == [
        Paragraph([Run("et")]),
        Paragraph([Run("to")]),
    ]


def test_closing_tags_without_opening_ones_change_nothing():
    assert parse("</strong></ol></li><em>et</em></p>", level=3) == [
        Paragraph([Run("et", italic=True)])
    ]


def test_blanks_around_a_paragraph_are_left_out():
    assert parse("<p> <em> </em>et <em>to </em><br> </p>", level=3) == [
        Paragraph([Run("et "), Run("to", italic=True)])
    ]


def test_lists_are_at_most_three_deep():
    deep = "<ul><li>1<ul><li>2<ul><li>3<ul><li>4</li></ul></li></ul></li></ul></li></ul>"

    (first,) = parse(deep, level=3)

    third = first.items[0][1].items[0][1]
    assert third.items == [[Paragraph([Run("3")])], [Paragraph([Run("4")])]]


def test_headings_and_links_hold_no_unprintable_signs():
    assert parse('<h4>Et\u202e\n to</h4><p><a href="/x\u2066">y</a></p>', level=5) == [
        Heading(5, "Et to"),
        Paragraph([Run("y", link="/x")]),
    ]


def test_paragraph_and_heading_take_plain_text():
    assert paragraph("Et\x01", "meta", bold=True) == Paragraph([Run("Et", bold=True)], "meta")
    assert heading(2, "Et\n  to") == Heading(2, "Et to")
