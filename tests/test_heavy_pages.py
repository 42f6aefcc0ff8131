"""Pages of work far larger than usual stay small: what one works on is open, the rest is text."""

import pytest
from django.test import Client

from barriers.models import Barrier
from initiatives.models import CasePartner, PartnerRole
from tests import heavy
from tests.conftest import LogIn
from tests.factories import make_case, make_organisation, make_secretary, make_theme
from tests.growing import many

WRITE = "/moeder/3/referat/skriv/"
CHECK = "/moeder/3/referat/tjek/"


@pytest.fixture
def secretary(db: None, log_in: LogIn) -> Client:
    return log_in(make_secretary())


def size(browser: Client, path: str) -> int:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return len(answer.content)


def test_two_hundred_items_are_written_on_a_page_of_400_kb(secretary):
    minutes = heavy.make_long_minutes(200)
    entry = minutes.entries.all()[100]

    sizes = [size(secretary, f"{WRITE}?aabn={anchor}") for anchor in ("", entry.anchor)]

    assert max(sizes) <= 400_000, sizes


def test_two_hundred_passages_of_one_item_are_written_on_a_page_of_400_kb(secretary):
    minutes = heavy.make_long_minutes(200)
    item = minutes.meeting.agenda.latest("order")
    minutes.entries.update(agenda_item=item)
    minutes.meeting.agenda.exclude(pk=item.pk).delete()
    entry = minutes.entries.all()[100]

    sizes = [size(secretary, f"{WRITE}?aabn={anchor}") for anchor in ("", entry.anchor)]

    assert max(sizes) <= 400_000, sizes


def test_check_with_hundreds_of_doubts_is_a_page_of_300_kb(secretary):
    heavy.make_doubtful_minutes(120)
    page = secretary.get(CHECK)
    doubts = [doubt for doubt, _fix, _form in page.context["open"]]
    assert len(doubts) > 500

    sizes = [size(secretary, f"{CHECK}?aabn={doubts[place].anchor}") for place in (0, 300, 500)]
    secretary.post(f"{CHECK}lad-resten-staa/", {"reason": "Fra et ældre dokument."})
    sizes.append(size(secretary, CHECK))

    assert max(sizes) <= 300_000, sizes


def test_document_with_five_hundred_things_is_reviewed_on_a_page_of_300_kb(secretary):
    here = heavy.make_large_document().get_absolute_url()
    found = secretary.get(here).context["total"]
    assert found >= 500

    keys = ("number-0", "passages-40", "action_points-10")
    sizes = [size(secretary, f"{here}?aabn={key}") for key in keys]

    assert max(sizes) <= 300_000, sizes


def test_case_among_many_organisations_and_barriers_is_written_on_a_page_of_300_kb(secretary):
    heavy.make_organisations(60, 60)
    titles = [f"{number}. barriere: {heavy.WORDS}" for number in range(100)]
    barrier = {"theme": make_theme(), "raised_by": make_organisation()}
    many(Barrier, 100, title=titles, **barrier)
    case = make_case()
    partners = [f"Partner {number}" for number in range(12)]
    many(CasePartner, 12, case=case, name=partners, role=PartnerRole.BUYER)

    written = size(secretary, f"/eksempler/{case.slug}/ret/")

    assert written <= 300_000, written
