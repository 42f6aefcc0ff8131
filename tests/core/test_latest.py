"""The latest values are kept."""

from taskforce.core.latest import Latest


def test_what_was_asked_for_longest_ago_is_dropped():
    latest = Latest(2)
    latest.keep("a", 1)
    latest.keep("b", 2)
    latest.get("a")
    latest.keep("c", 3)

    assert [latest.get(key) for key in "abc"] == [1, None, 3]


def test_what_is_unknown_is_the_default():
    latest = Latest(2)
    latest.keep("a", 1)
    latest.clear()

    assert latest.get("a", "none") == "none"


def test_what_weighs_more_leaves_room_for_fewer():
    latest = Latest(4)
    for key in "abc":
        latest.keep(key, key)
    latest.keep("d", "d", weight=3)
    assert [latest.get(key) for key in "abcd"] == [None, None, "c", "d"]

    latest.keep("d", "d")
    latest.keep("e", "e", weight=5)
    assert [latest.get(key) for key in "cde"] == [None, None, None]


def test_a_value_that_is_kept_again_weighs_once():
    latest = Latest(2)
    for value in (1, 2, 3):
        latest.keep("a", value)
    latest.keep("b", 4)

    assert [latest.get(key) for key in "ab"] == [3, 4]
