"""What tests of the example share: the loaded third meeting, and the invented activity."""

from typing import Any

import pytest

from meetings.models import Meeting
from taskforce.example import activity
from taskforce.example.loading import load


@pytest.fixture
def third(db: None) -> Meeting:
    """Load the facts and return the third meeting."""
    return load()


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def played(third: Meeting, demo: None) -> None:
    """Add the invented activity."""
    activity.add()
