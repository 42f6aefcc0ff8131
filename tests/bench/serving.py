"""A database of the bench's own, and applications that are served on loopback to be measured."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from taskforce.ops import embedded_postgres

SERVER = ["-m", "gunicorn", "--worker-class=gthread", "--workers=1", "--threads=4"]


class Served(NamedTuple):
    port: int
    process: int  # which started the only worker

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def end_on_sigterm() -> None:
    """Let a time limit's SIGTERM end the servers and the database, as Ctrl-C does."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("The bench was told to end."))


@contextmanager
def own_database(folder: Path) -> Iterator[None]:
    """Run an embedded Postgres of the bench's own, and leave nothing of it."""
    os.environ |= {"VAR": str(folder), "DEMO": "1", "DEBUG": "0"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "taskforce.settings"
    os.environ.pop("DATABASE_URL", None)
    embedded_postgres.start(folder)
    try:
        run("manage.py", "collectstatic", "--noinput", "-v0")
        yield
    finally:
        embedded_postgres.remove(folder)


@contextmanager
def serving(application: str, **settings: str) -> Iterator[Served]:
    """Serve an application on a free loopback port."""
    with socket.create_server(("127.0.0.1", 0)) as asked:
        port = asked.getsockname()[1]
    bind = f"--bind=127.0.0.1:{port}"
    command = [sys.executable, *SERVER, "--log-level=error", "--no-control-socket", bind]
    # The bare view has settings of its own.
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "DJANGO_SETTINGS_MODULE" or not application.startswith("tests.bench.bare")
    } | settings
    server = subprocess.Popen([*command, application], env=environment)
    try:
        _await_answer(f"http://127.0.0.1:{port}/")
        yield Served(port, server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def _await_answer(url: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"{url} does not answer.")


def run(*words: str) -> str:
    ran = subprocess.run([sys.executable, *words], check=True, stdout=subprocess.PIPE, text=True)
    return ran.stdout
