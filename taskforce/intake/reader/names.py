"""Tell people from organisations, roles, countries and remarks in the lists of minutes.

Nothing here is certain: `likeness` gives each reading of a few words a weight, and whoever reads
a list as a whole decides. The given names are the common ones of Denmark and its neighbours.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale

PARTICLES = {
    "van",
    "von",
    "der",
    "den",
    "de",
    "del",
    "da",
    "di",
    "du",
    "la",
    "le",
    "af",
    "al",
    "el",
    "bin",
    "ben",
    "ten",
    "ter",
    "zu",
    "y",
    "dos",
    "das",
    "st.",
    "o'",
    "við",
    "av",
    "ibn",
    "mac",
    "mc",
    "zum",
    "zur",
}
# Words, and ends of words, that organisations have in their names.
ORGANISATION = re.compile(
    r"""\b(?:kommune[ns]?|region(?:en)?|fond|fonden|foreningen?|forbundet?|samvirket?|kooperationen?|
    a/s|aps|amba|a\.m\.b\.a|i/s|p/s|smba|ivs|gmbh|ltd|inc|ngo|fmba|s/i|
    danmark|danske?|nordic|nordisk|europe|european|københavns?|international|
    networks?|netværket?|foundation|university|institute?|instituttet|centret|center|centre|centeret|
    stiftelsen|stichting|fundacja|agentura|consorzio|fundación|fundação|observatoire|observatory|verein|verband|sozialwerk|cooperativa?|coop|cooperative|kooperativet|rede|union|council|kompagniet|kollektivet|fællesskabet|forum|butikken|projektet|agency|ministry|commission|association|federation|society|group|gruppen|
    academy|akademi|bank|banken|hub|lab|labs|partners|company|solutions|consulting|enterprises?|
    trust|alliance|coalition|chamber|department|authority|city|municipality|borough|
    ministeriet|styrelsen|rådet|råd|huset|skolen?|universitetet?|højskolen?|selskabet?|
    boligselskabet?|boligforeningen?|værkstedet|klubben|cafeen|caféen|køkkenet|gården|
    social|sociale|socialøkonomi|socialøkonomisk|erhverv|industri|arbejdsmarked|
    udvalget|administrationen|sekretariatet|forvaltningen|afdelingen|kontoret|teamet|virksomhed(?:en|er)?|
    hus|atelier|haven|farmen|galleri(?:et)?|
    kollegiet|museet|biblioteket|teatret|kirken|provsti(?:et)?|menighedsråd(?:et)?|ældresagen|sm[ve]danmark)\b
    |(?:styrelsen|ministeriet|fonden|foreningen|forbundet|kommune|huset|rådet|centret|centeret|center|skolen|
    selskabet|stiftelsen|kooperativet|kooperativ|kompagniet|kollektivet|fællesskabet|selskab|firmaet|stuen|køkkenet|caféen|cafeen|butikken|foreninger|smedjen|bryggeriet|bageriet|gartneriet|trykkeriet|systue|tømrer|malerlauget|lauget|klubben|skab|universitet|netværket|network|værket|sagen|hjælpen|gruppen|gården|værkstedet|forening|
    organisationen|organisation|initiativet|akademiet|instituttet|konsulenthuset|banken|service|tech|værk|forum)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "Køkkenhaven", "Muslingefarmen": what has the article behind it is a thing, not a family.
DEFINITE = re.compile(r"[A-ZÆØÅ][a-zæøå]{5,}(?:(?<!s)en|et|erne|ernes)")
# What people are, rather than who they are or where they come from.
ROLE = re.compile(
    r"""\b(?:formand|forperson|forkvinde|næstformand|næstforperson|viceformand|
    kasserer|sekretær|referent|mødeleder|ordstyrer|
    dirigent|direktør|vicedirektør|chef|leder|konsulent|koordinator|medarbejder|rådgiver|specialist|
    medlem|suppleant|stedfortræder|observatør|gæst|oplægsholder|vært|repræsentant|ansvarlig|
    borgmester|rådmand|udvalgsformand|byrådsmedlem|projektmager|
    partner|stifter|medstifter|iværksætter|
    analytiker|studentermedhjælper|student|studerende|frivillig|pensionist|elev|lærling|praktikant|revisor|webmaster|
    chair(?:man|woman|person|ing)?|vice[- ]chair|co-chair|treasurer|secretary|rapporteur|notetaker|
    note[- ]taker|minute[- ]taker|host|moderator|
    director|manager|officer|advis[eo]r|coordinator|head|lead|leader|founder|co-founder|ceo|cfo|
    president|
    member|observer|guest|speaker|deputy|substitute|minutes|facilitator|facilitatorer?|tovholder)\b
    |[\w-]*(?:konsulent|chef|leder|direktør|medarbejder|rådgiver|sekretær|koordinator|formand|
    ansvarlig|specialist|assistent|repræsentant|medlem|suppleant|udvikler|analytiker|fuldmægtig|
    formænd|observatør|gæst)(?:mer|er|ne|erne|en|et|r|s)*\b""",
    re.IGNORECASE | re.VERBOSE,
)
# How and how long somebody took part.
REMARK = re.compile(
    r"""\b(?:online|teams|zoom|skype|telefonisk|virtuelt|digitalt|fysisk|video|phone|remote(?:ly)?|
    in\s+part|part|delvist|delvis|ankom|ankommer|kom|gik|forlod|deltog|deltager|deltagelse|til\s+kl|fra\s+kl|until|from|
    under|punkt|pkt|item|items|arrived|left|joined|kl|orlov|syg|barsel|ferie|afbud|uden|med|red|sent|excused|
    via|ref|ny|new|tiltrådte?|fratrådte?|afløser|vikar|indtil|efter|før|first|last|hele|første|sidste|x|på)\b""",
    re.IGNORECASE | re.VERBOSE,
)
LOWER_OK = {
    "i",
    "for",
    "og",
    "af",
    "the",
    "of",
    "and",
    "in",
    "på",
    "til",
    "med",
    "ved",
    "under",
    "et",
    "en",
    "&",
    "+",
    "–",
    "-",
    "om",
    "mod",
    "uden",
    "a",
    "to",
    "de",
    "for,",
}
PARTY = re.compile(r"(?:[A-ZÆØÅ]|SF|DF|LA|EL|RV|KF|NB|DD|ALT|Alt\.?|S|R|V)")
COURTESY = re.compile(r"(?:Dr|Prof|Mr|Ms|Mrs|Hr|Fr|Ing|Mag|Dipl|Adv)\.?|Fru|Professor")
NAME = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
# Names of countries that the Unicode CLDR does not have.
ALSO_COUNTRIES = {
    "UK",
    "EU",
    "the netherlands",
    "holland",
    "england",
    "scotland",
    "wales",
    "skotland",
    "czech republic",
}
# Codes of countries that are words when they are written small.
ALSO_WORDS = {"me", "no", "so", "is", "it", "in", "at", "be", "my"}
SURNAME = re.compile(
    r"(?:sen|gaard|gård|holm|bæk|berg|lund|dahl|dal|strup|toft|skov|kjær|borg|lev|bjerg|"
    r"friis|kvist|løv|rup|høj|vang|sson|ski|ska|vić|ić|mann|stein|feldt|quist|ager|feld)$",
    re.IGNORECASE,
)


@cache
def given_names() -> frozenset[str]:
    """Return the given names that are known, in lower case."""
    text = (Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8")
    return frozenset(text.lower().split())


@cache
def countries() -> frozenset[str]:
    """Return the names of countries in Danish and English, small, and their codes."""
    found: set[str] = set()
    for language in ("da", "en"):
        territories: dict[str, str] = dict(Locale(language).territories)
        found |= {name.lower() for code, name in territories.items() if len(code) == 2}
        found |= {code for code in territories if len(code) == 2 and code.isalpha()}
    return frozenset(found | ALSO_COUNTRIES)


def is_country(words: str) -> bool:
    """Say whether these words are a country's name, or its code in capitals."""
    return words in countries() or (
        words.lower() in countries() and words.lower() not in ALSO_WORDS
    )


@dataclass(frozen=True, slots=True)
class Likeness:
    """Weights of the readings of a few words; higher is likelier, 0 is no opinion."""

    person: float
    organisation: float
    remark: float


@lru_cache(maxsize=20_000)
def likeness(words: str) -> Likeness:
    """Weigh whether some words name a person, name an organisation, or say something of one."""
    tokens = words.split()
    if not tokens or len(words) > 120:
        return Likeness(-3, -3, 0)
    return Likeness(_person(tokens), _organisation(words, tokens), _remark(words, tokens))


def _person(tokens: list[str]) -> float:
    if len(tokens) > 6 or any(re.search(r"[\d@/&:]", token) for token in tokens):
        return -3
    first = tokens[0].strip(".,").lower()
    known = first in given_names() or first.split("-")[0] in given_names()
    if not all(_is_name(token) for token in tokens) or tokens[0].lower() in PARTICLES:
        return -2
    joined = " ".join(tokens)
    if ORGANISATION.search(" ".join(tokens[1:]) or joined) and not known:
        return -2
    if ROLE.fullmatch(joined) or is_country(joined):
        return -2
    capitals = joined.isupper() and len(joined) > 3
    if len(tokens) == 1:
        return (1.0 if known else -0.6) - (0.6 if capitals else 0)
    weight = 2.0 if known else 0.4
    # Danish family names often end as places do.
    if not known and SURNAME.search(tokens[-1]) and len(tokens) <= 4:
        weight = 1.0
    if ORGANISATION.search(" ".join(tokens[1:])):
        weight -= 2.2
    return weight - (0.3 if len(tokens) > 4 else 0)


def _is_name(token: str) -> bool:
    """Say whether a token can be part of a name: Bo, O'Brien, Köhl-Harritsø, B., van, "Basse"."""
    if token.lower() in PARTICLES:
        return True
    bare = token.strip('"“”»«') if len(token) > 3 else token
    return bare[:1].isupper() and bool(NAME.fullmatch(bare))


def _organisation(words: str, tokens: list[str]) -> float:
    if words[:1].islower() and not ORGANISATION.search(words):
        return -1.5
    weight = 0.2
    if ORGANISATION.search(words):
        weight += 1.6
    if len(tokens) > 1 and any(token.lower() in LOWER_OK for token in tokens[1:]):
        weight += 0.6
    if re.search(r"[&+\d]|A/S", words):
        weight += 0.5
    # "KbhK", but not "Krag-Lyhne".
    acronym = len(tokens) == 1 and any(
        sum(letter.isupper() for letter in part) >= 2 for part in words.split("-")
    )
    if acronym:
        weight += 1.0
    if len(tokens) == 1 and words.lower() not in given_names() and not words.islower():
        weight += 0.5
    if any(DEFINITE.fullmatch(token) and token.lower() not in given_names() for token in tokens):
        weight += 0.5
    if len(tokens) > 9 or re.search(r"[.!?]\s", words):
        weight -= 2
    if ROLE.fullmatch(words):
        weight -= 1.5
    return weight


def _remark(words: str, tokens: list[str]) -> float:
    if is_country(words):
        return 2.5
    if ROLE.fullmatch(words):
        return 2.0
    weight = -0.8
    if ROLE.search(words):
        weight += 1.6
        if tokens[0].islower() or ROLE.fullmatch(tokens[0]):
            weight += 0.8
    if REMARK.search(words) and tokens[0].islower():
        weight += 1.8
    elif tokens[0].islower():
        weight += 0.8
    return weight


def is_initials(words: str, name: str) -> bool:
    """Say whether some letters are the initials of a name, in capitals or not: AB, BjJ, ulm."""
    if not 1 <= len(words) <= 4 or not words.isalpha():
        return False
    letters = iter(name.lower())
    return words[0].lower() == name[:1].lower() and all(
        letter in letters for letter in words.lower()
    )


def is_party(words: str) -> bool:
    """Say whether some letters in parentheses are a political party's."""
    return bool(PARTY.fullmatch(words))


def without_role(words: str) -> tuple[str, str]:
    """Split "Formand Anne Holm" into ("Anne Holm", "Formand"); most names have no role before."""
    tokens = words.split()
    if len(tokens) > 2 and COURTESY.fullmatch(tokens[0]):
        return " ".join(tokens[1:]), tokens[0]
    for count in (1, 2):
        lead, rest = " ".join(tokens[:count]), " ".join(tokens[count:])
        if rest and ROLE.fullmatch(lead.strip(":,")) and rest[0].isupper():
            return rest, lead
    # "Teknisk direktør Asbjørn Hellum": what kind of one is told before.
    kind = len(tokens) > 3 and tokens[0].lower() not in given_names() and tokens[1].islower()
    if kind and ROLE.fullmatch(tokens[1]) and tokens[2][0].isupper():
        return " ".join(tokens[2:]), " ".join(tokens[:2])
    # A title that is not known, before a given name that is: "Inspektør Allan Frost".
    known = [token.lower() in given_names() for token in tokens[:2]]
    if len(tokens) >= 3 and known == [False, True] and len(tokens[0]) > 6 and _is_title(tokens[0]):
        return " ".join(tokens[1:]), tokens[0]
    return words, ""


def _is_title(token: str) -> bool:
    return bool(re.search(r"(?:ør|er|ist|ent|ant|mand|kvinde|or|tør|pædagog)$", token))
