"""How far a meeting is, and what the secretariat is told to do next."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meetings.browsing import steps
from meetings.models import Meeting, MeetingState, Minutes, MinutesState, OutcomeKind
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_outcome,
    make_proposed_change,
)
from tests.meetings.planning.plans import make_planned

HERE = "/moeder/7/"


def month_only() -> Meeting:
    day = (timezone.localdate() + timedelta(days=62)).replace(day=1)
    return make_planned(date=day, date_precision="month", starts=None, ends=None)


def without_agenda() -> Meeting:
    return make_planned()


def with_agenda() -> Meeting:
    make_agenda_item(meeting := make_planned(), "Velkommen")
    return meeting


def invited() -> Meeting:
    meeting = with_agenda()
    meeting.invited_at = timezone.now()
    meeting.save()
    return meeting


def sent() -> Meeting:
    meeting = invited()
    meeting.agenda_sent_at = meeting.invited_at
    meeting.save()
    return meeting


def begun() -> Meeting:
    return make_planned(date=timezone.localdate() - timedelta(days=1))


def held() -> Meeting:
    return make_meeting(7)


def drafted() -> Meeting:
    minutes = make_minutes(make_meeting(7))
    item = make_agenda_item(minutes.meeting, "Indkøb")
    make_entry(minutes, "<p>Vi talte om det.</p>", agenda_item=item)
    make_outcome(item, OutcomeKind.NOTED)
    make_attendance(minutes.meeting, member=make_member(), status="present")
    make_planned(8)
    return minutes.meeting


def begun_early() -> Meeting:
    make_minutes(meeting := make_planned())
    return meeting


def doubtful() -> Meeting:
    make_agenda_item(meeting := drafted(), "Uden tekst")
    return meeting


def in_review(days: int = 3) -> Meeting:
    minutes = Minutes.objects.get(meeting=drafted())
    minutes.state = MinutesState.IN_REVIEW
    minutes.review_ends_on = timezone.localdate() + timedelta(days=days)
    minutes.save()
    return minutes.meeting


def proposed_for() -> Meeting:
    meeting = in_review()
    make_proposed_change(meeting.minutes.entries.get())
    return meeting


def reviewed() -> Meeting:
    return in_review(-1)


@pytest.mark.parametrize(
    ("make", "now", "title", "leads_to"),
    [
        (month_only, "Dagsorden", "Sæt dagen", "rediger/"),
        (without_agenda, "Dagsorden", "Tilrettelæg dagsordenen", "dagsorden/"),
        (with_agenda, "Dagsorden", "Indkald medlemmerne", "indkald/"),
        (invited, "Dagsorden", "Send dagsordenen", "dagsorden/#send"),
        (sent, "Afholdt", "Indkaldelse og dagsorden er sendt", "indkald/"),
        (begun, "Udkast", "Skriv referatet", "referat/skriv/"),
        (held, "Udkast", "Skriv referatet", "referat/skriv/"),
        (begun_early, "Udkast", "Referatet er begyndt", "referat/skriv/"),
        (drafted, "Udkast", "Send udkastet til gennemsyn", "referat/tjek/"),
        (
            doubtful,
            "Udkast",
            "Se 2 ting igennem, og send udkastet til gennemsyn",
            "referat/tjek/",
        ),
        (in_review, "Gennemsyn", "Gennemsynet slutter", "referat/gennemsyn/"),
        (proposed_for, "Gennemsyn", "Svar på 1 forslag til rettelse", "referat/gennemsyn/"),
        (reviewed, "Gennemsyn", "Offentliggør referatet", "referat/offentliggoer/"),
    ],
)
def test_secretariat_is_told_the_next_step(
    as_secretary: Client, make: Callable[[], Meeting], now: str, title: str, leads_to: str
):
    make()

    page = as_secretary.get(HERE)

    assert [step.name for step in page.context["steps"] if step.is_current] == [now]
    found = page.context["next"]
    assert found.title.startswith(title)
    assert found.act.url == f"{HERE}{leads_to}"
    text = page.content.decode()
    assert text.count('class="button"') == 1  # one filled button
    assert f'<a class="button" href="{found.act.url}">{found.act.words}</a>' in text


def test_doubts_stand_with_their_links_and_the_rest_is_counted(as_secretary: Client, db: None):
    meeting = doubtful()
    for number in range(3):
        make_agenda_item(meeting, f"Uden {number}")

    found = as_secretary.get(HERE).context["next"]

    assert "Uden tekst" in found.doubts[0].sentence
    assert (len(found.doubts), found.more_doubts) == (steps.MOST_DOUBTS, 4)


def test_others_see_no_steps(client: Client, as_member: Client, as_secretary: Client, db: None):
    sent()
    assert "Næste skridt" in as_secretary.get(HERE).content.decode()

    for browser in (client, as_member):
        page = browser.get(HERE)
        assert "next" not in page.context
        assert "Næste skridt" not in page.content.decode()


@pytest.mark.parametrize("is_cancelled", [True, False])
def test_nothing_is_next_once_it_is_published_or_cancelled(
    as_secretary: Client, db: None, is_cancelled: bool
):
    if is_cancelled:
        make_meeting(7, state=MeetingState.CANCELLED)
    else:
        make_minutes(make_meeting(7), published=True)

    context: Any = as_secretary.get(HERE).context

    assert "next" not in context
