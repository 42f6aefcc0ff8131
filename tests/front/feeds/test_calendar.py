"""The days of a theme, a barrier, an initiative or a list, as two other libraries read them."""

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from barriers.models import Barrier
from tests.factories import (
    make_agenda_item,
    make_barrier,
    make_call,
    make_initiative,
    make_meeting,
    make_milestone,
    make_minutes,
    make_round,
    make_statement,
    make_theme,
)

PAGE = "/feed/kalender.ics"


def summaries(client: Client, query: str = "") -> list[str]:
    """Return what stands in a calendar, as two libraries read it."""
    answer = client.get(f"{PAGE}{query}")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    found = sorted(
        str(event["summary"]).removesuffix(" · Buy Social Taskforce Danmark") for event in events
    )
    assert len({str(event["uid"]) for event in events}) == len(events)
    others = getattr(vobject.readOne(answer.content.decode()), "vevent_list", [])
    assert len(others) == len(events)
    return found


@pytest.fixture
def loan(db: None) -> dict[str, Any]:
    """A barrier that a meeting, a round, an initiative and a call touch, and another one."""
    barrier = make_barrier("No loans", theme=make_theme("Kapital"), raised_at=make_meeting(11))
    other = make_barrier("Old rules", theme=make_theme("Lov"), raised_at=make_meeting(12))
    kind = ContentType.objects.get_for_model(Barrier)
    make_agenda_item(make_meeting(13), about_type=kind, about_id=barrier.pk)
    make_round(barrier, title="Autumn")
    make_round(other, title="Spring")
    fund = make_initiative("A fund", due_on=timezone.localdate() + timedelta(days=60))
    fund.barriers.add(barrier)
    make_milestone(fund, "Bank found")
    for title, tied in (("For loans", barrier), ("For rules", other)):
        make_call(title).barriers.add(tied)
    make_call("For the fund").initiatives.add(fund)
    return {"barrier": barrier, "other": other, "fund": fund}


OF_LOAN = [
    "11. møde",
    "13. møde",
    "Bank found: A fund",
    "Frist: For loans",
    "Frist: For the fund",
    "Prioritering: Autumn",
    "Skal være gjort: A fund",
]


def test_barrier_has_the_days_of_all_that_touches_it(client: Client, loan: dict[str, Any]):
    assert summaries(client, f"?ting=barrier-{loan['barrier'].pk}") == OF_LOAN


def test_theme_and_filtered_list_have_the_days_of_their_barriers(
    client: Client, loan: dict[str, Any]
):
    theme = loan["barrier"].theme

    assert summaries(client, f"?ting=theme-{theme.pk}") == OF_LOAN
    assert summaries(client, f"?liste=barrierer&tema={theme.slug}") == OF_LOAN
    assert summaries(client, "?liste=barrierer&q=rules") == [
        "12. møde",
        "Frist: For rules",
        "Prioritering: Spring",
    ]


def test_initiative_has_its_own_days_until_it_ends(client: Client, loan: dict[str, Any]):
    fund = loan["fund"]
    query = f"?ting=initiative-{fund.pk}"

    assert summaries(client, query) == [
        *("Bank found: A fund", "Frist: For the fund", "Skal være gjort: A fund"),
    ]
    type(fund).objects.update(state="stopped", ended_on=timezone.localdate(), outcome="No money.")
    assert summaries(client, query) == []


def test_everything_has_each_day_once(client: Client, loan: dict[str, Any]):
    assert summaries(client) == sorted(
        [*OF_LOAN, "12. møde", "Frist: For rules", "Prioritering: Spring"]
    )


@pytest.mark.parametrize(
    "query", ["?ting=barrier-9999", "?ting=x", "?liste=nyt", "?liste=eksempler", "?liste=x"]
)
def test_there_is_no_calendar_of_what_has_no_days(client: Client, db: None, query: str):
    assert client.get(f"{PAGE}{query}").status_code == 404


def test_calendar_is_read_only(client: Client, db: None):
    assert client.post(PAGE).status_code == 405


def test_what_strangers_may_not_read_is_in_nobodys_calendar(
    as_secretary: Client, loan: dict[str, Any]
):
    barrier, hidden = loan["barrier"], make_barrier("Hidden", hidden_at=timezone.now())
    tomorrow = timezone.now() + timedelta(days=1)
    make_round(barrier, title="Prepared", opens_at=tomorrow, closes_at=tomorrow + timedelta(days=1))
    draft = make_minutes(make_meeting(14))
    entry = draft.entries.create(text="<p>x</p>", order=1)
    make_statement(barrier, entry=entry)

    assert summaries(as_secretary, f"?ting=barrier-{barrier.pk}") == OF_LOAN
    assert as_secretary.get(f"{PAGE}?ting=barrier-{hidden.pk}").status_code == 404


def test_round_lasts_from_its_opening_until_it_closes(client: Client, db: None):
    asked = make_round(make_barrier("No loans"))

    (event,) = icalendar.Calendar.from_ical(client.get(PAGE).content).walk("VEVENT")

    assert event.decoded("dtstart") == asked.opened_at.replace(microsecond=0)
    assert event.decoded("dtend") == asked.closes_at.replace(microsecond=0)
    assert event["transp"] == "TRANSPARENT"


def test_page_leads_to_its_calendar(client: Client, loan: dict[str, Any]):
    barrier = loan["barrier"]

    page = client.get(barrier.get_absolute_url()).content.decode()
    register = client.get("/barrierer/?tema=kapital").content.decode()

    assert page.count(f'href="{PAGE}?ting=barrier-{barrier.pk}"') == 2
    assert register.count(f'href="{PAGE}?liste=barrierer&amp;tema=kapital"') == 2
    assert PAGE not in client.get("/nyt/").content.decode()


def test_line_breaks_in_a_title_make_no_field_of_their_own(client: Client, db: None):
    fund = make_initiative("A fund\r\nDTSTART:19990101", due_on=date(2030, 1, 2))

    (event,) = icalendar.Calendar.from_ical(
        client.get(f"{PAGE}?ting=initiative-{fund.pk}").content
    ).walk("VEVENT")
    assert event.decoded("dtstart") == date(2030, 1, 2)
