"""Barriers that are like the title of a new one."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from barriers.models import BarrierState
from barriers.register import similar
from tests.factories import make_barrier, make_organisation, make_theme

REGISTER = """\
Socialøkonomi fylder for lidt på den politiske dagsorden
Iværksætterne mangler kapacitet
Det er svært at rejse kapital
Mange socialøkonomiske virksomheder er truet af konkurs
Kommunernes økonomi er presset
Socialøkonomi fylder for lidt i erhvervslivets organisationer
Det er svært at sælge velfærdsløsninger til kommuner
Reglerne for almene boliger gør samarbejder langsomme
Udbud er for store til små leverandører
Indkøbere kender ikke de socialøkonomiske virksomheder
Sociale klausuler bliver ikke fulgt op
Prisen vægter mere end kvaliteten i udbud
Det er uklart, hvad loven tillader ved indkøb
Kommuner og virksomheder mangler et sted at mødes
Der er ingen fælles måling af social effekt
Krav om erfaring lukker nye leverandører ude
Lange betalingsfrister presser små virksomheders likviditet
Kontrakterne er for korte til at ansætte folk
Fonde giver penge til projekter, ikke til drift
Medarbejdere med særlige behov kræver mere ledelse
Der mangler en liste over socialøkonomiske leverandører
Indkøbsaftaler binder kommunerne i mange år
Virksomheder ved ikke, hvordan de begynder at købe socialt
Registreringen som socialøkonomisk virksomhed er besværlig
Det offentlige deler ikke sine erfaringer""".splitlines()
DOUBLES = [
    ("Svært at skaffe kapital", "Det er svært at rejse kapital"),
    ("Vi kan ikke rejse kapital", "Det er svært at rejse kapital"),
    ("Udbuddene er for store", "Udbud er for store til små leverandører"),
    ("Store udbud", "Udbud er for store til små leverandører"),
    ("store udbud udelukker små leverandører", "Udbud er for store til små leverandører"),
    ("Kommunens økonomi", "Kommunernes økonomi er presset"),
    ("presset økonomi i kommunerne", "Kommunernes økonomi er presset"),
    (
        "Konkurser truer socialøkonomiske virksomheder",
        "Mange socialøkonomiske virksomheder er truet af konkurs",
    ),
    ("Kapaciteten hos iværksættere", "Iværksætterne mangler kapacitet"),
    ("Iværksæterne manglr kapacitet", "Iværksætterne mangler kapacitet"),  # misspelt
    ("regler for boliger", "Reglerne for almene boliger gør samarbejder langsomme"),
    (
        "Velfærdsløsninger sælges dårligt til kommunerne",
        "Det er svært at sælge velfærdsløsninger til kommuner",
    ),
    ("Indkøberne kender os ikke", "Indkøbere kender ikke de socialøkonomiske virksomheder"),
    ("klausuler følges ikke op", "Sociale klausuler bliver ikke fulgt op"),
    ("kvalitet og pris i udbud", "Prisen vægter mere end kvaliteten i udbud"),
    (
        "Betalingsfristerne er for lange",
        "Lange betalingsfrister presser små virksomheders likviditet",
    ),
    ("korte kontrakter", "Kontrakterne er for korte til at ansætte folk"),
    ("Social effekt måles forskelligt", "Der er ingen fælles måling af social effekt"),
    ("Hvad siger loven om indkøb?", "Det er uklart, hvad loven tillader ved indkøb"),
]
NEW = [
    "Transport til arbejde i yderområder",
    "Sprogkrav i jobopslag",
    "Digital platform mangler",
    "Det er svært at finde medarbejdere",
    "Borgmestre skifter for tit",
    "Små virksomheder kan ikke byde",
    "Kommunerne har ingen penge",
    "Der er for meget papirarbejde",
]
ODD = ["'\";--", "((((", "or or or", "%%%%", "    ", "x" * 160, "\\\\"]
STRANGER = AnonymousUser()


@pytest.fixture
def register(db: None) -> None:
    theme, home = make_theme(), make_organisation()
    for title in REGISTER:
        make_barrier(title, theme=theme, raised_by=home)


def titles(words: str, **options) -> list[str]:
    return [row["title"] for row in similar.to(words, STRANGER, **options)]


@pytest.mark.usefixtures("register")
def test_likely_doubles_come_first_and_new_barriers_have_none():
    likely = {words: titles(words, at_least=similar.LIKELY) for words, _double in DOUBLES}

    assert {words: (found[:1] or [""])[0] for words, found in likely.items()} == dict(DOUBLES)
    assert {words: titles(words, at_least=similar.LIKELY) for words in NEW} == {
        words: [] for words in NEW
    }


@pytest.mark.usefixtures("register")
def test_half_a_word_finds_and_three_letters_do_not():
    assert "Indkøbere kender ikke de socialøkonomiske virksomheder" in titles("indkøbere ken")
    assert titles("udb") == []


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("words", ODD)
def test_any_words_are_searched_for(words: str):
    assert len(titles(words)) <= similar.MOST


def test_hidden_barriers_are_not_found_and_merged_ones_lead_to_the_kept_one(db):
    kept = make_barrier("Noget andet")
    make_barrier("Store udbud", hidden_at=timezone.now())
    make_barrier("Store udbud", state=BarrierState.MERGED, merged_into=kept)

    assert titles("Store udbud") == ["Noget andet"]


def test_search_uses_the_indexes(db):
    make_barrier("Store udbud")
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
    plan = similar._scored(similar.Barrier.objects.all(), "Store udbud").explain()

    assert "barrier_search" in plan
    assert "barrier_title_trigrams" in plan
