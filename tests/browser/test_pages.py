"""Every page in a browser: accessible, narrow enough, without complaint or another host."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from initiatives.models import Case
from meetings.models import Minutes
from taskforce.members.models import JoinRequest, Member, Role
from tests.browser.conftest import Visitor

Visit = Callable[..., Visitor]

PUBLIC = """/ /moeder/ /moeder/3/ /moeder/4/ /barrierer/ {barrier} {round} /indsatser/ {initiative}
/eksempler/ {case} /opslag/ {call} /nyt/ {news} /organisationer/ {organisation} /om/ /bliv-medlem/
/bliv-medlem/tak/ /tilgaengelighed/ /privatliv/ /konto/login/ /konto/login/code/ /soeg/?q=kommuner
/en/ /en/barrierer/"""
MEMBERS = """/min-side/ /min-side/om-mig/ /barrierer/ny/ {barrier}udsagn/ {vote} /eksempler/ny/
/konto/email/ /konto/password/change/ /konto/2fa/"""
SECRETARIAT = "/sekretariat/ {publish} {request} {case_to_publish} /moeder/3/materiale/ny/"


@pytest.fixture
def world(transactional_db: None, settings) -> dict[str, str]:
    """Load the example with its activity, and return the addresses of one page of each kind."""
    from barriers.models import Barrier, PrioritisationRound
    from calls.models import Call
    from initiatives.models import Initiative
    from taskforce.members.models import Organisation
    from taskforce.news.models import NewsItem

    settings.DEMO = True
    call_command("load_example", activity=True, verbosity=0)
    call = Call.objects.exclude(consortia=None).first()
    running = PrioritisationRound.objects.filter(closed_at=None).get()
    found = {
        "barrier": Barrier.objects.exclude(rank=None).first(),
        "round": PrioritisationRound.objects.closed().first(),
        "initiative": Initiative.objects.exclude(updates=None).first(),
        "case": Case.objects.published().first(),
        "call": call,
        "news": NewsItem.objects.first(),
        "organisation": Organisation.objects.exclude(statements=None).first(),
        "case_to_publish": Case.objects.submitted().first(),
        "request": JoinRequest.objects.first(),
    }
    draft = Minutes.objects.unpublished().select_related("meeting").get()
    return {
        **{name: row.get_absolute_url() for name, row in found.items()},
        "vote": running.get_absolute_url() + "stem/",
        "publish": draft.meeting.get_absolute_url() + "referat/offentliggoer/",
    }


def test_public_pages(visit: Visit, world: dict[str, str]):
    _look(visit, PUBLIC.format(**world).split(), None)


def test_members_pages(visit: Visit, world: dict[str, str]):
    member = Member.objects.get(user__email="medlem@eksempel.example")
    _look(visit, MEMBERS.format(**world).split(), member)


def test_secretariats_pages(visit: Visit, world: dict[str, str]):
    secretary = Member.objects.filter(role=Role.SECRETARIAT).get()
    _look(visit, SECRETARIAT.format(**world).split(), secretary)


def _look(visit: Visit, paths: list[str], who: Member | None) -> None:
    """Look at each page wide and light, wide and dark, and on the narrowest phone."""
    faults = []
    for dark, width in ((False, 1280), (True, 1280), (False, 320)):
        visitor = visit(dark=dark, width=width)
        if who:
            visitor.log_in(who)
        for path in paths:
            visitor.open(path)
            faults += [f"{path} {fault}" for fault in _faults(visitor, narrow=width == 320)]
        faults += visitor.complaints
    assert not faults, "\n".join(faults)


def _faults(visitor: Visitor, *, narrow: bool) -> list[str]:
    if narrow:
        wide = visitor.page.evaluate("document.documentElement.scrollWidth")
        return [f"is {wide} px wide on a screen of 320"] if wide > 320 else []
    found = Axe().run(visitor.page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:150]}" for rule in found]
