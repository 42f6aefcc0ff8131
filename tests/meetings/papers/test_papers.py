"""Minutes as PDF and Word: the same words as the page, for the same eyes, and nothing that runs."""

import io
import re
from datetime import UTC, date, datetime, time

import docx
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx.oxml.ns import qn

from meetings.models import MinutesState, OutcomeKind
from meetings.papers import pdf, word
from meetings.papers.blocks import Heading, Listing, Paragraph, Run, parse
from meetings.papers.content import Paper
from taskforce.members.models import NameVisibility
from tests.conftest import put_away
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_attendance,
    make_barrier,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
    make_outcome,
    make_user,
)

PDF, WORD = "/moeder/3/referat.pdf", "/moeder/3/referat.docx"
HOSTILE = """<p>#read("/etc/passwd") #import "x" $x^2$ *fed* _skrå_ `kode` @ref &lt;mærke&gt;</p>
<p>&lt;script&gt;bad()&lt;/script&gt; // væk /* væk */ \\ #{1+1} = ikke en overskrift</p>
<p>- ikke et punkt</p><p>{{ 1 }} {% load x %} %(n)s &amp;amp; ]]&gt; --- ...</p>"""
# As they are written above, word for word.
UNHARMED = [
    '#read("/etc/passwd") #import "x" $x^2$ *fed* _skrå_ `kode` @ref <mærke>',
    "<script>bad()</script> // væk /* væk */ \\ #{1+1} = ikke en overskrift",
    "- ikke et punkt",
    "{{ 1 }} {% load x %} %(n)s &amp; ]]> --- ...",
]


@pytest.fixture
def minutes(db):
    return make_minutes(make_meeting(3), published=True)


def body(answer) -> bytes:
    assert answer.status_code == 200
    content = answer.getvalue()
    put_away(answer)
    return content


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    pages = [document[number] for number in range(len(document))]
    return joined("\n".join(page.get_textpage().get_text_bounded() for page in pages))


def word_text(content: bytes) -> str:
    return joined("\n".join(paragraph.text for paragraph in opened(content).paragraphs))


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def joined(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def both(browser: Client) -> list[str]:
    return [pdf_text(body(browser.get(PDF))), word_text(body(browser.get(WORD)))]


def in_order(text: str, *parts: str) -> bool:
    return re.search(".*?".join(map(re.escape, parts)), text) is not None


def make_paper(html: str, mark: str = "") -> Paper:
    return Paper(
        title="Referat",
        name="referat",
        author="Taskforcen",
        mark=mark,
        made_at=datetime(2022, 11, 16, tzinfo=UTC),
        page_words=("side", "af"),
        contents_title="Indhold",
        blocks=[Heading(2, "Referat"), *parse(html, level=3)],
    )


def test_papers_say_what_the_page_says_in_its_order(client, minutes):
    meeting = minutes.meeting
    speaker = make_attendance(
        meeting, organisation_name="Comdia", name="Ea", name_visibility=NameVisibility.PUBLIC
    )
    item = make_agenda_item(
        meeting, "Indkøb", starts=time(14, 5), minutes=10, details="Bilag", responsible=speaker
    )
    make_outcome(item, OutcomeKind.DECIDED, decision="Vi køber socialt.")
    make_entry(minutes, "<p>Nyt.</p><h4>Under</h4>", agenda_item=item, speaker=speaker)
    make_entry(minutes, "<ul><li>et</li><li>to</li></ul>", agenda_item=item, heading="Hvorfor")
    odense = make_organisation("Odense Kommune")
    make_action_point(meeting, "Skriv", organisation=odense, due_on=date(2022, 12, 7))
    make_barrier("Dyre udbud", raised_at=meeting)

    for text in both(client):
        assert in_order(
            text,
            "Referat af 3. møde",
            "15. november 2022",
            "Referat offentliggjort",
            "Besluttet",
            "Vi køber socialt. (1. Indkøb)",
            "Aftalt",
            "Skriv – Odense Kommune, senest 7. december 2022",
            "Dagsorden og referat",
            "1. Indkøb",
            "14.05 · 10 minutter · Ea, Comdia",
            "Bilag",
            "Comdia",
            "Ea",
            "Nyt.",
            "Under",
            "Hvorfor",
            "et",
            "to",
            "Besluttet: Vi køber socialt.",
            "Deltagere",
            "Comdia, Ea",
            "Barrierer rejst her",
            "Dyre udbud",
            "På portalen: ",
            "/moeder/3/",
        )


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


def test_names_stand_in_papers_as_their_owners_agreed(client, as_member, as_secretary, minutes):
    for visibility in NameVisibility:
        member = make_member(user=make_user(name=f"ejer-{visibility}"), name_visibility=visibility)
        make_action_point(minutes.meeting, owner=member)
        guest = make_attendance(
            minutes.meeting, name=f"gæst-{visibility}", name_visibility=visibility
        )
        make_entry(minutes, speaker=guest)
        make_agenda_item(minutes.meeting, responsible=guest)

    def shown(browser: Client) -> list[set[str]]:
        return [set(re.findall(r"(?:ejer|gæst)-\w+", text)) for text in both(browser)]

    everybody = {"ejer-public", "gæst-public"}
    members = everybody | {"ejer-members", "gæst-members"}
    assert shown(client) == [everybody] * 2
    assert shown(as_member) == [members] * 2
    assert shown(as_secretary) == [members | {"ejer-nobody", "gæst-nobody"}] * 2


def test_draft_leaves_no_hands_but_the_secretariats(client, as_member, as_secretary, member):
    minutes = make_minutes(make_meeting(3))
    make_entry(minutes, "<p>hemmeligt</p>")
    make_attendance(minutes.meeting, member=member)

    for state in (MinutesState.DRAFT, MinutesState.IN_REVIEW):
        minutes.state, minutes.review_ends_on = state, timezone.localdate()
        minutes.save()
        for path in (PDF, WORD):
            assert client.get(path).status_code == as_member.get(path).status_code == 404
    for path in (PDF, WORD):
        answer = as_secretary.get(path)
        put_away(answer)
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
    for text in both(as_secretary):
        assert "hemmeligt" in text
        assert "Udkast. Ikke offentliggjort" in text


def test_draft_says_so_on_every_page(as_secretary):
    minutes = make_minutes(make_meeting(3))
    make_entry(minutes, "<p>Der blev sagt meget om dette.</p>" * 120)

    document = pypdfium2.PdfDocument(body(as_secretary.get(PDF)))
    assert len(document) > 2
    for page in document:
        assert "UDKAST" in page.get_textpage().get_text_bounded()
    (section,) = opened(body(as_secretary.get(WORD))).sections
    assert section.header.paragraphs[0].text == "UDKAST"


def test_published_paper_has_no_mark(client, minutes):
    assert "UDKAST" not in pdf_text(body(client.get(PDF)))
    assert not opened(body(client.get(WORD))).sections[0].header.paragraphs[0].text


def test_paper_that_a_browser_has_is_not_made_again(client, minutes, monkeypatch):
    entry = make_entry(minutes, "<p>Først</p>")
    for path, maker in ((PDF, pdf), (WORD, word)):
        first = client.get(path)
        put_away(first)
        assert first["Cache-Control"] == "public, no-cache"
        with monkeypatch.context() as patched:
            patched.setattr(maker, "render", lambda paper: pytest.fail("made again"))
            again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again["ETag"]) == (304, first["ETag"])

    entry.text = "<p>Siden</p>"
    entry.save()
    changed = client.get(WORD, headers={"If-None-Match": first["ETag"]})
    assert "Siden" in word_text(body(changed))


def test_paper_is_danish_under_english_pages_too(client, minutes):
    make_action_point(minutes.meeting)

    text = pdf_text(body(client.get("/en/moeder/3/referat.pdf")))

    assert in_order(text, "Referat af 3. møde", "Aftalt", "side 1 af 1")


@pytest.mark.parametrize("path", ["/moeder/99/referat.pdf", "/moeder/99/referat.docx"])
def test_meeting_without_minutes_has_no_paper(as_secretary, path):
    make_meeting(3)

    assert as_secretary.get(path).status_code == 404
    assert as_secretary.get(PDF).status_code == 404


def test_hostile_minutes_are_words(client, minutes):
    item = make_agenda_item(minutes.meeting, '#read("/etc/passwd")', details="#panic() *x*")
    make_outcome(item, OutcomeKind.DECIDED, decision="$ #panic() $")
    make_entry(minutes, HOSTILE, agenda_item=item, heading="= #panic() <x>")
    make_action_point(minutes.meeting, "#panic() @x")

    for text in both(client):
        for words in (*UNHARMED, '1. #read("/etc/passwd")', "#panic() *x*", "= #panic() <x>"):
            assert words in text
        assert "$ #panic() $" in text
        assert "root:" not in text


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


def test_asks_as_often_for_20_items_as_for_200(client, minutes):
    def add(number: int) -> None:
        guest = make_attendance(minutes.meeting, organisation=make_organisation())
        for _item in range(number):
            item = make_agenda_item(minutes.meeting, responsible=guest)
            make_entry(minutes, agenda_item=item, speaker=guest)
            make_outcome(item)
            make_action_point(minutes.meeting, organisation=guest.organisation)
            make_barrier(raised_at=minutes.meeting)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            body(client.get(WORD))
        return len(queries)

    add(20)
    few = asked()
    add(180)
    assert asked() == few
