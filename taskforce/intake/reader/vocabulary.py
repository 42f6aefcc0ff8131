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
        afbud|afbud fra|fraværende|fraværende med afbud|fraværende uden afbud|ikke til stede|
        ikke tilstede|ikke mødt|desværre ikke|måtte melde fra|blev hjemme|ej til stede|
        meldt afbud|med afbud|uden afbud|udeblevet|udeblevne|forhindret|forhindrede|fravær|
        ikke deltagende|ikke med|deltog ikke|kunne ikke deltage|kunne ikke komme|meldt fra|
        not able to join|unable to join|not able to attend|could not attend|could not come|
        sent apologies|var ikke med|fraværende med afbud var|afbud modtaget fra|afbud og fravær|
        meldt forfald|forfald|forfald fra|der var afbud fra|der er modtaget afbud fra|
        følgende havde meldt afbud|afbud er modtaget fra|apologies|apologies for absence|
        apologies received|apologies from|excused|absent|regrets|absentees|not present|
        absent with apologies|absent without apologies|excused absences|unable to attend""",
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
        fastlæggelse af næste møde|aftale om næste møde|næste møde i netværket|
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
        dato|mødedato|dato for mødet|dato og tid|dato og tidspunkt|mødedag|tid og dato|
        tid og sted|tid & sted|dato/tid|dato og sted|hvornår|date|meeting date|date and time|
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
        sted|stedet|mødested|lokale|lokation|lokalitet|adresse|hvor|mødelokale|mødeform|form|
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
        ansvarlig|ansvarlige|ved|v|oplæg ved|hvem|tovholder|indleder|punktansvarlig|punktejer|
        responsible|owner|lead|presenter|who|led by""",
    Label.DEADLINE: """
        deadline|frist|ansøgningsfrist|tidsfrist|senest|hvornår|inden|when|due|due date|by when|
        closing date|application deadline""",
    Label.OTHER: """
        bilag|kopi|cc|kopi til|fordeling|udsendt til|sendt til|sendes til|emne|fra|til|vedr|
        vedrørende|udvalg|organisation|forum|telefon|mail|e-mail|att|distribution|copy|annex|
        annexes|attachments|subject|sent|to|from|re|mødetype|mødetitel|underskrifter|
        underskrift|signatur|godkendt|sagsnr|journalnr|næste sag|udarbejdet|udarbejdet af|
        journalnummer|dokumentnr|link til mødet|mødelink""",
}


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
            Label.PRESENT,
            r"(?:hvem (?:var med|deltog|var der)|who (?:was|were) (?:there|present)|"
            r"med (?:på|via|over) (?:mødet|skærmen|opkaldet|linjen|zoom|teams)(?: var)?|"
            r"(?:de|følgende) (?:var )?(?:fremmødte|tilstedeværende|til ?stede|mødt op)|"
            r"(?:mødedeltagere|deltagere|fremmødte|til ?stede)(?: (?:var|er|i|på|ved|denne gang|"
            r"i dag|mødet|dagens møde)){1,3}|(?:in|around) the room|on the call)",
        ),
        (
            Label.ABSENT,
            r"(?:(?:der|er|var|med|havde|har|have|sendt|sent|modtaget|received|desværre) ){0,3}"
            r"(?:afbud|forfald|fravær|fraværende|forhindret|forhindrede|apologies|regrets)"
            r"(?: (?:fra|for|til|from|received|sent|modtaget|meldt|denne gang|i dag|med|uden|"
            r"grund|mødet|dagens møde|var|er|absence|with|without|notice)){0,4}",
        ),
        (
            Label.AGENDA,
            r"(?:(?:dagens|mødets|foreløbig|endelig|godkendt|revideret|udsendt) )?"
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


@cache
def labels() -> dict[str, Label]:
    """Return every label's words, folded, with what it announces."""
    return {fold(words): label for label, listed in WORDS.items() for words in listed.split("|")}


@cache
def long_labels() -> list[str]:
    """Return the labels that are long enough to be known again when misspelt."""
    return [words for words in labels() if len(words) >= 5]


def fold(words: str) -> str:
    """Return words as labels are compared: small, single blanks, no punctuation at the ends."""
    return re.sub(r"\s+", " ", re.sub(r"[.,:;*_#\"”“'’()\[\]]+", " ", words)).strip().lower()


@lru_cache(maxsize=20_000)
def label_of(words: str) -> Label | None:
    """Return what a label announces; one letter more, less or other in it is forgiven."""
    folded = fold(words)
    if not folded or len(folded) > 45:
        return None
    if folded in labels():
        return labels()[folded]
    if len(folded) < 5:
        return None
    for pattern, label in PATTERNS:
        if pattern.fullmatch(folded):
            return label
    # One slip in a short word, or two in a long one.
    cutoff = 80 if len(folded) < 7 else 88
    found = process.extractOne(folded, long_labels(), scorer=fuzz.ratio, score_cutoff=cutoff)
    return labels()[found[0]] if found and abs(len(found[0]) - len(folded)) <= 2 else None
