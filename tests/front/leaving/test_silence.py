"""Members whom nobody has seen for a year."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.front.leaving import jobs, silence
from taskforce.members.models import Member, Silence, User
from taskforce.members.people import inviting
from tests.factories import make_attendance, make_meeting, make_member, make_user
from tests.refusing import refused

LONG_AGO = timedelta(days=366)


@pytest.fixture
def quiet(db: None) -> Member:
    then = timezone.now() - LONG_AGO
    user = make_user("ea@example.org", name="Ea", last_login=then)
    return make_member(user=user, from_date=then.date())


def test_silent_member_is_told_once(quiet: Member, mailoutbox: list[EmailMessage]):
    make_member()

    assert [row.member for row in silence.tell_silent()] == [quiet]
    assert silence.tell_silent() == []

    (letter,) = mailoutbox
    assert (letter.to, letter.subject) == (["ea@example.org"], "Er du stadig med?")
    assert [row.member for row in Silence.objects.all()] == [quiet]


def test_worker_tells_who_is_silent(transactional_db: None, mailoutbox: list[EmailMessage]):
    then = timezone.now() - LONG_AGO
    make_member(user=make_user("ea@example.org"), from_date=then.date())

    jobs.tell_silent_members(timestamp=0)

    assert [letter.to for letter in mailoutbox] == [["ea@example.org"]]


def log_in(member: Member) -> None:
    User.objects.filter(pk=member.user_id).update(last_login=timezone.now())


def act(member: Member) -> None:
    record(Verb.ADDED, member.organisation, by=member.user)


def come(member: Member) -> None:
    make_attendance(make_meeting(date=timezone.localdate() - timedelta(days=9)), member=member)


def answer(member: Member) -> None:
    make_attendance(make_meeting(), member=member, status="apologies", answered_at=timezone.now())


def join_lately(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(from_date=timezone.localdate())


def leave(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(to_date=timezone.localdate())


@pytest.mark.parametrize("sign", [log_in, act, come, answer, join_lately, leave])
def test_sign_of_life_is_no_silence_and_ends_one(
    quiet: Member, mailoutbox: list[EmailMessage], sign: Callable[[Member], None]
):
    silence.tell_silent()
    mailoutbox.clear()
    sign(quiet)

    assert silence.tell_silent() == []
    assert (Silence.objects.count(), mailoutbox) == (0, [])


def test_log_in_ends_the_silence_at_once(quiet: Member):
    silence.tell_silent()

    inviting.note_log_in(user=quiet.user)

    assert not Silence.objects.exists()


def test_desk_proposes_who_is_silent_until_the_secretariat_keeps_them(
    quiet: Member, as_secretary: Client
):
    silence.tell_silent()
    page = f"/sekretariat/personer/{quiet.user_id}/"
    assert waiting(as_secretary) == ["Ea"]
    assert "Ingen har set noget til personen i et år." in as_secretary.get(page).content.decode()

    assert as_secretary.post(f"{page}behold/").url == page

    assert waiting(as_secretary) == []
    assert silence.tell_silent() == []
    with refused("There is nothing to decide.", already=True):
        silence.keep(member=quiet)


def waiting(browser: Client) -> list[str]:
    """Return the people of whom the desk says that they can wait."""
    tasks = browser.get("/sekretariat/").context["can_wait"]
    return [task.title for task in tasks if task.url.startswith("/sekretariat/personer/")]
