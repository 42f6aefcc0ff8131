"""What tests of documents share: a folder for their files, a document to review, a theme."""

from typing import Any

import pytest

from barriers.models import Theme
from taskforce.intake.models import Intake
from tests.factories import make_theme
from tests.intake.drafts import make_intake


@pytest.fixture(autouse=True)
def uploads(tmp_path: Any, settings: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def intake(db: None) -> Intake:
    """Return a document under review in which nothing is decided."""
    return make_intake()


@pytest.fixture
def theme(db: None) -> Theme:
    return make_theme("Kapital")
