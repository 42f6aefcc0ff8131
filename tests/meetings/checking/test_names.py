"""People's names in texts: in full, or a first name or a surname alone."""

import pytest

from meetings.checking.names import Names, instead, parts, plain, sentence_around, tidy


def found(name: str, text: str, *shown: str) -> list[tuple[str, bool]]:
    return [(each.name, each.is_alone) for each in Names([name], shown).find(tidy(text))]


@pytest.mark.parametrize(
    "words",
    [
        "Ib Dam",
        "tak til ib dam",
        "IB DAM sagde ja",
        "Ib Dams plan",
        "(Ib  Dam)",
        "Ib Dam's",
        "Ib-Dam",
        "Ib\u00a0Dam",
        "I\u00adb Dam",
    ],
)
def test_name_in_full_is_found_however_it_is_written(words: str):
    assert found("Ib Dam", words) == [("Ib Dam", False)]


@pytest.mark.parametrize(
    "words",
    ["", "dam ib", "ib damgaards plan", "ib damst", "ib damss", "rib dam", "_ib dam", "ib dam2"],
)
def test_other_words_are_not_the_name(words: str):
    assert found("ib dam", words) == []


def test_empty_name_stands_nowhere():
    assert found("", "Ib Dam") == found("  ", "") == []


def test_name_is_no_pattern():
    assert found("i. dam (b)", "tak til i. dam (b)") == [("i. dam (b)", False)]
    assert found("i. d (b)", "tak til iq d (b)") == []


@pytest.mark.parametrize(
    ("name", "text", "part"),
    [
        ("Ole Hansen", "Ole bød velkommen", "Ole"),
        ("Ole Hansen", "OLE BØD VELKOMMEN", "Ole"),
        ("Ole Hansen", "Oles forslag", "Ole"),
        ("Ole Hansen", "Hansens forslag (Møder)", "Hansen"),
        ("ole hansen", "så sagde Ole ja", "Ole"),
        ("Lars Juul", "Lars' forslag", "Lars"),
        ("Hans Lind", "Hans sagde ja", "Hans"),
        ("Bo Lind", "Det sagde Bo.", "Bo"),
        ("Jens Toft Lind", "Toft spurgte", "Toft"),
        ("Anne-Marie Holm", "Anne-Marie spurgte", "Anne-Marie"),
        ("Anne-Marie Holm", "Anne Marie spurgte", "Anne-Marie"),
        ("Pia Holm-Jensen", "Jensen spurgte", "Jensen"),
        ("Åse Lind", "Aase spurgte", "Åse"),
        ("Aage Lind", "Aages forslag", "Aage"),
        ("René Lind", "Rene spurgte", "René"),
        ("Zoë O'Hara", "O'Hara spurgte", "O'Hara"),
        ("Ole Hansen", "Ole-modellen", "Ole"),
        ("Ole Hansen", "Tak til Mette/Ole", "Ole"),
        ("Ludwig van Beek", "Beek spurgte", "Beek"),
    ],
)
def test_first_name_or_surname_alone_is_found(name: str, text: str, part: str):
    assert (part, True) in found(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Bo Lind", "de vil bo under en lind"),
        ("Mark Storm", "en mark i storm"),
        ("Hans Krone", "det er hans egen krone"),
        ("Ole Hansen", "Olesen og Hansensgade"),
        ("Ole Hansen", "Tivoles"),
        ("Anne Holm", "Anne-Mette spurgte"),
        ("Mette Holm", "Anne-Mette spurgte"),
        ("Ludwig van Beek", "Van er en bil"),
        ("I. Å. Lind", "I Århus er der å"),
        ("Per Jensen 2", "2 spurgte"),
    ],
)
def test_words_and_other_names_are_not_found(name: str, text: str):
    assert found(name, text) == []


def test_name_within_one_that_may_show_is_not_found():
    shown = ["Mette Jensen", "Jensen & Søn", "Roskilde Kommune"]

    assert found("Ole Jensen", "Mette Jensens og Jensen & Søns oplæg", *shown) == []
    assert found("Eva Roskilde", "Roskilde Kommune", *shown) == []
    assert found("Ole Jensen", "Jensen spurgte", *shown) == [("Jensen", True)]


def test_name_in_full_is_not_found_a_second_time_by_its_parts():
    assert found("Ole Jensen", "Ole Jensen spurgte, og Ole svarede") == [
        ("Ole Jensen", False),
        ("Ole", True),
    ]


def test_names_side_by_side_are_one_finding():
    names = Names(["Marie Louise Tang Ovesen", "Tang Holm"])

    text = "Marie Louise spurgte Tang Ovesen. Ovesen og Louise Tang, Marie."
    assert [(one.name, text[one.start : one.end]) for one in names.find(text)] == [
        (name, name) for name in ("Marie Louise", "Tang Ovesen", "Ovesen", "Louise Tang", "Marie")
    ]
    assert names.alone["Tang Ovesen"] == ["Marie Louise Tang Ovesen"]
    assert names.pattern("Marie Louise").sub("KL", "Marie-Louises tal") == "KL tal"
    assert found("Ole Jensen", "Jensen Ole") == [("Jensen", True), ("Ole", True)]


def test_one_first_name_of_two_people_is_one_finding():
    names = Names(["Ole Jensen", "Ole Lind"])

    assert [each.name for each in names.find("Ole kom")] == ["Ole"]
    assert names.alone["Ole"] == ["Ole Jensen", "Ole Lind"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ole", ["Ole"]),
        ("ole van hansen", ["Ole", "Hansen"]),
        ("Anne-Marie Ø. Holm", ["Anne-Marie", "Holm", "Anne", "Marie"]),
        ("", []),
    ],
)
def test_parts_of_a_name(name: str, expected: list[str]):
    assert parts(name) == expected


@pytest.mark.parametrize(
    ("typed", "expected"), [("  EA \t\n HOLM  ", "ea holm"), ("A\u030age", "åge"), ("ﬁn", "fin")]
)
def test_plain_spells_the_same_words_alike(typed: str, expected: str):
    assert plain(typed) == expected


def test_sentence_around_a_name():
    text = "Velkomst | Mødet begyndte. Ole bød velkommen! Så kom kaffen."
    start = text.index("Ole")

    assert sentence_around(text, start, start + 3) == ("", "Ole", " bød velkommen!")
    assert sentence_around("Ole", 0, 3) == ("", "Ole", "")
    long = f"{'a ' * 99}Ole{' b' * 99}"
    before, name, after = sentence_around(long, 198, 201)
    assert (before[0], len(before), name, len(after), after[-1]) == ("…", 91, "Ole", 91, "…")


@pytest.mark.parametrize(
    ("written", "organisation", "expected"),
    [
        ("Ole", "Roskilde Kommune", "Roskilde Kommune"),
        ("Oles", "Roskilde Kommune", "Roskilde Kommunes"),
        ("Oles", "Specialisterne ApS", "Specialisterne ApS'"),
    ],
)
def test_the_organisation_stands_in_the_genitive_where_the_name_did(
    written: str, organisation: str, expected: str
):
    assert instead(written, "Ole", organisation) == expected
