from taskforce.front.page_cache.store import LARGEST, LONGEST, PATHS, UNREAD, Names, Page, Store

A_PAGE = Page(b"x" * 10_000, {"ETag": '"1"'})


def test_the_least_asked_for_is_dropped_first():
    store = Store(10 * A_PAGE.size)
    for number in range(10):
        store.keep(number, A_PAGE)
    store.get(0)

    store.keep(10, A_PAGE)

    assert store.get(0) and store.get(10)
    assert store.get(1) is None
    assert store.size == 10 * A_PAGE.size


def test_the_store_never_holds_more_than_its_bytes():
    store = Store(10 * A_PAGE.size)
    for number in range(1_000):
        store.keep(number, Page(b"x" * (number % 97) * 100, {}))
        assert store.size <= store.limit


def test_the_same_page_is_counted_once():
    store = Store(10 * A_PAGE.size)
    for _again in range(3):
        store.keep("a", A_PAGE)

    assert store.size == A_PAGE.size


def test_no_page_takes_the_place_of_all_others():
    store = Store(10 * A_PAGE.size)
    store.keep("large", Page(b"x" * (store.limit // LARGEST), {}))

    assert store.get("large") is None
    assert store.size == 0


def test_what_pages_read_is_known_of_so_many_paths():
    store = Store(1)
    for number in range(PATHS + 5):
        store.learn(f"/{number}/", frozenset({"side"}), ["side", "utm_source"])

    assert store.names_of("/0/") == Names()
    assert store.learn(f"/{PATHS}/", frozenset({"q"}), ["q"]).read == {"side", "q"}
    assert store.names_of(f"/{PATHS}/").tell_of(["q", "utm_source"])
    assert not store.names_of(f"/{PATHS}/").tell_of(["tema"])


def test_what_is_read_once_is_not_forgotten_for_being_unread_before():
    store = Store(1)
    store.learn("/", frozenset(), ["b"])
    store.learn("/", frozenset({"b"}), ["a", "b"])

    assert store.names_of("/") == Names(frozenset({"b"}), ("a",))


def test_of_a_flood_of_names_the_latest_are_remembered():
    store = Store(1)
    for number in range(1_000):
        store.learn("/", frozenset({"q"}), [f"x{number}"])
    store.learn("/", frozenset({"q"}), ["utm_source"])

    assert len(store.names_of("/").unread) == UNREAD
    assert store.names_of("/").tell_of(["q", "x999", "utm_source"])
    assert not store.names_of("/").tell_of(["x1"])


def test_long_names_are_not_remembered():
    store = Store(1)
    store.learn("/", frozenset(), ["x" * LONGEST, "x" * (LONGEST + 1)])

    assert store.names_of("/").unread == ("x" * LONGEST,)
