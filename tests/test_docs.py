"""The documents: short enough to be read, numbered once, and their links lead somewhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings

DOCUMENTS = [*Path(settings.BASE).glob("*.md"), *Path(settings.BASE).glob("docs/**/*.md")]
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def test_architecture_is_read_in_ten_minutes():
    words = (Path(settings.BASE) / "docs/architecture.md").read_text().split()

    assert len(words) <= 10 * 200  # a minute


def test_each_decision_has_a_number_of_its_own():
    numbers = [path.name[:4] for path in DOCUMENTS if path.parent.name == "decisions"]

    assert sorted(numbers) == [f"{number:04}" for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path):
    links = LINK.findall(document.read_text())

    assert [link for link in links if not (document.parent / link).exists()] == []
