"""Of what kind an organisation is, guessed by its name."""

import pytest

from taskforce.intake.reviewing.kinds import kind_of
from taskforce.members.models import Kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Slagelse Kommune", Kind.MUNICIPALITY),
        ("KL – Kommunernes Landsforening", Kind.MUNICIPALITY),
        ("Erhvervsstyrelsen", Kind.AUTHORITY),
        ("Region Syddanmark", Kind.AUTHORITY),
        ("Boligforeningen Havnen", Kind.HOUSING),
        ("Den Sociale Kapitalfond", Kind.FOUNDATION),
        ("Fonden Kajkanten", Kind.FOUNDATION),
        ("Netværket Grøn Havn", Kind.NETWORK),
        ("Hansen & Søn ApS", Kind.COMPANY),
        ("Stål A/S", Kind.COMPANY),
        ("Konsulenthuset for Socialøkonomi", Kind.ADVISORY),
        ("Fondue", Kind.OTHER),
        ("Comdia", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_kind_is_guessed_by_the_name(name: str, kind: Kind) -> None:
    assert kind_of(name) == kind


# Real names as Danish minutes write them.
REAL = {
    Kind.MUNICIPALITY: [
        "Aarhus Kommune",
        "Københavns Kommune",
        "Kommunernes Landsforening",
        "KL",
        "Kommunalbestyrelsen i Varde",
        "Borgmesterens Afdeling, Aarhus",
        "Bornholms Regionskommune",
        "Gladsaxe Kommunes Jobcenter",
        "Aalborg Kommune, Job og Uddannelse",
    ],
    Kind.AUTHORITY: [
        "Erhvervsstyrelsen",
        "Social- og Boligstyrelsen",
        "Region Hovedstaden",
        "Beskæftigelsesministeriet",
        "Jobcenter Vejle",
        "Udenrigsministeriet",
        "Konkurrence- og Forbrugerstyrelsen",
        "Statens Indkøb",
        "Økonomistyrelsen",
        "Danske Regioner",
        "Kriminalforsorgen",
        "Styrelsen for Arbejdsmarked og Rekruttering",
    ],
    Kind.HOUSING: [
        "KAB",
        "Boligselskabet AKB",
        "BL – Danmarks Almene Boliger",
        "Fællesorganisationens Boligforening",
        "Lejerbo",
        "DAB",
        "AAB",
        "Himmerland Boligforening",
        "Domea.dk",
        "Civica",
        "Vivabolig",
        "fsb",
        "Boligkontoret Danmark",
    ],
    Kind.FOUNDATION: [
        "Realdania",
        "Den Sociale Kapitalfond",
        "Lauritzen Fonden",
        "A.P. Møller Fonden",
        "Trygfonden",
        "Fonden Kofoeds Skole",
        "Velux Fonden",
        "Bikubenfonden",
        "Novo Nordisk Fonden",
        "Hedorfs Fond",
        "Tuborgfondet",
        "Det Obelske Familiefond",
    ],
    Kind.NETWORK: [
        "Dansk Industri",
        "Netværket af Socialøkonomiske Virksomheder",
        "Dansk Erhverv",
        "Foreningen Nydansker",
        "3F",
        "HK Danmark",
        "Dansk Røde Kors",
        "Selveje Danmark",
        "Rådet for Socialt Udsatte",
        "Dansk Byggeri",
        "FOA",
        "IKA – Foreningen af Offentlige Indkøbere",
        "Erhvervshus Sjælland",
        "Klyngen We Build Denmark",
    ],
    Kind.COMPANY: [
        "ISS A/S",
        "Coop Danmark A/S",
        "NCC Danmark A/S",
        "Hotel Guldsmeden ApS",
        "COWI A/S",
        "Bager Jensen I/S",
        "Nordic Catering P/S",
        "Elis Danmark AS",
        "Alliance+ A/S",
    ],
    Kind.SOCIAL_ENTERPRISE: [
        "Huset Venture",
        "Glad Fonden",
        "Grennessminde",
        "Værkstedet Møllen",
        "Specialisterne",
        "Kaffe Fair",
        "Settlementet",
        "Det Socialøkonomiske Cykelværksted ApS",
        "Reso Beskæftigelse",
    ],
    Kind.ADVISORY: [
        "Deloitte",
        "PwC",
        "Rambøll Management Consulting",
        "Advokatfirmaet Bech-Bruun",
        "KPMG",
        "Bech Rådgivning ApS",
        "Marselisborg Consulting",
        "LG Insight",
        "Konsulenthuset Ballisager",
    ],
    Kind.OTHER: [
        "Aalborg Universitet",
        "Roskilde Universitet",
        "VIA University College",
        "CBS",
        "Professionshøjskolen Absalon",
        "Comdia",
        "Dagbladet Information",
        "Herning Gymnasium",
    ],
}


@pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for kind, names in REAL.items() for name in names]
)
def test_kind_of_a_real_name(name: str, kind: Kind) -> None:
    assert kind_of(name) == kind
