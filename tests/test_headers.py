"""What every answer says of itself: how long it keeps, in which language, what may run."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import make_barrier

PAGES = ["/", "/barrierer/", "/moeder/", "/om/", "/soeg/", "/en/", "/feed/", "/nope/"]


@pytest.mark.parametrize("path", PAGES)
def test_strangers_page_may_be_kept_by_anybody(db: None, client: Client, path: str):
    page = client.get(path, headers={"Accept-Language": "fr"})

    assert page["Cache-Control"] == "public, no-cache"
    assert not page.cookies
    assert "Accept-Language" not in page.get("Vary", "")
    assert "nonce" not in page["Content-Security-Policy"]


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


def test_page_for_somebody_who_logged_in_is_kept_by_nobody(as_member: Client):
    assert as_member.get("/barrierer/")["Cache-Control"] == "private, no-store"


def test_page_runs_nothing_but_the_portals_own_files(db: None, client: Client):
    policy = client.get("/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_other_safety_headers(db: None, client: Client):
    page = client.get("/")

    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["X-Frame-Options"] == "DENY"
    assert page["Referrer-Policy"] == "same-origin"
    assert "camera=()" in page["Permissions-Policy"]


INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*(\bsrc=|application/json))", re.IGNORECASE
)


def test_no_template_has_inline_style_or_script():
    templates = [*Path(settings.BASE / "templates").rglob("*.html")]

    assert len(templates) > 50
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


def test_both_languages_have_the_same_addresses(db: None, client: Client):
    barrier = make_barrier("For store udbud")

    danish = client.get(barrier.get_absolute_url())
    english = client.get(f"/en{barrier.get_absolute_url()}")

    assert 'href="/en/barrierer/for-store-udbud/"' in danish.content.decode()
    assert english.context["barrier"] == barrier
    assert "What members say" in english.content.decode()
