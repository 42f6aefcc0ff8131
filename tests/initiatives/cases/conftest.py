from typing import Any

import pytest


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Any) -> Any:
    """Keep pictures in a folder of the test's own, and return it."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
