"""Strangers follow by their address: ask, confirm, look after it, and end it without log-in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.following import acts, reminding
from taskforce.following.forms import field_of
from taskforce.following.models import Follow, Follower, FollowRequest, How, Told
from taskforce.following.outside import acts as outside
from taskforce.following.outside import links
from taskforce.following.stopping import links as stopping
from taskforce.following.things import NEWSLETTER, named, searched, token
from taskforce.members.accounts import addresses
from tests.factories import (
    make_barrier,
    make_call,
    make_member,
    make_open_consortium,
    make_organisation,
    make_statement,
    make_user,
)
from tests.racing import at_once

EMAIL = "fremmed@example.org"
pytestmark = pytest.mark.django_db


def ask(thing: Any, email: str = EMAIL) -> Any:
    return Client().post(f"/foelg-med/?ting={token(thing)}", {"email": email})


def link() -> str:
    """Return the path in the latest letter."""
    found = re.search(r"/foelg-med/bekraeft/\w+/", str(mail.outbox[-1].body))
    assert found
    return found[0]


def confirmed(thing: Any) -> Follower:
    ask(thing)
    Client().post(link())
    return Follower.objects.get()


def test_stranger_follows_by_mail_and_sees_it_on_a_page_of_their_own(client: Client):
    barrier = make_barrier("Smal dør")
    page = client.get(barrier.get_absolute_url()).content.decode()
    assert f"/foelg-med/?ting={token(barrier)}" in page
    assert "Smal dør" in client.get(f"/foelg-med/?ting={token(barrier)}").content.decode()

    assert ask(barrier, "Fremmed@Example.org").url == "/foelg-med/tak/"
    assert client.get("/foelg-med/tak/").status_code == 200
    assert [letter.to for letter in mail.outbox] == [[EMAIL]]
    assert not Follower.objects.exists()

    page = client.get(link())
    assert "Smal dør" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not Follow.objects.exists()  # opening it changes nothing

    answer = client.post(link())
    follower = Follower.objects.get()
    assert answer.url.startswith("/det-jeg-foelger/")
    assert follower.confirmed_at
    assert [row.target_id for row in Follow.objects.of(follower)] == [barrier.pk]
    assert "Smal dør" in client.get(answer.url).content.decode()


def test_button_pressed_twice_follows_once(client: Client):
    follower = confirmed(make_barrier())

    for answer in (client.post(link()), client.get(link())):
        assert answer.status_code == 200
        assert "Du følger det allerede" in answer.content.decode()
    assert Follow.objects.of(follower).count() == 1


def test_button_pressed_twice_at_once_follows_once(transactional_db: None):
    ask(make_barrier())
    press = lambda: Client().post(link()).status_code  # noqa: E731

    assert sorted(at_once(press, press)) == [200, 302]
    assert Follower.objects.count() == Follow.objects.count() == 1


def test_answer_is_the_same_whoever_the_address_belongs_to():
    barrier, member = make_barrier(), make_member()
    confirmed(barrier)
    mail.outbox.clear()

    answers = [ask(barrier, email) for email in (EMAIL, member.user.email, "ny@example.org")]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/foelg-med/tak/")}


def test_an_address_gets_one_mail_an_hour_whose_link_confirms_all(time_machine: Any):
    first, second = make_barrier("Den første"), make_barrier("Den anden")
    ask(first)
    ask(second)
    assert len(mail.outbox) == 1
    page = Client().get(link()).content.decode()
    assert "Den første" in page
    assert "Den anden" in page

    Client().post(link())
    assert Follow.objects.count() == 2

    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    ask(make_barrier())
    assert len(mail.outbox) == 2


def test_unconfirmed_is_gone_after_two_days(client: Client, time_machine: Any):
    ask(make_barrier())
    path = link()
    time_machine.move_to(timezone.now() + timedelta(hours=47))
    outside.forget()
    assert client.get(path).status_code == 200

    time_machine.move_to(timezone.now() + timedelta(hours=2))
    assert client.get(path).status_code == client.post(path).status_code == 410
    outside.forget()
    assert not FollowRequest.objects.exists()
    assert not Follow.objects.exists()


def test_member_who_asks_by_mail_follows_as_a_member(client: Client):
    user = make_member().user
    ask(make_barrier(), user.email)

    assert client.post(link()).url == "/min-side/beskeder/"

    assert Follow.objects.get().user == user
    assert not Follower.objects.exists()


def test_former_member_follows_as_a_stranger():
    member = make_member()
    member.to_date = member.from_date
    member.save()
    ask(make_barrier(), member.user.email)
    Client().post(link())

    assert Follow.objects.get().follower == Follower.objects.get()


@pytest.mark.parametrize("email", ["", "x", "x@", "a b@example.org"])
def test_bad_address_is_told_at_the_field(email: str):
    answer = ask(make_barrier(), email)
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"email"}
    assert not mail.outbox


def test_program_that_fills_in_the_trap_asks_nothing():
    path = f"/foelg-med/?ting={token(make_barrier())}"
    answer = Client().post(path, {"email": EMAIL, "homepage": "x"})
    assert answer.status_code == 200
    assert not FollowRequest.objects.exists()


def test_one_visitor_asks_twenty_times_a_day():
    barrier = make_barrier()
    for number in range(20):
        ask(barrier, f"nr-{number}@example.org")
    answer = ask(barrier, "one-more@example.org")
    assert answer.context["form"].non_field_errors() == [
        "Det var mange gange i dag. Prøv igen i morgen."
    ]
    assert len(mail.outbox) == 20


def test_what_a_stranger_may_not_see_is_not_followed(client: Client):
    hidden = make_barrier("Hemmelig", hidden_at=timezone.now())
    secret = make_open_consortium(make_call(), make_organisation(), openness="hidden")
    queries = [f"ting={token(hidden)}", f"ting={token(secret)}", "ting=user-1", "ord=", ""]
    for query in queries:
        for answer in (client.get(f"/foelg-med/?{query}"), client.post(f"/foelg-med/?{query}")):
            assert answer.status_code == 404


def test_page_to_confirm_names_nothing_that_is_hidden_meanwhile(client: Client):
    barrier = make_barrier("Hemmelig")
    ask(barrier)
    barrier.hidden_at = timezone.now()
    barrier.save()
    assert "Hemmelig" not in client.get(link()).content.decode()


def test_stranger_follows_words_and_the_newsletter(client: Client):
    for query in ("ord=klausul", "ting=newsletter"):
        client.post(f"/foelg-med/?{query}", {"email": EMAIL})
    page = client.get(link()).content.decode()
    assert "klausul" in page
    assert "Nyhedsbrevet" in page
    client.post(link())
    rows = [(row.target_type, row.words) for row in Follow.objects.all()]
    assert rows == [(None, "klausul"), (None, "")]


def test_own_page_changes_how_often_and_ends_one(client: Client):
    follower = confirmed(make_barrier())
    other = acts.follow(reader=follower, **named(make_barrier()))
    row, here = Follow.objects.exclude(pk=other.pk).get(), links.page_of(follower)

    client.post(here, {field_of(row): How.AT_ONCE, field_of(other): ""})
    assert [each.how for each in Follow.objects.order_by("pk")] == [How.AT_ONCE, ""]

    client.post(here, {field_of(row): How.AT_ONCE, field_of(other): "", "stop": str(row.pk)})
    assert [*Follow.objects.all()] == [other]


def test_address_is_deleted_with_the_last_follow(client: Client):
    follower = confirmed(make_barrier())
    here, row = links.page_of(follower), Follow.objects.get()

    answer = client.post(here, {field_of(row): "", "stop": str(row.pk)})

    assert "slettet din e-mail" in answer.content.decode()
    assert not Follower.objects.exists()
    assert client.get(here).status_code == 410


def test_own_page_ends_all(client: Client):
    follower = confirmed(make_barrier())
    acts.follow(reader=follower, **NEWSLETTER)
    client.post(links.page_of(follower), {"stop": "all"})
    assert not Follower.objects.exists()


def test_link_to_the_own_page_is_good_for_a_year(client: Client, time_machine: Any):
    here = links.page_of(confirmed(make_barrier()))
    time_machine.move_to(timezone.now() + timedelta(days=365))
    assert client.get(here).status_code == 200
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert client.get(here).status_code == 410
    assert client.get("/det-jeg-foelger/x/").status_code == 410


def test_who_becomes_a_member_keeps_what_they_followed():
    barrier, other = make_barrier(), make_barrier()
    follower = confirmed(barrier)
    row = Follow.objects.get()
    acts.set_how(follow=row, how=How.DAILY)
    acts.follow(reader=follower, **searched("klausul"))
    user = make_user(email=EMAIL)
    acts.follow(reader=user, **named(other))

    make_member(user=user)

    assert not Follower.objects.exists()
    found = [(each.target_id, each.words, each.how) for each in Follow.objects.of(user)]
    assert sorted(found, key=str) == sorted(
        [(other.pk, "", ""), (barrier.pk, "", How.DAILY), (None, "klausul", "")], key=str
    )
    assert not Told.objects.exists()


def test_who_becomes_a_member_hears_what_happened_since_they_began():
    follower = confirmed(make_barrier())
    began = timezone.now() - timedelta(days=5)
    Follow.objects.of(follower).update(since=began)

    make_member(user=make_user(email=EMAIL))

    assert Follow.objects.get().since == began


def test_member_who_takes_an_address_that_follows_gets_one_set_of_letters(secretary):
    barrier, member = make_barrier(), make_member()
    follower = confirmed(barrier)
    for reader in (follower, member.user):
        acts.follow(reader=reader, **named(barrier))
    event = record(Verb.ADDED, make_statement(barrier), by=None)
    Told.objects.create(follower=follower, event=event)
    reminding.note("call-7 2030-01-01 3", follower)

    addresses.change_address(user=member.user, email=EMAIL, by=secretary.user)

    assert not Follower.objects.exists()
    assert Follow.objects.get().user == member.user
    assert Told.objects.get().user == member.user
    assert not reminding.note("call-7 2030-01-01 3", member.user)


def test_link_in_a_mail_from_before_stops_it_for_the_member_that_one_is_now(client: Client):
    follower = confirmed(make_barrier())
    stop = stopping.stop(follower, Follow.objects.get(), None)
    all_of_it = stopping.stop_all(follower)
    member = make_member(user=make_user(email=EMAIL))
    other = acts.follow(reader=member.user, **named(make_barrier()))

    assert client.get(stop).status_code == 200
    assert client.post(stop).status_code == 200
    assert [*Follow.objects.all()] == [other]
    assert client.post(stop).status_code == client.post(all_of_it).status_code == 404


def test_other_changes_of_a_user_and_addresses_of_former_members_leave_followers_alone():
    follower = confirmed(make_barrier())
    today = timezone.localdate()
    former = make_member(from_date=today - timedelta(days=9), to_date=today - timedelta(days=1))

    former.user.email = EMAIL
    former.user.save()

    assert Follow.objects.get().follower == follower


@pytest.mark.parametrize(
    "path", ["/foelg-med/bekraeft/%00/", "/det-jeg-foelger/%00/", "/mails/stop/%00/"]
)
def test_link_with_a_letter_that_no_text_holds_leads_nowhere(client: Client, path: str):
    assert client.get(path).status_code in (400, 404, 410)
