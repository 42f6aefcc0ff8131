"""What tests of the example share: the loaded third meeting, and the invented activity."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from meetings.models import Meeting
from taskforce.example import activity
from taskforce.example.loading import load
from tests import databases


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


@pytest.fixture(scope="module")
def third_of_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[Meeting]:
    """Load the facts once a module whose tests all need them."""
    with databases.made_once(django_db_blocker, load) as third:
        yield third


@pytest.fixture(scope="module")
def played_of_module(third_of_module: Meeting, django_db_blocker: Any) -> Iterator[None]:
    """Add the invented activity once a module whose tests all need it."""
    demo = override_settings(DEMO=True)
    with demo, databases.made_once(django_db_blocker, activity.add):
        yield
