"""Once a year a profile is asked about: one button answers, silence is shown, and then hides."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from taskforce.members.models import Organisation
from taskforce.members.organisations import confirming
from tests.factories import make_listed, make_member

TODAY = date(2026, 11, 30)
YEAR, MONTH = timedelta(days=365), timedelta(days=30)


def told(organisation: Organisation) -> tuple[date | None, int]:
    organisation.refresh_from_db()
    return organisation.asked_on, organisation.unanswered


def test_asks_a_year_after_it_was_confirmed_and_not_before(db: None):
    due = make_listed("A", confirmed_on=TODAY - YEAR, mailbox="a@example.org")
    make_listed("B", confirmed_on=TODAY - YEAR + timedelta(days=1))
    make_listed("C", confirmed_on=None)
    make_listed("D", confirmed_on=TODAY - YEAR, is_example=True)

    assert confirming.ask_all(TODAY) == 1
    assert [letter.to for letter in mail.outbox] == [["a@example.org"]]
    assert "Passer det stadig? A" in mail.outbox[0].subject
    assert told(due) == (TODAY, 0)


def test_one_letter_a_day_however_often_it_runs(db: None):
    make_listed("A", confirmed_on=TODAY - YEAR, mailbox="a@example.org")

    assert [confirming.ask_all(TODAY) for _ in range(3)] == [1, 0, 0]


def test_silence_is_shown_after_two_letters_and_hides_after_three(db: None):
    silent = make_listed("A", confirmed_on=TODAY - YEAR, mailbox="a@example.org")
    seen = []
    for month in range(6):
        confirming.ask_all(TODAY + month * MONTH)
        silent.refresh_from_db()
        seen.append((silent.unanswered, silent.is_unconfirmed, silent.tells, len(mail.outbox)))

    assert seen == [
        (0, False, True, 1),
        (1, False, True, 2),
        (2, True, True, 3),
        (3, True, False, 3),
        (3, True, False, 3),
        (3, True, False, 3),
    ]
    assert "om en måned bliver det skjult" in mail.outbox[2].body


def test_writes_to_the_contact_else_the_mailbox_else_all_members(db: None):
    listed = make_listed("A", confirmed_on=TODAY - YEAR)
    people = [make_member(listed), make_member(listed)]
    make_member(listed, to_date=timezone.localdate())
    addresses = [person.user.email for person in people]

    def asked() -> list[str]:
        mail.outbox.clear()
        Organisation.objects.update(asked_on=None, unanswered=0)
        confirming.ask_all(TODAY)
        return [letter.to[0] for letter in mail.outbox]

    assert asked() == addresses
    Organisation.objects.update(mailbox="a@example.org")
    assert asked() == ["a@example.org"]
    Organisation.objects.update(contact=people[1])
    assert asked() == [addresses[1]]


def test_nobody_is_silent_where_nobody_can_answer(db: None):
    empty = make_listed("A", confirmed_on=TODAY - YEAR)

    for month in range(5):
        assert confirming.ask_all(TODAY + month * MONTH) == 0
    assert (told(empty), mail.outbox) == ((None, 0), [])

    make_member(empty)
    assert confirming.ask_all(TODAY) == 1


def test_button_confirms_and_looking_does_not(db: None, client: Client):
    listed = make_listed("A", confirmed_on=TODAY - YEAR, asked_on=TODAY, unanswered=3)
    link = confirming.link(listed)

    assert "Bager brød til kantiner." in client.get(link).content.decode()
    assert told(listed) == (TODAY, 3)

    assert client.post(link).url == "/organisationer/a/"
    assert told(listed) == (None, 0)
    assert listed.confirmed_on == timezone.localdate()


@pytest.mark.parametrize("key", ["x", "1:abc:def", "a:b"])
def test_link_that_is_none_of_ours_confirms_nothing(db: None, client: Client, key: str):
    make_listed("A", confirmed_on=TODAY - YEAR)

    for answer in (client.get(f"/profil/{key}/"), client.post(f"/profil/{key}/")):
        assert answer.status_code == 410
        assert "Linket virker ikke" in answer.content.decode()
    assert Organisation.objects.get().confirmed_on == TODAY - YEAR


def test_link_of_a_year_ago_is_over(db: None, client: Client):
    import time_machine

    listed = make_listed("A")
    with time_machine.travel(timezone.now() - timedelta(days=366)):
        link = confirming.link(listed)

    assert client.get(link).status_code == 410
