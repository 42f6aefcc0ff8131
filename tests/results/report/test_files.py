"""The files of a report: what they say, for whom, and what is gone from them."""

import io
import re
from base64 import b64encode
from datetime import date
from typing import Any

import pypdfium2
import pytest
import typst
from django.test import Client
from django.utils import timezone
from docx.oxml.ns import qn
from PIL import Image

from barriers.models import Barrier, BarrierState
from calls.models import Openness
from initiatives.models import Case, Initiative
from meetings.models import Meeting, Minutes
from taskforce.core import pictured
from taskforce.core.pictures import Picture
from taskforce.members.models import Member, Organisation
from taskforce.results.models import Figure, KeptYear, Report
from taskforce.results.report import acts
from tests.factories import (
    make_agenda_item,
    make_barrier,
    make_call,
    make_case,
    make_consortium,
    make_figure,
    make_goal,
    make_initiative,
    make_meeting,
    make_minutes,
    make_organisation,
    make_outcome,
)
from tests.meetings.papers.documents import body, in_order, joined, opened, pdf_text
from tests.meetings.papers.test_pdf_tags import tags

YEAR = timezone.localdate().year - 2
PDF, WORD = f"/resultater/{YEAR}/rapport.pdf", f"/resultater/{YEAR}/rapport.docx"


def word_text(content: bytes) -> str:
    """Return the words of a Word document, those in tables too."""
    paragraphs = opened(content).element.iter(qn("w:p"))
    return joined(" ".join("".join(one.text for one in row.iter(qn("w:t"))) for row in paragraphs))


def both(browser: Client) -> list[str]:
    return [pdf_text(body(browser.get(PDF))), word_text(body(browser.get(WORD)))]


def jpeg() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def year(db: None) -> dict[str, Any]:
    """A year with one of everything in it."""
    day = timezone.make_aware(timezone.datetime(YEAR, 5, 1))
    meeting = make_meeting(31, date=date(YEAR, 3, 1))
    make_minutes(meeting, published=True)
    item = make_agenda_item(meeting)
    make_outcome(item, "decided", decision="Vi skriver en vejledning")
    barrier = make_barrier(
        "Smalle udbud",
        raised_on=date(YEAR, 1, 2),
        state=BarrierState.RESOLVED,
        resolved_on=date(YEAR, 9, 1),
        answer="Loven blev ændret",
    )
    done = make_initiative(
        "Fælles indkøb", state="done", ended_on=date(YEAR, 8, 1), outcome="Ti købte ind"
    )
    stopped = make_initiative(
        "Fælles lager", state="stopped", ended_on=date(YEAR, 8, 2), outcome="Ingen plads"
    )
    barrier.initiatives.add(done)
    case = make_case("Kantinen", number=80, unit="job", achieved="Otte fik løn")
    pictured.attach(case, Picture(jpeg(), jpeg(), 80, 60))
    case.picture_alt = "En grøn have"
    case.save()
    Case.objects.update(published_at=day)
    case.barriers.add(barrier)
    call = make_call("Et stort opslag", day=date(YEAR, 6, 1))
    consortium = make_consortium(
        call, "Havnen", outcome="granted", outcome_amount=1_500_000, openness=Openness.CLOSED
    )
    barrier.calls.add(call)
    make_figure("Omsætning", number=78, reported=5, asked=8, known="reported", known_by="KL")
    return {"barrier": barrier, "stopped": stopped, "case": case, "consortium": consortium}


@pytest.fixture
def report(year: dict[str, Any], secretary: Member) -> Report:
    introduction = "<p>Vi <strong>begyndte</strong>.</p>"
    Report.objects.create(year=YEAR, introduction=introduction)
    return acts.publish(year=YEAR, version=1, by=secretary)


def test_both_files_tell_of_the_whole_year(client: Client, report: Report):
    goal_day = timezone.localdate()
    make_goal("Hundrede job")

    for text in both(client):
        assert in_order(
            text,
            *(f"Årsrapport {YEAR}", "Indledning", "Vi begyndte.", "Tal"),
            *("Barrierer løst 1 ingen", "Fortalt i gode eksempler", "job 80 ingen 1 af"),
            *("Omsætning", "78 job", "5 af 8 har oplyst", "En rapport"),
            *("Hundrede job", str(goal_day.year), "Sat", "100 job"),
            *("31. møde", "Vi skriver en vejledning", "Smalle udbud", "Rejst 2. januar"),
            *("Indsats: Fælles indkøb – Gennemført", "Godt eksempel: Kantinen"),
            *("EU-opslag: Et stort opslag", "Ansøgning: Havnen – Bevilget"),
            *("Løst 1. september", "Loven blev ændret"),
            *("Gennemført", "Fælles indkøb", "Ti købte ind", "Stoppet", "Fælles lager"),
            *("Ingen plads", "Otte fik løn", "80 job", "Havnen", "1,5 mio."),
        ), text


def test_pdf_is_tagged_for_every_reader(client: Client, report: Report):
    content = body(client.get(PDF))

    for wanted in (b"<pdfuaid:part>1<", b"/MarkInfo<</Marked true", b"/Lang(da)"):
        assert wanted in content
    found = {kind for kind, _words in tags(content)}
    assert {"H1", "H2", "H3", "H4", "Table", "TH", "TD", "Figure", "L"} <= found
    assert content.count(b"/Alt") >= 2  # of the photo, and of each picture of bars
    assert pypdfium2.PdfDocument(content).get_metadata_dict()["Title"] == f"Årsrapport {YEAR}"


def test_word_has_headings_heads_of_tables_and_words_for_pictures(client: Client, report: Report):
    document = opened(body(client.get(WORD)))

    styled = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styled[f"Årsrapport {YEAR}"] == "Heading 1"
    assert styled["Barriererne og deres vej"] == "Heading 2"
    assert styled["Smalle udbud"] == "Heading 3"
    heads = [table.rows[0]._tr.trPr.find(qn("w:tblHeader")) for table in document.tables]
    assert heads
    assert None not in heads
    described = [one._inline.docPr.get("descr") for one in document.inline_shapes]
    assert "En grøn have" in described
    assert f"Søjler: Møder holdt. {YEAR - 1}: 0, {YEAR}: 1." in described


def test_figures_stay_and_corrections_stand_beside_with_their_day(
    client: Client, as_secretary: Client, report: Report
):
    make_meeting(date=date(YEAR, 4, 1))
    Figure.objects.update(number=80, corrected_at=timezone.now())
    Initiative.objects.filter(title="Fælles lager").update(title="Et lager")
    note = {"text": "Et møde for meget."}
    as_secretary.post(f"/sekretariat/resultater/aar/{YEAR}/ret/", note)

    for text in both(client):
        assert "Møder holdt 1 ingen" in text
        assert re.search(r"78 job\. Rettet \d+\. \w+ \d{4}: 80 job", text)
        assert "Et lager" in text
        assert "(teksten er rettet siden)" in text
        assert "Fælles lager" not in text
        assert re.search(r"Rettelser.*\d{4}: Et møde for meget\.", text)


def test_what_was_added_later_is_no_correction(client: Client, report: Report, year: dict):
    Barrier.objects.filter(pk=year["barrier"].pk).update(description="Mere")

    assert all("teksten er rettet siden" not in text for text in both(client))


@pytest.mark.parametrize(
    ("hide", "words"),
    [
        (lambda year: Barrier.objects.update(hidden_at=timezone.now()), "Smalle udbud"),
        (
            lambda year: Case.objects.update(state="submitted", published_at=None),
            "Kantinen",
        ),
        (lambda year: Minutes.objects.update(state="draft", published_at=None), "vejledning"),
        (lambda year: type(year["consortium"]).objects.update(openness="hidden"), "Havnen"),
        (lambda year: year["stopped"].delete(), "Fælles lager"),
        (lambda year: Meeting.objects.all().delete(), "31. møde"),
    ],
)
def test_what_is_hidden_later_is_gone_from_both_files_and_said(
    hide: Any, words: str, client: Client, report: Report, year: dict[str, Any]
):
    assert all(words in text for text in both(client))
    tag = client.get(PDF)["ETag"]

    hide(year)

    for text in both(client):
        assert words not in text
        assert "siden taget tilbage eller skjult" in text
    assert client.get(PDF)["ETag"] != tag


def test_organisations_that_were_merged_since_are_one(client: Client, report: Report):
    kept = Organisation.objects.order_by("pk").first()
    assert kept is not None
    gone = make_organisation("Et andet navn")
    book = KeptYear.objects.get()
    row = {**book.behind["organisations"][0], "pk": gone.pk}
    book.behind["organisations"].append(row)
    book.save()
    Organisation.objects.filter(pk=gone.pk).update(merged_into=kept)

    for text in both(client):
        members = text.rpartition("Medlemmer")[2]
        assert "Et andet navn" not in members
        assert members.count(f"{kept.name}, ") == 1
        assert "Rettelser" not in text


def test_a_picture_that_was_taken_away_or_lost_is_left_out(
    client: Client, report: Report, year: dict[str, Any]
):
    year["case"].picture.storage.delete(year["case"].picture.name)

    assert all("Kantinen" in text for text in both(client))
    assert b64encode(jpeg()) not in body(client.get(PDF))


def test_a_draft_is_the_secretariats_and_says_so(
    client: Client, as_secretary: Client, year: dict[str, Any]
):
    Report.objects.create(year=YEAR, introduction="<p>Endnu ikke.</p>")
    Barrier.objects.update(hidden_at=timezone.now())

    assert client.get(PDF).status_code == 404
    answer = as_secretary.get(PDF)
    assert answer["Cache-Control"] == "private, no-store"
    text = pdf_text(body(answer))
    assert "KLADDE" in text.upper() or "UDKAST" in text
    assert "Smalle udbud" not in text  # as a stranger will read it
    shown = as_secretary.get(f"/sekretariat/resultater/aar/{YEAR}/rapport/se/")
    assert "Smalle udbud" not in shown.content.decode()


def test_files_answer_as_files_do(client: Client, report: Report):
    for path, name in ((PDF, f"aarsrapport-{YEAR}.pdf"), (WORD, f"aarsrapport-{YEAR}.docx")):
        answer = client.get(path)
        body(answer)
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert client.head(path)["ETag"] == answer["ETag"]
        assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
        assert client.post(path).status_code == 405
    assert client.get(f"/resultater/{YEAR - 1}/rapport.pdf").status_code == 404


def test_a_file_that_cannot_be_made_has_a_page_that_says_so(
    client: Client, report: Report, monkeypatch: pytest.MonkeyPatch
):
    def fail(paper: Any) -> bytes:
        raise typst.TypstError("broken")

    monkeypatch.setattr("meetings.papers.downloads.FORMATS", {"pdf": (fail, "application/pdf")})

    page = client.get(PDF)

    assert page.status_code == 503
    assert "Filen kunne ikke laves" in page.content.decode()
    assert f'href="{PDF}"' in page.content.decode()


def test_nothing_at_all_in_a_year_still_makes_a_report(client: Client, secretary: Member):
    KeptYear.objects.create(year=YEAR)
    Report.objects.create(year=YEAR, introduction="<p>Stille år.</p>")

    acts.publish(year=YEAR, version=1, by=secretary)

    assert all("Stille år." in text and "Ingen." in text for text in both(client))


def test_strange_words_come_through(client: Client, secretary: Member):
    title = 'A "b" <script>alert(1)</script> #set $x$ \\ 🎉 ' + "x" * 90
    make_barrier(title, raised_on=date(YEAR, 1, 1))
    make_organisation("Ø & Å")
    Report.objects.create(year=YEAR, introduction="<p>#panic() *ikke fed*</p>")

    acts.publish(year=YEAR, version=1, by=secretary)

    for text in both(client):
        assert 'A "b" <script>alert(1)</script> #set $x$ \\' in text
        assert "#panic() *ikke fed*" in text
