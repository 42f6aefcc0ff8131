"""A server of our own in the EU portal's place: real requests, and answers of every kind."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from typing import Any

TOPIC = "SMP-EKS-2030-VAERKSTED-01"


def topic(identifier: str = TOPIC, **changed: Any) -> bytes:
    """Return what the portal says of a topic of two years ahead."""
    details = {
        "identifier": identifier,
        "title": "Workshops and buyers",
        "frameworkProgramme": {"abbreviation": "SMP"},
        "actions": [
            {
                "status": {"id": 31094502},
                "types": [{"typeOfAction": "SMP-GFS"}],
                "plannedOpeningDate": "2029-09-29",
                "deadlineDates": ["10 January 2030"],
            }
        ],
        "budgetOverviewJSONItem": {
            "budgetTopicActionMap": {
                "1": [
                    {
                        "action": f"{identifier} - SMP-GFS",
                        "budgetYearMap": {"2030": "1300000"},
                        "minContribution": 0,
                        "maxContribution": 300000,
                    }
                ]
            }
        },
        "description": "<h2>Scope</h2><p>Buying socially.<script>alert(1)</script></p>",
        **changed,
    }
    return json.dumps({"TopicDetails": details}).encode()


class Portal:
    """What the server answers, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status, self.body, self.headers = 200, topic(), dict[str, str]()
        self.pause = 0.0  # seconds between one byte and the next
        self.address = ""

    def answer(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        self.status, self.body, self.headers = status, body, headers


class Handler(BaseHTTPRequestHandler):
    portal: Portal

    def do_GET(self) -> None:
        portal = self.portal
        portal.asked.append(self.path)
        self.send_response(portal.status)
        for name, value in portal.headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # whoever asked has hung up, as they should
            self._send(portal)

    def _send(self, portal: Portal) -> None:
        if not portal.pause:
            self.wfile.write(portal.body)
        for byte in portal.body if portal.pause else b"":
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(portal.pause)

    def log_message(self, *args: Any) -> None:
        """Say nothing: a test's output is the test's."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: Any) -> None:
        """A caller that hangs up in the middle of TLS is none of a server's faults."""


@contextmanager
def served(context: SSLContext | None = None) -> Iterator[Portal]:
    """Serve on a free port, over TLS where a context is given."""
    portal = Portal()
    server = Server(("127.0.0.1", 0), type("Own", (Handler,), {"portal": portal}))
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    portal.address = f"http{'s' if context else ''}://localhost:{server.server_port}/topics/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield portal
    server.shutdown()
    server.server_close()
    thread.join()
