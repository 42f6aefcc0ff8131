"""The sitemap and robots.txt, as search engines read them."""

from xml.etree import ElementTree

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from barriers.models import BarrierState
from initiatives.models import CaseState
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_initiative,
    make_meeting,
    make_news,
    make_organisation,
)

SPACES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def sitemap(client: Client) -> dict[str, set[str]]:
    """Return every address with the languages that it says it has."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {
        place.findtext("map:loc", namespaces=SPACES).removeprefix(settings.SITE_URL): {
            link.get("hreflang") for link in place.findall("xhtml:link", SPACES)
        }
        for place in root.findall("map:url", SPACES)
    }


def test_sitemap_has_a_page_of_every_kind_in_both_languages(client, db):
    rows = [make_meeting(3), make_barrier(), make_initiative(), make_case(), make_call()]
    rows += [make_news(), make_organisation()]

    found = sitemap(client)

    for row in rows:
        path = row.get_absolute_url()
        assert found[path] == found[f"/en{path}"] == {"da", "en"}


def test_every_address_in_the_sitemap_opens(client, db):
    make_barrier()

    found = sitemap(client)

    assert reverse("front:front") in found
    assert {path: client.get(path).status_code for path in found} == dict.fromkeys(found, 200)


def test_sitemap_leaves_out_what_a_stranger_cannot_open(client, as_secretary: Client):
    make_case("Kladde", state=CaseState.DRAFT)
    make_case("Indsendt", state=CaseState.SUBMITTED)
    make_barrier("Skjult", hidden_at=timezone.now())

    for browser in (client, as_secretary):
        paths = "".join(sitemap(browser))
        assert not [word for word in ("kladde", "indsendt", "skjult") if word in paths]


def test_sitemap_leaves_out_a_merged_barrier(client, db):
    make_barrier("Flettet", state=BarrierState.MERGED, merged_into=make_barrier("Samlet"))

    found = sitemap(client)

    assert "/barrierer/samlet/" in found
    assert "/barrierer/flettet/" not in found


def test_sitemap_has_each_public_page_in_both_languages(client, db):
    make_barrier("Udbud")
    make_barrier("Skjult", hidden_at=timezone.now())

    text = client.get("/sitemap.xml").content.decode()

    assert f"<loc>{settings.SITE_URL}/barrierer/udbud/</loc>" in text
    assert f"<loc>{settings.SITE_URL}/en/barrierer/udbud/</loc>" in text
    assert "skjult" not in text


def test_robots_are_kept_out_of_accounts(client, db):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /konto/" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
