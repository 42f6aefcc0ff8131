"""A page below another asks the same question: who cannot open a row cannot open what is of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pytest
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import test_access as access
from tests.conftest import put_away
from tests.factories import make_call, make_initiative
from tests.world import World

VISITORS = (
    *("stranger", "former member", "member", "owner", "member of A", "member of B", "secretary"),
)
SHUT = ("log in", 403, 404, 405)
# Words that not everybody may read who may open the row's own page.
WORDS = (
    *("of-a-name", "of-a-plan", "of-a-stranger", "of-b-name", "of-b-plan", "of-b-seeks"),
    *("of-a-talk", "talk-hidden"),
    *("of-b-asks", "of-b-stranger", "of-b-role", "of-b-brings", "of-b-suggested", "of-b-answered"),
    *("hidden-barrier", "hidden-statement", "draft-case", "submitted-case", "asked-case"),
    "newsletter-to-come",
    *("draft-figure", "draft-goal"),
    *("why-withdrawn", "words-to-the-author", "permission-by-nobody", "draft-document"),
)
# The pages of rows that not everybody may open, and such rows.
ROWS = {
    "calls:consortium": ("consortium_a", "consortium_b"),
    "barriers:detail": ("hidden_barrier",),
    "barriers:round": ("coming",),
    "initiatives:case": ("draft_case", "submitted", "asked"),
    "intake:review": ("document", "to_review"),
    "members:join_request": ("request",),
    "dialogue:question": ("withdrawn_question",),
    "members:person": ("asked_in_user",),
    "members:import": ("people_list",),
}


@dataclass(frozen=True)
class Address:
    """A named address: its whole route, and the names of what stands in it."""

    name: str
    route: str
    keys: tuple[str, ...]


def addresses(resolver: URLResolver, route: str = "", space: str = "") -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses(pattern, whole, space + inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield Address(space + pattern.name, whole, tuple(_keys(whole)))


def _keys(route: str) -> Iterator[str]:
    for part in route.split("<")[1:]:
        yield part.partition(">")[0].rpartition(":")[2]


KNOWN = {found.name: found for found in addresses(get_resolver())}


def below(parent: str) -> list[Address]:
    route = KNOWN[parent].route
    return [one for one in KNOWN.values() if one.route.startswith(route) and one.name != parent]


def of(row: Any) -> dict[str, Any]:
    """Return what stands in the address of a row, and of anything that hangs on it."""
    found: dict[str, Any] = {"pk": row.pk, "slug": getattr(row, "slug", "")}
    if "call" in {field.name for field in row._meta.get_fields()}:
        found["slug"] = row.call.slug
    if picture := getattr(row, "picture", None):
        found["name"] = PurePath(picture.name).name
    for name in ("partner", "suggestion"):
        below: Any = getattr(row, f"{name}s", None)
        first = below.first() if isinstance(below, models.Manager) else None
        found[name] = first.pk if first else 1
    return found


def asked(address: Address, row: Any, keys: dict[str, Any]) -> str:
    """Return an address of something that hangs on a row, such as a statement of a barrier."""
    known = {**keys}
    if "pk" in address.keys and "slug" in address.keys and hasattr(row, "statements"):
        known["pk"] = row.statements.first().pk
    return reverse(address.name, kwargs={key: known[key] for key in address.keys})


def answer(response: Any) -> tuple[str | int, str]:
    put_away(response)
    text = b"" if response.streaming else response.content
    if response.status_code == 302 and "/konto/login/" in response.url:
        return "log in", ""
    return response.status_code, text.decode(errors="replace")


@pytest.mark.slow
@pytest.mark.parametrize("parent", ROWS)
def test_who_cannot_open_a_row_cannot_open_what_is_of_it(parent: str, world: World):
    shut_out = 0
    for who, row, page in cases(parent, world):
        if page[0] == 200:
            continue
        shut_out += 1
        keys, browser = of(row), world.browser(who)
        for address in below(parent):
            path = asked(address, row, keys)
            for ask in (browser.get, browser.post):
                assert answer(ask(path))[0] in SHUT, (who, path)
    assert shut_out


@pytest.mark.slow
@pytest.mark.parametrize("parent", ROWS)
def test_page_below_a_row_tells_nothing_that_the_row_hides(parent: str, world: World):
    read = 0
    for who, row, (opened, text) in cases(parent, world):
        if opened != 200:
            continue
        keys, browser = of(row), world.browser(who)
        for address in below(parent):
            path = asked(address, row, keys)
            status, below_it = answer(browser.get(path))
            told = {word for word in WORDS if word in below_it and word not in path}
            assert {word for word in told if word not in text} <= told_elsewhere(address), path
            read += status == 200
    assert read or not below(parent)


def told_elsewhere(address: Address) -> set[str]:
    """Return words that a page below tells and the row's own does not, each for a reason."""
    by_its_editor = {
        # The minutes that are read in it; its own page has them in fields.
        "intake:confirm": {"draft-document"},
        # What it seeks and asks for no longer, now that it has won; those inside still edit it.
        "calls:edit_consortium": {"of-b-seeks", "of-b-asks"},
        # Who may take over, or is the same person: the secretariat reads every name.
        "front:hand_over": {"permission-by-nobody"},
        "members:merge_person": {"permission-by-nobody"},
    }
    return by_its_editor.get(address.name, set())


def cases(parent: str, world: World) -> Iterator[tuple[str, Any, tuple[str | int, str]]]:
    """Yield each visitor with each row, and what its own page answers them."""
    for name in ROWS[parent]:
        row = getattr(world, name)
        row = type(row)._default_manager.get(pk=row.pk)
        path = asked(KNOWN[parent], None, of(row))
        for who in VISITORS:
            yield who, row, answer(world.browser(who).get(path))


def of_others(world: World) -> Iterator[tuple[str, list[Any]]]:
    """Yield each address of something that hangs on a row, with another row in that one's place."""
    of_no_row = {"mend", "restore_version"}  # a doubt, and a number that each meeting counts itself
    meetings = (world.held, world.ahead, world.drafted, world.reviewed.meeting, world.corrected)
    numbers = [meeting.number for meeting in meetings]
    initiative, call = make_initiative().slug, make_call().slug
    for name, (parent, *others) in access.of_meetings(world).items():
        if others and name.partition(":")[2] not in of_no_row:
            yield from ((name, [number, *others]) for number in numbers if number != parent)
    for name, (parent, *others) in access.of_initiatives(world).items():
        if others:
            other = world.submitted.slug if parent == world.case.slug else initiative
            yield name, [other, *others]
    for name, (_parent, *others) in access.of_calls(world).items():
        if others:
            yield name, [call, *others]
        if others[1:]:
            yield name, [world.call.slug, world.consortium_a.pk, *others[1:]]
    # A statement is found below another barrier on purpose: a merge may have moved it.
    yield "barriers:take_back", [world.told.pk, world.taken.pk]


def test_what_hangs_on_one_row_is_not_found_below_another(world: World):
    tried = 0
    for who in ("secretary", "owner", "member of A"):
        browser = world.browser(who)
        for name, keys in of_others(world):
            path = reverse(name, args=keys)
            for ask in (browser.get, browser.post):
                assert answer(ask(path))[0] in (403, 404, 405, 409), (who, path)
                tried += 1
    assert tried


def test_every_address_with_a_row_in_it_has_a_page_that_is_looked_at_here_or_is_open_to_all():
    """A page below a row which not everybody may open cannot be forgotten in `ROWS`."""
    tops = {
        *ROWS,
        # Everybody may open these: meetings, calls, initiatives, news, organisations.
        *("meetings:detail", "calls:detail", "initiatives:detail", "news:detail"),
        "members:organisation",
    }
    looked_at = {one.name for top in tops for one in below(top)} | tops
    alone = {
        # Each asks for the row itself; tests of their own say who may.
        *("meetings:finish", "meetings:open_again", "meetings:answer_by_link"),
        *("barriers:from_passage", "barriers:take_back"),
        *("calls:own_calendar", "members:welcome"),
        "members:ask_again",
        *("members:stop_mail", "members:stop_all_mail"),
        *("members:confirm_inquiry", "members:answer_inquiry", "members:still_right"),
        *("members:edit_tag", "members:drop_tag", "barriers:edit_theme", "barriers:delete_theme"),
        *("members:merge_organisation", "members:take_apart"),
    }
    ours = ("meetings:", "barriers:", "calls:", "initiatives:", "intake:", "members:", "news:")
    with_keys = {one.name for one in KNOWN.values() if one.keys and one.name.startswith(ours)}

    assert with_keys - looked_at == alone
