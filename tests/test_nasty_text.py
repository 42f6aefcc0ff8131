"""Whatever text is stored, from before texts were cleaned too, every page and file still opens."""

import email
import io
from xml.etree import ElementTree

import docx
import icalendar
import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection, models
from openpyxl import load_workbook

from taskforce.core import outbox
from tests.conftest import put_away
from tests.core.test_clean_database import text_columns
from tests.test_access import OWN, PAGES, addresses_in
from tests.world import World

# All that Postgres can hold and no page should show; it refuses NUL and halves of pairs by itself.
NASTY = (
    "\x0b\x01\x1b\x7f\x85\uffff\ufffe\ufdd0\U0001ffff \u202egnp.\u2066x vel\u00adfærd\u200b\ufeff"
    "\u2028A\u030a 👩\u200d💻 שלום عبد <b>&amp; ]]> {{ x }} \r\nBcc: x@example.org #[*_`$"
)
LONG = "w" * 100_000
FILES = ["/feed/", "/meetings.ics", "/opslag.ics", "/sitemap.xml", "/barrierer/barrierer.csv"]
FILES += ["/feed/kalender.ics"]
FILES += ["/barrierer/barrierer.xlsx"]


def is_free(field: models.Field) -> bool:
    """Tell whether a column holds whatever somebody typed."""
    fixed = (
        models.SlugField,
        models.FileField,
        models.JSONField,
        models.URLField,
        models.EmailField,
    )
    plain = isinstance(field, models.CharField | models.TextField) and not isinstance(field, fixed)
    kept = {
        "digest",
        "password",
        "log_in_key",
        "who",
        "zone",
        "topic_id",
        "location",
        "url",
        "doubt",
    }
    kept |= {"verb", "act", "unit", "country"}
    return plain and not field.choices and field.name not in kept


def poison(text: str) -> None:
    """Write a text behind all that is stored, past everything that would clean it."""
    literal = "'" + text.replace("'", "''") + "'"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers
        for field in filter(is_free, text_columns()):
            table, most = field.model._meta.db_table, field.max_length
            column = f'"{field.column}"'  # its name may be a word of SQL
            whole = f"{column} || {literal}"
            cut = f"left({whole}, {most})" if most else whole
            # Empty stays empty, since constraints tie a text to a state.
            cursor.execute(
                f"UPDATE {table} SET {column} = {cut} WHERE {column} <> ''".replace("%", "%%")
            )
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def poisoned(world: World) -> World:
    poison(NASTY)
    return world


@pytest.mark.parametrize("who", ["stranger", "member", "secretary"])
def test_every_page_opens(who: str, poisoned: World):
    browser = poisoned.browser(who)
    answers = {}
    addresses = addresses_in(poisoned)
    for path in [addresses[name] for name in (*PAGES, *OWN)] + FILES:
        answer = browser.get(path)
        answer.getvalue()
        put_away(answer)
        answers[path] = answer.status_code

    assert {path: status for path, status in answers.items() if status >= 500} == {}


def test_feed_and_site_map_are_xml(poisoned: World):
    browser = poisoned.browser("stranger")

    assert ElementTree.fromstring(browser.get("/feed/").content).findall("channel/item")
    assert len(ElementTree.fromstring(browser.get("/sitemap.xml").content))


def test_calendars_hold_no_more_lines_than_they_should(poisoned: World):
    for path in ("/meetings.ics", "/opslag.ics", "/feed/kalender.ics"):
        text = poisoned.browser("stranger").get(path).content
        calendar = icalendar.Calendar.from_ical(text)
        assert calendar.walk("VEVENT")
        assert b"\nBcc:" not in text


def test_workbook_and_minutes_in_word_open(poisoned: World):
    browser = poisoned.browser("secretary")
    book = load_workbook(io.BytesIO(browser.get("/barrierer/barrierer.xlsx").content))
    assert book.active.max_row > 1

    paper = browser.get(addresses_in(poisoned)["meetings:word"])
    assert docx.Document(io.BytesIO(paper.getvalue())).paragraphs


def test_minutes_as_pdf_open(poisoned: World):
    answer = poisoned.browser("secretary").get(addresses_in(poisoned)["meetings:pdf"])

    assert answer.getvalue().startswith(b"%PDF")


def test_mail_is_one_letter_with_its_own_headers():
    letter = outbox.pack(
        EmailMultiAlternatives(" ".join(NASTY.split()), NASTY, to=["a@example.org"])
    )

    letter.pop("attachments")
    message = EmailMultiAlternatives(**letter).message()

    read = email.message_from_bytes(message.as_bytes())
    assert (read["To"], read["Bcc"]) == ("a@example.org", None)


@pytest.mark.parametrize("who", ["stranger", "secretary"])
def test_a_word_as_long_as_a_book_breaks_no_list(who: str, world: World):
    poison(LONG)
    browser = world.browser(who)
    for path in ("/", "/barrierer/", "/moeder/", "/indsatser/", "/opslag/", "/eksempler/", *FILES):
        assert browser.get(path).status_code == 200, path
