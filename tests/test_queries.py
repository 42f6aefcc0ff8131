"""How many queries a page makes: as many for 5 rows of everything as for 60, and no more than N."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calls.calendar import keys as calendar_keys
from initiatives.models import CasePartner
from taskforce.following import visits
from taskforce.following.outside import links as follow_links
from taskforce.open_data import rows
from taskforce.open_data.catalogue import DATASETS
from tests.conftest import LogIn
from tests.factories import make_case, make_organisation, make_secretary
from tests.growing import Growth
from tests.world import World

FEW, MANY = 5, 60

# Queries a page; to be logged in costs three of them: session, user and membership. The number in
# the secretariat's menu costs one more on each of its pages, which its table leaves out.
IN_MENU = {"secretary": 1}
PUBLIC = {
    "/": 30,
    "/moeder/": 3,
    "{held}": 25,
    "{drafted}": 16,
    "{ahead}": 16,
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
    "{barrier}": 24,
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
    "{call}": 9,
    "/nyt/": 2,
    "/nyhedsbrev/": 2,
    "{newsletter}": 5,
    "{news}": 3,
    "/organisationer/": 4,
    "/organisationer/?slags=company&q=organisation": 4,
    "{home}": 12,
    "{home}skriv/": 1,
    "/forespoergsel/": 2,
    "/forespoergsel/tak/": 0,
    "/soeg/?q=open": 7,
    "/soeg/?q=open&slags=barriere&tilstand=open": 7,
    "/soeg/forslag/?q=ope": 3,
    "/feed/": 12,
    "/feed/kalender.ics": 18,
    "/feed/kalender.ics?ting=barrier-{resolved_pk}": 8,
    "/feed/kalender.ics?liste=indsatser&status=proposed": 8,
    "/feed/atom/": 48,
    "/feed/json/?ting=barrier-{resolved_pk}": 48,
    "/feed/json/?liste=indsatser&status=proposed": 48,
    "/soeg/": 0,
    "/data/": 2,
    "/resultater/": 21,
    "/resultater/2022/": 17,
    "/resultater/tal/barrierer-rejst/": 4,
    "/resultater/tal/oplyst/": 2,
    "/resultater/resultater.csv": 3,
    "/moeder/moeder.csv": 1,
    "/moeder/fremmoede.xlsx": 1,
    "/indsatser/indsatser.csv?status=proposed&q=initiative": 1,
    "/eksempler/eksempler.csv?slags=tender": 1,
    "/opslag/opslag.csv?q=call": 2,
    "/organisationer/organisationer.csv?slags=company": 3,
    "/nyt/nyt.csv": 1,
    "/data/barriers/": 8,
    "/data/taskforce.zip": 77,
    **{f"/data/{name}.json": 12 for name in DATASETS},
    **{f"/api/v1/{name}/": 16 for name in DATASETS},
    "/foelg-med/?ting=barrier-{resolved_pk}": 1,
    "/foelg-med/tak/": 0,
    "{confirm_follow}": 4,
    "{own_follows}": 6,
    "/meetings.ics": 1,
    "/sitemap.xml": 8,
    "/robots.txt": 0,
    "/om/": 1,
    "/partnere/": 12,
    "/kontakt/": 1,
    "/privatliv/": 1,
    "/tilgaengelighed/": 1,
    "/bliv-medlem/": 0,
    "/bliv-medlem/tak/": 0,
}
MEMBERS = {
    "/min-side/om-mig/": 3,
    "/min-side/beskeder/": 15,
    "/": 36,
    "/min-side/meld-mig-ud/": 10,
    "/min-side/overdrag/": 12,
    "/min-side/": 35,
    "/min-side/mine-data/": 72,
    "{held}": 32,
    "/aftaler/": 5,
    "/aftaler/?hvis=vores&status=over-tid&side=2": 5,
    "/aftaler/aftaler.csv?hvis=vores": 4,
    "{ahead}": 26,
    "{ahead}svar/": 5,
    "{ahead}bordet-rundt/": 7,
    "{ahead}dagsorden/foreslaa/": 5,
    "{reviewed}referat/gennemsyn/": 12,
    "{held}referat/bed-om-rettelse/?afsnit={told}": 5,
    "{barrier}": 34,
    "{barrier}udsagn/": 5,
    "/samtale/spoergsmaal/": 10,
    "/spoergsmaal/": 6,
    "{asked_question}": 6,
    "{asked_question}svar/": 8,
    "{home}": 17,
    "{home}ret/": 11,
    "{consortium}": 19,
    "{consortium}ret/": 4,
    "{consortium}partnere/ny/": 11,
    "{call}konsortier/nyt/": 4,
    "/opslagskalender/": 4,
    "/barrierer/ny/": 4,
    "/barrierer/ny/lignende/?titel=barrier": 4,
    "/prioritering/": 5,
    "/indsatser/": 8,
    "/indsatser/?hvis=vores": 8,
    "/indsatser/ny/": 5,
    "{initiative}": 23,
    "{open}": 10,
    "{counted}": 12,
    "/barrierer/": 8,
    "/opslag/": 8,
    "{open}stem/": 8,
    "{call}": 18,
    "/eksempler/ny/": 3,
    "{draft_case}": 12,
    "{draft_case}ret/": 12,
    "{draft_case}smid-vaek/": 4,
    "{barrier}traek-tilbage/": 5,
    "{barrier}udsagn/{statement}/traek-tilbage/": 4,
    "{ahead}dagsorden/forslag/{proposal}/traek-tilbage/": 4,
}
SECRETARIAT = {
    "/sekretariat/": 67,
    "/spoergsmaal/": 6,
    "/spoergsmaal/nyt/": 8,
    "{asked_question}": 10,
    "{asked_question}frist/": 4,
    "{asked_question}traek-tilbage/": 4,
    "/om/": 4,
    "/sekretariat/alt-ud/": 3,
    "/sekretariat/server/": 12,
    "/sekretariat/temaer/": 4,
    "/sekretariat/temaer/ny/": 3,
    "/sekretariat/sider/": 4,
    "/sekretariat/engelsk/": 13,
    "/sekretariat/engelsk/?vis=alle": 13,
    "/sekretariat/sider/om/": 4,
    "/sekretariat/sider/om/versioner/": 6,
    "/sekretariat/breve/": 6,
    "/sekretariat/breve/nyt/": 5,
    "{letter}": 8,
    "{draft_letter}": 8,
    "{draft_letter}ret/": 9,
    "/sekretariat/nyhedsbrev/": 46,
    "/sekretariat/resultater/": 10,
    "/sekretariat/resultater/aar/2022/rapport/": 6,
    "/sekretariat/resultater/aar/2022/rapport/se/": 60,
    "/sekretariat/resultater/tal/nyt/": 3,
    "/sekretariat/nyheder/": 6,
    "/sekretariat/nyheder/ny/": 6,
    "{news}": 7,
    "{draft_news}": 8,
    "/sekretariat/anmodninger/{request}/": 7,
    "/sekretariat/organisationer/": 6,
    "/sekretariat/organisationer/ny/": 3,
    "/sekretariat/stikord/": 4,
    "/sekretariat/soegning/?proev=udbudsloven": 8,
    "/sekretariat/soegning/ord/": 3,
    "{home}ret/": 11,
    "/sekretariat/personer/": 9,
    "/sekretariat/personer/?q=person&tilstand=active&rolle=member": 9,
    "/sekretariat/personer/?organisation=home": 9,
    "/sekretariat/personer/ny/": 4,
    "/sekretariat/personer/{person}/": 11,
    "/sekretariat/personer/{person}/ret/": 5,
    "/sekretariat/personer/{person}/slut/": 11,
    "/sekretariat/personer/{person}/overdrag/": 13,
    "/sekretariat/personer/{person}/flyt/": 11,
    "{drafted}": 49,
    "/aftaler/": 5,
    "{ahead}": 26,
    "{ahead}indkald/": 20,
    "{ahead}svar/": 5,
    "{ahead}rediger/": 4,
    "{ahead}aflys/": 15,
    "/moeder/ny/": 4,
    "/sekretariat/indlaes/": 5,
    "/sekretariat/indlaes/{to_review}/": 12,
    "/sekretariat/indlaes/{to_review}/bekraeft/": 14,
    "{drafted}referat/offentliggoer/": 63,
    "{drafted}referat/skriv/": 15,
    "{ahead}dagsorden/": 21,
    "{ahead}dagsorden/send/": 16,
    "{ahead}dagsorden/punkt/{planned}/": 13,
    "{ahead}dagsorden/hent/?fra=70": 9,
    "{ahead}dagsorden/forslag/{proposal}/afvis/": 7,
    "{reviewed}referat/gennemsyn/": 13,
    "{held}referat/ret/{told}/": 5,
    "{held}referat/ret-udfald/{decided}/": 5,
    "{held}referat/ret-aftale/ny/": 6,
    "{held}referat/ret-fremmoede/": 5,
    "{drafted}referat/tjek/": 26,
    "{drafted}referat/aftale/{point}/": 9,
    "/barrierer/udsagn-fra-referat/{passage}/": 8,
    "{barrier}ret/": 6,
    "/barrierer/": 9,
    "{barrier}": 30,
    "{barrier}laeg-sammen/": 6,
    "{barrier}laeg-sammen/?ind-i={other}": 18,
    "{barrier}del/": 6,
    "{barrier}loest/": 4,
    "{barrier}ikke-aktuel/": 4,
    "{barrier}genaabn/": 4,
    "/prioritering/": 5,
    "{initiative}ret/": 9,
    "{initiative}fremdrift/": 5,
    "{initiative}afslut/": 4,
    "/opslag/": 9,
    "/opslag/ny/": 3,
    "/opslag/ny/udfyld/": 5,
    "{call}ret/": 9,
    "{consortium}": 19,
    "/eksempler/": 10,
    "{case}": 16,
    "{case}ret/": 12,
    "{case}svar-paa-rettelse/": 4,
    "/prioritering/ny/": 12,
    "{coming}": 11,
    "{coming}ret/": 10,
    "{coming}aabn/": 16,
    "{coming}stemmeseddel/": 6,
    "{open}": 10,
    "{open}luk/": 8,
    "{counted}ugyldig/": 4,
    "/sekretariat/samtale/": 9,
    "{merged}skil-ad/": 5,
}
FEW_PARTNERS, MOST_PARTNERS = 1, 12


@pytest.fixture(autouse=True)
def seen_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out that somebody is here, which is written every few minutes whatever they read."""
    monkeypatch.setattr(visits, "OFTEN", timedelta(days=1))
    monkeypatch.setattr(rows, "HOLDS", timedelta(days=1))  # so with the book of open data


def counted(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(path)
    assert answer.status_code == 200, path
    return len(queries)


@pytest.mark.parametrize(
    ("who", "most"), [("stranger", PUBLIC), ("owner", MEMBERS), ("secretary", SECRETARIAT)]
)
def test_pages_ask_as_often_for_few_rows_as_for_many(who: str, most: dict[str, int], world: World):
    more = IN_MENU.get(who, 0)
    table = {filled_in(path, world): number + more for path, number in most.items()}
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
        | {"person": world.owner.user_id}
        | {"reviewed": world.reviewed.meeting.get_absolute_url()}
        | {
            "resolved_pk": world.resolved.pk,
            "confirm_follow": reverse("following:confirm", args=[world.follow_request.key]),
            "own_follows": follow_links.page_of(world.follower),
        }
        | {"own_calendar": urlsplit(calendar_keys.address(world.owner)).path}
    )


def test_form_of_a_case_asks_once_for_its_partners_choices(db: None, log_in: LogIn):
    secretary, case = log_in(make_secretary()), make_case()
    secretary.get(f"/eksempler/{case.slug}/ret/")  # may fill what processes keep
    found = []
    for number in (FEW_PARTNERS, MOST_PARTNERS):
        while case.case_partners.count() < number:
            CasePartner.objects.create(case=case, organisation=make_organisation())
        found.append(counted(secretary, f"/eksempler/{case.slug}/ret/"))

    assert found[0] == found[1]
