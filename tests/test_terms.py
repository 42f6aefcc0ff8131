"""One term a thing: words that the portal no longer uses for what has a better name."""

import re

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from meetings.models import numbered

TEXTS = [
    text
    for entry in polib.pofile(str(settings.BASE / "locale/da/LC_MESSAGES/django.po"))
    for text in (entry.msgstr, *entry.msgstr_plural.values())
    if text
]
# Wherever they stand in a text.
GONE = """
redigér|rediger |barrierens vej|opslagets vej|det er svar på|siden er her ikke|smid |kassér
ses på igen|konsortiet viser sig ikke|giv dem med kryds|ikke sagt endnu|her blev nævnt
kan betale for mere af det|kan finansieres af|bliv en del af taskforcen|ser vi på den igen
det, du skrev før|formularen er for gammel|portalen er væk|har ikke adgang her|støttes af
luk med et svar|åbn igen|åbn barrieren igen|gem som udkast|tag det af|tag punktet af
tag med fra sidst|lod ligge|tag rettelsen med|tag tilbage som udkast|lad det stå|må stå
tjek før gennemsyn|hent den frem igen|ikke afgjort|overtag|aflevér|bed om mere|send det tilbage
begynd at skrive|hvad det tæller|åbner af sig|påmind dem|må læse dit navn
fjern mit navn|brugere, der kan logge ind|retter sig mod|fortalt igen|delt på|omtalt på
dokumenter, der skal indlæses|sekretariatets skrivebord|lægges ind i|kender ikke til et konsortium
svar for en anden|kalender (ical)|e-mailadresse|adgangskode eller adgangsnøgle|slags indkøb
påkrævet|annullér|i mellemtiden
"""
# As the whole text of a button, a label or a heading.
WHOLE = """
alle slags|hvis|fortæl det|brug det|opbakning|ret svaret|ord|vis|kassér dem|tag ud
start|er med|tag det over|fundet|tag af listen
"""
# What may stand, and why.
EXCEPTIONS = {
    # The names of its model, which no page shows as a label.
    "opbakning": {"opbakning"},
}


def words(listed: str) -> list[str]:
    return [word for line in listed.split("\n") for word in line.split("|") if word]


@pytest.mark.parametrize("word", words(GONE))
def test_old_term_stands_in_no_text(word: str):
    exceptions = EXCEPTIONS.get(word, set())

    assert [text for text in TEXTS if word in text.lower() and text not in exceptions] == []


@pytest.mark.parametrize("word", words(WHOLE))
def test_old_term_is_no_label(word: str):
    exceptions = EXCEPTIONS.get(word, set())
    labels = [text for text in TEXTS if text.lower().strip(" .:…") == word]

    assert [text for text in labels if text not in exceptions] == []


def test_quotation_marks_are_danish():
    assert [text for text in TEXTS if re.search("[“„»«]", text)] == []


@pytest.mark.parametrize(
    ("number", "english", "danish"),
    [
        (1, "1st meeting", "1. møde"),
        (2, "2nd meeting", "2. møde"),
        (3, "3rd meeting", "3. møde"),
        (11, "11th meeting", "11. møde"),
        (22, "22nd meeting", "22. møde"),
        (112, "112th meeting", "112. møde"),
    ],
)
def test_meeting_is_counted_as_each_language_counts(number: int, english: str, danish: str):
    with translation.override("en"):
        assert numbered(number) == english
    with translation.override("da"):
        assert numbered(number) == danish


def test_english_pages_say_once_what_is_in_danish_only(client: Client, db: None):
    sentence = "Minutes, and whatever members write, are in Danish only."

    for path in ("/en/", "/en/moeder/", "/en/barrierer/"):
        assert client.get(path).content.decode().count(sentence) == 1
    assert sentence not in client.get("/").content.decode()
