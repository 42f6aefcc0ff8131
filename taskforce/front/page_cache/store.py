"""The kept pages of this process: so many bytes of them, those least asked for dropped first."""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from django.urls import ResolverMatch

from taskforce.core.turns import Turns

PATHS = 10_000  # of which it is known what they read of their query
UNREAD = 30  # names that a page was lately asked and does not read, of which it is known
LONGEST = 40  # characters of such a name
OVERHEAD = 1_000  # bytes of memory that a page takes beside its text
LARGEST = 8  # no page takes more than this part of the store


@dataclass(frozen=True)
class Page:
    body: bytes
    headers: dict[str, str]
    resolver_match: ResolverMatch | None = None  # for the log of requests

    @property
    def size(self) -> int:
        told = sum(len(name) + len(value) for name, value in self.headers.items())
        return len(self.body) + told + OVERHEAD


@dataclass(frozen=True)
class Names:
    """What a page was seen to read of its query, and what it was asked and did not read."""

    read: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()  # the latest one last

    def tell_of(self, given: Iterable[str]) -> bool:
        """Tell whether the page was asked each of these names before."""
        return {*given} <= self.read.union(self.unread)


class Store:
    def __init__(self, limit: int) -> None:
        self.limit = limit  # bytes
        self.clear()

    def clear(self) -> None:
        self.size = 0
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._names: OrderedDict[str, Names] = OrderedDict()
        self.turns = Turns()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Page | None:
        with self._lock:
            if page := self._pages.get(key):
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: Page) -> None:
        if page.size > self.limit // LARGEST:
            return
        with self._lock:
            if before := self._pages.pop(key, None):
                self.size -= before.size
            self._pages[key] = page
            self.size += page.size
            while self.size > self.limit:
                _key, dropped = self._pages.popitem(last=False)
                self.size -= dropped.size

    def names_of(self, path: str) -> Names:
        with self._lock:
            return self._names.get(path) or Names()

    def learn(self, path: str, read: frozenset[str], given: Iterable[str]) -> Names:
        """Note what a page read of the names that it was given; return all that is known of it."""
        with self._lock:
            before = self._names.pop(path, Names())
            read = before.read | read
            short = [name for name in given if len(name) <= LONGEST]
            unread = [name for name in dict.fromkeys((*before.unread, *short)) if name not in read]
            known = self._names[path] = Names(read, tuple(unread[-UNREAD:]))
            if len(self._names) > PATHS:
                self._names.popitem(last=False)
            return known
