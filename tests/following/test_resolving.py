"""Every combination of what somebody follows and chose, against a plain second implementation."""

from itertools import product

import pytest

from taskforce.following.kinds import DEFAULT, Kind
from taskforce.following.models import How
from taskforce.following.resolving import Near, Reason, Why, resolve

pytestmark = pytest.mark.unit

INITIATIVE = Near("initiative", Kind.INITIATIVES)
BARRIER = Near("barrier", Kind.BARRIERS)
THEME = Near("theme", Kind.THEMES)
NEAR = (INITIATIVE, BARRIER, THEME)
UNFOLLOWED = "-"
OF_A_FOLLOW = (UNFOLLOWED, "", How.AT_ONCE, How.NEVER)
OF_A_CHOICE = (None, How.DAILY, How.NEVER)
CHOSEN = (Kind.INITIATIVES, Kind.BARRIERS, Kind.THEMES, Kind.NEW_INITIATIVES)


def second(follows, choices, new, only_asked):
    """The table of the rules, written out."""
    initiative, barrier, theme = (follows.get(one.key) for one in NEAR)
    if only_asked:
        return None
    if initiative:
        return Reason(How(initiative), Why.THING, INITIATIVE)
    if initiative is None and barrier:
        return Reason(How(barrier), Why.THING, BARRIER)
    if theme:
        if initiative == "":
            return Reason(How(theme), Why.THEME, INITIATIVE)
        if barrier == "":
            return Reason(How(theme), Why.THEME, BARRIER)
        return Reason(How(theme), Why.THING, THEME)
    if initiative == "":
        kind, through = Kind.INITIATIVES, INITIATIVE
    elif barrier == "":
        kind, through = Kind.BARRIERS, BARRIER
    elif theme == "":
        kind, through = Kind.THEMES, THEME
    elif new is not None:
        kind, through = new, None
    else:
        return None
    if kind in choices:
        return Reason(How(choices[kind]), Why.KIND, through)
    return Reason(DEFAULT[kind], Why.DEFAULT, through)


def test_every_combination_resolves_as_the_table_says():
    seen = set()
    for said in product(OF_A_FOLLOW, repeat=3):
        follows = {
            one.key: how for one, how in zip(NEAR, said, strict=True) if how is not UNFOLLOWED
        }
        for chosen in product(OF_A_CHOICE, repeat=4):
            choices = {kind: how for kind, how in zip(CHOSEN, chosen, strict=True) if how}
            for new, only_asked in product((None, Kind.NEW_INITIATIVES), (False, True)):
                expected = second(follows, choices, new, only_asked)
                found = resolve(NEAR, follows, choices, new=new, only_asked=only_asked)
                assert found == expected, (follows, choices, new, only_asked)
                seen.add(found.why if found else None)
    assert seen == {*Why, None}


def test_what_is_not_followed_and_no_news_is_not_told():
    assert resolve([BARRIER], {}, {}) is None


def test_a_barrier_that_says_never_does_not_silence_an_initiative_against_it():
    follows = {"initiative": "", "barrier": How.NEVER}

    assert resolve(NEAR, follows, {}) == Reason(How.WEEKLY, Why.DEFAULT, INITIATIVE)


def test_words_that_find_it_count_last():
    words = Near("kapital", Kind.WORDS)

    assert resolve([BARRIER, words], {"kapital": How.DAILY}, {}) == Reason(
        How.DAILY, Why.THING, words
    )
    assert resolve([BARRIER, words], {"kapital": How.DAILY, "barrier": ""}, {}) == Reason(
        How.WEEKLY, Why.DEFAULT, BARRIER
    )
