"""Minutes as a document: the words of the page, for the same eyes, and nothing that runs."""

import re
from datetime import date, time

import pypdfium2
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import Correction, OutcomeKind
from taskforce.members.models import NameVisibility
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
from tests.meetings.papers.documents import (
    PDF,
    WORD,
    body,
    both,
    in_order,
    make_paper,
    opened,
    pdf_text,
)

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
            "Besluttet: Vi køber socialt.",
            "Comdia",
            "Ea",
            "Nyt.",
            "Under",
            "Hvorfor",
            "et",
            "to",
            "Deltagere",
            "Comdia, Ea",
            "Barrierer rejst på mødet",
            "Dyre udbud",
            "På portalen: ",
            "/moeder/3/",
        )


def test_papers_leave_out_passages_that_nothing_was_written_in(client, minutes):
    speaker = make_attendance(minutes.meeting, organisation_name="Taler", status="apologies")
    make_entry(minutes, "<p></p>", speaker=speaker, agenda_item=make_agenda_item(minutes.meeting))
    make_entry(minutes, "<p>Vi talte.</p>")

    for text in both(client):
        assert "Vi talte." in text
        assert "Taler" not in text


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


def test_draft_says_so_on_every_page(as_secretary):
    minutes = make_minutes(make_meeting(3))
    make_entry(minutes, "<p>Der blev sagt meget om dette.</p>" * 120)

    document = pypdfium2.PdfDocument(body(as_secretary.get(PDF)))
    assert len(document) > 2
    for page in document:
        assert "UDKAST" in page.get_textpage().get_text_bounded()
    (section,) = opened(body(as_secretary.get(WORD))).sections
    assert section.header.paragraphs[0].text == "UDKAST"


def test_published_minutes_have_no_mark(client, minutes):
    assert "UDKAST" not in pdf_text(body(client.get(PDF)))
    assert not opened(body(client.get(WORD))).sections[0].header.paragraphs[0].text


def test_paper_is_danish_under_english_pages_too(client, minutes):
    make_action_point(minutes.meeting)

    text = pdf_text(body(client.get("/en/moeder/3/referat.pdf")))

    assert in_order(text, "Referat af 3. møde", "Aftalt", "side 1 af 1")


def test_hostile_minutes_stay_plain_text(client, minutes):
    item = make_agenda_item(minutes.meeting, '#read("/etc/passwd")', details="#panic() *x*")
    make_outcome(item, OutcomeKind.DECIDED, decision="$ #panic() $")
    make_entry(minutes, HOSTILE, agenda_item=item, heading="= #panic() <x>")
    make_action_point(minutes.meeting, "#panic() @x")

    for text in both(client):
        for words in (*UNHARMED, '1. #read("/etc/passwd")', "#panic() *x*", "= #panic() <x>"):
            assert words in text
        assert "$ #panic() $" in text
        assert "root:" not in text


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


def test_paper_lists_what_is_done_and_what_was_corrected(client, minutes):
    make_action_point(minutes.meeting, "Skriv", done_on=date(2022, 12, 7))
    Correction.objects.create(
        minutes=minutes, corrected_on=date(2022, 12, 8), text="Tallet var forkert."
    )

    for text in both(client):
        assert in_order(
            text,
            "Skriv – Alle, udført 7. december 2022",
            "Rettelser",
            "8. december 2022: Tallet var forkert.",
        )


def test_outcome_without_a_decision_is_told_at_its_item(client, minutes):
    make_outcome(make_agenda_item(minutes.meeting, "Indkøb"), OutcomeKind.DEFERRED)

    for text in both(client):
        assert in_order(text, "1. Indkøb", "Udsat til næste møde")
        assert "Besluttet" not in text


def test_fingerprint_follows_the_content():
    paper = make_paper("<p>x</p>")

    assert paper.fingerprint == make_paper("<p>x</p>").fingerprint
    assert paper.fingerprint != make_paper("<p>y</p>").fingerprint
    assert paper.fingerprint.startswith('"')
