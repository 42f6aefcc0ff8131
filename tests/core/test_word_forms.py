"""Forms of one Danish word find each other; a line of `WORDS` is one word."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.factories import make_barrier

WORDS = """\
barriere barrieren barrierer barriererne barrierernes barrierens
virksomhed virksomheden virksomheder virksomhederne virksomhedernes virksomhedens
kommune kommunen kommuner kommunerne kommunernes kommunens
udbud udbuddet udbuddene udbuds udbuddets
indkøb indkøbet indkøbene indkøbenes
indkøber indkøberen indkøbere indkøberne
leverandør leverandøren leverandører leverandørerne
medarbejder medarbejderen medarbejdere medarbejderne medarbejdernes
borger borgeren borgere borgerne
aftale aftalen aftaler aftalerne
pris prisen priser priserne
krav kravet kravene kravenes
regel reglen regler reglerne
lov loven love lovene
økonomi økonomien økonomier
fond fonden fonde fondene
bolig boligen boliger boligerne
initiativ initiativet initiativer initiativerne
social socialt sociale
kommunal kommunalt kommunale
offentlig offentligt offentlige
bæredygtig bæredygtigt bæredygtige
aktiv aktivt aktive
økonomisk økonomiske
lille små
stor stort store
forretning forretningen forretninger forretningerne
iværksætter iværksætteren iværksættere iværksætterne
politiker politikeren politikere politikerne
løsning løsningen løsninger løsningerne
investering investeringen investeringer investeringerne
mulighed muligheden muligheder mulighederne
møde mødet møder møderne
kontrakt kontrakten kontrakter kontrakterne
klausul klausulen klausuler klausulerne
forening foreningen foreninger foreningerne
netværk netværket netværker netværkene
kapacitet kapaciteten kapaciteter
tilbud tilbuddet tilbuddene
job jobbet jobs jobbene
projekt projektet projekter projekterne
region regionen regioner regionerne
barn barnet børn børnene
menneske mennesket mennesker menneskerne
marked markedet markeder markederne
konkurs konkursen konkurser konkurserne
rådgiver rådgiveren rådgivere rådgiverne
samarbejde samarbejdet samarbejder samarbejderne
opgave opgaven opgaver opgaverne
lån lånet lånene
penge pengene
svær svært svære
dyr dyrt dyre
ny nyt nye
grøn grønt grønne
kort kortet
dokument dokumentet dokumenter dokumenterne
procent procenten procenter
beslutning beslutningen beslutninger
ejer ejeren ejere ejerne
køber køberen købere køberne køb købet
arbejde arbejdet arbejder
eksempel eksemplet eksempler eksemplerne
middel midlet midler midlerne
artikel artiklen artikler
kapitel kapitlet kapitler
titel titlen titler
model modellen modeller modellerne
handel handelen
andel andelen andele andelene
enkel enkelt enkle
aktuel aktuelt aktuelle
digital digitalt digitale
kvalitet kvaliteten kvaliteter kvaliteterne
kultur kulturen kulturs
lokal lokalt lokale
fleksibel fleksibelt fleksible
system systemet systemer systemerne
cirkulær cirkulært cirkulære
ansvar ansvaret
ansvarlig ansvarligt ansvarlige
langsom langsomt langsomme
udfordring udfordringen udfordringer udfordringerne
høj højt høje
åben åbent åbne
støtte støtten støtter
finansiering finansieringen
enhed enheden enheder enhederne
tiltag tiltaget tiltagene
udfald udfaldet
institution institutionen institutioner institutionerne
byggeri byggeriet byggerier byggerierne
politik politikken politikker politikkerne
erhvervsliv erhvervslivet
gevinst gevinsten gevinster gevinsterne
krise krisen kriser kriserne
konkurs konkursens
uddannelse uddannelsen uddannelser uddannelserne
lærling lærlinge lærlingene
mål målet målene
resultat resultatet resultater resultaterne
forslag forslaget forslagene
privat privat private
kvote kvoten kvoter kvoterne"""
# Words that are alike and yet not the same.
APART = [
    ("kommune", "kommunikation"),
    ("udbud", "tilbud"),
    ("virksomhed", "virkelighed"),
    ("politik", "politi"),
    ("model", "middel"),
    ("regel", "region"),
    ("køb", "kunde"),
    ("krav", "krise"),
    ("barn", "barriere"),
    ("fond", "forening"),
]


def stems(words: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('danish', danish_forms(%s)))", [words])
        found: list[str] = cursor.fetchone()[0]
        return found


@pytest.mark.parametrize("line", WORDS.splitlines())
def test_forms_of_a_word_are_one(db: None, line: str):
    assert len(stems(line)) == 1


@pytest.mark.parametrize("pair", APART)
def test_other_words_stay_apart(db: None, pair: tuple[str, str]):
    assert len(stems(" ".join(pair))) == 2


def test_forms_keep_what_stands_between_words(db: None):
    with connection.cursor() as cursor:
        cursor.execute("SELECT danish_forms(%s)", ['"Barriererne" -udbud, OR 3.500 kr.'])
        assert cursor.fetchone()[0] == '"barrierer" -udbud, or 3.500 kr.'


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("barriererne", "En barriere for indkøb"),
        ("barriere", "Barriererne for indkøb"),
        ("virksomhed", "Virksomhederne mangler kapital"),
        ("mulighedernes", "En mulighed for alle"),
        ("regler", "Én regel er nok"),
        ("social", "Socialt ansvar koster"),
        ("eksemplerne", "Et godt eksempel"),
        ("konkurs", "Konkurserne truer"),
        ("børnenes", "Et barn"),
    ],
)
def test_register_and_search_find_any_form(db: None, client: Client, asked: str, written: str):
    make_barrier(written)
    make_barrier("Noget helt andet")

    listed = client.get("/barrierer/", {"q": asked}).context["rows"]
    found = client.get("/soeg/", {"q": asked}).context["hits"]

    assert [row["title"] for row in listed] == [hit.title for hit in found] == [written]


def test_quotation_marks_and_minus_keep_their_sense(db: None, client: Client):
    make_barrier("Kommunernes regler")
    make_barrier("Regler og kommuner")

    quoted = client.get("/barrierer/", {"q": '"kommunens regel"'}).context["rows"]
    without = client.get("/barrierer/", {"q": "regel -kommunerne"}).context["rows"]

    assert [row["title"] for row in quoted] == ["Kommunernes regler"]
    assert list(without) == []


def test_every_search_column_knows_the_forms(db: None):
    tables = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.name == "search" for field in model._meta.get_fields())
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns "
            "WHERE column_name = 'search' AND generation_expression LIKE '%danish_forms%'"
        )
        knowing = {name for (name,) in cursor.fetchall()}

    assert len(tables) == 28
    assert knowing == tables
