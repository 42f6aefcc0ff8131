"""The words of the half that only scores the reader. Nobody develops on them."""

from tests.intake.reader.generator.content import Words, listed

WORDS = Words(
    first=listed("""
        Bente | Torben | Ole | Inger | Karin | Niels | Jørgen | Lone | Gitte | Claus | Dorthe | Kim
        Tina | Rasmus | Frederik | Ida | Signe | Trine | Allan | Bjarne | Erling | Gerda | Helle
        Ivan | Jonna | Knud | Kaj | Lillian | Nils-Ole | Marie-Louise | Per-Henning | Lise-Lotte
        Yusuf | Amira | Zainab | Dragan | Ewa | Ricardo | Hjalte | Vibeke | Winnie | Preben
        Poul-Erik | Agnete | Sigurd | Tove | Ragnhild | Mikkel | Sif | Otto | Hedvig | Nicolai
    """),
    last=listed("""
        Andersen | Christensen | Larsen | Petersen | Jørgensen | Christiansen | Iversen | Dahl
        Klit | Steffensen | Vinther | Overgaard | Thorup | Lassen | Borup | Ladefoged | Kofoed
        Bisgaard | Clausen | Graversen | Hvid | Kirkegaard | Mølgaard | Nørgaard | Riis | Sand
        Søndergaard | Therkildsen | Ulriksen | Vad | Wulff | Ørsted | Degn | Balle | Egholm | Gade
        Hald | Aagesen | Enevoldsen | Sloth | Bonde | Tang
    """),
    whole=listed("""
        Thi Lan Pham | Goran Petrović | Amina Sheikh Ahmed | Óscar Fernández | Eva-Maria Schröder
        Mohammed El-Khatib | Aputsiaq Lynge | Oddný Björgvinsdóttir | Ludovica De Santis
        Knud J. Westergaard | Anders Peter Brix-Thuesen | Siv Åkesson | Tove E. Bjerre
        Li Na | Jákup í Dali | Ursula van der Heijden | Şebnem Kaya | Hans Ulrik von Rosen
    """),
    towns=listed("""
        Odder | Svendborg | Slagelse | Holstebro | Ikast | Gribskov | Assens | Rebild | Viborg
        Kerteminde | Struer | Solrød | Frederikssund | Haderslev | Nakskov | Middelfart
    """),
    things=listed("""
        Muleposen | Karlsvognen | Drivhuset | Fyrtårnet | Tømmerflåden | Ankeret | Hjertestien
        Nabo | Blomsterløget | Fremdrift | Genvej | Spisekammeret | Klitten | Sansehaven | Mølleåen
    """),
    organisations=listed("""
        {town} Kommune | {town} Kommune | {town} Kommune | {town} Sogns Menighedsråd
        FOA {town} | Røde Kors {town} | Kirkens Korshær {town} | Boligkontoret {town}
        {town} Almene Boliger | DAB | Handicaprådet i {town} | Socialstyrelsen | UCN | SOSU {town}
        Styrelsen for Arbejdsmarked og Rekruttering | Region Syddanmark | Fonden for {thing}
        Professionshøjskolen Absalon | SDU | {town} Ungdomsskole | Business {town}
        Væksthus {town} | Ældre Sagen {town} | Café {thing} | {thing} Holding A/S | {thing} IVS
        Andelsselskabet {thing} | Kooperationen | Dansk Erhverv | HK {town} | {thing}-fonden
        Selveje Danmark | Den Sociale Virksomhed {thing} | {town} Produktionsskole
        Menneskebiblioteket | {town} Bibliotekerne | {thing} – Hus for Alle | INSP
    """),
    bodies=listed("""
        Menighedsrådet ved {town} Kirke | Afdelingsbestyrelsen for {thing}
        Handicaprådet i {town} Kommune | Dialogforum for socialøkonomi i {town}
        Brugerrådet på {thing} | Forældrebestyrelsen i Børnehuset {thing}
        Repræsentantskabet for {thing} | Grundejerforeningen {thing} | Advisory board for {thing}
        Koordinationsgruppen for Socialt Ansvar | Integrationsrådet i {town}
        MED-udvalget i Jobcenter {town} | Andelsboligforeningen {thing}
        Interreg-projektet {thing} | Det Lokale Beskæftigelsesråd i {town}
    """),
    roles=listed("fmd. | tovholder | dirigent | observatør | sekretær | ordstyrer | gæst"),
    titles=listed("""
        centerchef | viceskoleleder | erhvervskonsulent | souschef | specialkonsulent | fundraiser
        driftsleder | faglig leder | kontorchef | CSR-ansvarlig | adm. direktør | sognepræst
    """),
    places=listed("""
        Sognegården | Café Nabo, Nygade 41 | Byrådssalen | lokale D-117 | Store Sal, Kulturstationen
        afdelingskontoret | Vindegade 72, 5000 Odense C | Foredragssalen
        mødelokale Lillebælt, 2. th. | personalerummet | Multihuset, opgang 4 | Ungdomsskolens café
    """),
    platforms=listed("Google Meet | MS Teams | Zoom | Webex | Teams"),
    agenda=listed("""
        Opfølgning på beslutninger fra mødet i {month} | Regnskab 2. kvartal/budgetrevision 3
        Ny aftale med {town} Kommune om arealerne ved banen og den gamle godsbygning
        Meddelelser | Budgetopfølgning | Godkendelse af referat fra sidste møde
        Nyt fra udvalgene | Arbejdsmiljø og trivsel | Vedligeholdelsesplan | Indkomne forslag
        Sommerfest på {thing} | Handleplan for det kommende år | Orientering fra forvaltningen
        Partnerskabsaftale med {town} Kommune | Hvem køber socialt ind? | Brandsikkerhed
        Opsamling på studietur til {town} | Ansættelse af ny daglig leder | Status fra projekterne
        Tilgængelighed i det offentlige rum | Udkast til kommissorium | Temadrøftelse: Unge uden job
        Forslag om fælles vaskeri | Høring om ny lokalplan | Nye medlemmer af gruppen
        Forretningsorden | Forberedelse af repræsentantskabsmøde | GDPR og samtykker
    """),
    first_items=listed("Indledning | Valg af dirigent | Dagsorden | Goddag og præsentation"),
    last_items=listed("Evt. | Eventuelt | Tak for i dag | Evaluering af mødet"),
    call_items=listed("Fundraising | Ansøgningsmuligheder"),
    details=listed("""
        Herunder bilag 2 og 3 | Hvem tager teten? | Kort oplæg, derefter gruppearbejde
        Sagen er tidligere behandlet
    """),
    rounds=listed("Status fra projekterne | Nyt fra udvalgene"),
    next_items=listed("Mødekalender | Kommende møde"),
    prose=listed("""
        Ansøgningen til Augustinus Fonden blev ikke imødekommet.
        Ansøgere til stillingen indkaldes til samtale den {day}. {month}.
        Formanden takkede for det store arbejde, der er lagt i sagen.
        {first} orienterede om forløbet. Der udestår en afklaring med {town} Kommune.
        Punktet blev drøftet, og der var forskellige holdninger til forslaget.
        Afdelingen har fået tilbud på {amount} kr. fra en entreprenør i {town}.
        {outsider} er ansat som ny projektmedarbejder og begynder den {day}. {month}.
        Sidste frist for at betale kontingent er den {day}. {month}.
        Høringsfristen er den {day}. {month}, og svaret skrives af {first}.
        Gruppen besøgte {town} i {month} og så blandt andet det gamle pakhus.
        {outsider} har sendt en mail om parkeringsforholdene.
        Yderligere oplysninger: {link}
        Præsentationen kan hentes her: {link}
        {count} beboere mødte op til informationsmødet i Multihuset.
        {name} foreslog, at man spørger {outsider} til råds.
        Der mangler stadig hænder til opgaven.
        Rådet afgav et mundtligt høringssvar på mødet i {month}.
        Telefonen er fremover åben fra kl. 9 til 12.
    """),
    decisions=listed("""
        Tiltrådt. | Vedtaget enstemmigt. | Til orientering. | {first} følger op.
        Forslaget blev nedstemt. | Drøftet. | Rådet anbefaler forslaget.
        Enighed om at gå videre med {first} som tovholder.
    """),
    calls=listed("""
        Kulturpuljen Øst | Bydelspuljen | Grønne Nabolag | ESF+ Social Inclusion
        Puljen til udsatte unge | Fonden for Lokal Handlekraft | Erasmus+ Small-scale Partnerships
        Velfærdspuljen | Horizon Missions: Climate-Neutral Neighbourhoods | Frivilligpuljen
        Smart Rural Communities | Puljen Sammen om Maden
    """),
    hosts=listed("""
        https://muleposen.example | https://www.karlsvognen.example/nyt | www.forum-social.example
    """),
)
