"""The image asks itself whether it answers."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from taskforce.ops import alive


class Server(BaseHTTPRequestHandler):
    status = 200
    asked: list[str | None] = []

    def do_GET(self) -> None:
        self.asked.append(f"{self.headers['Host']}{self.path}")
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Server)
    monkeypatch.setenv("PORT", str(server.server_port))
    monkeypatch.setenv("SITE_URL", "https://portal.example")
    monkeypatch.setattr(Server, "asked", [])
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_asks_by_the_portals_own_name(port):
    alive.main()

    assert Server.asked == [f"portal.example{alive.PATH}"]


def test_portal_that_is_not_ready_ends_with_a_sentence(port, monkeypatch):
    monkeypatch.setattr(Server, "status", 503)

    with pytest.raises(SystemExit) as ended:
        alive.main()

    assert ended.value.code == f"The portal is not ready: {alive.PATH} answers 503."


def test_no_server_ends_with_a_sentence(monkeypatch):
    monkeypatch.setenv("PORT", "1")

    with pytest.raises(SystemExit, match=r"^The web server does not answer: "):
        alive.main()
