"""The version stands in pyproject.toml; the changelog and the image tell the same."""

import re
from pathlib import Path

from taskforce.core.version import PROJECT, version

TOP = Path(__file__).parents[2]


def test_version_is_that_of_pyproject():
    assert f'\nversion = "{version()}"\n' in PROJECT.read_text()
    assert re.fullmatch(r"\d+\.\d+\.\d+", version())


def test_changelog_tells_of_the_version():
    releases = re.findall(r"^## (\S+)", (TOP / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert version() in releases[:2]  # what is not released yet may stand above it
