"""What every answer says of itself: how long it keeps, in which language, what may run."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from taskforce.core.middleware import CompressText
from tests.factories import make_barrier

PAGES = ["/", "/barrierer/", "/moeder/", "/om/", "/soeg/", "/en/", "/nope/"]
FILES = ["/feed/", "/sitemap.xml", "/meetings.ics", "/robots.txt", "/feed/kalender.ics"]


@pytest.mark.parametrize("path", PAGES + FILES)
def test_strangers_page_may_be_kept_by_anybody(db: None, client: Client, path: str):
    page = client.get(path, headers={"Accept-Language": "fr"})

    assert page["Cache-Control"] == "public, no-cache"
    assert not page.cookies
    assert "Accept-Language" not in page.get("Vary", "")
    assert "nonce" not in page["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_cache_keeps_a_members_page_apart(db: None, client: Client, path: str):
    assert client.get(path)["Vary"] == "Cookie, Accept-Encoding"


def test_pages_travel_compressed_and_files_as_they_are(db: None, client: Client):
    squeezed = {"Accept-Encoding": "gzip"}
    page = client.get("/om/", headers=squeezed)

    assert page["Content-Encoding"] == "gzip"
    assert gzip.decompress(page.content) == client.get("/om/").content
    unchanged = client.get("/om/", headers={**squeezed, "If-None-Match": page["ETag"]})
    assert unchanged.status_code == 304
    sheet = client.get("/barrierer/barrierer.xlsx", headers=squeezed)
    assert (sheet.status_code, sheet.has_header("Content-Encoding")) == (200, False)


def test_text_document_is_compressed_in_itself(rf: RequestFactory):
    kind = "application/vnd.oasis.opendocument.text"
    answer = HttpResponse(b" " * 1000, content_type=kind)

    request = rf.get("/", headers={"Accept-Encoding": "gzip"})
    assert CompressText(lambda _request: answer)(request).content == b" " * 1000


@pytest.mark.parametrize("path", FILES)
def test_unchanged_file_is_not_sent_again(db: None, client: Client, path: str):
    tag = client.get(path)["ETag"]

    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_unchanged_page_is_not_sent_again(db: None, client: Client):
    tag = client.get("/barrierer/")["ETag"]
    assert client.get("/barrierer/", headers={"If-None-Match": tag}).status_code == 304

    make_barrier()

    assert client.get("/barrierer/", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/bliv-medlem/", "/konto/login/code/"])
def test_page_with_a_form_is_kept_by_nobody(db: None, client: Client, path: str):
    page = client.get(path)

    assert page["Cache-Control"] in (
        "private, no-store",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert set(page.cookies) == {"csrftoken"}


def test_page_after_a_form_is_everybodys_again(db: None, client: Client):
    client.get("/bliv-medlem/")

    assert client.get("/barrierer/")["Cache-Control"] == "public, no-cache"
    assert client.get("/bliv-medlem/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/barrierer/", "/min-side/", "/min-side/mine-data/", "/nope/"])
def test_page_for_somebody_who_logged_in_is_kept_by_nobody(as_member: Client, path: str):
    page = as_member.get(path)

    assert page["Cache-Control"] == "private, no-store"
    assert "ETag" not in page


def test_cookie_of_somebody_else_keeps_nothing_from_caches(db: None, client: Client):
    client.cookies["consent"] = "no"

    assert client.get("/")["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(
    "path", ["/", "/en/bliv-medlem/", "/konto/login/", "/nope/", "/sekretariat/"]
)
def test_page_runs_nothing_but_the_portals_own_files(as_secretary: Client, path: str):
    policy = as_secretary.get(path)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert "http" not in policy


def test_other_safety_headers(db: None, client: Client):
    page = client.get("/")

    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["X-Frame-Options"] == "DENY"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    for feature in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{feature}=()" in page["Permissions-Policy"]


INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*(\bsrc=|application/json))", re.IGNORECASE
)


def test_no_template_has_inline_style_or_script():
    templates = [*Path(settings.BASE / "templates").rglob("*.html")]

    assert len(templates) > 50
    # A letter has no sheet to fetch; it is no page, and no policy of ours reaches it.
    templates.remove(settings.BASE / "templates/emails/letter.html")
    assert [path.name for path in templates if INLINE.search(path.read_text())] == []


@pytest.mark.parametrize(
    ("path", "preferred", "spoken"),
    [("/om/", "en", "da"), ("/en/om/", "da", "en"), ("/", "en", "da"), ("/en/", "da", "en")],
)
def test_address_decides_the_language(
    db: None, client: Client, path: str, preferred: str, spoken: str
):
    page = client.get(path, headers={"Accept-Language": preferred})

    assert page["Content-Language"] == spoken
    assert f'<html lang="{spoken}">' in page.content.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<p style="color: red">', True),
        ("<style>", True),
        ('<a onclick="go()">', True),
        ("<script>go()</script>", True),
        ('<script src="/static/js/a.js"></script>', False),
        ('<script type="application/json">{}</script>', False),
        ('<option value="one">', False),
    ],
)
def test_inline_code_would_be_found(text: str, found: bool):
    assert bool(INLINE.search(text)) is found


def test_both_languages_have_the_same_addresses(db: None, client: Client):
    barrier = make_barrier("For store udbud")

    danish = client.get(barrier.get_absolute_url())
    english = client.get(f"/en{barrier.get_absolute_url()}")

    assert 'href="/en/barrierer/for-store-udbud/"' in danish.content.decode()
    assert english.context["barrier"] == barrier
    assert "What members say" in english.content.decode()
