"""The portal, which says in each answer how many pages its process has made so far."""

from itertools import count
from typing import Any

from taskforce.wsgi import application as portal
from tests.bench.kept import HEADER

_made = count(1)
_last = 0


def _count(*_view: Any) -> None:
    global _last
    _last = next(_made)


portal._view_middleware.append(_count)  # called before each view, and for no kept page


def application(environ: dict[str, Any], start_response: Any) -> Any:
    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [*headers, (HEADER, str(_last))], *more)

    return portal(environ, start)
