"""Who gets everything, and what an open round holds secret in it."""

import pytest

from tests.barriers.rounds.test_secrecy import let_others_vote
from tests.front.everything.test_everything import ADDRESS, fetched
from tests.world import World


def test_votes_of_an_open_round_make_no_difference(world: World):
    browser = world.browser("secretary")
    before = fetched(browser)

    let_others_vote(world, first=1)

    after = fetched(browser)
    differ = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert {*differ} - {"README.md"} == set()


@pytest.mark.parametrize("who", ["stranger", "former member", "member", "owner"])
def test_nobody_else_gets_anything(world: World, who: str):
    answer = world.browser(who).post(f"{ADDRESS}hent/")

    assert answer.status_code in (302, 403)
    assert world.browser(who).get(ADDRESS).status_code in (302, 403)
