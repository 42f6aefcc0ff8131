"""The button that follows, on every page that has one."""

import pytest
from django.test import Client
from django.utils import timezone

from barriers.models import Barrier
from taskforce.following import acts
from taskforce.following.models import Follow
from taskforce.following.things import named, token
from taskforce.members.models import Member
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_initiative,
    make_meeting,
    make_member,
    make_open_consortium,
    make_organisation,
    make_theme,
)

MAKERS = {
    "barrier": make_barrier,
    "initiative": make_initiative,
    "case": make_case,
    "meeting": lambda: make_meeting(number=3),
    "organisation": make_organisation,
    "theme": make_theme,
    "call": make_call,
    "consortium": lambda: make_open_consortium(make_call(), make_organisation()),
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Member:
    return make_member()


@pytest.mark.parametrize("kind", MAKERS)
def test_member_follows_and_stops_on_the_page_of_a_thing(kind, member: Member, log_in: LogIn):
    thing, browser = MAKERS[kind](), log_in(member)
    page = thing.get_absolute_url()
    fields = {"ting": token(thing), "tilbage": page}
    assert 'aria-pressed="false"' in browser.get(page).content.decode()

    for _time in range(2):
        assert browser.post("/foelg/", fields).url == page
    assert [named(thing)["target_id"]] == [row.target_id for row in Follow.objects.of(member.user)]
    assert "Følger · Følg ikke længere" in browser.get(page).content.decode()

    for _time in range(2):
        assert browser.post("/foelg-ikke/", fields).url == page
    assert not Follow.objects.exists()


def test_member_follows_words_of_a_search(member: Member, log_in: LogIn):
    browser, here = log_in(member), "/soeg/?q=klausul"
    assert 'name="ord" value="klausul"' in browser.get(here).content.decode()

    assert browser.post("/foelg/", {"ord": "klausul", "tilbage": here}).url == here

    assert Follow.objects.get().words == "klausul"
    assert "Følg ikke længere" in browser.get(here).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"ting": "barrier-"},
        {"ting": "barrier-9999999999999999999999"},
        {"ting": "user-1"},
        {"ting": "barrier-1 or 1"},
        {"ord": "   "},
        {"ord": "x" * 201},
    ],
)
def test_what_is_not_there_is_not_followed(fields, member: Member, log_in: LogIn):
    for address in ("/foelg/", "/foelg-ikke/"):
        assert log_in(member).post(address, fields).status_code == 404
    assert not Follow.objects.exists()


def test_what_is_hidden_is_not_followed(member: Member, log_in: LogIn):
    barrier = make_barrier(hidden_at=timezone.now())
    assert log_in(member).post("/foelg/", {"ting": token(barrier)}).status_code == 404
    hidden = make_open_consortium(make_call(), make_organisation(), openness="hidden")
    assert log_in(member).post("/foelg/", {"ting": token(hidden)}).status_code == 404
    assert not Follow.objects.exists()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil", "x"])
def test_button_leads_back_to_a_page_of_ours_only(back: str, member: Member, log_in: LogIn):
    answer = log_in(member).post("/foelg/", {"ting": token(make_barrier()), "tilbage": back})
    assert answer.url == "/min-side/"


def test_button_works_on_a_page_with_a_long_address(member: Member, log_in: LogIn):
    barrier, here = make_barrier(), "/barrierer/?q=" + "x" * 3_000
    sent = {"ting": token(barrier), "tilbage": here, "engang": "1"}
    answers = [log_in(member).post("/foelg/", sent) for _twice in range(2)]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, here)] * 2
    assert Follow.objects.get().target_id == barrier.pk


def test_stranger_and_former_member_do_not_follow_by_the_button(
    member: Member, log_in: LogIn, client: Client
):
    barrier: Barrier = make_barrier()
    page = barrier.get_absolute_url()
    assert client.post("/foelg/", {"ting": token(barrier)}).url.startswith("/konto/")
    browser = log_in(member)
    member.to_date = member.from_date
    member.save()
    assert browser.post("/foelg/", {"ting": token(barrier)}).status_code == 403
    for visitor in (client, browser):
        assert "aria-pressed" not in visitor.get(page).content.decode()
    assert not Follow.objects.exists()


def test_following_answers_no_get(member: Member, log_in: LogIn):
    for address in ("/foelg/", "/foelg-ikke/"):
        assert log_in(member).get(address).status_code == 405


def test_one_follow_marks_one_thing_alone(member: Member, log_in: LogIn):
    barrier, other = make_barrier(), make_barrier()
    acts.follow(reader=member.user, **named(barrier))
    pressed = 'aria-pressed="true"'
    assert pressed in log_in(member).get(barrier.get_absolute_url()).content.decode()
    assert pressed not in log_in(member).get(other.get_absolute_url()).content.decode()
