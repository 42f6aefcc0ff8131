"""Agendas in layouts that have nothing but a series: which lines are the points, by what."""

import pytest

from taskforce.intake.reader import read
from tests.intake.reader.packages import opened

HEAD = "Referat af møde i Havnegruppen den 3. april 2025\n\n"
TITLES = ["Nyt tag på hal 2", "Affaldssortering", "Hvem gør hvad inden juni?", "Sommerlejr"]
TOLD = [
    "Bo Friis indledte med en status, og tallene ser fornuftige ud.",
    "Udkastet rettes til efter mødet.",
    "Det blev drøftet, og der var enighed.",
    "Regningen er betalt.",
]


def titles(text: str) -> list[str]:
    return [item.value.title for item in read(HEAD + text).agenda]


@pytest.mark.parametrize("way", ["{title}: {told}", "{title} – {told}"])
def test_list_without_a_label_is_the_agenda_where_its_titles_return(way: str):
    listed = "".join(f"- {title}\n" for title in TITLES)
    body = "".join(
        way.format(title=title, told=told) + "\n" for title, told in zip(TITLES, TOLD, strict=True)
    )

    assert titles(f"Det nåede vi\n{listed}\n{body}") == TITLES


@pytest.mark.parametrize(
    "signs",
    [
        ["Første punkt: ", "Andet punkt: ", "Tredje punkt: ", "Fjerde punkt: "],
        ["Punkt to – ", "Punkt tre – ", "Punkt fire – ", "Punkt fem – "],
        # in two languages, closed or open, in Markdown
        ["Item 1 / Punkt 1: ", "Item 2 / Punkt 2: ", "Item 3 / Punkt 3: ", "Item 4 / Punkt 4: "],
        ["1 (Åben) ", "2 (Åben) ", "3 (Lukket) ", "4 (Åben) "],
        ["### 1. ", "### 2. ", "### 3. ", "### 4. "],
        ["DO-punkt 1: ", "DO-punkt 2: ", "DO-punkt 3: ", "DO-punkt 4: "],
    ],
)
def test_points_may_be_counted_in_words(signs: list[str]):
    body = "".join(
        f"{sign}{title}\n{told}\n\n" for sign, title, told in zip(signs, TITLES, TOLD, strict=True)
    )

    assert titles(body) == TITLES


def test_numbers_of_one_list_may_have_a_mark_or_none():
    listed = "".join(
        f"{sign}{title}\n" for sign, title in zip(["1 ", "2. ", "3) ", "4 "], TITLES, strict=True)
    )

    assert titles(f"Dagsorden\n{listed}\n{' '.join(TOLD)}\n") == TITLES


@pytest.mark.parametrize("way", ["**{title}**\n{told}\n\n", "_{title}_\n\n{told}\n\n"])
def test_stars_around_a_title_are_bold_letters(way: str):
    body = "".join(
        way.format(title=title, told=told) for title, told in zip(TITLES, TOLD, strict=True)
    )

    assert titles(body) == TITLES


def test_first_point_may_stand_right_below_the_title():
    body = "".join(f"## {title}\n{told}\n" for title, told in zip(TITLES, TOLD, strict=True))

    draft = read(f"# Havnegruppen\nGruppen mødtes den 3. april 2025 i Salen.\n{body}")
    assert [item.value.title for item in draft.agenda] == TITLES


def test_capitals_before_what_was_said_are_a_title():
    body = "".join(f"{title.upper()}: {told}\n\n" for title, told in zip(TITLES, TOLD, strict=True))

    assert titles(body) == [title.upper() for title in TITLES]


def test_quotes_purposes_and_signs_are_no_part_of_a_title():
    body = f"1. ”{TITLES[0]}”\n{TOLD[0]}\n\n2. {TITLES[1]} – til drøftelse\n{TOLD[1]}\n\n"

    assert titles(f"{body}3. {TITLES[3]} – orientering\n{TOLD[3]}\n") == [
        TITLES[0],
        TITLES[1],
        TITLES[3],
    ]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Det var 17. gang, gruppen mødtes.", 17),
        ("Nr.: 12", 12),
        ("Møde (4) i Havnegruppen", 4),
        ("Referat fra det syttende møde", 17),
        ("2025/6 Referat", 6),
        ("BM 23: Havnegruppen", 23),
        ("Havnegruppen, 5. mødegang", 5),
        ("Lokale 12", None),
        ("Torvegade 12, 7100 Vejle", None),
        ("Sagsnr. 24-118", None),
    ],
)
def test_meeting_is_counted_in_many_ways_and_rooms_and_cases_are_not(line: str, number: int | None):
    draft = read(f"Havnegruppen\n{line}\nDato: 3. april 2025\n\n1. Velkomst\n2. Eventuelt\n")

    assert (draft.number and draft.number.value) == number


def test_second_paragraph_of_a_list_item_is_no_point():
    items = "".join(
        f"<text:list-item><text:p>{title}</text:p><text:p>{told}</text:p></text:list-item>"
        for title, told in zip(TITLES, TOLD, strict=True)
    )
    head = f"<text:p>{HEAD.strip()}</text:p><text:p>Til stede: Bo Friis, Anne Holm</text:p>"

    found = read(opened(f"{head}<text:list>{items}</text:list>"))

    assert [item.value.title for item in found.agenda] == TITLES
