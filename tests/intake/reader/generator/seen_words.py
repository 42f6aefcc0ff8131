"""The words of the half that the reader is developed on."""

from tests.intake.reader.generator.content import Words, listed

# Danish surnames after places: of which no list has all.
FARMS = listed("Thor | Kjær | Bjerre | Elme | Vind | Sten | Bøge | Ulv | Mark | Sol | Hol | Lyng")
KINDS = listed("gaard | vig | holt | dahl | bæk | mose | strup | borg | rød | ager")

WORDS = Words(
    first=listed("""
        Anne | Peter | Mette | Lars | Hanne | Søren | Kirsten | Jens | Camilla | Thomas | Louise
        Henrik | Charlotte | Martin | Susanne | Jesper | Pia | Morten | Lene | Michael
        Anne-Mette | Hans-Henrik | Ann-Sofie | Karl-Erik | Aisha | Mehmet | Fatima | Ali
        Emilie | Oskar | Nanna | Gustav | Birgitte | Flemming | Jytte | Ejvind | Solveig | Yrsa
        Torkild | Aase | Åge | Øjvind | Ditte | Malthe | Rikke | Esben | Ulla | Viggo
        Asbjørn | Bodil | Dagmar | Frode | Gurli | Hjalmar | Inger-Lise | Jarl | Knud Erik
        Lilian | Mogens | Niels Ole | Ove | Poula | Regnar | Uffe
        Alberte | Bertram | Filippa | Gorm | Johanne | Magne | Silje | Villads
        Bilal | Dilan | Emre | Goran | Hodan | Ivana | Jamal | Khadija | Leyla
        Mustafa | Omar | Rashid | Selma | Tariq | Zahra | Anne Marie | Hans Peter | Ruth
        Vagn | Kurt | Sanne | Jannik | Tobias
    """),
    last=listed("""
        Jensen | Nielsen | Hansen | Pedersen | Sørensen | Rasmussen | Madsen | Kristensen
        Olsen | Thomsen | Møller | Mortensen | Poulsen | Johansen | Knudsen | Lund | Holm
        Schmidt | Mikkelsen | Bech | Friis | Dam | Kjeldsen | Skov | Bruun | Ravn | Toft
        Nygaard | Brandt | Lauridsen | Vestergaard | Ågaard | Østergaard | Hedegaard | Krogh
        Juul | Bang | Winther | Bundgaard | Stald | Fogh | Buhl
    """)
    + [first + last for first in FARMS for last in KINDS],
    whole=listed("""
        Nguyen Van Minh | Sükran Yilmaz | Björn Lindqvist | Maria del Carmen Ortiz
        Hassan Abdi Mohamed | Katarzyna Wójcik | Jean-Luc Moreau | Anna Sofie von Bülow
        Pavel Dvořák | Priya Ramanathan | Jan Ole de Neergaard | Liv Ingeborg Å. Dahl | Chen Wei
        Rósa Jónsdóttir | Bo Ib
        Poul E. Thorup | Maja-Lisa Holst | Jens P. Kirkeby | Thi Hoa Tran | Mohammad Al-Hassan
        Sinéad O'Connor Bak | Lars von der Lippe | Tina Ros
    """),
    towns=listed("""
        Aalborg | Vejle | Herning | Silkeborg | Nyborg | Køge | Hvidovre | Lejre | Skive
        Tønder | Morsø | Faxe | Ishøj | Varde | Ringsted
        Hjørring | Odder | Assens | Greve | Vordingborg | Brønderslev | Thisted
        Svinninge | Hundested | Kolind | Ørbæk | Bramming | Sæby | Hornslet | Jyderup | Skjern
        Nordborg | Padborg | Rudkøbing | Nexø | Haslev | Tinglev | Ulfborg | Vemb | Gilleleje
    """),
    things=listed("""
        Havblik | Solsikken | Brobyggeren | Fællesskabet | Kompasset | Nye Veje | Håndværket
        Grobund | Vendepunktet | Springbrættet | Madværket | Lyspunktet | Værestedet
        Rosenhaven | Mariehønen | Broen | Ny Start | Kløverengen | Fjordblik | Tandhjulet
        Nordlyset | Kilden | Egelyet | Rampen | Hjørnet | Tagstenen | Fyrtårnet | Medvind
        Stafetten | Klokkeblomsten | Gadekæret | Sejlet | Ørnereden | Vejviseren
    """),
    organisations=listed("""
        {town} Kommune | {town} Kommune | {town} Kommune | Fonden {thing} | {thing} ApS
        {thing} A/S | Foreningen {thing} | Boligselskabet {thing} | {town} Boligforening
        {town} Erhvervsråd | Region Nordjylland | Erhvervsstyrelsen | Dansk Industri
        {town} Frivilligcenter | VIA University College | KL | Jobcenter {town} | {thing}
        Den Selvejende Institution {thing} | Landsforeningen {thing} | {town} Gymnasium
        Netværket {thing} | 3F {town} | {thing} & Co. | Aalborg Universitet | ALS
        Børnehaven {thing} | FOA {town} | HK {town} | {thing} I/S | Menighedsrådet i {town}
        Grundejerforeningen {thing} | Center for {thing} | {town} Musikskole | Røde Kors
        SOSU {town} | Arbejdstilsynet | Beskæftigelsesministeriet | Social- og Boligstyrelsen
        Rådgivende Ingeniører {thing} P/S | {town} Idrætsforening | Coop Danmark | Sydbank
        Det Grønne Hus | {town} Provsti | Aarhus Universitet | Ældre Sagen {town}
    """),
    bodies=listed("""
        Netværk for sociale indkøb i {town} | Partnerskabet {thing} | Foreningen {thing}
        styregruppen for {thing} | bestyrelsen i Foreningen {thing} | Arbejdsgruppen {thing}
        følgegruppen for projekt {thing} | bestyrelsen for {town} Boligforening
        Taskforce for grønne job | Socialudvalget i {town} Kommune
        Udvalget for Beskæftigelse og Erhverv | Skolebestyrelsen på {town} Skole
        {town} Sogns Menighedsråd | Forældrebestyrelsen i Børnehaven {thing}
        Udvalget for Børn og Unge i {town} Kommune | Grundejerforeningen {thing}
        hovedbestyrelsen i {town} Idrætsforening | afdelingsbestyrelsen i {thing}
        MED-udvalget på Jobcenter {town} | {town} Erhvervsråd | Ældrerådet i {town} Kommune
        Klubbestyrelsen i FOA {town} | det tværgående udvalg om socialt ansvar
        projektgruppen for {thing} | Advisory Board for {thing} | Lokalrådet i {town}
    """),
    roles=listed("""
        formand | referent | mødeleder | næstformand | kasserer | suppleant
        sekretær | tillidsrepræsentant | bestyrelsesmedlem | observatør | ordstyrer
    """),
    titles=listed("""
        konsulent | projektleder | direktør | indkøbschef | chefkonsulent | jurist
        udbudskonsulent | afdelingsleder | udviklingskonsulent
        skoleleder | sognepræst | økonomichef | pædagog | professor | arkitekt | driftschef
        specialkonsulent | fuldmægtig | områdeleder | kommunikationsmedarbejder | økonom
    """),
    places=listed("""
        Rådhuset, lokale 3 | Medborgerhuset | Kulturhuset, sal B | Frivilligcentret, 1. sal
        mødelokale 2.14 | kantinen | Torvegade 12, 7100 Vejle | biblioteket | fælleshuset
        Fonden Havblik, Strandvejen 4
        Borgerhuset Kløverengen | sognegården | skolens bibliotek | personalestuen | klubhuset
        Vejlevej 8, 1. sal, 8700 Horsens | beboerlokalet, Birkevej 40 | Erhvervshuset
        Campus Horsens, lokale B2.11 | Multihallen | mødelokale Storken | Det Hvide Hus
        Dansk Industri, H.C. Andersens Boulevard 18 | byrådssalen | mødelokale 4, stuen
    """),
    platforms=listed("""
        Teams | Zoom | Microsoft Teams
        Google Meet | Webex | Skype
    """),
    agenda=listed("""
        Godkendelse af referat fra mødet den {day}. {month} | Besøg fra {town} Kommune
        Drøftelse af, hvordan netværket kan hjælpe flere unge i praktik i mindre virksomheder
        Økonomi | Status på projektet | Ny strategi for {thing} | Valg af formand
        Orientering fra formanden | Sociale klausuler i udbud | Bordet rundt
        Regnskab og budget | Ansøgning om midler | Kommunikation og hjemmeside | Årshjul
        Evaluering af temadag i {town} | Samarbejde med {town} Kommune
        Hvordan får vi flere med? | Vedtægtsændringer | Planlægning af konference
        Nyt fra medlemmerne | Barrierer og mulige indsatser | Opfølgning på sidste møde
        Drøftelse af indkøbspolitik | Rekruttering af frivillige | Frivilligfest
        Fremtidens arbejdsmarked – hvad gør vi? | Sager til beslutning
        Meddelelser | Budget og regnskab – første drøftelse | Principper for samarbejde med hjemmet
        Trivselsmåling | Vedligehold af bygninger | Gudstjenester og kirkelige handlinger
        Udlejning og venteliste | Generalforsamling den {day}. {month} | Stævner og turneringer
        Nyt fra udvalgene | Arbejdsplan for efteråret | Personalesager | Høringssvar om ny lov
        Forretningsorden | Medlemstal og kontingent | Indkøb af legeredskaber | Kvalitetsrapport
        Tilsynsrapport for {thing} | Hjertestarter i hallen | Opsamling på workshop i {town}
        Arbejdsmiljø og sygefravær | Status på indsatser: job, praktik og fritid | Sponsorer
        Lukket punkt | Hvad skal der ske i {month}? | Work package 2 | Fælles kørsel og madordning
        Status fra arbejdsgrupperne (kommunikation, økonomi og events) | Ny leverandør af frokost
        Besøg af {town} Frivilligcenter | Skal vi holde åbent hus? | Rådets opgaver
    """),
    first_items=listed("""
        Velkomst | Velkommen | Godkendelse af dagsorden | Valg af ordstyrer
        Valg af dirigent | Formalia | Præsentationsrunde | Mødets åbning
    """),
    last_items=listed("""
        Eventuelt | Evt. | Afrunding
        Næste skridt | Evaluering af mødet | Eventuelt og tak for i dag
    """),
    call_items=listed("""
        Fonde og puljer | Puljer, der kan søges
        Aktuelle puljer | Finansiering | Fondsansøgninger
    """),
    details=listed("""
        Hvad skal vi prioritere? | Oplæg ved sekretariatet og drøftelse | Bilag er sendt ud
        Skal der nedsættes en arbejdsgruppe?
        Se bilag 2 | Orientering og spørgsmål | Beslutning om det videre arbejde
    """),
    rounds=listed("Bordet rundt | Nyt fra medlemmerne"),
    next_items=listed("""
        Næste møde | Dato for næste møde
        Kommende møder | Næste mødedato
    """),
    prose=listed("""
        Tilmelding til studieturen sker til {first} senest den {day}. {month}.
        Der er desværre kommet afslag fra Tuborgfondet.
        {first} bød velkommen og fortalte kort om baggrunden.
        {first} gennemgik tallene. Der er brugt {amount} kr. indtil nu.
        Der var en god drøftelse af, hvordan opgaven kan løses.
        {outsider} har tilbudt at komme og holde et oplæg.
        Flere ønskede mere tid til emnet.
        {name} henviste til erfaringerne fra {town}.
        Se mere på {link}
        Der er {count} tilmeldte til temadagen, som holdes på biblioteket i {town}.
        {outsider} fra {town} Kommune kontaktes om et samarbejde.
        Materialet ligger på {link} og må gerne deles.
        Arbejdsgruppen mødes igen inden sommer.
        {first} spurgte, om fristen den {day}. {month} kan holdes. Det mente {outsider}, at den kan.
        Stillingen som projektmedarbejder slås op snarest.
        I alt {count} borgere har været igennem forløbet siden sidste år.
        {outsider} fra Fonden {thing} ringer, når svaret foreligger.
        Mødet med forvaltningen er flyttet til den {day}. {month}.
        Kommunens egen pulje er opbrugt for i år.
        Der var spørgsmål til afskrivningerne, som {first} svarede på.
        Bilaget blev omdelt på mødet.
        Forslaget blev sendt til afstemning: {count} stemte for, og ingen stemte imod.
        Ansøgningen blev sendt den {day}. {month}, og der ventes svar inden jul.
        {name} deltager i konferencen i {town} den {day}. {month} kl. 10.00-15.00.
        Punktet genoptages, når {outsider} er tilbage fra orlov.
        Der er indkommet {count} svar på spørgeskemaet, som lukker den {day}. {month}.
        Vi mangler fortsat to til bestyrelsen. {first} spørger {outsider}.
        Rengøringen fungerer ikke: Der er klager fra både brugere og personale.
        Ledelsen orienterede om, at {count} elever er indskrevet til næste skoleår.
        Taget er utæt igen. Tilbuddet fra tømreren er på {amount} kr. ekskl. moms.
        Husk at betale kontingent senest den {day}. {month}.
        Spørgsmålet er, om opgaven kan løses sammen med {town} Kommune.
        Flere gav udtryk for, at møderne med fordel kan være kortere.
    """),
    decisions=listed("""
        Godkendt.
        Taget til efterretning.
        Det blev aftalt, at {first} arbejder videre.
        Indstillingen blev godkendt.
        {first} sender et udkast rundt.
        Udsat til næste gang.
        Enstemmigt vedtaget.
        Drøftet.
        {first} tager kontakt til {town} Kommune.
        Orienteringen blev taget til efterretning.
        Ingen bemærkninger.
        Forslaget sendes i høring.
        Vi prøver det af i et halvt år.
    """),
    calls=listed("""
        Landdistriktspuljen | Social Economy Skills | Puljen til aktive fællesskaber
        Nordplus Voksen | Buying for Social Impact | Lokale Fællesskaber 2.0
        Puljen Vejen til job | European Social Innovation | Mad til Alle-puljen
        Grøn Omstilling i Boligområder | Erasmus+ Small-scale Partnerships | Velfærdspuljen
        Kulturfonden Lyspunktet | ESF+ Social Innovation | Udviklingspuljen for små skoler
        Inclusive Labour Markets | Puljen til frivilligt socialt arbejde | Naturfonden
        § 18-puljen | Fritidspas for alle | LIFE Circular Cities
    """),
    hosts=listed("""
        https://www.havblik.example | https://pulje.example/soeg | www.netvaerk.example
        https://fonden.example/ansoeg | www.kommunen.example/moeder
    """),
)
