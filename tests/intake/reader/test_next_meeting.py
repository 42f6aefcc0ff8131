"""Where and when: places in heads and next meetings, in the many ways that people write them."""

import pytest

from taskforce.intake.reader import read

BODY = """
Deltagere: Anne Holm (KAB), Bo Friis (3F), Carla Dam (Odense Kommune)

1. Godkendelse af dagsorden
Godkendt.
2. Økonomi
Regnskabet ser godt ud, og Bo undersøger tilskuddet.
3. Eventuelt
Intet.
"""
HEAD = "Bestyrelsesmøde\nDato: 4. oktober 2026\nSted: Kulturhuset, Torvet 1\n"
DAY = "2026-11-12"


@pytest.mark.parametrize(
    ("text", "day", "place"),
    [
        ("Vi ses igen den 12. november - KAB lægger hus til.", DAY, "KAB"),
        ("Næste møde er d. 12. november, hvor vi besøger Grundfos.", DAY, "Grundfos"),
        ("Næste møde: 12/11 kl. 10 i Multihuset, hvor Bo viser rundt", DAY, "Multihuset"),
        ("Nyt møde d. 12.11 kl. 19 hos Bente. Bo har kage med.", DAY, "hos Bente"),
        ("Næste møde: 12. november på Hotel Svanen, og Bo laver mad.", DAY, "Hotel Svanen"),
        ("Næste gang: Rådhuset, 12. november kl. 14", DAY, "Rådhuset"),
        ("Næste møde holdes i Aarhus torsdag d. 12. november kl. 13.", DAY, "Aarhus"),
        ("Sted: Kulturhuset Nord. Dato for næste møde: 12. november", DAY, ""),
        ("Næste møde\nAnne Holm indkalder. Torsdag den 12. november kl. 9", DAY, ""),
        ("Næste møde i KAB den 12. november kl. 10.", DAY, ""),
        ("Gruppen samles næste gang 12. november i laden.", DAY, "laden"),
        ("Næste møde er 12. november, kun online.", DAY, "online"),
        ("Torsdag d. 12. november mødes vi igen hos Kirsten.", DAY, "hos Kirsten"),
        ("De næste møder er:\n- 12. november (Vejle)\n- 9. december (Odense)", DAY, "Vejle"),
        ("Bestyrelsen mødes igen:\n- 12. november kl. 14\n- 9. december kl. 14", DAY, ""),
        ("Møder i 2026: 14. januar, 4. oktober, 12. november. Alle kl. 17.", DAY, ""),
        ("Mødekalender\n14. januar\n4. oktober\n12. november\n", DAY, ""),
        ("Mødet den 5. november er flyttet til den 12. november i Salen.", DAY, "Salen"),
        ("Kommende møder:\n12. november\ngeneralforsamling 18. marts", DAY, ""),
    ],
)
def test_next_meeting_is_read(text: str, day: str, place: str):
    found = read(f"{HEAD}{BODY}\n{text}\n\nReferent: Anne Holm\n").next_meeting

    assert found is not None
    assert (found.value.date, found.value.place) == (day, place)


@pytest.mark.parametrize(
    "text",
    [
        "Fristen er den 15. januar 2027. Et nyt møde bliver holdt i løbet af foråret.",
        "Frist for bidrag er den 1. maj 2027. Næste møde er ikke fastlagt.",
        "Næste møde afholdes i uge 47.",
    ],
)
def test_a_meeting_without_a_day_is_none(text: str):
    assert read(f"{HEAD}{BODY}\n{text}\n").next_meeting is None


def test_a_table_of_meetings_tells_the_next_by_its_columns():
    table = "Mødekalender\n\nDato\tMøde\tSted\n12. november 2026\tBestyrelse\tSalen\n"

    found = read(f"{HEAD}{BODY}\n{table}9. december 2026\tRepræsentantskab\tHallen\n").next_meeting

    assert found is not None
    assert (found.value.date, found.value.place) == (DAY, "Salen")


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("Møde i beboerhuset, Agervej 4, den 4. marts 2026", "beboerhuset, Agervej 4"),
        ("Møde i Klimaudvalget den 3. marts 2026, kl. 16, mødelokale C", "mødelokale C"),
        ("Referat\n5. marts 2026 kl. 9-11 på værket, Åvej 5", "værket, Åvej 5"),
        ("Møde den 5. marts 2026\nSted: Salen\nHavnevej 2\n3000 By", "Salen, Havnevej 2, 3000 By"),
        ("Møde den 5. marts 2026\nSolgården\nÅvej 2\n8600 By", "Solgården, Åvej 2, 8600 By"),
        ("Møde den 5. marts 2026\n**Sted:** Smedjen, Åvej 3", "Smedjen, Åvej 3"),
        ("Møde den 5. marts 2026\nSted  Smedjen, Åvej 3", "Smedjen, Åvej 3"),
        ("Møde den 5. marts 2026 hos Grundfos", "Grundfos"),
        ("Møde den 5. marts 2026 hos Bent Olsen, Åvej 4", "hos Bent Olsen, Åvej 4"),
        (
            "Den 3. marts 2026 afholdtes generalforsamling i Kilden i forsamlingshuset, Åvej 9.",
            "forsamlingshuset, Åvej 9",
        ),
    ],
)
def test_place_is_read(head: str, place: str):
    found = read(f"{head}\n{BODY}").place

    assert found is not None
    assert found.value == place


def test_the_last_line_may_tell_when_and_where():
    draft = read(f"Bestyrelsen\n{BODY}\nMødet blev holdt i Salen tirsdag den 14. april 2026.\n")

    assert draft.date is not None
    assert draft.place is not None
    assert (draft.date.value, draft.place.value) == ("2026-04-14", "Salen")
