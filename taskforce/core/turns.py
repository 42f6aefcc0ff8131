"""Of several threads that would make the same thing at once, one makes it."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

PATIENCE = 2  # seconds that others wait for what somebody is making already


class Turns:
    def __init__(self) -> None:
        self._made: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    @contextmanager
    def alone(self, key: Hashable) -> Iterator[bool]:
        """Let one thread make a thing; the others wait for it a while, and are told False."""
        mine = threading.Event()
        with self._lock:
            making = self._made.setdefault(key, mine)
        if making is not mine:
            making.wait(PATIENCE)
            yield False
            return
        try:
            yield True
        finally:
            with self._lock:
                self._made.pop(key, None)
            mine.set()
