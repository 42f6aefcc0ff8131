"""Answer by the link in the mail."""

from typing import Any

import pytest
from django.core.signing import Signer
from django.test import Client

from meetings.inviting import answer_links, answering
from meetings.inviting.answers import Answer
from meetings.models import Attendance, Meeting, MeetingState
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.meetings.inviting.invitations import link, state
from tests.meetings.planning.plans import days_ahead, invite, links, make_planned


def test_link_of_the_mail_answers_without_log_in(client: Client, member: Member, mailbox: Mailbox):
    invite(make_planned(), member)
    (letter,) = mailbox.letters

    for path, kept in zip(
        links(letter),
        (("coming", False), ("coming", True), ("apologies", False)),
        strict=True,
    ):
        page = client.get(path)
        assert page.status_code == 200
        assert member.user.name in page.content.decode()
        assert client.post(path).status_code == 200
        assert state(Attendance.objects.get()) == kept

    assert Attendance.objects.get().answered_by == member
    assert len(mailbox.letters) == 1
    assert "_auth_user_id" not in client.session


def test_opening_a_link_changes_nothing(client: Client, invited: Attendance):
    for method in (client.get, client.head):
        assert method(link(invited)).status_code == 200

    assert state(invited) == ("invited", False)
    assert invited.answered_at is None


def test_button_of_a_link_takes_the_token_of_its_page(invited: Attendance):
    """Somebody else's page cannot press the button."""
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link(invited)).status_code == 403
    assert state(invited) == ("invited", False)


def test_link_is_kept_in_no_cache(client: Client, invited: Attendance):
    for path in (link(invited), "/moeder/svar/nonsense/"):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_link_used_again_gives_the_same_answer(
    mailbox: Mailbox, client: Client, invited: Attendance
):
    for _ in range(2):
        assert client.post(link(invited)).status_code == 200

    assert state(invited) == ("coming", True)
    assert len(mailbox.letters) == 1
    assert Attendance.objects.count() == 1


def forgeries(attendance: Attendance) -> list[str]:
    good = link(attendance).split("/")[-2]
    payload, _, signature = good.partition(":")
    other = Signer(salt="another").sign(payload)
    return [
        good[:-1],
        f"{payload}x:{signature}",
        f"{attendance.pk + 1}-online:{signature}",
        f"{attendance.pk}-apologies:{signature}",
        payload,
        other,
        Signer(key="guessed", salt="meetings.answer_links").sign(payload),
        "x",
    ]


@pytest.mark.parametrize("number", range(8))
def test_forged_link_answers_nothing(client: Client, invited: Attendance, number: int):
    path = f"/moeder/svar/{forgeries(invited)[number]}/"

    for method in (client.get, client.post):
        page = method(path)
        assert page.status_code == 404
        assert "Linket virker ikke længere" in page.content.decode()
        assert invited.name not in page.content.decode()
    assert state(invited) == ("invited", False)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"date": days_ahead(-1)}, "Mødet er slut"),
        ({"state": MeetingState.HELD}, "Mødet er slut"),
        ({"state": MeetingState.CANCELLED}, "Mødet er aflyst"),
    ],
)
def test_link_ends_with_the_meeting(
    client: Client, invited: Attendance, fields: dict[str, Any], sentence: str
):
    path = link(invited)
    Meeting.objects.update(**fields)

    for method in (client.get, client.post):
        page = method(path)
        assert page.status_code == 410
        assert sentence in page.content.decode()
    assert state(invited) == ("invited", False)


@pytest.mark.parametrize("left", ["membership", "log-in"])
def test_link_of_a_former_member_answers_nothing(client: Client, invited: Attendance, left: str):
    path = link(invited)
    if left == "membership":
        Member.objects.update(to_date=days_ahead(0))
    else:
        type(invited.member.user).objects.update(is_active=False)

    for method in (client.get, client.post):
        page = method(path)
        assert page.status_code == 410
        assert "ikke er medlem i dag" in page.content.decode()
    assert state(invited) == ("invited", False)


def test_link_of_somebody_who_is_there_says_so(client: Client, invited: Attendance):
    Attendance.objects.filter(pk=invited.pk).update(status="present")
    ((_label, path), *_others) = answer_links.of(invited, invited.meeting)

    page = client.post(path)

    assert page.status_code == 410
    assert "noteret som til stede" in page.content.decode()


def test_link_of_somebody_taken_off_the_list(client: Client, invited: Attendance):
    path = link(invited)
    invited.delete()

    assert client.post(path).status_code == 404


def test_link_that_no_longer_fits_offers_the_others(client: Client, invited: Attendance):
    path = link(invited, Answer.IN_ROOM)
    Meeting.objects.update(format="online")
    invited.meeting.refresh_from_db()

    page = client.post(path)

    assert state(invited) == ("invited", False)
    assert "på en anden måde" in page.content.decode()
    assert link(invited, Answer.ONLINE) in page.content.decode()


def test_link_of_somebody_taken_off_the_list_meanwhile(
    client: Client, invited: Attendance, monkeypatch: pytest.MonkeyPatch
):
    """The row goes after the view found it and before the act locks the meeting."""
    path = link(invited)

    def why_closed_to(attendance: Attendance) -> str:
        attendance.delete()
        return ""

    monkeypatch.setattr(answering, "why_closed_to", why_closed_to)

    assert client.post(path).status_code == 404


def test_link_of_a_meeting_cancelled_meanwhile_shows_its_page_again(
    client: Client, invited: Attendance, monkeypatch: pytest.MonkeyPatch
):
    path = link(invited)
    Meeting.objects.update(state=MeetingState.CANCELLED)
    monkeypatch.setattr(answering, "why_closed_to", lambda attendance: "")

    page = client.post(path)

    assert page.status_code == 200
    assert state(invited) == ("invited", False)
    assert link(invited, Answer.APOLOGIES) in page.content.decode()


@pytest.mark.parametrize(
    ("held", "labels"),
    [
        ("", [Answer.IN_ROOM, Answer.ONLINE, Answer.APOLOGIES]),
        ("hybrid", [Answer.IN_ROOM, Answer.ONLINE, Answer.APOLOGIES]),
        ("online", [Answer.ONLINE, Answer.APOLOGIES]),
        ("in_person", [Answer.IN_ROOM, Answer.APOLOGIES]),
    ],
)
def test_links_offer_the_answers_that_fit(invited: Attendance, held: str, labels: list[Answer]):
    invited.meeting.format = held

    assert [label for label, _path in answer_links.of(invited, invited.meeting)] == [
        answer.label for answer in labels
    ]


def test_link_names_its_row_and_its_answer(invited: Attendance):
    key = link(invited, Answer.APOLOGIES).split("/")[-2]

    assert answer_links.read(key) == (invited, Answer.APOLOGIES)
    Attendance.objects.update(member=None)
    assert answer_links.read(key) is None
