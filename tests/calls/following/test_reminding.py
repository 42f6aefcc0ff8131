"""Followers are reminded of dates 30, 14, 3 and 1 days ahead, once each."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from calls.following.reminding import of_deadlines
from calls.models import Call, CallDeadline, Openness
from taskforce.following import acts
from taskforce.following.models import Follow, Follower, How, Reminder
from taskforce.following.reminding import remind_due
from taskforce.following.tasks import send_reminders
from taskforce.following.things import named
from taskforce.members.models import Member
from tests.calls.following import moving as following
from tests.calls.following.moving import DEADLINE, move, subjects
from tests.conftest import LogIn, Mailbox
from tests.factories import (
    make_barrier,
    make_call,
    make_member,
    make_open_consortium,
    make_secretary,
)
from tests.outbox import sent_to


def test_reminds_30_14_3_and_1_days_ahead_once_each(call: Call, member: Member, time_machine: Any):
    following.follow(followed=call, member=member)
    told = {}

    for days in range(35, -2, -1):
        for hour in (6, 12, 18):  # the worker looks several times a day
            remind_due(of_deadlines, move(time_machine, days, at=time(hour)))
        if found := subjects():
            told[days] = found

    assert told == {
        30: ["30 dage tilbage: Penge"],
        14: ["14 dage tilbage: Penge"],
        3: ["3 dage tilbage: Penge"],
        1: ["I morgen kl. 17.00: Penge"],
    }


@pytest.mark.parametrize(
    ("before", "wakes", "told"),
    [
        (31, 24, ["24 dage tilbage: Penge"]),
        (17, 10, ["10 dage tilbage: Penge"]),
        (15, 2, ["2 dage tilbage: Penge"]),
        (8, 1, ["I morgen kl. 17.00: Penge"]),
        (7, 0, ["I dag kl. 17.00: Penge"]),
        (5, -2, []),  # what is over is no news
    ],
)
def test_worker_that_was_away_sends_the_latest_reminder_alone(
    call: Call, member: Member, time_machine: Any, before: int, wakes: int, told: list[str]
):
    following.follow(followed=call, member=member)
    remind_due(of_deadlines, move(time_machine, before))
    mail.outbox.clear()

    for hour in (8, 9, 10):
        remind_due(of_deadlines, move(time_machine, wakes, at=time(hour)))

    assert subjects() == told


def test_worker_that_was_away_a_week_sends_the_later_reminders(
    call: Call, member: Member, time_machine: Any
):
    following.follow(followed=call, member=member)
    for days in (31, 24, 23, 14, 13, 3, 2, 1, 0):
        remind_due(of_deadlines, move(time_machine, days))

    assert len(subjects()) == 4


def test_no_reminder_from_the_deadline_on(call: Call, member: Member, time_machine: Any):
    following.follow(followed=call, member=member)

    remind_due(of_deadlines, move(time_machine, 0, at=time(17)))
    assert subjects() == []
    remind_due(of_deadlines, move(time_machine, 0, at=time(16, 59)))
    assert subjects() == ["I dag kl. 17.00: Penge"]


def test_late_follower_gets_no_reminder_that_was_due(call: Call, member: Member, time_machine: Any):
    now = move(time_machine, 10)
    following.follow(followed=call, member=member)

    remind_due(of_deadlines, now)
    assert subjects() == []
    remind_due(of_deadlines, move(time_machine, 3))
    assert subjects() == ["3 dage tilbage: Penge"]


def test_follower_of_call_and_consortium_gets_one_mail_for_a_deadline(
    call: Call, member: Member, time_machine: Any
):
    consortium = make_open_consortium(
        call, member.organisation, suggestions_by=DEADLINE - timedelta(days=11)
    )
    following.follow(followed=call, member=member)
    following.follow(followed=consortium, member=member)

    remind_due(of_deadlines, move(time_machine, 14))

    assert subjects() == ["14 dage tilbage: Penge", "3 dage tilbage: Penge"]
    found = Reminder.objects.values_list("of", flat=True)
    assert sorted(of.split("-")[0] + of[-3:] for of in found) == ["call 14", "consortium0 3"]


def test_reminds_of_both_stages(call: Call, member: Member, time_machine: Any):
    first = DEADLINE - timedelta(days=11)
    CallDeadline.objects.create(call=call, day=first, time=time(17), label="1. trin")
    following.follow(followed=call, member=member)

    remind_due(of_deadlines, move(time_machine, 14))

    assert subjects() == ["3 dage tilbage: Penge", "14 dage tilbage: Penge"]


def test_consortium_that_hides_from_its_follower_sends_nothing(
    call: Call, member: Member, time_machine: Any
):
    consortium = make_open_consortium(call, make_member().organisation)
    following.follow(followed=consortium, member=member)
    consortium.openness = Openness.HIDDEN
    consortium.save()

    remind_due(of_deadlines, move(time_machine, 3))

    assert subjects() == []


@pytest.mark.parametrize("let_in", [False, True])
def test_secretariat_reads_a_hidden_consortiums_date_only_where_it_is_invited(
    call: Call, log_in: LogIn, time_machine: Any, let_in: bool
):
    lead, day = make_member(), DEADLINE - timedelta(days=11)
    hidden = {"openness": Openness.HIDDEN, "secretariat_invited": let_in}
    consortium = make_open_consortium(
        call, lead.organisation, name="Vores", suggestions_by=day, **hidden
    )
    following.follow(followed=consortium, member=make_secretary())

    remind_due(of_deadlines, move(time_machine, 14))
    assert ("3 dage tilbage: Penge" in subjects()) == let_in

    typed = {"name": "Vores", "openness": "hidden", "version": "1", "suggestions_by": "2030-05-09"}
    if let_in:
        typed["secretariat_invited"] = "on"
    assert log_in(lead).post(f"{consortium.get_absolute_url()}ret/", typed).status_code == 302
    assert bool(subjects()) == let_in


def test_former_member_gets_no_reminder(call: Call, member: Member, time_machine: Any):
    following.follow(followed=call, member=member)
    Member.objects.filter(pk=member.pk).update(to_date=timezone.localdate())

    remind_due(of_deadlines, move(time_machine, 3))

    assert subjects() == []


def test_worker_sends_a_reminder_over_smtp(mailbox: Mailbox, time_machine: Any, settings: Any):
    settings.EMAIL_BACKEND = "taskforce.core.outbox.Backend"
    member, call = make_member(), make_call("Penge", day=timezone.localdate() + timedelta(days=40))
    following.follow(followed=call, member=member)
    time_machine.move_to(timezone.now() + timedelta(days=37))

    send_reminders(0)
    send_reminders(0)

    (letter,) = mailbox.letters
    assert letter["to"] == member.user.email
    text = letter.get_content()
    assert call.get_absolute_url() in text
    assert "/mails/stop/" in text


def follows_by_mail(thing: Any, email: str = "fremmed@example.org", how: str = "") -> Follower:
    stranger = Follower.objects.create(email=email, confirmed_at=timezone.now())
    Follow.objects.create(follower=stranger, how=how, **named(thing))
    return stranger


def test_strangers_are_reminded_as_members_are(call: Call, member: Member, time_machine: Any):
    move(time_machine, 40)
    following.follow(followed=call, member=member)
    follows_by_mail(call)
    follows_by_mail(call, "aldrig@example.org", How.NEVER)

    for _run in range(2):
        remind_due(of_deadlines, move(time_machine, 30))

    _first, letter = mail.outbox
    assert sent_to() == [member.user.email, "fremmed@example.org"]
    assert letter.subject == "30 dage tilbage: Penge"
    assert "/det-jeg-foelger/" in letter.body
    assert "List-Unsubscribe" in letter.extra_headers
    assert letter.extra_headers["References"].startswith(f"<call-{call.pk}@")


def test_stranger_is_reminded_of_no_date_of_a_consortium_that_hides(call: Call, time_machine: Any):
    hidden = make_open_consortium(call, make_member().organisation, openness=Openness.HIDDEN)
    move(time_machine, 40)
    follows_by_mail(hidden)

    remind_due(of_deadlines, move(time_machine, 30))

    assert subjects() == []


def test_theme_of_a_call_says_whether_its_followers_are_reminded(
    call: Call, member: Member, time_machine: Any
):
    move(time_machine, 40)
    barrier = make_barrier()
    call.barriers.add(barrier)
    following.follow(followed=call, member=member)
    theme = acts.follow(reader=member.user, **named(barrier.theme))
    acts.set_how(follow=theme, how=How.NEVER)

    remind_due(of_deadlines, move(time_machine, 30))
    assert subjects() == []

    acts.set_how(follow=theme, how=How.DAILY)
    remind_due(of_deadlines, move(time_machine, 29))
    assert subjects() == ["29 dage tilbage: Penge"]
