"""Fetch a topic from the EU portal: from one host, over TLS, for a few seconds, up to a few MB.

The address is the one in the settings followed by the identifier. Nothing that a person types
chooses another host, and a redirect to another host is refused.
"""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.reader import Topic, read
from calls.reader.topic import BIGGEST
from taskforce.core.acts import Refused

PATIENCE = 6  # seconds in all; a page waits for it
REDIRECTS = 2


SLOW = gettext_lazy("The EU portal did not answer in time.")
UNKNOWN = gettext_lazy("The EU portal knows no topic of that identifier.")
ERROR = gettext_lazy("The EU portal answers with an error.")


def fetch(identifier: str) -> Topic:
    """Return a topic as the EU portal describes it today.

    Raises Refused where the portal gives no answer, or one that is no topic.
    """
    return read(download(identifier), wanted=identifier)


def download(identifier: str) -> bytes:
    """Return the portal's JSON of a topic; raises Refused where the portal does not send it."""
    url = address(identifier)
    first = urlsplit(url)
    for _time in range(REDIRECTS + 1):
        found = _ask(urlsplit(url))
        if isinstance(found, bytes):
            return found
        url = urljoin(url, found)
        if urlsplit(url)[:2] != first[:2]:
            raise Refused(_("The EU portal sends us to another address, which we do not follow."))
    raise Refused(ERROR)


def address(identifier: str) -> str:
    """Return the address of a topic's JSON: its identifier in lower case is part of it."""
    return f"{settings.EU_TOPICS_URL}{quote(identifier.lower(), safe='')}.json"


def _ask(url: SplitResult) -> bytes | str:
    """Return the content behind an address, or the address of a redirect."""
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
        raise Refused(SLOW if is_slow else _("The EU portal does not answer.")) from error
    finally:
        connection.close()
    if late.is_set():  # an answer that we cut off ends like any other
        raise Refused(SLOW)
    return found


@contextmanager
def _watched(sock: socket.socket, late: threading.Event) -> Iterator[None]:
    """Hang up when patience ends.

    A socket's own time-out does not end an answer of which a byte comes now and then.
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
        raise Refused(UNKNOWN)
    if response.status != 200:
        raise Refused(ERROR)
    content = response.read(BIGGEST + 1)
    if len(content) > BIGGEST:
        raise Refused(_("The EU portal's answer is larger than a topic ever is."))
    return content
