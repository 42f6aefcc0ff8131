"""How a request reaches the portal through its proxy: asked at an address, by the mirror there."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from taskforce.ops.doctor import mirror
from taskforce.ops.health import Fact

LABEL = "Proxy"
INVENTED = "192.0.2.77"  # an address of nobody's (RFC 5737)
PATIENCE = 15  # seconds
STATUSES = {
    400: "answers 400: ALLOWED_HOSTS lacks {host}, or the proxy passes on another host.",
    404: "answers 404: what answers there is no portal, or has another SECRET_KEY.",
    502: "answers 502: the proxy does not reach the portal.",
    503: "answers 503: the portal or its database is not ready.",
}


def look_at(url: str) -> Iterator[Fact]:
    """Yield what the portal behind `url` sees of a request, and what will not hold."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        yield Fact(LABEL, f"{url} is no address: write https://taskforce.example.", is_well=False)
        return
    try:
        seen, headers = _ask(f"{parts.scheme}://{parts.netloc}/")
    except urllib.error.HTTPError as error:
        said = STATUSES.get(error.code, "answers {code}.").format(
            host=parts.netloc, code=error.code
        )
        yield Fact(LABEL, f"{url} {said}", is_well=False)
    except (OSError, ValueError, LookupError, TypeError) as error:
        why = getattr(error, "reason", error) if isinstance(error, OSError) else "no mirror answers"
        yield Fact(LABEL, f"{url} cannot be asked: {why}.", is_well=False)
    else:
        yield from judge(parts.scheme, parts.netloc, seen, headers)


def _ask(base: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the mirror tells, and the headers of its answer, by lower-case name."""
    query = urlencode({"noegle": mirror.key()})
    # What a stranger would send to be taken for somebody else.
    pretence = {"X-Forwarded-For": INVENTED, "X-Forwarded-Proto": "http"}
    asked = urllib.request.Request(f"{base}{mirror.PATH}?{query}", headers=pretence)  # noqa: S310  # http or https
    with urllib.request.build_opener(_Stay).open(asked, timeout=PATIENCE) as answer:
        told: Any = json.loads(answer.read(10_000))
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return {name: str(told[name]) for name in ("scheme", "host", "address")}, headers


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follow nothing: a redirect is an answer of the proxy's, and is told."""

    def redirect_request(self, *args: Any, **options: Any) -> None:
        return None


def judge(scheme: str, host: str, seen: dict[str, str], headers: dict[str, str]) -> Iterator[Fact]:
    yield Fact(
        LABEL,
        f"The portal sees {seen['scheme']}, {seen['host']}, {seen['address'] or 'no address'}.",
    )
    if scheme != "https":
        yield Fact(
            LABEL, "Visitors come without TLS: no log-in holds in production.", is_well=False
        )
    if seen["scheme"] != scheme:
        said = "so secure cookies and forms fail: let the proxy set X-Forwarded-Proto,"
        also = "and set BEHIND_PROXY=1."
        yield Fact(LABEL, f"{scheme} arrives as {seen['scheme']}, {said} {also}", is_well=False)
    if seen["host"] != host:
        said = "so forms are refused (CSRF): let the proxy pass on the Host header."
        yield Fact(LABEL, f"{host} arrives as {seen['host']}, {said}", is_well=False)
    if seen["address"] == INVENTED:
        said = "so log-in cannot count attempts: let the proxy set X-Forwarded-For itself"
        also = "and let nobody reach the portal past it."
        yield Fact(LABEL, f"A visitor can claim any address, {said}, {also}", is_well=False)
    elif not seen["address"]:
        said = "let it set X-Forwarded-For, or set BEHIND_PROXY=0."
        yield Fact(LABEL, f"The proxy tells no address of the visitor: {said}", is_well=False)
    if headers.get("referrer-policy", "same-origin") != "same-origin":
        said = "so forms may be refused (CSRF): leave that header to the portal."
        yield Fact(LABEL, f"The proxy sets its own Referrer-Policy, {said}", is_well=False)
