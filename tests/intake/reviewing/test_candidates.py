"""The candidates of a draft: what the reader found, passages, and facts that are missing."""

from typing import Any

import pytest

from taskforce.intake.models import Intake
from taskforce.intake.reader.draft import MinutesDraft, Section, SectionKind, Span
from taskforce.intake.reviewing.candidates import (
    AS_IT_STANDS,
    LISTED_BY_ITSELF,
    NOT_FOUND,
    candidates,
    passages,
)
from tests.intake.drafts import TEXT, make_draft, make_intake


def test_candidates_come_in_the_order_of_the_groups(intake: Intake):
    assert [one.key for one in candidates(intake)] == [
        "number-0",
        "date-0",
        "start-0",
        "end-0",
        "mode-0",
        "place-0",
        "attendees-0",
        "attendees-1",
        "absent-0",
        "agenda-0",
        "agenda-1",
        "passages-2",
        "passages-3",
        "passages-4",
        "passages-5",
        "barriers-0",
        "statements-0",
        "action_points-0",
        "next_meeting-0",
        "calls-0",
        "news-0",
        "materials-0",
    ]


def test_candidate_holds_its_words_and_whether_the_reader_is_unsure(intake: Intake):
    by_key = {one.key: one for one in candidates(intake)}

    number, start = by_key["number-0"], by_key["start-0"]
    assert (number.value, number.words, number.is_unsure) == (7, "7. møde", False)
    assert (start.words, start.is_unsure) == ("10.00-10.10", True)


def test_fact_that_was_not_found_is_an_empty_candidate(db: None):
    intake = make_intake(make_draft(number=None))

    (number,) = (one for one in candidates(intake) if one.field == "number")

    assert (number.value, number.span, number.is_unsure) == ("", None, True)
    assert number.reason == NOT_FOUND


def test_passages_of_lists_are_unsure(intake: Intake):
    found = {one.index: (one.is_unsure, one.reason) for one in passages(intake)}

    assert found == {
        2: (False, AS_IT_STANDS),
        3: (False, AS_IT_STANDS),
        4: (True, LISTED_BY_ITSELF),
        5: (True, LISTED_BY_ITSELF),
    }


def test_section_without_words_is_a_passage_only_with_a_heading_of_its_own(db: None):
    nothing = Span(0, 0)
    sections = [
        Section(nothing, SectionKind.MINUTES, "", body=nothing),
        Section(nothing, SectionKind.MINUTES, "Barrierer", agenda=0, body=nothing),
        Section(nothing, SectionKind.MINUTES, "Ordet er frit", body=nothing),
        Section(Span(0, len(TEXT)), SectionKind.HEAD, "Head", body=Span(0, len(TEXT))),
    ]
    intake = make_intake(make_draft(sections=sections))

    assert [one.index for one in passages(intake)] == [2]


def sections_of(*parts: tuple[str, int | None, str]) -> dict[str, Any]:
    """Return a draft of sections, each with its heading, its agenda item and its text."""
    text, sections = "", []
    for heading, agenda, words in parts:
        whole = Span(len(text), len(text) + len(words))
        sections.append(Section(whole, SectionKind.MINUTES, heading, agenda, body=whole))
        text += words
    return {"text": text, "sections": sections}


def test_part_of_an_item_belongs_to_the_item_above(db: None):
    parts = sections_of(
        ("Budget", 0, "26/101"),
        ("Sagsresumé", None, "Det er dyrt."),
        ("Beslutning den 19-05-2026", None, "Godkendt."),
        ("Kalender", None, "8. juni"),
        ("Beslutning", None, "Ja."),
    )
    intake = make_intake(MinutesDraft(**parts))

    assert [one.value["agenda"] for one in passages(intake)] == [0, 0, 0, None, None]


def test_passage_does_not_begin_with_its_own_heading(db: None):
    parts = sections_of(
        ("Budget", 0, "2. Budget\nDet er dyrt."),
        ("Pause", 1, "PAUSE"),
        ("Byg", 2, "Byggeri"),
    )
    intake = make_intake(MinutesDraft(**parts))

    assert [one.value["text"] for one in passages(intake)] == ["Det er dyrt.", "Byggeri"]


def test_passage_ends_before_the_next_row_of_its_table(db: None):
    parts = sections_of(("Budget", 0, "Godkendt.\nAB\n\n5\n19:10"), ("Pause", 1, "Pause\n6.\n–"))
    intake = make_intake(MinutesDraft(**parts))

    assert [one.value["text"] for one in passages(intake)] == ["Godkendt.\nAB"]


WRAPPED = """Vi talte om, hvorvidt man også kan nøjes med at bede
   om én reference. Det kan man ikke.
- Ole spørger juristerne i kommunen, når de er hjemme
- Ea skriver

Tak."""


@pytest.mark.parametrize(
    ("longest", "lines"), [("", 5), ("Denne linje er længere end nogen linje i en mail. " * 2, 6)]
)
def test_lines_that_a_mail_has_broken_are_joined(db: None, longest: str, lines: int):
    intake = make_intake(MinutesDraft(**sections_of(("Jura", 0, WRAPPED), ("Andet", 1, longest))))

    text = next(passages(intake)).value["text"]

    assert (text.count("\n") + 1, text.split()) == (lines, WRAPPED.split())
