"""Barriers and statements that the reader suggests, from lists and from sentences."""

import pytest

from taskforce.intake.reader import read

MINUTES = """Netværksmøde nr. 3, 4. maj 2023

Deltagere:
Anna Holm, Byen
Bo Friis, Havnen

BARRIERER

{text}

ØKONOMI

Kassereren har svært ved at få tallene til at passe.
{elsewhere}
"""


def suggested(text: str, elsewhere: str = "") -> list[str]:
    draft = read(MINUTES.format(text=text, elsewhere=elsewhere))
    return [found.value.title for found in draft.barriers]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "Anna nævnte at kommunerne ikke kender de små leverandører, da de er nye.",
            "Kommunerne ikke kender de små leverandører",
        ),
        ("Det største problem er at rammeaftalerne er for store.", "Rammeaftalerne er for store"),
        (
            "Bo pegede på manglende overblik hos indkøberne – det gælder alle.",
            "Manglende overblik hos indkøberne",
        ),
        ("- Kontrakterne løber i for mange år", "Kontrakterne løber i for mange år"),
        ("Bo sagde at man ikke kan nå det hele.", None),
        ("Anna bød velkommen til drøftelsen.", None),
    ],
)
def test_a_barrier_is_named_in_the_documents_own_words(sentence: str, title: str | None):
    assert suggested(sentence) == ([title] if title else [])


def test_elsewhere_only_a_sentence_that_says_barrier_names_one():
    elsewhere = "Barrieren er, at udbudsreglerne ikke kendes."

    assert suggested("Intet.", elsewhere) == ["Udbudsreglerne ikke kendes"]


def test_a_statement_knows_its_speaker_and_the_barrier_in_its_words():
    draft = read(
        MINUTES.format(text="Bo fra Havnen pegede på mangel på egnede lagre.", elsewhere="")
    )

    (statement,) = draft.statements
    assert draft.attendees[statement.value.speaker].value.name == "Bo Friis"
    assert statement.value.barrier == 0
    assert draft.barriers[0].value.title == "Mangel på egnede lagre"
    assert draft.barriers[0].confidence < 0.5


def test_a_suggested_barrier_lights_exactly_its_words():
    draft = read(MINUTES.format(text="Problemet er at fristerne er for korte.", elsewhere=""))

    (barrier,) = draft.barriers
    assert draft.text[barrier.span.start : barrier.span.end] == "fristerne er for korte."
