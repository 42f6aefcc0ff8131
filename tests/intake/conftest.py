"""What tests of documents share: a folder for their files."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def uploads(tmp_path: Any, settings: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
