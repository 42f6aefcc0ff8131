"""Values under keys, up to a weight in all: the ones asked for longest ago are dropped first."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any


class Latest:
    """Threads share it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self.clear()

    def get(self, key: Hashable, default: Any = None) -> Any:
        with self._lock:
            if key not in self._values:
                return default
            self._values.move_to_end(key)
            return self._values[key][0]

    def keep(self, key: Hashable, value: Any, weight: int = 1) -> None:
        with self._lock:
            self._drop(key)
            self._values[key] = (value, weight)
            self._weight += weight
            while self._weight > self.most:
                self._drop(next(iter(self._values)))

    def clear(self) -> None:
        with self._lock:
            self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
            self._weight = 0

    def _drop(self, key: Hashable) -> None:
        _value, weight = self._values.pop(key, (None, 0))
        self._weight -= weight
