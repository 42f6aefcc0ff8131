"""What tests of calls share: a server in the EU portal's place."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.calls.portal import Portal, served


@pytest.fixture
def eu_portal(settings: Any) -> Iterator[Portal]:
    with served() as portal:
        settings.EU_TOPICS_URL = portal.address
        yield portal
