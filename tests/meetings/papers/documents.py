"""Read documents back, as tests of papers do."""

import io
import re
from datetime import UTC, datetime

import docx
import pypdfium2
from django.test import Client

from meetings.papers.blocks import Heading, parse
from meetings.papers.content import Paper
from tests.conftest import put_away

PDF, WORD = "/moeder/3/referat.pdf", "/moeder/3/referat.docx"


def body(answer) -> bytes:
    assert answer.status_code == 200
    content = answer.getvalue()
    put_away(answer)
    return content


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    pages = [document[number] for number in range(len(document))]
    return joined("\n".join(page.get_textpage().get_text_bounded() for page in pages))


def word_text(content: bytes) -> str:
    return joined("\n".join(paragraph.text for paragraph in opened(content).paragraphs))


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def joined(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def both(browser: Client) -> list[str]:
    return [pdf_text(body(browser.get(PDF))), word_text(body(browser.get(WORD)))]


def in_order(text: str, *parts: str) -> bool:
    return re.search(".*?".join(map(re.escape, parts)), text) is not None


def make_paper(html: str, mark: str = "") -> Paper:
    return Paper(
        title="Referat",
        name="referat",
        author="Taskforcen",
        mark=mark,
        made_at=datetime(2022, 11, 16, tzinfo=UTC),
        page_words=("side", "af"),
        contents_title="Indhold",
        contents_depth=3,
        blocks=[Heading(2, "Referat"), *parse(html, level=3)],
    )
