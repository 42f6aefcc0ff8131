"""A file that was sent once the log-in had run out is said to be lost."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import make_meeting, make_secretary
from tests.members.accounts.ways import log_in_by_code

ADD = "/moeder/3/materiale/ny/"


def send(client: Client, *names: str) -> None:
    files = [SimpleUploadedFile(name, b"x") for name in names]
    answer = client.post(ADD, {"title": "Oplæg", "file": files}, headers={"referer": ADD})
    assert answer.status_code == 302
    assert answer.url.startswith("/konto/login/")


def said_after_log_in(client: Client, letters: list[Any]) -> list[str]:
    log_in_by_code(client, make_secretary().user.email, letters)
    page = client.get(ADD)
    return [str(message) for message in page.context["messages"] if "Filen" in str(message)]


def test_a_lost_file_is_told_once_after_log_in(client, db, mailoutbox):
    make_meeting(3)
    send(client, "oplæg.pdf")

    told = ["Filen ”oplæg.pdf” nåede ikke med. Vælg den igen."]
    assert said_after_log_in(client, mailoutbox) == told
    assert [*client.get(ADD).context["messages"]] == []


def test_three_of_many_are_told_with_short_names(client, db, mailoutbox):
    make_meeting(3)
    send(client, *(f"{'x' * 150}{number}.pdf" for number in range(9)))

    found = said_after_log_in(client, mailoutbox)

    assert len(found) == 3
    assert all(len(words) < 160 for words in found)


def test_nothing_is_told_where_no_file_was_sent(client, db, mailoutbox):
    make_meeting(3)
    client.post(ADD, {"title": "Oplæg", "link": "https://example.org"})

    assert "lost_files" not in client.session
    assert said_after_log_in(client, mailoutbox) == []
