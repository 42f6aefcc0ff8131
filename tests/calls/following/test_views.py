"""Follow and stop following, on the page and by a link in a mail."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from calls.following import acts as following
from calls.following import letters, links, reminding
from calls.models import Call, Consortium, Follow, Openness
from taskforce.members.models import Member
from tests.calls.following.moving import move
from tests.conftest import LogIn
from tests.factories import make_member, make_open_consortium


def test_member_follows_and_stops_on_the_page(call: Call, member: Member, log_in: LogIn):
    browser, page = log_in(member), call.get_absolute_url()
    for _time in range(2):
        browser.post(f"{page}foelg/")
    assert Follow.objects.get().call == call
    assert "Følg ikke længere" in browser.get(page).content.decode()
    assert "Penge" in browser.get("/min-side/").content.decode()

    browser.post(f"{page}foelg-ikke/")
    assert not Follow.objects.exists()


def test_hidden_consortium_is_not_followed(call: Call, member: Member, log_in: LogIn):
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


def test_link_opens_a_page_whose_button_stops_following(client: Client, link: str):
    page = client.get(link)
    assert "Penge" in page.content.decode()
    assert 'method="post"' in page.content.decode()
    assert Follow.objects.exists()  # opening it changes nothing

    assert "får ikke flere mails" in client.post(link).content.decode()
    assert not Follow.objects.exists()
    assert client.post(link).status_code == 200  # once more does no harm


def test_mail_program_stops_following_by_the_link_in_the_letters_head(
    call: Call, member: Member, mailoutbox: list[EmailMessage]
):
    follow = following.follow(followed=call, member=member)
    letters.send(follow, "call_changed", about=call, changed=[])
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(headers["List-Unsubscribe"].strip("<>")).path

    Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})

    assert not Follow.objects.exists()


def test_expired_or_forged_link_is_not_found(client: Client, link: str, time_machine: Any):
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


def test_member_follows_a_consortium_and_stops_on_its_page(call, member, log_in):
    consortium, browser = make_open_consortium(call, make_member().organisation), log_in(member)
    here = consortium.get_absolute_url()

    assert browser.post(f"{here}foelg/").url == here
    assert Follow.objects.get().consortium == consortium
    assert browser.get(here).context["follows"]

    assert browser.post(f"{here}foelg-ikke/").url == here
    assert not Follow.objects.exists()
