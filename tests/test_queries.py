"""How many queries a page makes: as many for 5 rows of everything as for 60, and no more than N."""

from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calls.calendar import keys as calendar_keys
from initiatives.models import CasePartner
from tests.conftest import LogIn
from tests.factories import make_case, make_organisation, make_secretary
from tests.growing import Growth
from tests.world import World

FEW, MANY = 5, 60

# Queries a page; to be logged in costs three of them: session, user and membership.
PUBLIC = {
    "/": 9,
    "/moeder/": 3,
    "{held}": 19,
    "{drafted}": 10,
    "{ahead}": 10,
    "{ahead}kalender.ics": 1,
    "{held}referat/versioner/": 3,
    "{held}referat/versioner/sammenlign/?fra=1&til=2": 10,
    "/barrierer/": 4,
    "/barrierer/?side=2": 4,
    "/barrierer/?tema=theme&status=open&sorter=dato&q=barrier": 5,
    "/prioritering/": 1,
    "{counted}": 7,
    "{counted}resultat.csv": 7,
    "{open}": 2,
    "/indsatser/": 4,
    "/indsatser/?status=proposed&q=initiative": 4,
    "/indsatser/?barriere={barrier_slug}&leder=home&vis=tidslinje": 7,
    "{initiative}": 8,
    "/barrierer/?sorter=stoette": 4,
    "/barrierer/?sorter=udsagn": 4,
    "/barrierer/barrierer.csv?sorter=udsagn": 2,
    "/barrierer/barrierer.xlsx": 2,
    "{barrier}": 14,
    "/opslag/": 5,
    "/opslag/?q=call": 5,
    "{consortium}": 3,
    "/opslag.ics": 1,
    "{own_calendar}": 5,
    "/eksempler/": 5,
    "/eksempler/?q=case": 5,
    "/eksempler/?slags=tender&sted=Odense&partner=elsewhere&barriere={barrier_slug}": 8,
    "{case}": 6,
    "{case}spoerg/": 1,
    "{call}": 8,
    "/nyt/": 2,
    "{news}": 1,
    "/organisationer/": 1,
    "{home}": 8,
    "/soeg/?q=open": 1,
    "/feed/": 9,
    "/soeg/": 0,
    "/meetings.ics": 1,
    "/sitemap.xml": 7,
    "/robots.txt": 0,
    "/om/": 0,
    "/privatliv/": 0,
    "/tilgaengelighed/": 0,
    "/bliv-medlem/": 0,
    "/bliv-medlem/tak/": 0,
}
MEMBERS = {
    "/min-side/om-mig/": 3,
    "/min-side/mail/": 4,
    "/": 12,
    "/min-side/": 27,
    "/min-side/mine-data/": 38,
    "{held}": 24,
    "/aftaler/": 5,
    "/aftaler/?hvis=vores&status=over-tid&side=2": 5,
    "{ahead}": 18,
    "{ahead}svar/": 5,
    "{ahead}bordet-rundt/": 7,
    "{ahead}dagsorden/foreslaa/": 5,
    "{reviewed}referat/gennemsyn/": 12,
    "{held}referat/bed-om-rettelse/?afsnit={told}": 4,
    "{barrier}": 19,
    "{barrier}udsagn/": 5,
    "{home}": 11,
    "{consortium}": 12,
    "{consortium}ret/": 4,
    "{consortium}partnere/ny/": 5,
    "{call}konsortier/nyt/": 4,
    "/opslagskalender/": 4,
    "/barrierer/ny/": 4,
    "/barrierer/ny/lignende/?titel=barrier": 4,
    "/prioritering/": 5,
    "/indsatser/": 7,
    "/indsatser/?hvis=vores": 7,
    "/indsatser/ny/": 5,
    "{initiative}": 12,
    "{open}": 9,
    "{counted}": 11,
    "{open}stem/": 9,
    "{call}": 14,
    "/eksempler/ny/": 3,
    "{draft_case}": 11,
    "{draft_case}ret/": 12,
    "{draft_case}smid-vaek/": 4,
    "{barrier}traek-tilbage/": 14,
    "{barrier}udsagn/{statement}/traek-tilbage/": 5,
    "{ahead}dagsorden/forslag/{proposal}/traek-tilbage/": 5,
}
SECRETARIAT = {
    "/sekretariat/": 28,
    "/sekretariat/anmodninger/{request}/": 7,
    "{drafted}": 25,
    "/aftaler/": 5,
    "{ahead}": 20,
    "{ahead}indkald/": 7,
    "{ahead}svar/": 5,
    "{ahead}rediger/": 4,
    "{ahead}aflys/": 4,
    "/moeder/ny/": 4,
    "/sekretariat/indlaes/": 5,
    "/sekretariat/indlaes/{to_review}/": 11,
    "/sekretariat/indlaes/{to_review}/bekraeft/": 14,
    "{drafted}referat/offentliggoer/": 35,
    "{drafted}referat/skriv/": 15,
    "{ahead}dagsorden/": 14,
    "{ahead}dagsorden/punkt/{planned}/": 8,
    "{ahead}dagsorden/forslag/{proposal}/afvis/": 7,
    "{reviewed}referat/gennemsyn/": 13,
    "{held}referat/ret/{told}/": 5,
    "{held}referat/ret-udfald/{decided}/": 5,
    "{held}referat/ret-aftale/ny/": 6,
    "{held}referat/ret-fremmoede/": 5,
    "{drafted}referat/tjek/": 26,
    "{drafted}referat/aftale/{point}/": 7,
    "/barrierer/udsagn-fra-referat/{passage}/": 8,
    "{barrier}ret/": 6,
    "/barrierer/": 8,
    "{barrier}": 16,
    "{barrier}laeg-sammen/": 6,
    "{barrier}laeg-sammen/?ind-i={other}": 17,
    "{barrier}del/": 6,
    "{barrier}loest/": 4,
    "{barrier}genaabn/": 4,
    "/prioritering/": 5,
    "{initiative}ret/": 9,
    "{initiative}fremdrift/": 5,
    "{initiative}afslut/": 4,
    "/opslag/": 8,
    "/opslag/ny/": 3,
    "/opslag/ny/udfyld/": 5,
    "{call}ret/": 9,
    "{consortium}": 12,
    "/eksempler/": 9,
    "{case}": 13,
    "{case}ret/": 12,
    "{case}svar-paa-rettelse/": 4,
    "/prioritering/ny/": 12,
    "{coming}": 11,
    "{coming}ret/": 10,
    "{coming}stemmeseddel/": 6,
    "{open}": 8,
    "{open}luk/": 7,
    "{counted}ugyldig/": 4,
    "{merged}skil-ad/": 5,
}
FEW_PARTNERS, MOST_PARTNERS = 1, 12


def counted(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(path)
    assert answer.status_code == 200, path
    return len(queries)


@pytest.mark.parametrize(
    ("who", "most"), [("stranger", PUBLIC), ("owner", MEMBERS), ("secretary", SECRETARIAT)]
)
def test_pages_ask_as_often_for_few_rows_as_for_many(who: str, most: dict[str, int], world: World):
    table = {filled_in(path, world): number for path, number in most.items()}
    browser = world.browser(who)
    Growth(world, FEW)
    look_again()
    for path in table:
        browser.get(path)  # the first time may fill what processes keep
    few = {path: counted(browser, path) for path in table}

    Growth(world, MANY - FEW)
    look_again()

    assert {path: counted(browser, path) for path in table} == few
    assert {path: few[path] for path in table if few[path] > table[path]} == {}


def look_again() -> None:
    """Let Postgres see how much there is by now; autovacuum does not look into a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def filled_in(path: str, world: World) -> str:
    """Return a path with the addresses and the keys of the world's rows in it."""
    rows = {name: row for name, row in vars(world).items() if hasattr(row, "get_absolute_url")}
    addresses = {name: row.get_absolute_url() for name, row in rows.items()}
    keys = ("request", "to_review", "point", "passage", "planned", "proposal", "told", "decided")
    return path.format(
        **addresses
        | {name: getattr(world, name).pk for name in keys}
        | {
            "statement": world.statement.pk,
            "other": world.other.slug,
            "barrier_slug": world.barrier.slug,
        }
        | {"reviewed": world.reviewed.meeting.get_absolute_url()}
        | {"own_calendar": urlsplit(calendar_keys.address(world.owner)).path}
    )


def test_form_of_a_case_asks_once_for_its_partners_choices(db: None, log_in: LogIn):
    secretary, case = log_in(make_secretary()), make_case()
    found = []
    for number in (FEW_PARTNERS, MOST_PARTNERS):
        while case.case_partners.count() < number:
            CasePartner.objects.create(case=case, organisation=make_organisation())
        found.append(counted(secretary, f"/eksempler/{case.slug}/ret/"))

    assert found[0] == found[1]
