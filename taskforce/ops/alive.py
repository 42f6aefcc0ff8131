"""Whether the web server is ready: `python -m taskforce.ops.alive`, for the image and for units.

It loads nothing of Django, since it runs every half minute.
"""

import http.client
import os
import sys
from contextlib import closing
from urllib.parse import urlsplit

PATH = "/sundhed/klar/"


def status(port: int, host: str) -> int:
    """Return what the server answers when asked whether it is ready. Raises OSError."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=8)) as client:
        client.request("GET", PATH, headers={"Host": host})
        return client.getresponse().status


def main() -> None:
    host = urlsplit(os.environ.get("SITE_URL", "http://localhost")).netloc
    try:
        found = status(int(os.environ.get("PORT", "8000")), host)
    except (OSError, http.client.HTTPException) as error:
        sys.exit(f"The web server does not answer: {error}")
    if found != http.client.OK:
        sys.exit(f"The portal is not ready: {PATH} answers {found}.")


if __name__ == "__main__":
    main()
