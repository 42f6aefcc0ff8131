"""A meeting that was planned by mistake is taken back, and its address says so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import Meeting
from taskforce.activity.models import Activity, TakenBack
from taskforce.members.models import Member
from tests.factories import make_agenda_item, make_barrier, make_member, make_proposal
from tests.meetings.planning.plans import NEW, days_ahead, invite

HERE = "/moeder/8/tag-tilbage/"


@pytest.fixture
def meeting(as_secretary: Client) -> Meeting:
    as_secretary.post("/moeder/ny/", NEW)
    return Meeting.objects.get(number=8)


def test_it_disappears_and_its_address_says_why(
    as_secretary: Client, client: Client, meeting: Meeting
):
    make_agenda_item(meeting)
    assert "meeting-8@" in client.get("/meetings.ics").content.decode()

    answer = as_secretary.post(HERE, {"reason": "Oprettet to gange."})

    assert answer["Location"] == "/moeder/"
    assert not Meeting.objects.exists()
    page = client.get("/moeder/8/")
    assert page.status_code == 410
    assert "Oprettet to gange." in page.content.decode()
    assert "meeting-8@" not in client.get("/meetings.ics").content.decode()
    assert client.get("/moeder/9/").status_code == 404
    assert as_secretary.post(HERE, {"reason": "Igen"}).status_code == 404

    as_secretary.post("/moeder/ny/", NEW)
    assert client.get("/moeder/8/").status_code == 200


@pytest.mark.parametrize("act_in", ["", "/en"])
def test_address_says_why_in_both_languages(
    as_secretary: Client, client: Client, meeting: Meeting, act_in: str
):
    as_secretary.post(act_in + HERE, {"reason": "Oprettet to gange."})

    assert client.get("/moeder/8/").status_code == client.get("/en/moeder/8/").status_code == 410


def why(browser: Client) -> str:
    page = browser.post(HERE, {"reason": "Fejl"})
    assert (page.status_code, Meeting.objects.count()) == (200, 1)
    assert not TakenBack.objects.exists()
    return str(page.context["why_not"])


def test_invited_to_it_is_cancelled_instead(as_secretary: Client, meeting: Meeting):
    invite(meeting, make_member())

    assert why(as_secretary) == (
        "Indkaldelserne er sendt, eller mødet er holdt. Aflys det i stedet."
    )


@pytest.mark.parametrize("build", ["proposal", "material", "barrier"])
def test_built_on_it_stays(as_secretary: Client, meeting: Meeting, build: str):
    if build == "proposal":
        make_proposal(meeting)
    elif build == "material":
        meeting.materials.create(title="A", link="https://example.org/")
    else:
        make_barrier(raised_at=meeting)

    assert why(as_secretary) == "Nogen har allerede bygget videre på mødet. Aflys det i stedet."


def test_after_a_day_it_stays(as_secretary: Client, meeting: Meeting):
    Activity.objects.update(at=timezone.now() - timedelta(hours=25))

    assert why(as_secretary) == "Det kan tages tilbage i 24 timer, og de er gået."


def test_a_reason_is_needed(as_secretary: Client, meeting: Meeting):
    assert as_secretary.get(HERE).status_code == 200
    assert "reason" in as_secretary.post(HERE, {}).context["form"].errors
    assert Meeting.objects.filter(pk=meeting.pk).exists()


def test_past_and_never_told_is_not_called_planned(client: Client, secretary: Member):
    month = days_ahead(-90).replace(day=1)
    Meeting.objects.create(number=2, date=month, date_precision="month")
    Meeting.objects.create(number=3, date=days_ahead(-1))
    Meeting.objects.create(number=4, date=days_ahead(0).replace(day=1), date_precision="month")

    rows = {row["number"]: row["state_words"] for row in client.get("/moeder/").context["rows"]}

    assert rows == {2: "Ikke oplyst", 3: "Ikke oplyst", 4: "Planlagt"}
    assert "Ikke oplyst" in client.get("/moeder/2/").content.decode()
    assert "Planlagt" not in client.get("/moeder/2/").content.decode()
