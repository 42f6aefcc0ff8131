"""Ask the EU portal for a topic: one host, over TLS, for a few seconds, and no more than it needs.

The address is the one in the settings with the identifier behind it; nothing that a person types
chooses another host, and an answer that sends us to another one is refused.
"""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from calls.reader import Topic, read
from calls.reader.topic import BIGGEST

PATIENCE = 6  # seconds in all; a page waits for it
REDIRECTS = 2


class Fault(Enum):
    """Why there is no answer, in a sentence; pages translate it."""

    AWAY = "The EU portal does not answer."
    SLOW = "The EU portal did not answer in time."
    UNKNOWN = "The EU portal knows no topic of that identifier."
    REFUSED = "The EU portal answers with an error."
    ELSEWHERE = "The EU portal sends us to another address, which we do not follow."
    TOO_BIG = "The EU portal's answer is larger than a topic ever is."


class NotFetchedError(Exception):
    """Raised with its `Fault` where the portal gives no topic."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def fetch(identifier: str) -> Topic:
    """Return a topic as the EU portal tells it today.

    Raises NotFetchedError where there is no answer, NotATopicError where it is no topic.
    """
    return read(_answer(address(identifier)), wanted=identifier)


def address(identifier: str) -> str:
    """Return where the portal keeps a topic's JSON: under its identifier in lower case."""
    return f"{settings.EU_TOPICS_URL}{quote(identifier.lower(), safe='')}.json"


def _answer(url: str) -> bytes:
    first = urlsplit(url)
    for _time in range(REDIRECTS + 1):
        found = _asked(urlsplit(url))
        if isinstance(found, bytes):
            return found
        url = urljoin(url, found)
        if urlsplit(url)[:2] != first[:2]:
            raise NotFetchedError(Fault.ELSEWHERE)
    raise NotFetchedError(Fault.REFUSED)


def _asked(url: SplitResult) -> bytes | str:
    """Return what an address answers, or where it sends us."""
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.netloc, timeout=PATIENCE)
    late = threading.Event()
    try:
        connection.connect()
        with _watched(connection.sock, late):
            headers = {"Accept": "application/json", "User-Agent": "taskforce-portal"}
            connection.request("GET", f"{url.path}?{url.query}".rstrip("?"), headers=headers)
            with connection.getresponse() as response:
                found = _read(response)
    except (OSError, http.client.HTTPException) as error:
        is_slow = late.is_set() or isinstance(error, TimeoutError)
        raise NotFetchedError(Fault.SLOW if is_slow else Fault.AWAY) from error
    finally:
        connection.close()
    if late.is_set():  # what is cut off ends like any other answer
        raise NotFetchedError(Fault.SLOW)
    return found


@contextmanager
def _watched(sock: socket.socket, late: threading.Event) -> Iterator[None]:
    """Hang up when patience ends.

    A server that sends a byte now and then keeps within every time-out that a socket has.
    """

    def hang_up() -> None:
        late.set()
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(PATIENCE, hang_up)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _read(response: http.client.HTTPResponse) -> bytes | str:
    if response.status in (301, 302, 303, 307, 308):
        return response.getheader("Location") or ""
    if response.status == 404:
        raise NotFetchedError(Fault.UNKNOWN)
    if response.status != 200:
        raise NotFetchedError(Fault.REFUSED)
    content = response.read(BIGGEST + 1)
    if len(content) > BIGGEST:
        raise NotFetchedError(Fault.TOO_BIG)
    return content
