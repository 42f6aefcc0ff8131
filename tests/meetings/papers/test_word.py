"""Minutes as a Word document."""

from docx.oxml.ns import qn

from meetings.papers import word
from tests.factories import make_agenda_item, make_entry
from tests.meetings.papers.documents import WORD, body, make_paper, opened


def test_word_has_real_headings_lists_and_links(client, minutes):
    item = make_agenda_item(minutes.meeting, "Indkøb")
    make_entry(
        minutes,
        "<p>Se <strong>nu</strong> <em>her</em>: <a href='https://example.org/a?b=1&amp;c=2'>her</a></p>"
        "<ol><li>et<ul><li>under</li></ul></li><li>to</li></ol><ol><li>forfra</li></ol>",
        agenda_item=item,
        heading="Hvorfor",
    )

    answer = client.get(WORD)
    document = opened(body(answer))

    assert answer["Content-Disposition"] == 'attachment; filename="referat-3-moede.docx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    told = document.core_properties
    assert (told.title, told.language) == ("Referat af 3. møde", "da-DK")
    assert told.author == "Buy Social Taskforce Danmark"
    languages = {row.get(qn("w:val")) for row in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"da-DK"}
    styled = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styled["Referat af 3. møde"] == "Heading 1"
    assert styled["Dagsorden og referat"] == "Heading 2"
    assert styled["1. Indkøb"] == "Heading 3"
    assert styled["Hvorfor"] == "Heading 4"
    assert [styled[text] for text in ("et", "under", "to")] == [
        "List Number",
        "List Bullet 2",
        "List Number",
    ]
    numbers = {
        paragraph.text: paragraph._p.pPr.numPr.numId.val
        for paragraph in document.paragraphs
        if paragraph.style.name == "List Number"
    }
    assert numbers["et"] == numbers["to"] != numbers["forfra"]  # which begins at 1 again
    links = [link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert "https://example.org/a?b=1&c=2" in links
    looks = {run.text: (run.bold, run.italic) for row in document.paragraphs for run in row.runs}
    assert (looks["nu"], looks["her"]) == ((True, None), (None, True))


def test_quotes_further_paragraphs_and_deeper_lists_have_their_styles():
    html = (
        "<blockquote><p>citat</p></blockquote>"
        "<ul><li><p>et</p><p>mere</p><ul><li><p>to</p><p>og mere</p></li></ul></li></ul>"
    )

    document = opened(word.render(make_paper(html)))

    styled = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert {text: styled[text] for text in ("citat", "et", "mere", "to", "og mere")} == {
        "citat": "Quote",
        "et": "List Bullet",
        "mere": "List Continue",
        "to": "List Bullet 2",
        "og mere": "List Continue 2",
    }
