"""The labels and headings of minutes, in Danish and English: what each announces."""

import re
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz import fuzz, process


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
        deltagere|deltager|deltagende|deltog|deltagerliste|deltagerkreds|tilstede|til stede|
        tilstedeværende|fremmødte|fremmødt|fremmøde|mødedeltagere|mødt|mødte|fysisk til stede|
        til stede fra bestyrelsen|medlemmer til stede|tilstede fra bestyrelsen|deltog i mødet|
        i mødet deltog|følgende deltog|nedenstående deltog|på mødet deltog|deltagere online|
        deltagere fysisk|deltog online|deltog fysisk|deltog via teams|online deltagere|
        deltagere i salen|deltagere i mødet|mødet havde deltagelse af|tilstede på mødet|
        til stede var|tilstede var|mødt op|med var|med på mødet|med på mødet var|med i dag|
        vi var|til mødet kom|til mødet mødte|desuden deltog|endvidere deltog|øvrige deltagere|
        andre deltagere|gæster|gæst|observatører|observatør|present|participants|participant|
        attendees|attendee|attending|attended|in attendance|also present|also in attendance|
        those present|members present|participating|list of participants|observers|observer|
        guests|guest|online participants""",
    Label.CATEGORY: """
        fysisk|online|i salen|i lokalet|med online|med på teams|på teams|online på teams|
        via teams|tilforordnede|fra sekretariatet|sekretariatet|sekretariat|bestyrelsen|
        bestyrelse|bestyrelsesmedlemmer|medlemmer|suppleanter|ledelsen|forretningsudvalget|
        øvrige|andre|eksterne|eksterne deltagere|kommuner|virksomheder|
        socialøkonomiske virksomheder|fonde|sociale virksomheder|organisationer|myndigheder|
        netværk|ansatte|medarbejdere|inviterede|særligt inviterede|oplægsholdere|
        medlemsorganisationer|civilsamfund|civilsamfundet|erhvervsliv|erhvervslivet|staten|
        det offentlige|private|foreninger|interesseorganisationer|members|board members|board|
        secretariat|staff|speakers|invited|invited guests|remote|in person|in the room|
        municipalities|social enterprises|networks|foundations|public authorities|experts|
        partners""",
    Label.ABSENT: """
        afbud|afb|afbud fra|frafald|orlov|sygdom|sygemeldt|sygemeldte|fraværende|
        fraværende med afbud|
        fraværende uden afbud|ikke til stede|
        ikke tilstede|ikke mødt|desværre ikke|måtte melde fra|blev hjemme|ej til stede|
        meldt afbud|med afbud|uden afbud|udeblevet|udeblevne|forhindret|forhindrede|fravær|
        ikke deltagende|ikke med|deltog ikke|kunne ikke deltage|kunne ikke komme|meldt fra|
        not able to join|unable to join|not able to attend|could not attend|could not come|
        sent apologies|var ikke med|fraværende med afbud var|afbud modtaget fra|afbud og fravær|
        meldt forfald|forfald|forfald fra|der var afbud fra|der er modtaget afbud fra|
        følgende havde meldt afbud|afbud er modtaget fra|afmeldt|afmeldte|hvem manglede|apologies|
        apologies for absence|apologies received|apologies from|excused|absent|regrets|absentees|
        not present|absent with apologies|absent without apologies|excused absences|
        unable to attend""",
    Label.AGENDA: """
        dagsorden|dagsorden var|dagsordenen|dagsordenen var|foreløbig dagsorden|
        mødets dagsorden|program|mødeplan|dagsordenspunkter|punkter|indhold|indholdsfortegnelse|
        dagens program|godkendt dagsorden|tidsplan|plan for mødet|dagens punkter|
        punkter til mødet|punkter til drøftelse|sådan gik dagen|punkter på dagsordenen|
        mødets program|dagsorden for mødet|agenda|draft agenda|agenda items|items|programme|
        programme of the day|contents|table of contents|order of business""",
    Label.MINUTES: """
        referat|referatet|beslutningsreferat|mødereferat|referat af mødet|referat fra mødet|
        konklusioner|noter|mødenoter|drøftelser|gennemgang af punkterne|
        behandling af dagsordenen|referat af punkterne|kort referat|referat pr punkt|
        drøftelser og beslutninger|resumé|opsummering af mødet|minutes|minutes of the meeting|
        discussion|discussions|notes|proceedings|record of discussion|summary of discussion""",
    Label.ROUND_TABLE: """
        bordet rundt|runde|runden|præsentationsrunde|præsentation|nyt fra deltagerne|
        nyt fra medlemmerne|siden sidst bordet rundt|orientering fra deltagerne|kort runde|
        en runde|bordrunde|deltagerrunde|nyt fra organisationerne|round table|roundtable|
        tour de table|updates from members|member updates|round of introductions|
        news from members""",
    Label.ACTIONS: """
        opgaver|opgaveliste|aktioner|aktionsliste|aktionspunkter|handlinger|handlingspunkter|
        handleliste|to do|todo|to-do|to do liste|opfølgning|opfølgningspunkter|aftaler|
        aftalte opgaver|aftalt på mødet|næste skridt|det aftalte vi|hvem gør hvad|
        hvem skal hvad|hvem gør hvad hvornår|aftalt|opfølgningsliste|opgaver til næste gang|
        opgaver til næste møde|opgaver og ansvarlige|opfølgende opgaver|beslutninger og opgaver|
        beslutningsliste|aftaleliste|action|handling|aktion|opgave|vi aftalte|huskeliste|husk|
        tovholdere og frister|actions|action points|action items|action list|next steps|
        follow up|follow-up|tasks|agreed actions|actions agreed|to do list""",
    Label.NEXT: """
        næste møde|nyt møde|næste møde er|næste mødedato|næste bestyrelsesmøde|næste møder|
        kommende møder|nye mødedatoer|dato for næste møde|tid og sted for næste møde|næste gang|
        næstkommende møde|kommende møde|mødedatoer|næste møde i taskforcen|mødekalender|
        fastlæggelse af næste møde|kommende mødedatoer|datoer for de næste møder|næste mødedatoer|
        mødeplan|datoer for kommende møder|aftale om næste møde|næste møde i netværket|
        næste taskforcemøde|næste møde i gruppen|next meeting|next call|date of next meeting|
        next meetings|future meetings|upcoming meetings|date and place of next meeting|
        dates of next meetings|date of the next meeting""",
    Label.NEWS: """
        nyheder|relevante nyheder|relevante nyheder og materialer|nyheder og materialer|
        materialer|materiale|links|link|nyttige links|relevante links|nyt|læs mere|
        bilag og links|relevant materiale|nyheder og links|læsestof|inspiration|til inspiration|
        godt at vide|nyt fra omverdenen|nyt udefra|henvisninger|kilder|news|useful links|
        materials|relevant links|resources|news and materials|further reading|documents|
        news and links""",
    Label.CALLS: """
        eu-calls|eu calls|calls|opslag|åbne opslag|åbne calls|puljer|puljer og opslag|
        aktuelle puljer|nye opslag|penge at søge|puljer lige nu|puljer at søge|
        muligheder for støtte|ansøgningsmuligheder|finansiering|finansieringsmuligheder|
        ansøgningsfrister|aktuelle opslag|fonde og puljer|open calls|funding opportunities|
        funding|calls for proposals|eu funding|funding news|grants|current calls|upcoming calls""",
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
        mødenummer|mødenr|møde nr|møde nummer|referat nr|meeting no|meeting number""",
    Label.ROLE: """
        mødeleder|referent|ordstyrer|dirigent|formand|forperson|næstformand|sekretær|kasserer|
        kontaktperson|referent og ordstyrer|tovholder|vært|for referat|referatskriver|
        mødeindkalder|indkalder|ref|sagsbehandler|facilitator|mødeledelse|chair|chaired by|
        chairperson|minutes by|minute taker|minutes taken by|note taker|notes by|taken by|
        secretary|rapporteur|host|moderator|minute-taker|notetaker""",
    Label.DECISION: """
        beslutning|beslutninger|sagsfremstilling|indstilling|konklusion|drøftelse|baggrund|sag|
        formål|bemærkninger|status|orientering|besluttet|vedtaget|resultat|beskrivelse|
        indstilles|tidligere beslutninger|decision|decisions|background|conclusion|conclusions|
        outcome|purpose|decided""",
    Label.RESPONSIBLE: """
        ansvarlig|ansvarlige|ved|v|oplæg ved|hvem|tovholder|indleder|punktansvarlig|punktejer|ansv|
        oplægsholder|facilitator|fremlægger|fremlægges af|præsenteres af|
        responsible|owner|lead|presenter|who|led by""",
    Label.DEADLINE: """
        deadline|frist|ansøgningsfrist|tidsfrist|senest|hvornår|inden|when|due|due date|by when|
        closing date|application deadline""",
    Label.OTHER: """
        bilag|kopi|cc|kopi til|fordeling|udsendt til|sendt til|sendes til|emne|fra|til|vedr|
        vedrørende|udvalg|organisation|forum|telefon|mail|e-mail|att|distribution|copy|annex|
        annexes|attachments|subject|sent|to|from|re|mødetype|type|mødets form|mødetitel|
        underskrifter|
        underskrift|signatur|godkendt|sagsnr|journalnr|næste sag|udarbejdet|udarbejdet af|
        journalnummer|dokumentnr|link til mødet|mødelink""",
}


HEADINGS: dict[Column, str] = {
    Column.TIME: """
        tid|tidspunkt|kl|klokken|klokkeslæt|time|når|tidsplan|varighed|start|
        fra kl|start kl|from""",
    Column.END: """
        til|slut|til kl|slut kl|to|end""",
    Column.ITEM: """
        dagsordenspunkt|punkt|punkter|emne|dagsorden|sag|item|agenda item|topic|subject|agenda|
        indhold|program|tema|titel|overskrift|pkt|dagsordenspunkter|sager|mødepunkt|topics|aktivitet""",
    Column.RESULT: """
        konklusion|beslutning|referat|drøftelse|resultat|noter|konklusioner|beslutninger|
        drøftelse og beslutning|bemærkninger|decision|conclusion|notes|discussion|outcome|
        minutes|summary|aftale|aftalt|opsamling|referat og beslutning""",
    Column.WHO: """
        ansvarlig|ansvarlige|hvem|tovholder|responsible|who|owner|lead|ved|v|oplægsholder|oplæg|
        indlæg|
        ansvar|ansv|indleder|presenter|udføres af|action by|facilitator|fremlægger|fremlægges af""",
    Column.DEADLINE: """
        deadline|frist|hvornår|senest|dato|tidsfrist|søges senest|ansøgning senest|næste frist|
        lukker|
        ansøgningsdato|when|due|due date|by when|by|date|inden""",
    Column.SURNAME: """
        efternavn|surname|last name|family name""",
    Column.NAME: """
        fornavn|first name|given name|mødedeltager|repræsentant|repræsentanter|
        navn|deltager|deltagere|navne|person|name|participant|attendee|medlem|medlemmer|member|
        participants|fulde navn|full name|deltagernavn|hvem var med|mødedeltagere""",
    Column.ORGANISATION: """
        organisation|virksomhed|arbejdssted|kommune|forening|repræsenterer|fra|organization|
        affiliation|company|institution|partner|arbejdsplads|org|
        organisation/virksomhed|firma|afdeling|enhed|hvorfra|kommer fra|organisationer|virksomheder|
        kommuner|medlemsorganisation|område|udpeget af|forvaltning|skole|tilhørsforhold|hjemsted""",
    Column.MARK: """
        deltog|tilstede|til stede|fremmøde|status|fremmødt|mødt|present|attendance|attended|
        deltagelse|deltaget|deltager ja/nej|i lokalet|i salen|i rummet|fysisk|fremmødt fysisk|
        t|på stedet|deltog fysisk|in the room|in person|on site|onsite|kryds|med|
        til stede ja/nej""",
    Column.ONLINE: """
        online|teams|på teams|via teams|zoom|på zoom|via zoom|på skærm|skærm|virtuelt|deltog online|
        digitalt|remote|remotely|on teams|on zoom|via link|video""",
    Column.AWAY: """
        a|afbud|meldt afbud|fraværende|fravær|ikke mødt|ikke til stede|udeblevet|forfald|apologies|
        absent|excused|regrets|not present|meldt fra""",
    Column.TASK: """
        opgave|handling|aktion|opfølgning|hvad|task|action|what|to do|todo|opgaver|handlinger|
        aktionspunkt|action point""",
    Column.ROLE: """
        rolle|funktion|titel/rolle|stilling|role|position|function|land|country|post|
        rolle i gruppen|hverv|stillingsbetegnelse|job title|initialer|init|mail|e-mail|email|
        telefon|tlf|phone""",
    Column.NUMBER: """
        nr|no|#|pkt nr|punkt nr|number""",
    Column.LINK: """
        link|links|url|hjemmeside|læs mere|mere info|read more|more""",
    Column.CALL: """
        pulje|puljer|call|calls|opslag|fond|fonde|fond/pulje|pulje/fond|støtteordning|grant|
        grants|fund|funding|call title|navn på pulje""",
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


# Labels that people make up as they write: "Næste samling i netværket", "Aftaler fra i dag".
PATTERNS: list[tuple[re.Pattern[str], Label]] = [
    (re.compile(words), label)
    for label, words in (
        (
            Label.NEXT,
            r"(?:(?:dato|tid og sted|tid|tidspunkt|forslag) (?:for|til) )?(?:det )?"
            r"(?:næste|næstkommende|kommende) (?:[a-zæøå-]+ )?[a-zæøå-]*"
            r"(?:møde|møder|mødedato|samling|træf|session|mødegang|netværksdag|gang)"
            r"(?: (?:i|er|bliver|holdes|afholdes)(?: [a-zæøå-]+){0,3})?",
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
        (
            Label.ABSENT,
            r"(?:hvem|who) (?:var|deltog|kom|was|were|did) .{0,15}\b(?:ikke|not|absent)\b.*",
        ),
        (Label.CATEGORY, r"[a-zæøå]+s (?:øvrige )?medlemmer"),
        (
            Label.PRESENT,
            r"(?:hvem (?:var med|deltog|var der)|who (?:was|were) (?:there|present)|"
            r"med (?:på|via|over) (?:mødet|skærmen|opkaldet|linjen|zoom|teams)(?: var)?|"
            r"(?:deltagende|deltagere|mødedeltagere) [a-zæøå]+(?: og [a-zæøå]+)?|"
            r"(?:de|følgende) (?:var )?(?:fremmødte|tilstedeværende|til ?stede|mødt op)|"
            r"(?:mødedeltagere|deltagere|fremmødte|til ?stede|repræsenteret|mødt)"
            r"(?: (?:var|er|i|på|ved|op|frem|denne gang|"
            r"i dag|mødet|dagens møde)){1,3}|(?:in|around) the room|on the call)",
        ),
        (
            Label.ABSENT,
            r"(?:(?:der|er|var|med|havde|har|have|sendt|sent|modtaget|received|desværre) ){0,3}"
            r"(?:afbud|forfald|fravær|fraværende|forhindret|forhindrede|apologies|regrets)"
            r"(?: (?:fra|for|til|from|received|sent|modtaget|meldt|denne gang|i dag|med|uden|"
            r"grund|på|mødet|dagens møde|var|er|absence|with|without|notice)){0,4}",
        ),
        (
            Label.AGENDA,
            r"(?:på )?dagsordenen? (?:var|er|lød)(?: følgende)?|(?:(?:dagens|mødets|foreløbig|"
            r"endelig|godkendt|revideret|udsendt) )?"
            r"(?:dagsorden|program|køreplan|tidsplan|agenda|programme)"
            r"(?: (?:for|til|of|for the|of the) "
            r"(?:mødet|dagen|møde|meeting|day|i dag|\d{1,3}\.? møde))?",
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
    if not folded or len(folded) > 45:
        return None
    folded = re.sub(r"(?<=\w) (?:for|af) mødet$", "", folded) if folded not in labels() else folded
    if folded in labels():
        return labels()[folded]
    if len(folded) < 5:
        return None
    lead, _, rest = folded.partition(" ")
    if lead in ("ikke", "ej", "not") and label_of(rest) is Label.PRESENT:
        return Label.ABSENT
    for pattern, label in PATTERNS:
        if pattern.fullmatch(folded):
            return label
    parts = {label_of(part) for part in re.split(r"\s*/\s*", folded)} if "/" in folded else set()
    if parts and None not in parts:
        return label_of(folded.split("/")[0])
    if len(folded) < (5 if with_colon else LONG):
        return None
    # One slip in a short word, or two in a long one.
    cutoff = 80 if len(folded) < 7 else 88
    found = process.extractOne(folded, long_labels(), scorer=fuzz.ratio, score_cutoff=cutoff)
    if found and abs(len(found[0]) - len(folded)) <= 2:
        return labels()[found[0]]
    ends = LABEL_ENDS if with_colon and " " not in folded else ()
    return next((label for heads, label in ends if folded.endswith(heads)), None)
