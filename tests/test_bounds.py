"""Whatever is sent, in whatever amount, the answer is a page or a sentence, and comes soon."""

import sys
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

from tests.conftest import put_away
from tests.test_access import OWN, PAGES, addresses_in
from tests.world import World

SOON = 5  # seconds of the processor for one answer, so that a busy machine makes no difference
HUGE = str(10**30)
TYPED = {
    "a megabyte": "w" * 1_000_000,
    "the year 9999": "9999-12-31",
    "the year 1": "0001-01-01",
    "no day": "2026-13-45",
    "a moment at the end of time": "9999-12-31T23:59",
    "less than nothing": "-1",
    "more than a column holds": "9" * 18,
    "more than anything": HUGE,
    "no number": "NaN",
    "endless": "1e400",
    "other digits": "١٢٣",
    "unseen": "\x00\x0b\u202e\uffff",
    "nothing": "",
}
MANY = {f"frister-{number}-day": "1. maj 2027" for number in range(10_000)}
PARAMETERS = [
    "side",
    "q",
    "tema",
    "status",
    "sorter",
    "barriere",
    "leder",
    "fra",
    "til",
    "next",
    "aar",
]
PARAMETERS += [
    "hvem",
    "organisation",
    "rolle",
    "tilstand",
    "vis",
    "slags",
    "sted",
    "partner",
    "af",
    "key",
    "emne",
    "program",
    "maaned",
    "uge",
]


class _Forms(HTMLParser):
    """Collects the forms of a page that change something: their address and their fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str], set[str]]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method", "").lower() == "post"
            if self.inside:
                self.found.append((given.get("action", ""), {}, set()))
        elif self.inside and tag in ("input", "select", "textarea", "button") and given.get("name"):
            self.found[-1][1][given["name"]] = given.get("value", "")
            if given.get("type") == "hidden":
                self.found[-1][2].add(given["name"])

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


@pytest.fixture
def raised() -> Iterator[list[str]]:
    """Collect what views raise."""
    found: list[str] = []

    def note(**_signal: Any) -> None:
        found.append(repr(sys.exc_info()[1])[:300])

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


class Trial:
    """Sends requests, undoes what they did, and keeps what went wrong."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser
        self.browser.raise_request_exception = False
        self.wrong: list[tuple[str, str, int | float]] = []

    def send(self, name: str, path: str, sent: dict[str, Any] | None = None) -> None:
        began = time.process_time()
        with transaction.atomic():
            answer: Any = self.browser.get(path) if sent is None else self.browser.post(path, sent)
            answer.getvalue()
            put_away(answer)
            transaction.set_rollback(True)
        took = time.process_time() - began
        if answer.status_code >= 500 or took > SOON:
            self.wrong.append((path[:80], name, answer.status_code if took < SOON else took))


def forms_of(
    browser: Client, addresses: dict[str, str]
) -> list[tuple[str, dict[str, str], set[str]]]:
    """Return each form that the pages hold, once for each address that it is sent to."""
    found = {}
    for name in (*PAGES, *OWN):
        path = addresses[name]
        answer: Any = browser.get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            for action, fields, hidden in _Forms(answer.content.decode()).found:
                found.setdefault(
                    (action or path, *sorted(fields)), (action or path, fields, hidden)
                )
        put_away(answer)
    return [*found.values()]


@pytest.mark.slow
@pytest.mark.parametrize("who", ["stranger", "member", "secretary"])
def test_forms_answer_whatever_is_typed(who: str, world: World, raised: list[str]):
    trial = Trial(world.browser(who))
    forms = forms_of(trial.browser, addresses_in(world))
    assert forms
    for path, fields, hidden in forms:
        if path.endswith("/log-ud/"):
            continue
        for name, value in TYPED.items():
            trial.send(name, path, {one: fields[one] if one in hidden else value for one in fields})
        for name in (
            "a megabyte",
            "more than anything",
            "less than nothing",
            "no number",
            "unseen",
        ):
            trial.send(f"{name}, hidden too", path, dict.fromkeys(fields, TYPED[name]))

        trial.send("ten thousand fields", path, {**fields, **MANY})

    assert (trial.wrong, raised) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize("who", ["stranger", "secretary"])
def test_addresses_answer_whatever_stands_behind_them(who: str, world: World, raised: list[str]):
    trial = Trial(world.browser(who))
    addresses = addresses_in(world)
    many = "&".join(f"tema={number}&q={number}" for number in range(1000))
    for path in {addresses[name] for name in (*PAGES, *OWN)}:
        for name in (
            "the year 9999",
            "the year 1",
            "more than anything",
            "less than nothing",
            "unseen",
        ):
            query = dict.fromkeys(PARAMETERS, TYPED[name])
            trial.send(
                name, path + "?" + "&".join(f"{key}={value}" for key, value in query.items())
            )
        trial.send("a thousand values", f"{path}?{many}")
        trial.send("a long search", f"{path}?q={'ord ' * 25_000}&next={'/' * 100_000}")

    assert (trial.wrong, raised) == ([], [])


@pytest.mark.parametrize(
    "path",
    [
        f"/moeder/{HUGE}/",
        f"/moeder/{HUGE}/referat.pdf",
        f"/moeder/3/materiale/{HUGE}/",
        f"/sekretariat/indlaes/{HUGE}/",
        f"/sekretariat/anmodninger/{HUGE}/",
        f"/sekretariat/stikord/{HUGE}/",
        f"/sekretariat/soegning/ord/{HUGE}/",
        f"/forespoergsel/svar/{'a' * 100_000}/",
        f"/profil/{'a' * 100_000}/",
        f"/opslag/call/konsortier/{HUGE}/",
        f"/barrierer/udsagn-fra-referat/{HUGE}/",
        f"/barrierer/{'a' * 100_000}/",
        f"/foelg-ikke/{'a' * 100_000}/",
        f"/moeder/svar/{'a' * 100_000}/",
        f"/opslagskalender/{'a' * 100_000}.ics",
        f"/velkommen/{'a' * 1000}/",
        f"/sekretariat/personer/{HUGE}/",
        f"/sekretariat/personer/{HUGE}/slut/",
    ],
)
def test_keys_that_no_row_has_are_not_found(path: str, world: World):
    assert world.browser("secretary").get(path).status_code in (404, 405, 410)


@pytest.mark.parametrize("total", ["-1", "", "x", HUGE, "100000"])
@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("calls:fill", "frister"),
        ("initiatives:start", "milestones"),
        ("initiatives:add_case", "partner"),
    ],
)
def test_count_of_rows_is_bounded(name: str, prefix: str, total: str, world: World):
    sent = {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": total}
    began = time.process_time()

    answer = world.browser("secretary").post(addresses_in(world)[name], sent)

    assert (answer.status_code, time.process_time() - began < SOON) == (200, True)


def test_more_than_any_form_holds_is_refused_in_a_sentence(world: World):
    browser = world.browser("member")
    for sent in (dict.fromkeys(map(str, range(20_000)), "1"), {"q": "w" * 11_000_000}):
        answer = browser.post("/en/indsatser/ny/", sent)

        assert answer.status_code == 413
        assert "This is more than the portal can take" in answer.content.decode()


def test_what_no_browser_sends_is_refused_in_a_sentence(client: Client, db: None):
    answer = client.get("/en/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "The portal cannot read this" in answer.content.decode()
