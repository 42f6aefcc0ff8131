"""A page's query notes what is read of it; a copy, which becomes a link, notes nothing."""

from taskforce.front.page_cache.asked import EVERYTHING, WatchedQuery


def watched(**values: str) -> WatchedQuery:
    query = WatchedQuery(mutable=True)
    query.names_read = set()
    for name, value in values.items():
        query.setlist(name, [value])
    return query


def test_what_is_read_is_noted_given_or_not():
    query = watched(q="ord")

    assert query.get("q") == "ord"
    assert "vis" not in query

    assert query.names_read == {"q", "vis"}


def test_going_through_all_is_noted():
    query = watched(q="ord")

    assert [*query] == ["q"]

    assert query.names_read == {EVERYTHING}


def test_copy_is_changed_into_a_link_and_notes_nothing():
    query = watched(q="ord", vis="liste")
    copied = query.copy()

    del copied["vis"]

    assert ("vis" in copied, copied.urlencode(), query.urlencode()) == (
        False,
        "q=ord",
        "q=ord&vis=liste",
    )
    assert query.names_read == set()
