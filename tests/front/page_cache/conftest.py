from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as portal
from django.test import Client

from taskforce.front.page_cache import middleware
from tests.factories import make_barrier
from tests.world import World


@pytest.fixture
def made(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return the addresses that were made and not answered from the store, as they are made."""
    found: list[str] = []
    make_request = middleware._request

    def noting(request: Any, query: str) -> Any:
        found.append(f"{request.path_info}?{query}")
        return make_request(request, query)

    monkeypatch.setattr(middleware, "_request", noting)
    make_barrier("Small lots")
    return found  # type: ignore[return-value]


@pytest.fixture
def stranger() -> Client:
    assert portal.PAGE_CACHE_BYTES
    return Client()


@pytest.fixture
def committed(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[World]:
    """Return the world as others read it: nothing is kept within a transaction."""
    settings.MEDIA_ROOT = tmp_path
    yield World()
