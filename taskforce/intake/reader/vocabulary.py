"""The labels and headings of minutes, in Danish and English: what each announces."""

import re
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from taskforce.intake.reader.pieces import opens_with_name


class Label(StrEnum):
    """What the lines after a label, or the words beside it, are about."""

    PRESENT = "present"
    CATEGORY = "category"  # a heading inside a list of people
    ABSENT = "absent"
    AGENDA = "agenda"
    MINUTES = "minutes"
    ROUND_TABLE = "round_table"
    ACTIONS = "actions"
    NEXT = "next"
    NEWS = "news"
    CALLS = "calls"
    DATE = "date"
    TIME = "time"
    START = "start"
    END = "end"
    PLACE = "place"
    NUMBER = "number"
    ROLE = "role"  # chair, minute-taker: people who are listed elsewhere
    DECISION = "decision"  # parts of an item: what it is about, what was decided
    RESPONSIBLE = "responsible"
    DEADLINE = "deadline"
    OTHER = "other"  # distribution lists, appendices, contacts: text that is none of these


class Column(StrEnum):
    TIME = "time"
    ITEM = "item"
    RESULT = "result"
    WHO = "who"
    DEADLINE = "deadline"
    NAME = "name"
    ORGANISATION = "organisation"
    SURNAME = "surname"
    MARK = "mark"  # who was there
    ONLINE = "online"  # who was there from afar
    AWAY = "away"  # who was not
    TASK = "task"
    ROLE = "role"
    NUMBER = "number"
    LINK = "link"
    CALL = "call"
    END = "end"


WORDS: dict[Label, str] = {
    Label.PRESENT: """
        deltagere|mødedeltagere|tilstede|til stede|fremmødte|med|participants|attendees""",
    Label.CATEGORY: """
        fysisk|online|i salen|i lokalet|med online|med på teams|på teams|online på teams|
        via teams|tilforordnede|fra sekretariatet|sekretariatet|sekretariat|bestyrelsen|
        bestyrelse|bestyrelsesmedlemmer|medlemmer|suppleanter|ledelsen|ledelse|medarbejderrepræsentanter|forretningsudvalget|
        a-siden|b-siden|øvrige|andre|eksterne|eksterne deltagere|kommuner|virksomheder|
        socialøkonomiske virksomheder|fonde|sociale virksomheder|organisationer|myndigheder|
        netværk|ansatte|medarbejdere|inviterede|særligt inviterede|oplægsholdere|
        medlemsorganisationer|civilsamfund|civilsamfundet|erhvervsliv|erhvervslivet|staten|
        det offentlige|private|foreninger|interesseorganisationer|members|board members|board|
        secretariat|staff|speakers|invited|invited guests|remote|in person|in the room|
        municipalities|social enterprises|networks|foundations|public authorities|experts|
        partners|desuden|derudover""",
    Label.ABSENT: "afbud|afbud fra|fraværende|mangler|apologies",
    Label.AGENDA: """
        dagsorden|dagsorden var|dagsordenen|dagsordenen var|foreløbig dagsorden|
        mødets dagsorden|program|mødeplan|dagsordenspunkter|punkter|indhold|indholdsfortegnelse|
        dagens program|godkendt dagsorden|tidsplan|plan for mødet|dagens punkter|
        punkter til mødet|punkter til drøftelse|sådan gik dagen|punkter på dagsordenen|
        mødets program|dagsorden for mødet|emner|vi talte om …|plan|
        punkterne|agenda|draft agenda|agenda items|items|programme|
        programme of the day|contents|table of contents|order of business""",
    Label.MINUTES: """
        referat|referatet|beslutningsreferat|mødereferat|referat fra mødet|konklusioner|noter|
        mødenoter|drøftelser|gennemgang af punkterne|behandling af dagsordenen|
        referat af punkterne|kort referat|referat pr punkt|drøftelser og beslutninger|resumé|
        opsummering af mødet|minutes|minutes of the meeting|discussion|discussions|notes|
        proceedings|record of discussion|summary of discussion""",
    Label.ROUND_TABLE: """
        bordet rundt|runde|runden|præsentationsrunde|præsentation|nyt fra deltagerne|
        nyt fra medlemmerne|siden sidst bordet rundt|orientering fra deltagerne|kort runde|
        en runde|bordrunde|deltagerrunde|nyt fra organisationerne|roundtable|tour de table|
        updates from members|member updates|round of introductions|news from members""",
    Label.ACTIONS: """
        opgaver|opgaveliste|aktioner|aktionsliste|aktionspunkter|handlinger|handlingspunkter|
        handleliste|to do|todo|to-do|opfølgning|opfølgningspunkter|aftaler|aftalte opgaver|
        aftalt på mødet|næste skridt|det aftalte vi|aftalt|opfølgningsliste|opfølgende opgaver|
        beslutninger og opgaver|beslutningsliste|aftaleliste|action|handling|aktion|opgave|
        vi aftalte|huskeliste|husk|tovholdere og frister|actions|next steps|follow-up|tasks|
        to do list""",
    Label.NEXT: """
        næste møde|nyt møde|ny dato|næste|nästa möte|neste møte|næste bestyrelsesmøde|næste møder|
        kommende møder|næste gang|næstkommende møde|kommende møde|mødedatoer|mødeplan|next meeting|
        next call|next meetings|future meetings|upcoming meetings""",
    Label.NEWS: """
        nyheder|relevante nyheder|relevante nyheder og materialer|nyheder og materialer|
        materialer|materiale|links|link|nyttige links|nyt|læs mere|bilag og links|
        relevant materiale|nyheder og links|læsestof|inspiration|til inspiration|godt at vide|
        nyt fra omverdenen|nyt udefra|henvisninger|kilder|news|useful links|materials|
        relevant links|resources|news and materials|further reading|documents|news and links""",
    Label.CALLS: """
        eu-calls|eu calls|calls|opslag|åbne opslag|puljer|nye opslag|penge at søge|
        muligheder for støtte|ansøgningsmuligheder|finansiering|finansieringsmuligheder|
        ansøgningsfrister|aktuelle opslag|funding|calls for proposals|eu funding|funding news|
        grants""",
    Label.DATE: """
        dato|mødedato|dag|dato for mødet|dato og tid|dato og tidspunkt|mødedag|tid og dato|
        tid og sted|tid & sted|sted og tid|sted, dato|sted og dato|dato/tid|dato og sted|hvornår|
        date|meeting date|date and time|
        date/time|when|date and place|date & time""",
    Label.TIME: """
        tid|tidspunkt|mødetidspunkt|kl|klokken|klokkeslæt|mødetid|time""",
    Label.START: """
        start|starttidspunkt|mødestart|start kl|mødet startede|begyndt|mødet åbnet|
        mødet begyndte|starttid|start time|opened|meeting opened|called to order""",
    Label.END: """
        slut|sluttidspunkt|mødeslut|mødet sluttede|slut kl|afsluttet|mødet slut|mødet hævet|
        sluttid|mødet afsluttet|mødet hævet kl|end time|closed|adjourned|meeting closed|finish|
        end""",
    Label.PLACE: """
        sted|stedet|mødested|lokale|rum|lokation|lokalitet|adresse|hvor|mødelokale|mødeform|form|
        afholdt|møderum|place|location|venue|where|room|format""",
    Label.NUMBER: """
        mødenummer|mødenr|møde nr|mødets nr|mødets nummer|
        møde nummer|referat nr|meeting no|meeting number""",
    Label.ROLE: """
        mødeleder|referent|ordstyrer|dirigent|formand|forperson|næstformand|sekretær|kasserer|
        kontaktperson|referent og ordstyrer|tovholder|vært|for referat|referatskriver|
        mødeindkalder|indkalder|ref|sagsbehandler|facilitator|mødeledelse|chair|chaired by|
        chairperson|minutes by|minute taker|minutes taken by|note taker|notes by|taken by|
        secretary|rapporteur|host|moderator|minute-taker|notetaker|skriver|skribent|pennefører""",
    Label.DECISION: """
        beslutning|beslutninger|sagsfremstilling|indstilling|konklusion|drøftelse|baggrund|sag|
        formål|bemærkninger|status|orientering|besluttet|vedtaget|resultat|beskrivelse|
        indstilles|tidligere beslutninger|decision|decisions|background|conclusion|conclusions|
        outcome|purpose|decided""",
    Label.RESPONSIBLE: """
        ansvarlig|ansvarlige|ved|v|oplæg|oplæg ved|
        hvem|tovholder|indleder|punktansvarlig|punktejer|ansv|
        oplægsholder|facilitator|fremlægger|fremlægges af|præsenteres af|
        responsible|owner|lead|presenter|who|led by""",
    Label.DEADLINE: """
        deadline|frist|ansøgningsfrist|tidsfrist|senest|hvornår|inden|when|due|due date|by when|
        closing date|application deadline""",
    Label.OTHER: """
        bilag|kopi|cc|kopi til|fordeling|sendt til|sendes til|emne|fra|til|vedr|vedrørende|udvalg|
        organisation|forum|telefon|mail|e-mail|att|distribution|copy|annex|annexes|attachments|
        subject|sent|to|from|re|mødetype|type|mødets form|mødetitel|underskrifter|underskrift|
        signatur|godkendt|sagsnr|journalnr|næste sag|udarbejdet|udarbejdet af|journalnummer|
        dokumentnr|link til mødet|mødelink""",
}


HEADINGS: dict[Column, str] = {
    Column.TIME: "tid|kl|klokken|klokkeslæt|time|når|tidsplan|varighed|start|fra kl|from",
    Column.END: "til|slut|til kl|to|end",
    Column.ITEM: """
        punkter|emne|dagsorden|sag|item|topic|subject|agenda|indhold|program|tema|titel|
        overskrift|pkt|dagsordenspunkter|sager|topics|aktivitet""",
    Column.RESULT: """
        konklusion|beslutning|referat|drøftelse|resultat|noter|konklusioner|beslutninger|
        bemærkninger|decision|conclusion|notes|discussion|outcome|minutes|summary|aftale|aftalt|
        opsamling""",
    Column.WHO: """
        hvem|tovholder|responsible|who|owner|lead|ved|v|oplægsholder|oplæg|indlæg|ansvar|ansv|
        indleder|presenter|udføres af|action by|facilitator|fremlægger|fremlægges af""",
    Column.DEADLINE: "hvornår|senest|dato|lukker|ansøgningsdato|when|due|by|date|inden",
    Column.SURNAME: """
        efternavn|surname|last name|family name""",
    Column.NAME: """
        fornavn|repræsentant|repræsentanter|navn|navne|person|name|participant|attendee|medlem|
        medlemmer|member|participants|deltagernavn|hvem var med""",
    Column.ORGANISATION: """
        organisation|virksomhed|arbejdssted|kommune|forening|repræsenterer|fra|organization|
        affiliation|company|institution|partner|arbejdsplads|org|firma|afdeling|enhed|hvorfra|
        kommer fra|organisationer|virksomheder|kommuner|medlemsorganisation|område|udpeget af|
        valgt af|forvaltning|skole|tilhørsforhold|hjemsted""",
    Column.MARK: """
        deltog|tilstede|til stede|fremmøde|status|fremmødt|mødt|present|attendance|attended|
        deltagelse|deltaget|deltager ja/nej|i lokalet|i salen|i rummet|fysisk|t|på stedet|
        in the room|in person|on site|onsite|kryds|med|til stede ja/nej""",
    Column.ONLINE: """
        online|teams|zoom|skærm|virtuelt|deltog online|digitalt|remote|remotely|via link|video""",
    Column.AWAY: """
        a|afbud|fraværende|fravær|ikke mødt|ikke til stede|udeblevet|forfald|apologies|absent|
        excused|regrets|not present|meldt fra""",
    Column.TASK: """
        opgave|handling|aktion|opfølgning|hvad|task|action|what|to do|todo|opgaver|handlinger|
        aktionspunkt""",
    Column.ROLE: """
        rolle|funktion|titel/rolle|stilling|role|position|function|land|country|post|hverv|
        stillingsbetegnelse|job title|initialer|init|mail|email|telefon|tlf|phone""",
    Column.NUMBER: """
        nr|no|#|pkt nr|punkt nr|number""",
    Column.LINK: "link|links|url|hjemmeside|læs mere|mere info|more",
    Column.CALL: """
        pulje|puljer|call|calls|opslag|fond|fonde|støtteordning|grant|grants|fund|funding|
        navn på pulje""",
}


# The last part of a compound says what it is: "Punktansvarlig", "Tilbagemeldingsfrist".
COLUMN_ENDS = (
    ("ansvarlig", Column.WHO),
    ("ansvarlige", Column.WHO),
    ("frist", Column.DEADLINE),
    ("deadline", Column.DEADLINE),
    ("tidspunkt", Column.TIME),
    ("punkt", Column.ITEM),
    ("deltager", Column.NAME),
    ("deltagere", Column.NAME),
)
LABEL_ENDS = (
    (("dato", "dag"), Label.DATE),
    (("tid", "tidspunkt"), Label.TIME),
    (("sted", "lokale", "lokation"), Label.PLACE),
    (("leder", "referent", "styrer", "formand"), Label.ROLE),
    (("ansvarlig", "ansvarlige"), Label.RESPONSIBLE),
    (("frist", "deadline"), Label.DEADLINE),
    (("deltagere", "deltager"), Label.PRESENT),
    (
        ("repræsentanter", "repræsentant", "medlemmer", "rådet", "ledelse", "ledelsen"),
        Label.CATEGORY,
    ),
    (("dagsorden",), Label.AGENDA),
    (("nummer",), Label.NUMBER),
)


LATER_MEETINGS = (
    r"(?:(?:(?:fast\w+else|planlægning) af )?møde(?:kalender|plan|datoer(?:ne)?|r)(?<!^møder)|"
    r"kalender|(?:møde)?datoer(?:ne)? for .*møder(?:ne)?|"
    r"(?:(?:de|[a-zæøå]+s|vores|øvrige|næste|kommende|faste|planlagte|aftalte|nye|resterende) )+"
    r"(?:[a-zæøå-]*møder(?:ne)?|mødedatoer|datoer))"
)
TERM = (
    r"(?:(?:i|for|resten af|til|frem til|og) )*(?:20\d\d|(?:år|efterår|forår|vinter|sommer|halvår|"
    r"kvartal|sæson)(?:et|en)?)"
)
# Labels that people make up as they write: "Næste samling i netværket", "Aftaler fra i dag".
PATTERNS: list[tuple[re.Pattern[str], Label]] = [
    (re.compile(words), label)
    for label, words in (
        (
            Label.NEXT,
            r"(?:(?:dato(?:er)?|sted|tid og sted|tid|tidspunkt|forslag|fast\w+else|planlægning|"
            r"aftale) (?:for|til|af|om) )?(?:det |de )?"
            r"(?:næste|næstkommende|kommende|nyt|ny|nye) (?:[a-zæøå-]+ )?[a-zæøå-]*"
            r"(?:møde|møder|mødedato|mødetidspunkt|mødetid|samling|træf|session|mødegang|netværksdag|gang)"
            r"(?: (?:i|er|bliver|holdes|afholdes)(?: [a-zæøå-]+){0,3})?",
        ),
        (
            Label.NEXT,
            # "Møder i 2026", "De næste møder er", "Mødedatoer resten af året"
            rf"(?:{LATER_MEETINGS}|(?:bestyrelses)?møder(?:ne)? {TERM})(?: {TERM})*"
            r"(?: (?:er|bliver|ligger|holdes|afholdes|fastsat|fastlagt))*",
        ),
        (
            Label.NEXT,
            r"(?:(?:date|dates|time|place|date and \w+) (?:of|for) )?(?:the |our )?next "
            r"(?:[\w-]+ ){0,2}(?:meeting|session|gathering|call)s?(?: (?:is|will be held))?",
        ),
        (
            Label.ACTIONS,
            r"(?:(?:agreed|open|new|nye|åbne|vores|fælles|konkrete|samlede) )?"
            r"(?:actions?|action (?:points?|items?|list)|opgaver|aktioner|aftaler|handlinger|"
            r"to-? ?dos?)(?: (?:agreed|decided|til (?:næste (?:møde|gang)|opfølgning)|"
            r"(?:fra|efter) (?:mødet|dagens møde|i dag)|(?:from|after) (?:the meeting|today)|"
            r"(?:og|and|med|with) (?:frister|ansvarlige?|ansvar|deadlines?|owners?)))*",
        ),
        (
            Label.ACTIONS,
            r"(?:hvem|who) (?:gør|skal|tager|laver|har|does|will do) .{0,20}(?:hvad|what)\b.*",
        ),
        (Label.CATEGORY, r"[a-zæøå]+s (?:øvrige )?medlemmer"),
        (
            Label.AGENDA,
            r"(?:på )?dagsordenen? (?:var|er|lød)(?: følgende)?|(?:(?:dagens|mødets|foreløbig|"
            r"endelig|godkendt|revideret|udsendt) )?"
            r"(?:dagsorden|program|køreplan|tidsplan|agenda|programme)"
            r"(?: (?:for|til|of|for the|of the) "
            r"(?:mødet|dagen|møde|meeting|day|i dag|\d{1,3}\.? møde))?|"
            r"(?:(?:hvad|det|dette|emner|punkter|sager|dagens emner) (?:(?:der|som) )?)?"
            r"(?:(?:talte|drøftede|behandlede) vi|blev (?:drøftet|behandlet|talt))(?: om)?",
        ),
        (
            Label.CALLS,
            r"(?:(?:åbne|nye|aktuelle|relevante|kommende|open|new|current|upcoming) )?"
            r"(?:eu-?)?(?:puljer|fonde|calls|støttemuligheder|tilskudspuljer|fondsmidler|"
            r"funding|grants)(?: (?:lige nu|at søge|og (?:fonde|puljer|calls|opslag|legater)|"
            r"der kan søges|opportunities|open now|just now|i øjeblikket|på vej|"
            r"and calls|and grants))?",
        ),
    )
]


# A label of people says who came or who did not, in few words, with others around them.
CAME = (
    r"[a-zæøå]*deltager(?:e|ne|liste|kreds)?|deltagende|nærværende|tilmeldte?|deltog|deltagelse|til\s?stede\w*|fremmød\w+|mødte?|gæst(?:er)?|"
    r"repræsenteret|observatør(?:er)?|present|participa\w+|attend\w+|guests?|observers?|"
    r"(?:med|vi)\s(?:var|på|i|via|over|til)|var\smed|fuldtallig|hvem\s(?:var|kom)(?:\sder)?|(?:in|around)\sthe\sroom|on\sthe\scall"
)
STAYED = (
    r"afb|afbud\w*|frameld\w+|frafald|fravær\w*|forhindre\w+|forfald|udeblev\w+|orlov|sygdom|sygemeldte?|afmeldte?|"
    r"meldte?\sfra|melde\sfra|blev\shjemme|manglede|savnet|apologies|excused|absen\w+|regrets|unable"
)
AROUND = (
    r"der|de|vi|følgende|nedenstående|desuden|også|endvidere|øvrige|andre|desværre|var|er|blev|havde|har|kunne|"
    r"måtte|med|uden|grund|modtaget|meldt|sendt|i|på|til|fra|for|ved|via|over|af|om|op|frem|og|ikke|ej|møde|mødets|"
    r"dagens|dag|her|denne|gang|fysisk|online|virtuelt|digitalt|teams|zoom|medlemmer|organisationer|personer|liste|list|of|the|at|in|by|"
    r"also|those|members|from|with|without|notice|varsel|gyldig\w*|sent|received|were|was|not|could|able|to|join|come|komme|kom|mødte|"
    r"deltage|been|hvem|who|[a-zæøå]+(?:en|et)"
)
OF_PEOPLE = re.compile(rf"(?:(?:{CAME}|{STAYED}|{AROUND})(?:\s+|$))+")
LEAD = re.compile(
    rf"(?:(?:{CAME}|{STAYED}|{AROUND})\s+)*(?:(?:var|er|blev|fra|af|deltog|kom|mødte?|ikke|with|was|were|from|by)\s*[:;]?\s+|[-–]\s+)"
    r"(?=(?:[a-zæøå]+,?\s+){0,4}\(?[A-ZÆØÅ])"
)


BARE_LEAD = re.compile(rf"(?:ikke\s)?(?:{CAME}|{STAYED})\s+(?=[A-ZÆØÅ])")


def of_people(words: str) -> Label | None:
    """Return whether words, in small letters, announce who came or who did not."""
    if not OF_PEOPLE.fullmatch(words):
        return None
    if re.search(rf"\b(?:{STAYED}|ikke|ej|not)\b", words):
        return Label.ABSENT
    return Label.PRESENT if re.search(rf"\b(?:{CAME})\b", words) else None


def people_lead(text: str) -> tuple[Label, int] | None:
    """Return what a sentence says of the names that come, and where these begin."""
    small = text[:1].lower() + text[1:]
    match = LEAD.match(small)
    if not match and (bare := BARE_LEAD.match(small)) and opens_with_name(text[bare.end() :]):
        match = bare  # "Afbud Anne Holm"
    label = of_people(fold(match[0].rstrip(" –-"))) if match else None
    return (label, match.end()) if match and label else None


# Letters from which a word may be a misspelt label: "Teams" is not "items", nor "Frits" "frist".
LONG = 8


@cache
def labels() -> dict[str, Label]:
    """Return every label's words, folded, with what it announces."""
    return {fold(words): label for label, listed in WORDS.items() for words in listed.split("|")}


@cache
def headings() -> dict[str, Column]:
    """Return every column's words, folded, with what the column holds."""
    return {fold(word): column for column, words in HEADINGS.items() for word in words.split("|")}


@lru_cache(maxsize=20_000)
def column_of(words: str) -> Column | None:
    """Return what a column holds by its heading, which may say it twice: "Navn / Name"."""
    folded = fold(re.sub(r"\([^()]*\)", "", words))
    if not folded or len(folded) > 45 or re.search(r"\d", folded):
        return None
    known = headings()
    parts = [folded, *re.split(r"\s*[/,&–-]\s*|\s+(?:og|and|eller|or)\s+", folded)]
    first, *more = folded.split(" ")
    parts += [one for one in (first, *more[-1:]) if len(one) > 3 and len(more) < 3]
    if found := next((known[part] for part in parts if part in known), None):
        return found
    return next((column for end, column in COLUMN_ENDS if folded.endswith(end)), None)


@cache
def long_labels() -> list[str]:
    """Return the labels that are long enough to be known again when misspelt."""
    return [words for words in labels() if len(words) >= 5]


@lru_cache(maxsize=20_000)
def fold(words: str) -> str:
    """Return words as labels are compared: small, single blanks, no punctuation at the ends."""
    return re.sub(r"\s+", " ", re.sub(r"[.,:;?*_#\"”“'’()\[\]]+", " ", words)).strip().lower()


@lru_cache(maxsize=20_000)
def label_of(words: str, *, with_colon: bool = False) -> Label | None:
    """Return what a label announces.

    A slip is forgiven in a long label, and in a short one that a colon marks as a label.
    """
    folded = fold(words)
    if not folded or len(folded) > 45 or re.search(r"\bKL\b", words):
        return None  # KL is the association of municipalities, not a time
    if folded not in labels():
        folded = re.sub(r"(?<=\w) (?:for|af) mødet$|(?<=[a-z]et) var$", "", folded)
    if folded in labels():
        return labels()[folded]
    # "Deltagere fra Boligselskabet Sejlet" has a name in it.
    if (label := of_people(folded)) and not re.search(r"\s[A-ZÆØÅ]\w+e[nt]\b", words):
        return label
    if len(folded) < 5:
        return None
    for pattern, label in PATTERNS:
        if pattern.fullmatch(folded):
            return label
    parts = {label_of(part) for part in re.split(r"\s*/\s*", folded)} if "/" in folded else set()
    if (first := folded.split("/")[0]) and parts and (None not in parts or " / " in folded):
        return label_of(first)  # "Tid/sted", "Sted / Plats"
    if len(folded) < (5 if with_colon else LONG) or re.search(r"\d", folded):
        return None
    # One slip in a short word, or two in a long one.
    cutoff = 80 if len(folded) < 7 else 88
    found = process.extractOne(folded, long_labels(), scorer=fuzz.ratio, score_cutoff=cutoff)
    # A short word with another first letter is another word: "Teams" is not "items".
    if (
        found
        and abs(len(found[0]) - len(folded)) <= 2
        and (cutoff > 80 or found[0][0] == folded[0])
    ):
        return labels()[found[0]]
    ends = LABEL_ENDS if with_colon and " " not in folded else ()
    return next((label for heads, label in ends if folded.endswith(heads)), None)
