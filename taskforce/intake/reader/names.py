"""Tell people from organisations, roles, countries and remarks in the lists of minutes.

Nothing here is certain: `likeness` gives each reading of a few words a weight, and whoever reads
a list as a whole decides. The given names are the common ones of Denmark and its neighbours.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale

from taskforce.intake.reader.status import is_away

PARTICLES = frozenset(
    str.split(
        "van von der den de del da di du la le af al el bin ben ten ter zu y dos das st. o' við av "
        "ibn mac mc zum zur"
    )
)
# Words, and ends of words, that organisations have in their names.
ORGANISATION = re.compile(
    r"""\b(?:kommune[ns]?|region(?:en)?|fond|fonden|foreningen?|forbundet?|samvirket?|kooperationen?|
    a/s|aps|amba|a\.m\.b\.a|i/s|p/s|smba|ivs|gmbh|ltd|inc|ngo|fmba|s/i|
    danmark|danske?|nordic|nordisk|europe|european|københavns?|international|
    networks?|netværket?|foundation|university|institute?|instituttet|centret|center|centre|centeret|
    stiftelsen|stichting|fundacja|agentura|consorzio|fundación|fundação|observatoire|observatory|verein|verband|sozialwerk|cooperativa?|coop|cooperative|kooperativet|rede|union|council|kompagniet|kollektivet|fællesskabet|forum|butikken|projektet|agency|ministry|commission|association|federation|society|group|gruppen|
    academy|akademi|stad|kommun|gartneri|bageri|maskinfabrik|entreprise|revision|rengøring|catering|kantine|plejecenter|hjemmeplejen?|børnehave|vuggestue|gymnasi(?:um|et)|bibliotek|kirke|sogn|klub|idrætsforening|advokater|arkitekter|ejendomme|bank|banken|hub|lab|labs|partners|company|solutions|consulting|enterprises?|
    trust|alliance|coalition|chamber|department|authority|city|municipality|borough|
    ministeriet|styrelsen|rådet|råd|huset|skolen?|universitetet?|højskolen?|selskabet?|
    boligselskabet?|boligforeningen?|værkstedet|klubben|cafeen|caféen|køkkenet|gården|
    social|sociale|socialøkonomi|socialøkonomisk|erhverv|industri|arbejdsmarked|
    udvalget|administrationen|sekretariatet|forvaltningen|afdelingen|kontoret|teamet|virksomhed(?:en|er)?|
    hus|atelier|haven|farmen|galleri(?:et)?|
    business|kollegiet|museet|biblioteket|teatret|kirken|provsti(?:et)?|menighedsråd(?:et)?|ældresagen|sm[ve]danmark)\b
    |(?:styrelsen|ministeriet|fonden|foreningen|forbundet|kommune|huset|rådet|centret|centeret|center|skolen|
    selskabet|stiftelsen|kooperativet|kooperativ|kompagniet|kollektivet|fællesskabet|selskab|firmaet|stuen|køkkenet|caféen|cafeen|butikken|foreninger|smedjen|bryggeriet|bageriet|gartneriet|trykkeriet|systue|tømrer|malerlauget|lauget|klubben|skab|universitet|netværket|network|værket|sagen|hjælpen|gruppen|gården|værkstedet|forening|
    organisationen|organisation|initiativet|akademiet|instituttet|konsulenthuset|banken|service|tech|værk|forum|
    skole|råd|klub|gymnasium|bibliotek|museum|plejen|pleje|hjem|bolig|boliger|center|centralen)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Bodies and parts of a house: they say where in it people belong, not from where they came.
BODY = re.compile(
    r"(?:(?:hele|den|det|vores|samlede|nye?|øvrige) )*[\w-]*(?:bestyrelsen?|råd(?:et)?|"
    r"udvalg(?:et)?|gruppen?|skab(?:et)?|side[nr]?|team(?:et)?|"
    r"personalet?|kontor(?:et)?|forvaltning(?:en)?|administration(?:en)?|ledelsen?|"
    r"sekretariat(?:et)?|afdeling(?:en)?|stuen?|trinnet|skolingen|erne|køkken(?:et)?|haven|"
    r"plejen|kommunen|skolen)",
    re.IGNORECASE,
)
# "Skovvej 3", "nr. 14", "Blå stue", "Forældrevalgt", "Mor til Ida": where in a house somebody
# belongs, and by what right.
INSIDE = re.compile(
    r"\w*(?:vej|gade|gyde|stræde|allé|vænget?|parken|toften|krogen|bakken)\s+\d+.*|"
    r"(?:nr|hus|blok|opgang|lejl|lejlighed|parcel|matr|have|afd|afdeling|stue)\.?\s\w{1,3}|"
    r"team\s\w+|\w+\sstue|\d{1,2}\.\s?\w{1,2}\.?|u\d{1,2}\b.*|[\d\s+]{8,}|"
    r"[\w-]*valgte?|(?:mor|far|forælder|forældre)\s+til\s.*",
    re.IGNORECASE,
)
SAID = re.compile(r"\b(?:var|er|blev|havde|deltog|mødte)\b|^\d+ (?:ud )?af \d")  # no name
PARTIES = re.compile(
    r"venstre|socialdemokrat(?:iet|erne)|enhedslisten|sf|de(?:t)? konservative(?: folkeparti)?|"
    r"konservative|radikale(?: venstre)?|dansk folkeparti|liberal alliance|moderaterne|"
    r"danmarksdemokraterne|alternativet|nye borgerlige|socialistisk folkeparti|lokallisten",
    re.IGNORECASE,
)
# "Køkkenhaven", "Muslingefarmen": what has the article behind it is a thing, not a family.
DEFINITE = re.compile(r"[A-ZÆØÅ][a-zæøå]{5,}(?:(?<!s)en|et|erne|ernes)")
OWNS = re.compile(r"[A-ZÆØÅ][a-zæøå]{2,}(?:ens|ets|nes)")
# What people are, rather than who they are or where they come from.
ROLE = re.compile(
    r"""\b(?:[\w-]*(?:forperson|forkvinde|formand|formænd|kasserer|sekretær|referent|mødeleder|styrer|
    dirigent|direktør|chef|leder|konsulent|koordinator|medarbejder|rådgiver|specialist|medlem|
    suppleant|stedfortræder|observatør|gæst|holder|repræsentant|ansvarlig|assistent|udvikler|
    analytiker|fuldmægtig|rektor|provst|præst|biskop|organist|værge|læge|lektor|professor|advokat|
    arkitekt|ingeniør|lærer|pædagog|inspektør|viceværte?|mester|minister|rådmand|mager|partner|stifter|
    iværksætter|hjælper|student|studerende|frivillig|pensionist|revisor|webmaster|jurist|økonom|
    planlægger|sygeplejerske|terapeut|betjent|forvalter|redaktør|journalist|forsker|dekan|adjunkt|
    bestyrer|behandler|konsul|ejer|controller|tillidsmand|tillidsvalgt|ordfører|dommer)
    (?:mer|er|ne|erne|en|et|r|s)*
    |(?:best\.?)?medl|\w+person|pastor|kordegn|graver|pedel|vært|elev|lærling|praktikant|tovholder|byrådsmedlem|
    (?:næst|n)?fmd|næstf|kass|sekr|suppl|(?-i:F?TR|AMR|AMO)|
    chair(?:man|woman|person|ing)?|vice[- ]chair|co-chair|treasurer|secretary|rapporteur|notetaker|
    note[- ]taker|minute[- ]taker|host|moderator|director|manager|officer|advis[eo]r|coordinator|
    head|lead|leader|founder|co-founder|ceo|cfo|president|member|observer|guest|speaker|deputy|substitute|
    minutes|facilitator(?:er)?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# How and how long somebody took part.
REMARK = re.compile(
    r"""\b(?:online|teams|zoom|skype|telefonisk|virtuelt|digitalt|fysisk|video|phone|remote(?:ly)?|
    in\s+part|part|delvist|delvis|ankom|ankommer|kom|gik|forlod|deltog|deltager|deltagelse|til\s+kl|fra\s+kl|until|from|
    under|punkt|pkt|item|items|arrived|left|joined|kl|orlov|syg|barsel|ferie|afbud|uden|med|red|sent|excused|
    via|til\s+stede|mødt|udeblev\w*|ref|ny|new|tiltrådte?|fratrådte?|afløser|vikar|indtil|efter|før|first|last|hele|første|sidste|x|på)\b""",
    re.IGNORECASE | re.VERBOSE,
)
LOWER_OK = frozenset(
    str.split(
        "i for og af the of and in på til med ved under et en & + – - om mod uden a to de for,"
    )
)
PARTY = re.compile(r"(?:[A-ZÆØÅ]|SF|DF|LA|EL|RV|KF|NB|DD|ALT|Alt\.?|S|R|V)")
COURTESY = re.compile(r"(?:Dr|Prof|Assoc|Mr|Ms|Mrs|Hr|Fr|Ing|Mag|Dipl|Adv)\.?|Fru|Professor")
MYSELF = re.compile(r"undertegnede|(?:mig|jeg)(?: selv)?", re.IGNORECASE)  # whoever writes
ACADEMIC = re.compile(r"(?:cand|ph|dr|mag|stud|lic)\.\w", re.IGNORECASE)
TITLE_END = re.compile(r"(?:ør|er|ist|ent|ant|mand|kvinde|or|tør|pædagog)$")
# "Nordlys Arkitekter", "Specialisterne": many of a trade are a house of it.
HOUSE = re.compile(r"\w [A-ZÆØÅ][a-zæøå]{4,}er$|^[A-ZÆØÅ][a-zæøå]{5,}(?:erne|ørerne)\b")
# Consonants alone with a stop, "Brdr.", but for first names such as "Chr.".
CUT_SHORT = re.compile(r"(?!Chr|Fr|Th|Kr)[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xz]{2,}\.")
ACRONYM = re.compile(r"[A-ZÆØÅ]{2,}|[\w-]*[A-ZÆØÅ]{3,}[\w-]*")
SURELY = 1.0  # the weight of what is an organisation, whatever stands around it
MOST_TITLE = 3  # words of a title before a name
NAME = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
# Names of countries that the Unicode CLDR does not have.
ALSO_COUNTRIES = {
    *("the netherlands", "holland", "england", "scotland", "wales", "skotland", "czech republic")
}
# Codes of the countries whose people sit in Danish minutes; "HK" and "DI" are others there.
CODES = re.compile(
    "AT|BE|BG|CH|CY|CZ|DE|DK|EE|EL|ES|FI|FO|FR|GB|GL|GR|HR|HU|IE|IS|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|"
    "SE|SI|SK|UA|UK|US"
)
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


def is_given(words: str) -> bool:
    """Say whether words are given names that are known, or begin so: Bo, Jens Peter, Anne-Sofie."""
    tokens = re.split(r"[\s-]+", words.lower())
    return tokens[0] in given_names() and {*words.lower().split()[1:]} <= given_names()


@cache
def countries() -> frozenset[str]:
    """Return the names of countries in Danish and English, small."""
    found: set[str] = set()
    for language in ("da", "en"):
        territories: dict[str, str] = dict(Locale(language).territories)
        found |= {name.lower() for code, name in territories.items() if len(code) == 2}
    return frozenset(found | ALSO_COUNTRIES)


def is_country(words: str) -> bool:
    """Say whether these words are a country's name, or its code in capitals."""
    return bool(CODES.fullmatch(words)) or words.lower() in countries()


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
    words = " ".join(tokens)
    if not tokens or len(words) > 120:
        return Likeness(-3, -3, 0)
    if MYSELF.fullmatch(words):
        return Likeness(2, -2, -2)
    return Likeness(_person(tokens), _organisation(words, tokens), _remark(words, tokens))


def _person(tokens: list[str]) -> float:
    if len(tokens) > 6 or any(re.search(r"[\d@/&:]", token) for token in tokens):
        return -3
    known = is_given(tokens[0].strip(".,"))
    if not all(_is_name(token) for token in tokens) or {tokens[0].lower(), tokens[-1]} & PARTICLES:
        return -2
    joined = " ".join(tokens)
    if ORGANISATION.search(joined) and not known:
        return -2
    if ROLE.fullmatch(joined) or is_country(joined):
        return -2
    if len(tokens) > 1 and ACRONYM.fullmatch(tokens[0]) and not joined.isupper():
        return -2  # "SOSU Ringsted"
    if CUT_SHORT.fullmatch(tokens[0]):
        return -2  # "Brdr. Holm"
    if len(tokens) > 1 and not known and OWNS.fullmatch(tokens[0]):
        return -1  # "Kirkens Korshær"
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
    capital = bare[:1].isupper() or re.match(r"[dl]['’][A-ZÆØÅ]", bare)  # "d'Arcy"
    return bool(capital and NAME.fullmatch(bare))


def _organisation(words: str, tokens: list[str]) -> float:
    if words[:1].islower() and not ORGANISATION.search(words):
        return -1.5
    if (len(tokens) < 3 and is_away(words)) or _is_inside(words) or SAID.search(words):
        return -2.0
    weight = 0.2
    if ORGANISATION.search(words):
        weight += 1.6
    if len(tokens) > 1 and any(token.lower() in LOWER_OK for token in tokens[1:]):
        weight += 0.6
    if re.search(r"[&+\d]|A/S", words):
        weight += 0.5
    # "KbhK", but not "Krag-Lyhne".
    shouted = words.isupper() and len(words) > 6
    acronym = (
        len(tokens) == 1
        and not shouted
        and any(sum(letter.isupper() for letter in part) >= 2 for part in words.split("-"))
    )
    if acronym:
        weight += 1.0
    if any(ACRONYM.fullmatch(token) for token in tokens[1:]) or (
        len(tokens) > 1 and ACRONYM.fullmatch(tokens[0])
    ):
        weight += 0.8  # "SOSU Ringsted"
    if len(tokens) == 1 and words.lower() not in given_names() and not words.islower():
        weight += 0.5
    if any(DEFINITE.fullmatch(token) and token.lower() not in given_names() for token in tokens):
        weight += 0.5
    if len(tokens) > 1 and tokens[-1].islower() and not ORGANISATION.search(words):
        weight -= 1.0
    if len(tokens) > 9 or re.search(r"[.!?]\s", words):
        weight -= 2
    if ROLE.fullmatch(words) and not HOUSE.search(words):
        weight -= 1.5
    return weight


def _remark(words: str, tokens: list[str]) -> float:
    if ROLE.fullmatch(re.split(r"\s(?:i|hos|ved|at)\s", words)[0]) and not HOUSE.search(words):
        return 2.0  # "CSR-ansvarlig i Røde Kors"
    if (len(tokens) < 3 and is_away(words)) or _is_inside(words):
        return 2.0
    weight = -0.8
    if ROLE.search(words) and not HOUSE.search(words):
        weight += 1.6
        if tokens[0].islower() or ROLE.fullmatch(tokens[0]):
            weight += 0.8
    if REMARK.search(words) and tokens[0].islower():
        weight += 1.8
    elif tokens[0].islower():
        weight += 0.8
    return weight


def _is_inside(words: str) -> bool:
    return bool(INSIDE.fullmatch(words) or PARTIES.fullmatch(words))


def is_outside(words: str) -> bool:
    """Say whether words are an organisation whatever stands around them."""
    return likeness(words).organisation >= SURELY and not BODY.fullmatch(words)


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
    return bool(PARTY.fullmatch(words) or PARTIES.fullmatch(words))


@lru_cache(maxsize=20_000)
def without_role(words: str) -> tuple[str, str]:
    """Split "Formand Anne Holm" into ("Anne Holm", "Formand"); most names have no role before."""
    tokens = words.split()
    for count in range(min(len(tokens) - 1, MOST_TITLE), 0, -1):
        lead, name = tokens[:count], tokens[count:]
        if name[0][:1].isupper() and _is_title(lead, name):
            return " ".join(name), " ".join(lead)
    return words, ""


def _is_title(lead: list[str], name: list[str]) -> bool:
    """Say whether the first words say what somebody is: "Teknisk direktør", "Cand.merc."."""
    first, last = lead[0], lead[-1].strip(":,.")
    if COURTESY.fullmatch(last) or ACADEMIC.match(lead[-1]):
        return len(lead) == 1 or _is_title(lead[:-1], name)
    if any(token.lower() in given_names() or token in PARTICLES for token in lead[:1]):
        return False
    if ROLE.fullmatch(last) or (len(lead) > 1 and ROLE.fullmatch(first) and lead[-1].islower()):
        # What kind of one is told before, and all but the first word are written small.
        return len(lead) == 1 or all(token[:1].islower() for token in lead[1:])
    if len(name) + len(lead) < 3 or _person(name) < 0.4:
        return False
    # "strategisk indkøber Bo Friis" is written small; other titles may end as those known do.
    if all(token.islower() for token in lead):
        return not {*lead} & (PARTICLES | LOWER_OK)
    if len(lead) > 1:
        return False
    known = name[0].lower() in given_names()
    return known and len(first) > 6 and bool(TITLE_END.search(first))
