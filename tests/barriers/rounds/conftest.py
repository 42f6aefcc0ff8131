"""What tests of rounds share."""

import pytest

from barriers.models import Barrier
from tests.factories import make_barrier


@pytest.fixture
def barriers(db: None) -> list[Barrier]:
    return [make_barrier(f"Barrier {letter}") for letter in "abcdefg"]
