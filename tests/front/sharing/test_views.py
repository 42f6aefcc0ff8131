"""The pictures of pages: of what everybody reads, at an address that changes with the words."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from taskforce.following.models import Newsletter
from taskforce.front.sharing import cards, drawing
from taskforce.front.sharing.cards import Card
from tests.factories import (
    make_barrier,
    make_call,
    make_case,
    make_initiative,
    make_meeting,
    make_news,
    make_open_consortium,
    make_organisation,
    make_round,
)

PICTURE = re.compile(r'<meta property="og:image" content="http://localhost:8000([^"]+)">')


def address(client: Client, path: str) -> str:
    """Return the address of the picture that a page names, without its host."""
    (found,) = PICTURE.findall(client.get(path).content.decode())
    return str(found)


@pytest.mark.parametrize("path", ["/", "/barrierer/", "/data/", "/organisationer/"])
def test_page_without_a_picture_of_its_own_has_the_portals(client: Client, db: None, path: str):
    assert address(client, path) == f"/del/forside/{cards.front().fingerprint}.png"


def test_every_kind_of_page_has_a_picture_that_opens(client: Client, db: None):
    now = timezone.now()
    sent = {"begins_at": now - timedelta(days=7), "ends_at": now, "sent_at": now}
    rows = [
        *(make_barrier("Narrow door"), make_initiative("A fund"), make_call("Money")),
        *(make_meeting(7), make_news("Fresh"), make_case("Bread")),
        *(make_round(make_barrier()), make_organisation("Odense")),
        make_open_consortium(make_call(), make_organisation()),
        Newsletter.objects.create(introduction="<p>x</p>", day=now.date(), **sent),
    ]
    assert {type(row) for row in rows} == {*cards.CARDS}

    for row in rows:
        answer = client.get(address(client, row.get_absolute_url()))
        assert answer["Content-Type"] == "image/png"
        assert Image.open(BytesIO(answer.content)).size == (drawing.WIDTH, drawing.HEIGHT)
        assert answer["Cache-Control"] == "public, max-age=86400"


def test_consortium_that_hides_and_a_round_that_is_prepared_have_none(client: Client, db: None):
    hidden = make_open_consortium(make_call(), make_organisation(), openness="hidden")
    tomorrow = timezone.now() + timedelta(days=1)
    coming = make_round(make_barrier(), opens_at=tomorrow, closes_at=tomorrow + timedelta(days=1))

    for row in (hidden, coming):
        picture = f"/del/{row._meta.model_name}-{row.pk}/{cards.of(row).fingerprint}.png"
        assert client.get(picture).status_code == 404


def test_other_words_have_another_address(client: Client, db: None):
    barrier = make_barrier("Narrow door")
    before = address(client, barrier.get_absolute_url())
    barrier.title = "Wide door"
    barrier.save()

    assert address(client, barrier.get_absolute_url()) != before
    assert client.get(before).status_code == 404


def test_what_is_not_for_everybody_has_no_picture(client: Client, db: None):
    barrier = make_barrier("Narrow door")
    picture = address(client, barrier.get_absolute_url())
    assert client.get(picture).status_code == 200
    barrier.hidden_at = timezone.now()
    barrier.save()

    assert client.get(picture).status_code == 404


@pytest.mark.parametrize(
    "token", ["barrier-999", "user-1", "x", "barrier-x", "barrier-" + "9" * 30]
)
def test_nothing_has_no_picture(client: Client, db: None, token: str):
    assert client.get(f"/del/{token}/0123456789abcdef.png").status_code == 404


def test_case_shows_its_number_and_who_wrote_it(db: None):
    case = make_case("Bread", number=80_000, unit="job", written_by=make_organisation("Odense"))

    assert cards.of(case) == Card("job", "Godt eksempel · Odense", "80.000")


@pytest.mark.parametrize(
    ("title", "lines", "size"),
    [
        ("Narrow door", ["Narrow door"], 72),
        ("a " * 40, ["a a a a a a a a a a a a a a"] * 2 + ["a a a a a a a a a a a a"], 56),
        ("word " * 40, ["word word word word word"] * 2 + ["word word word word word …"], 56),
    ],
)
def test_title_is_drawn_smaller_and_then_cut(title: str, lines: list[str], size: int):
    drawn = Card(title, "x").drawn

    assert (drawn["lines"], drawn["size"]) == (lines, size)


def test_same_card_is_drawn_once(db: None, monkeypatch: pytest.MonkeyPatch):
    card = Card("Emoji 😀 and \u05d0", "x")
    first = drawing.png(card)
    monkeypatch.setattr(drawing.typst, "compile", None)

    assert drawing.png(card) == first
