"""Mail from templates."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import translation

from taskforce.core import mail
from tests.factories import make_user


@pytest.fixture
def templates(tmp_path: Path, settings: Any, db: None) -> Path:
    """Have templates of a mail called "news" in Danish, whose subject has line breaks."""
    folder = tmp_path / "emails"
    folder.mkdir()
    (folder / "news.subject.txt").write_text("\n  Nyt til {{ name }}\n\n", encoding="utf-8")
    body = '{% translate "News" %} for {{ name|safe }}: {{ site }}/\n'
    (folder / "news.txt").write_text(body, encoding="utf-8")
    dirs = [tmp_path, *settings.TEMPLATES[0]["DIRS"]]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": dirs}]
    settings.SITE_URL = "https://portal.example"
    return folder


def test_mail_is_written_in_danish_whatever_the_page_speaks(
    templates: Path, mailoutbox: list[EmailMessage]
):
    with translation.override("en"):
        mail.send("news", to="ea@example.org", context={"name": "Ea & Bo"})

    (letter,) = mailoutbox
    assert letter.to == ["ea@example.org"]
    assert letter.body == (
        "Hej\n\nNyheder for Ea & Bo: https://portal.example/\n\nVenlig hilsen\nSekretariatet\n"
        "Buy Social Taskforce Danmark\nsekretariat@eksempel.example\nhttps://portal.example\n"
    )
    assert (letter.reply_to, letter.attachments) == ([], [])


def test_subject_is_one_line(templates: Path, mailoutbox: list[EmailMessage]):
    name = "Ea\r\nBcc: everybody@example.org"

    mail.send("news", to="ea@example.org", context={"name": name})

    assert mailoutbox[0].subject == "Nyt til Ea Bcc: everybody@example.org"


def test_mail_carries_reply_address(templates: Path, mailoutbox: list[EmailMessage]):
    mail.send("news", to="ea@example.org", context={}, reply_to="bo@example.org")

    assert mailoutbox[0].reply_to == ["bo@example.org"]


def test_context_may_name_another_site(templates: Path, mailoutbox: list[EmailMessage]):
    mail.send("news", to="ea@example.org", context={"site": "https://other.example"})

    assert "Nyheder for : https://other.example/\n" in mailoutbox[0].body


def test_letter_greets_who_logs_in_with_the_address(
    templates: Path, mailoutbox: list[EmailMessage]
):
    make_user("ea@example.org", name="Ea Holm")

    mail.send("news", to="EA@example.org", context={})
    mail.send("news", to="bo@example.org", context={}, greeted="Bo Lund")

    greetings = [letter.body.partition("\n")[0] for letter in mailoutbox]
    assert greetings == ["Kære Ea Holm", "Kære Bo Lund"]
