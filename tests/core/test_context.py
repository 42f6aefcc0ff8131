"""What every template gets."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from taskforce.core.context import page


@pytest.mark.parametrize(
    ("path", "section", "in_danish", "in_english"),
    [
        ("/", "", "/", "/en/"),
        ("/en/", "", "/", "/en/"),
        ("/barrierer/politik/", "barrierer", "/barrierer/politik/", "/en/barrierer/politik/"),
        ("/en/barrierer/politik/", "barrierer", "/barrierer/politik/", "/en/barrierer/politik/"),
        ("/en", "", "/", "/en"),
    ],
)
def test_page_has_its_section_and_both_addresses(
    rf: RequestFactory, path: str, section: str, in_danish: str, in_english: str
):
    found = page(rf.get(path))

    assert (found["section"], found["in_danish"], found["in_english"]) == (
        section,
        in_danish,
        in_english,
    )


def test_page_keeps_its_filters_in_the_other_language(rf: RequestFactory, client: Client, db: None):
    assert page(rf.get("/barrierer/?tema=jura&side=2"))["with_query"] == "?tema=jura&side=2"
    assert page(rf.get("/barrierer/"))["with_query"] == ""

    shown = client.get("/barrierer/?tema=jura").content.decode()
    assert '<a href="/en/barrierer/?tema=jura" hreflang="en"' in shown


@pytest.mark.parametrize("language", ["da", "en"])
def test_page_has_its_language(rf: RequestFactory, language: str):
    with translation.override(language):
        assert page(rf.get("/"))["LANGUAGE_CODE"] == language


@pytest.mark.parametrize("demo", [True, False])
def test_page_knows_whether_this_is_a_demo(rf: RequestFactory, settings: Any, demo: bool):
    settings.DEMO, settings.SECRETARIAT_EMAIL = demo, "os@example.org"

    found = page(rf.get("/"))

    assert (found["demo"], found["secretariat_email"]) == (demo, "os@example.org")
