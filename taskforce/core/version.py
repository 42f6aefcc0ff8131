"""The portal's version, which pyproject.toml alone names."""

import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


@cache
def version() -> str:
    """Return the version of the code that runs, such as 1.0.0."""
    named: str = tomllib.loads(PROJECT.read_text())["project"]["version"]
    return named
