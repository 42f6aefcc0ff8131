"""What the portal sees of a request, told back to whoever holds a fresh key: `doctor` alone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest

from taskforce.core.limits import visitor_of

PATH = "sundhed/spejl/"
GOOD_FOR = 60  # seconds
PLEA = "mirror"


def key() -> str:
    return TimestampSigner(salt="taskforce.ops.doctor").sign(PLEA)


def fits(given: str) -> bool:
    try:
        signer = TimestampSigner(salt="taskforce.ops.doctor")
        return signer.unsign(given, max_age=GOOD_FOR) == PLEA
    except BadSignature:
        return False


def seen(request: HttpRequest) -> dict[str, Any]:
    """Return scheme, host and address as the portal reads them; "" for no address."""
    try:
        address = visitor_of(request)
    except (PermissionDenied, ValueError):
        address = ""
    return {"scheme": request.scheme, "host": request.get_host(), "address": address}
