"""Published minutes are taken back: who may, until when, what stands afterwards, who is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from meetings.action_points import finishing
from meetings.models import Minutes, MinutesState
from meetings.review import publishing, unpublishing
from taskforce.activity.models import Activity, TakenBack, Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from tests.factories import (
    make_action_point,
    make_barrier,
    make_member,
    make_minutes,
    make_statement,
)
from tests.meetings.review.reviews import LAST_DAY, make_ready

HERE = "/moeder/3/referat/tag-tilbage/"


@pytest.fixture
def minutes(secretary: Member, mailoutbox: list[EmailMessage]) -> Minutes:
    minutes = publishing.publish(minutes=make_ready(), by=secretary)
    mailoutbox.clear()
    return minutes


def test_nobody_reads_them_any_more_and_everybody_is_told(
    as_secretary: Client, client: Client, minutes: Minutes, mailoutbox: list[EmailMessage]
):
    told = make_member(from_date=timezone.localdate() - timedelta(days=9))
    make_member(from_date=timezone.localdate() + timedelta(days=1))
    assert "Vi mødtes." in client.get("/moeder/3/").content.decode()
    assert client.get("/moeder/3/referat.pdf").status_code == 200

    answer = as_secretary.post(HERE, {"reason": "Det forkerte referat."})

    assert answer["Location"] == "/moeder/3/"
    minutes.refresh_from_db()
    assert (minutes.state, minutes.published_at) == (MinutesState.DRAFT, None)
    page = client.get("/moeder/3/").content.decode()
    assert "Vi mødtes." not in page
    assert "„Referat" not in page and "blev offentliggjort ved en fejl" in page
    assert "Det forkerte referat." in page
    assert client.get("/moeder/3/referat.pdf").status_code == 404
    assert "Vi mødtes" not in client.get("/soeg/?q=mødtes").content.decode()
    assert "Referat af 3. møde" not in client.get("/feed/").content.decode()
    readers = Member.objects.filter(from_date__lte=timezone.localdate())
    emails = sorted(readers.values_list("user__email", flat=True))
    assert told.user.email in emails
    assert [letter.to for letter in mailoutbox] == [[email] for email in emails]
    assert "Det forkerte referat." in mailoutbox[0].body
    assert Activity.objects.filter(verb=Verb.TAKEN_BACK, target_id=minutes.pk).count() == 1


def test_they_can_be_published_again_and_the_note_stays(
    client: Client, minutes: Minutes, secretary: Member
):
    unpublishing.take_back(minutes=minutes, reason="For tidligt.", by=secretary)

    publishing.publish(minutes=minutes, by=secretary)

    page = client.get("/moeder/3/").content.decode()
    assert "Vi mødtes." in page
    assert "For tidligt." in page


def test_minutes_from_a_review_are_in_review_again(minutes: Minutes, secretary: Member):
    Minutes.objects.update(review_ends_on=LAST_DAY)

    found = unpublishing.take_back(minutes=minutes, reason="For tidligt.", by=secretary)

    assert found.state == MinutesState.IN_REVIEW


def refused(minutes: Minutes, by: Member) -> str:
    with pytest.raises(Refused) as raised:
        unpublishing.take_back(minutes=minutes, reason="Fejl", by=by)
    return str(raised.value)


def test_after_a_day_they_stay(minutes: Minutes, secretary: Member, as_secretary: Client):
    assert HERE in as_secretary.get("/moeder/3/").content.decode()
    Minutes.objects.update(published_at=timezone.now() - timedelta(hours=24))

    assert refused(minutes, secretary) == "Det kan tages tilbage i 24 timer, og de er gået."
    assert HERE not in as_secretary.get("/moeder/3/").content.decode()
    page = as_secretary.post(HERE, {"reason": "Fejl"})
    assert page.context["why_not"] == "Det kan tages tilbage i 24 timer, og de er gået."


def done(minutes: Minutes, by: Member) -> None:
    point = make_action_point(minutes.meeting, organisation=by.organisation)
    finishing.finish(point=point, note="", by=by)


def stated(minutes: Minutes, by: Member) -> None:
    statement = make_statement(make_barrier(), entry=minutes.entries.get())
    record(Verb.CHANGED, statement, by=by.user)


def supported(minutes: Minutes, by: Member) -> None:
    record(Verb.SUPPORTED, make_barrier(raised_at=minutes.meeting), by=by.user)


@pytest.mark.parametrize("build", [done, stated, supported])
def test_once_somebody_built_on_them_they_stay(minutes: Minutes, secretary: Member, build: Any):
    build(minutes, secretary)

    assert refused(minutes, secretary) == (
        "Nogen har bygget videre på referatet siden, så det bliver stående. Ret det i stedet."
    )


def test_once_corrected_they_stay(minutes: Minutes, secretary: Member):
    record(Verb.CORRECTED, minutes, by=secretary.user)

    assert refused(minutes, secretary) == (
        "Referatet er rettet siden, så det bliver stående. Ret det en gang til i stedet."
    )


def test_what_was_built_before_does_not_count(minutes: Minutes, secretary: Member):
    before = timezone.now() - timedelta(hours=2)
    record(Verb.ADDED, make_barrier(raised_at=minutes.meeting), by=secretary.user, at=before)

    assert unpublishing.why_not(minutes) == ""


def test_taking_back_twice_is_done_once(as_secretary: Client, minutes: Minutes):
    as_secretary.post(HERE, {"reason": "Fejl"})
    again = as_secretary.post(HERE, {"reason": "Fejl"}, follow=True)

    assert [*map(str, again.context["messages"])][-1] == "Referatet er ikke offentliggjort."
    assert TakenBack.objects.count() == 1


def test_a_reason_is_needed_and_get_changes_nothing(as_secretary: Client, minutes: Minutes):
    assert as_secretary.get(HERE).status_code == 200
    page = as_secretary.post(HERE, {"reason": " "})

    assert page.context["form"].errors == {"reason": ["Skriv begrundelsen."]}
    minutes.refresh_from_db()
    assert minutes.is_published


def test_members_may_not(as_member: Client, minutes: Minutes):
    assert as_member.post(HERE, {"reason": "Fejl"}).status_code in (302, 403, 404)
    minutes.refresh_from_db()
    assert minutes.is_published


# Minutes of a meeting that is still to come


AHEAD = timezone.localdate() + timedelta(days=2)  # though midnight passes while tests run
NEXT_MONTH = (AHEAD.replace(day=1) + timedelta(days=32)).replace(day=1)


@pytest.mark.parametrize("when", [{"date": AHEAD}, {"date": NEXT_MONTH, "date_precision": "month"}])
def test_minutes_of_a_meeting_to_come_are_not_published(
    as_secretary: Client, when: dict[str, Any], mailoutbox: list[EmailMessage]
):
    minutes = make_ready(state="planned", **when)

    page = as_secretary.post("/moeder/3/referat/offentliggoer/", {"names_seen": "on"})

    assert page.context["why_not"] == (
        "Mødet er ikke holdt endnu. Referatet kan offentliggøres, når det er holdt."
    )
    minutes.refresh_from_db()
    minutes.meeting.refresh_from_db()
    assert (minutes.state, minutes.meeting.state) == ("draft", "planned")
    as_secretary.post("/moeder/3/referat/gennemsyn/start/", {"days": "7", "scope": "draft"})
    minutes.refresh_from_db()
    assert (minutes.state, mailoutbox) == ("draft", [])


def test_minutes_of_a_meeting_of_this_month_are_published(as_secretary: Client):
    this_month = timezone.localdate().replace(day=1)
    minutes = make_ready(state="planned", date=this_month, date_precision="month")

    as_secretary.post("/moeder/3/referat/offentliggoer/", {"names_seen": "on"})

    minutes.refresh_from_db()
    assert minutes.is_published
    assert not make_minutes().is_fresh
