"""The text of a document, cut where its candidates begin and end."""

from typing import Any

from taskforce.intake.models import Intake
from taskforce.intake.reviewing.candidates import candidates
from taskforce.intake.reviewing.document import anchors, parts
from tests.intake.drafts import TEXT, make_intake


def document(text: str, *found: tuple[str, int, tuple[int, int]], **section: Any) -> Intake:
    """Return an unsaved document of one section, in which candidates stand at spans."""
    whole = [0, len(text)]
    fields = {"kind": "minutes", "heading": "Barrierer", "agenda": None, "speaker": None}
    return Intake(
        draft={
            "text": text,
            "found": [
                {
                    "field": field,
                    "index": index,
                    "span": list(span),
                    "value": "",
                    "confidence": 1.0,
                    "reason": "",
                }
                for field, index, span in found
            ],
            "sections": [{"span": whole, "body": whole, **fields, **section}],
        }
    )


def cut(intake: Intake) -> list[tuple[str, list[str], bool]]:
    (part,) = parts(intake)
    return [(segment.text, segment.keys, segment.is_link) for segment in part.segments]


def test_text_is_cut_where_candidates_begin_and_end():
    assert cut(document("Ea bor i Odense", ("attendees", 0, (0, 2)), ("place", 0, (9, 15)))) == [
        ("Ea", ["attendees-0"], False),
        (" bor i ", [], False),
        ("Odense", ["place-0"], False),
    ]


def test_shorter_candidate_leads_within_a_longer_one():
    (part,) = parts(document("Ea Holm", ("agenda", 1, (0, 7)), ("attendees", 0, (0, 2))))

    assert [one.html for one in part.segments] == [
        '<mark id="sted-0" data-things="attendees-0 agenda-1"><a href="#attendees-0">Ea</a></mark>',
        '<mark id="sted-1" data-things="agenda-1"><a href="#agenda-1"> Holm</a></mark>',
    ]


def test_blanks_between_candidates_are_no_link():
    assert cut(document("Ea  Bo", ("agenda", 0, (0, 6)), ("news", 0, (2, 4)))) == [
        ("Ea", ["agenda-0"], False),
        ("  ", [], False),
        ("Bo", ["agenda-0"], False),
    ]


def test_link_is_marked_without_a_candidate():
    assert cut(document("se https://x", ("links", 0, (3, 12)))) == [
        ("se ", [], False),
        ("https://x", [], True),
    ]


def test_spans_outside_the_text_are_cut_off_or_left_out():
    intake = document("Ea", ("attendees", 0, (-3, 9)), ("place", 0, (5, 9)), ("news", 0, (2, 1)))

    assert cut(intake) == [("Ea", ["attendees-0"], False)]


def test_part_has_the_label_and_passage_of_its_section():
    (with_heading,) = parts(document("Ord"))
    (without,) = parts(document("Ord", kind="agenda", heading=""))

    assert (with_heading.label, with_heading.passage) == ("Barrierer", "passages-0")
    assert (without.label, without.passage) == ("Dagsorden", "")


def test_anchors_lead_to_the_first_place_of_each_candidate(db: None):
    intake = make_intake()
    cut_text = parts(intake)

    found = anchors(cut_text)

    assert "".join(one.text for part in cut_text for one in part.segments) == TEXT
    ids = [part.anchor for part in cut_text]
    ids += [one.anchor for part in cut_text for one in part.segments if one.anchor]
    assert len(ids) == len(set(ids))
    assert set(found.values()) <= set(ids)
    in_text = {one.key for one in candidates(intake) if one.span}
    assert set(found) == in_text
