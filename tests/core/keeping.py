"""What a browser sends along where a form has kept a file."""

import re
from typing import Any

KEPT = re.compile(r'name="([a-z]+-kept)" value="(\w+)"')


def kept_in(page: Any) -> dict[str, str]:
    """Return the hidden fields that name the files which a page has kept."""
    return dict(KEPT.findall(page.content.decode()))
