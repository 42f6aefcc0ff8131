"""Mail from templates."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import translation

from taskforce.core import mail


@pytest.fixture
def templates(tmp_path: Path, settings: Any) -> Path:
    """Have templates of a mail called "news" in Danish, whose subject has line breaks."""
    folder = tmp_path / "emails"
    folder.mkdir()
    (folder / "news.subject.txt").write_text("\n  Nyt til {{ name }}\n\n", encoding="utf-8")
    body = '{% translate "News" %} for {{ name|safe }}: {{ site }}/\n'
    (folder / "news.txt").write_text(body, encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.SITE_URL = "https://portal.example"
    return folder


def test_mail_is_written_in_danish_whatever_the_page_speaks(
    templates: Path, mailoutbox: list[EmailMessage]
):
    with translation.override("en"):
        mail.send("news", to="ea@example.org", context={"name": "Ea & Bo"})

    (letter,) = mailoutbox
    assert letter.to == ["ea@example.org"]
    assert letter.body == "Nyheder for Ea & Bo: https://portal.example/\n"
    assert (letter.reply_to, letter.attachments) == ([], [])


def test_subject_is_one_line(templates: Path, mailoutbox: list[EmailMessage]):
    name = "Ea\r\nBcc: everybody@example.org"

    mail.send("news", to="ea@example.org", context={"name": name})

    assert mailoutbox[0].subject == "Nyt til Ea Bcc: everybody@example.org"


def test_mail_carries_reply_address_and_attachments(
    templates: Path, mailoutbox: list[EmailMessage]
):
    file = ("a.pdf", b"%PDF", "application/pdf")

    mail.send(
        "news", to="ea@example.org", context={}, reply_to="bo@example.org", attachments=[file]
    )

    (letter,) = mailoutbox
    assert letter.reply_to == ["bo@example.org"]
    assert [tuple(attachment) for attachment in letter.attachments] == [file]


def test_context_may_name_another_site(templates: Path, mailoutbox: list[EmailMessage]):
    mail.send("news", to="ea@example.org", context={"site": "https://other.example"})

    assert mailoutbox[0].body == "Nyheder for : https://other.example/\n"
