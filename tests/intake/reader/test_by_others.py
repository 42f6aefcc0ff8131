"""Minutes by somebody who did not know the reader are read no worse than before."""

import pytest

from tests.bench import others


@pytest.mark.parametrize(("folder", "least"), [("developed", 0.95), ("apart", 0.88)])
def test_minutes_by_others_are_read_no_worse(folder: str, least: float):
    counts = others.score(folder)["all"]

    assert counts.expected > 300
    assert counts.f1 >= least
