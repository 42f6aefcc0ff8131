"""Following: reminders at 30, 14, 3 and 1 days, word of changes, each once, and an end to it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from calls.following import acts as following
from calls.following import links, reminding
from calls.models import Call, CallDeadline, Consortium, Follow, Openness, SentReminder
from calls.tasks import remind_of_deadlines
from taskforce.members.models import Member
from tests.conftest import LogIn, Mailbox
from tests.factories import make_call, make_member, make_open_consortium, make_secretary

BRUSSELS = ZoneInfo("Europe/Brussels")
DEADLINE = date(2030, 5, 15)


@pytest.fixture(autouse=True)
def _local_mail(settings: Any) -> None:
    """Keep letters in the process; the outbox has tests of its own, and one of these uses it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def call(db: None, time_machine: Any) -> Call:
    move(time_machine, 100)
    call = Call.objects.create(title="Penge", summary="x")
    CallDeadline.objects.create(call=call, day=DEADLINE, time=time(17))
    return Call.objects.get()


def move(time_machine: Any, days: int, *, at: time = time(8)) -> datetime:
    """Go to so many days before the deadline, in Brussels; return the moment."""
    now = datetime.combine(DEADLINE - timedelta(days=days), at, BRUSSELS)
    time_machine.move_to(now, tick=False)
    return now


def subjects() -> list[str]:
    found = [letter.subject for letter in mail.outbox]
    mail.outbox.clear()
    return found


def test_reminds_at_30_14_3_and_1_days_each_once(call: Call, member: Member, time_machine: Any):
    following.follow(followed=call, member=member)
    told = {}

    for days in range(35, -2, -1):
        for hour in (6, 12, 18):  # the worker looks several times a day
            reminding.remind_due(move(time_machine, days, at=time(hour)))
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
def test_a_worker_that_slept_sends_the_latest_alone_and_none_twice(
    call: Call, member: Member, time_machine: Any, before: int, wakes: int, told: list[str]
):
    following.follow(followed=call, member=member)
    reminding.remind_due(move(time_machine, before))
    mail.outbox.clear()

    for hour in (8, 9, 10):
        reminding.remind_due(move(time_machine, wakes, at=time(hour)))

    assert subjects() == told


def test_a_worker_that_slept_a_week_goes_on_with_those_to_come(
    call: Call, member: Member, time_machine: Any
):
    following.follow(followed=call, member=member)
    for days in (31, 24, 23, 14, 13, 3, 2, 1, 0):
        reminding.remind_due(move(time_machine, days))

    assert len(subjects()) == 4


def test_at_1700_it_is_too_late(call: Call, member: Member, time_machine: Any):
    following.follow(followed=call, member=member)

    reminding.remind_due(move(time_machine, 0, at=time(17)))
    assert subjects() == []
    reminding.remind_due(move(time_machine, 0, at=time(16, 59)))
    assert subjects() == ["I dag kl. 17.00: Penge"]


def test_who_follows_late_is_not_told_what_stands_on_the_page(
    call: Call, member: Member, time_machine: Any
):
    now = move(time_machine, 10)
    following.follow(followed=call, member=member)

    reminding.remind_due(now)
    assert subjects() == []
    reminding.remind_due(move(time_machine, 3))
    assert subjects() == ["3 dage tilbage: Penge"]


def test_call_and_consortium_of_it_bring_one_mail(call: Call, member: Member, time_machine: Any):
    consortium = make_open_consortium(
        call, member.organisation, suggestions_by=DEADLINE - timedelta(days=11)
    )
    following.follow(followed=call, member=member)
    following.follow(followed=consortium, member=member)

    reminding.remind_due(move(time_machine, 14))

    assert subjects() == ["14 dage tilbage: Penge", "3 dage tilbage: Penge"]
    assert SentReminder.objects.filter(days=14).count() == 1
    assert SentReminder.objects.get(days=3).consortium == consortium


def test_both_stages_are_reminded_of(call: Call, member: Member, time_machine: Any):
    first = DEADLINE - timedelta(days=11)
    CallDeadline.objects.create(call=call, day=first, time=time(17), label="1. trin")
    following.follow(followed=call, member=member)

    reminding.remind_due(move(time_machine, 14))

    assert subjects() == ["3 dage tilbage: Penge", "14 dage tilbage: Penge"]


def test_consortium_that_hides_from_its_follower_sends_nothing(
    call: Call, member: Member, time_machine: Any
):
    consortium = make_open_consortium(call, make_member().organisation)
    following.follow(followed=consortium, member=member)
    consortium.openness = Openness.HIDDEN
    consortium.save()

    reminding.remind_due(move(time_machine, 3))

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

    reminding.remind_due(move(time_machine, 14))
    assert ("3 dage tilbage: Penge" in subjects()) == let_in

    typed = {"name": "Vores", "openness": "hidden", "version": "1", "suggestions_by": "2030-05-09"}
    if let_in:
        typed["secretariat_invited"] = "on"
    assert log_in(lead).post(f"{consortium.get_absolute_url()}ret/", typed).status_code == 302
    assert bool(subjects()) == let_in


def test_former_members_get_nothing(call: Call, member: Member, time_machine: Any):
    following.follow(followed=call, member=member)
    Member.objects.filter(pk=member.pk).update(to_date=timezone.localdate())

    reminding.remind_due(move(time_machine, 3))

    assert subjects() == []


def test_the_worker_sends_it_over_smtp(mailbox: Mailbox, time_machine: Any, settings: Any):
    settings.EMAIL_BACKEND = "taskforce.core.outbox.Backend"
    member, call = make_member(), make_call("Penge", day=timezone.localdate() + timedelta(days=40))
    following.follow(followed=call, member=member)
    time_machine.move_to(timezone.now() + timedelta(days=37))

    remind_of_deadlines(0)
    remind_of_deadlines(0)

    (letter,) = mailbox.letters
    assert letter["to"] == member.user.email
    text = letter.get_content()
    assert call.get_absolute_url() in text
    assert "/foelg-ikke/" in text


# Changes


def edit(secretary: Member, call: Call, **fields: Any) -> None:
    """Save a call's form with other values, at the version that it has."""
    browser = Client()
    browser.force_login(secretary.user)  # anew: a session does not last as long as a test
    deadline = call.deadlines.get()
    typed = {
        "title": call.title,
        "summary": call.summary,
        "version": str(Call.objects.get(pk=call.pk).version),
        "frister-TOTAL_FORMS": "1",
        "frister-INITIAL_FORMS": "1",
        "frister-0-id": str(deadline.pk),
        "frister-0-day": deadline.day.isoformat(),
        "frister-0-time": "17:00",
        **fields,
    }
    answer = browser.post(f"{call.get_absolute_url()}ret/", typed)
    assert (answer.status_code, answer.get("Location")) == (302, call.get_absolute_url())


def test_changed_dates_and_rules_are_told_once(call: Call, member: Member, secretary: Member):
    following.follow(followed=call, member=member)
    rules = {"rules_link": "https://eu.example/", "checked_on": "2020-01-01", "countries_min": "3"}

    edit(secretary, call, **{"frister-0-day": "2030-05-20"}, **rules)

    (letter,) = mail.outbox
    assert letter.to == [member.user.email]
    assert "20. maj 2030 kl. 17.00" in letter.body
    assert "før: 15. maj 2030 kl. 17.00" in letter.body
    assert "Lande, mindst: 3" in letter.body
    mail.outbox.clear()

    edit(secretary, call, **rules)  # the same again
    edit(secretary, call, title="Andet navn", **rules)
    assert subjects() == []


def test_who_follows_several_things_of_a_call_is_told_once(
    call: Call, member: Member, secretary: Member
):
    following.follow(followed=call, member=member)
    for lead in (member, make_member()):
        following.follow(followed=make_open_consortium(call, lead.organisation), member=member)

    edit(secretary, call, **{"frister-0-day": "2030-05-20"})

    assert len(subjects()) == 1


def test_a_date_that_was_just_told_is_not_reminded_of_at_once(
    call: Call, member: Member, secretary: Member, time_machine: Any
):
    following.follow(followed=call, member=member)
    now = move(time_machine, 50)

    near = DEADLINE - timedelta(days=40)
    edit(secretary, call, **{"frister-0-day": near.isoformat()})
    reminding.remind_due(now)

    assert subjects() == ["Ændret: Penge"]


def test_changed_rules_take_no_reminder_away(
    call: Call, member: Member, secretary: Member, time_machine: Any
):
    following.follow(followed=call, member=member)
    now = move(time_machine, 14)

    edit(secretary, call, budget="5")
    reminding.remind_due(now)

    assert subjects() == ["Ændret: Penge", "14 dage tilbage: Penge"]


def test_who_changes_it_needs_no_mail(call: Call, secretary: Member):
    following.follow(followed=call, member=secretary)

    edit(secretary, call, **{"frister-0-day": "2030-05-20"})

    assert subjects() == []


def test_consortiums_own_date_is_told_to_who_follows_it(call: Call, member: Member, log_in: LogIn):
    lead, other = make_member(), make_member()
    consortium = make_open_consortium(
        call, lead.organisation, name="Vores", suggestions_by=date(2030, 3, 1)
    )
    following.follow(followed=consortium, member=member)
    following.follow(followed=call, member=other)
    typed = {"name": "Vores", "openness": "open", "suggestions_by": "2030-04-01", "version": "1"}

    log_in(lead).post(f"{consortium.get_absolute_url()}ret/", typed)

    (letter,) = mail.outbox
    assert letter.to == [member.user.email]
    assert "1. april 2030" in letter.body
    assert "før: 1. marts 2030" in letter.body


# Following and its end


def test_follow_and_stop_on_the_page(call: Call, member: Member, log_in: LogIn):
    browser = log_in(member)
    for _time in range(2):
        browser.post("/opslag/penge/foelg/")
    assert Follow.objects.get().call == call
    assert "Følg ikke længere" in browser.get("/opslag/penge/").content.decode()
    assert "Penge" in browser.get("/min-side/").content.decode()

    browser.post("/opslag/penge/foelg-ikke/")
    assert not Follow.objects.exists()


def test_nobody_follows_what_hides(call: Call, member: Member, log_in: LogIn):
    consortium = make_open_consortium(call, make_member().organisation, openness=Openness.HIDDEN)

    assert log_in(member).post(f"{consortium.get_absolute_url()}foelg/").status_code == 404
    assert not Follow.objects.exists()


def link_in(letter: Any) -> str:
    line = next(line for line in letter.body.splitlines() if "/foelg-ikke/" in line)
    return "/foelg-ikke/" + line.partition("/foelg-ikke/")[2]


@pytest.fixture
def link(call: Call, member: Member, time_machine: Any) -> str:
    following.follow(followed=call, member=member)
    reminding.remind_due(move(time_machine, 14))
    return link_in(mail.outbox[0])


def test_link_in_the_mail_opens_a_page_with_a_button(client: Client, link: str):
    page = client.get(link)
    assert "Penge" in page.content.decode()
    assert 'method="post"' in page.content.decode()
    assert Follow.objects.exists()  # opening it changes nothing

    assert "får ikke flere mails" in client.post(link).content.decode()
    assert not Follow.objects.exists()
    assert client.post(link).status_code == 200  # once more does no harm


def test_link_expires_and_cannot_be_made_up(client: Client, link: str, time_machine: Any):
    pk = Follow.objects.get().pk
    for key in ("x", str(pk), f"{pk}:x:y", link.split("/")[2][:-1]):
        assert client.post(f"/foelg-ikke/{key}/").status_code == 404
    time_machine.shift(timedelta(days=201))

    assert client.post(link).status_code == 404
    assert Follow.objects.exists()


def test_link_does_not_name_a_consortium_that_hides_by_now(
    call: Call, member: Member, client: Client
):
    consortium = make_open_consortium(call, make_member().organisation, name="Hemmeligt")
    following.follow(followed=consortium, member=member)
    address = links.address(Follow.objects.get())
    Consortium.objects.update(openness=Openness.HIDDEN)

    page = client.get(address)

    assert page.status_code == 200
    assert "Hemmeligt" not in page.content.decode()
    client.post(address)
    assert not Follow.objects.exists()
