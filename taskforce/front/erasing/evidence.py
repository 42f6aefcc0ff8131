"""That somebody was erased, without who: a line outside the database, which a backup does not hold.

Restoring an older backup brings people back. These lines tell whom to erase again.
"""

import json
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from taskforce.members.models import Erasure


def path() -> Path:
    return Path(settings.VAR) / "erasures.jsonl"


def digest_of(email: str) -> str:
    """Return what tells an address again, and from which nobody learns it."""
    return _digest(email, settings.SECRET_KEY)


def digests_of(email: str) -> set[str]:
    """Return the digests of an address by today's key, and by those of before."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return {_digest(email, key) for key in keys}


def _digest(email: str, key: str) -> str:
    return salted_hmac("front.erasing", email.lower(), secret=key, algorithm="sha256").hexdigest()


def write(erasure: Erasure) -> None:
    """Add a line; it is on the disk when this returns."""
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a") as lines:
        lines.write(json.dumps({"at": erasure.at.isoformat(), "digest": erasure.digest}) + "\n")


def read() -> set[str]:
    """Return the digests of whoever was erased by this portal."""
    try:
        lines = path().read_text().splitlines()
    except FileNotFoundError:
        return set()
    return {json.loads(line)["digest"] for line in lines if line.strip()}
