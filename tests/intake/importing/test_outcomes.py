"""Decisions that the text of a passage marks."""

import pytest

from barriers.models import Statement
from meetings.models import MinutesEntry, Outcome, OutcomeKind
from taskforce.intake.importing.outcomes import marked, outcome_in
from taskforce.members.models import Member
from tests.intake.drafts import import_reviewed, reviewed


@pytest.mark.parametrize(
    ("text", "rest", "decision"),
    [
        ("Vi talte.\nBeslutning: Vi køber ind.\n\nMere.", "Vi talte.\n\nMere.", "Vi køber ind."),
        ("Beslutning:\nGodkendt.\nVi går i gang.", "", "Godkendt.\nVi går i gang."),
        ("Konklusion\n\nGodkendt.\n\nTak.", "\nTak.".strip(), "Godkendt."),
        ("Aftalt: A\nVi gik.\n\nAftalt: B", "", "A\nVi gik.\nB"),
        ("Besluttet – Godkendt.\nAnsvarlig: KAB", "Ansvarlig: KAB", "Godkendt."),
        ("Det blev aftalt: Vi mødes.", "", "Vi mødes."),
        ("Beslutning den 19-05-2026:\nJa.", "", "Ja."),
        ("Beslutning d. 4. marts 2025\nJa.\nFrist: 1. maj", "Frist: 1. maj", "Ja."),
        ("Beslutning den 3. maj var svær.", "Beslutning den 3. maj var svær.", ""),
        (
            "Vi har aftalt: alt.\nBeslutningen: nej",
            "Vi har aftalt: alt.\nBeslutningen: nej",
            "",
        ),
        ("Aftalt er aftalt.", "Aftalt er aftalt.", ""),
        ("Beslutning:", "", ""),
        ("", "", ""),
    ],
)
def test_marked_decision_is_taken_out_of_the_text(text: str, rest: str, decision: str):
    assert marked(text) == (rest, decision)


TEXT = "14. marts: se https://odense.dk/a.\n<b>Ja</b>\n\nBeslutning: Vi køber ind."


def test_import_makes_outcomes_links_and_no_heading_twice(theme, secretary: Member):
    passage = {"heading": "1. Velkomst", "agenda": "0", "text": TEXT}
    import_reviewed(reviewed(theme, passages_2=passage), secretary)

    first = MinutesEntry.objects.get(order=1)
    assert (first.heading, first.text) == (
        "",
        '<p>14. marts: se <a href="https://odense.dk/a" rel="noopener noreferrer">'
        "https://odense.dk/a</a>.<br>&lt;b&gt;Ja&lt;/b&gt;</p>",
    )
    outcome = Outcome.objects.get()
    assert (str(outcome.agenda_item), outcome.kind) == ("Velkomst", OutcomeKind.DECIDED)
    assert outcome.decision == "Vi køber ind."


def test_heading_can_mark_a_decision(theme, secretary: Member):
    """The passage of it goes where nothing is left of it, and what stood in it to its item."""
    passages = {
        "passages_2": {"heading": "Velkomst", "agenda": "0", "text": "26/101"},
        "passages_3": {"heading": "Beslutning d. 19.5", "agenda": "0", "text": "Godkendt."},
    }
    meeting = import_reviewed(reviewed(theme, **passages), secretary)

    outcome = Outcome.objects.get()
    assert (outcome.agenda_item.title, outcome.decision) == ("Velkomst", "Godkendt.")
    entries = MinutesEntry.objects.filter(minutes__meeting=meeting, agenda_item__order=1)
    assert [(entry.heading, entry.text) for entry in entries] == [("", "<p>26/101</p>")]
    assert Statement.objects.get().entry == entries[0]


def test_decision_of_an_item_that_is_left_out_stays_in_the_text(theme, secretary: Member):
    changes = {"passages_2": {"agenda": "0", "text": TEXT}, "agenda_0": {"decision": "skip"}}
    import_reviewed(reviewed(theme, **changes), secretary)

    assert not Outcome.objects.exists()
    assert "Beslutning: Vi køber ind." in MinutesEntry.objects.get(order=1).text


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Tal blev vist.\nBeslutning: Vi søger.\n", (OutcomeKind.DECIDED, "Vi søger.")),
        ("Beslutning\nGodkendt nu.\n\nMere.", (OutcomeKind.DECIDED, "Godkendt nu.")),
        ("Aftalt: Bo ringer.\nKonklusion: Vi ses.", (OutcomeKind.DECIDED, "Bo ringer.\nVi ses.")),
        ("Beslutning: Taget til efterretning.", (OutcomeKind.NOTED, "")),
        ("Konklusion: Udsat til næste møde.", (OutcomeKind.DEFERRED, "")),
        ("Beslutning: Ikke behandlet.", (OutcomeKind.NOT_DISCUSSED, "")),
        ("Bo talte om en beslutning: den var svær.", None),
        ("Beslutning:\n", None),
        ("", None),
    ],
)  # fmt: skip
def test_outcome_is_what_the_passage_marks(text: str, outcome: tuple[OutcomeKind, str] | None):
    assert outcome_in(text) == outcome


def test_short_outcome_stays_in_the_text_too(theme, secretary: Member):
    text = "Beslutning: Udsat, fordi KAB er syg."
    import_reviewed(reviewed(theme, passages_2={"agenda": "0", "text": text}), secretary)

    assert Outcome.objects.get().kind == OutcomeKind.DEFERRED
    assert MinutesEntry.objects.get(order=1).text == f"<p>{text}</p>"
