"""`make demo`: the portal with its example, run as in production. What was typed before is kept.

It runs until Ctrl-C or SIGTERM; the database runs on until `make stop`.
"""

import hashlib
import http.client
import os
import runpy
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import Error, connections

from taskforce.core.acts import Refused
from taskforce.ops import embedded_postgres, translations, worker
from taskforce.ops.processes import GRACE, Kept, keep, stop

BASE = Path(__file__).resolve().parents[2]
LOG_INS = ("sekretariat@eksempel.example", "medlem@eksempel.example")
PASSWORD = "taskforce-demo"  # noqa: S105  # not secret: the demo prints it
PATIENCE = 60  # seconds that the server has to answer


def main() -> None:
    port = _port()
    os.environ |= {"DEMO": "1", "DEBUG": "0", "PORT": str(port)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "taskforce.settings"
    try:
        _prepare()
        _serve(port)
    except (CommandError, Error, Refused) as error:
        sys.exit(f"The demo cannot start: {str(error).strip()}")
    except KeyboardInterrupt:
        sys.exit(130)


def _port() -> int:
    """Return the port to serve on, or exit with a sentence if it is not free."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        sys.exit(f"PORT is a number from 1 to 65535, not {given}.")
    try:
        for host in _hosts():
            _listen(host, int(given))
    except OSError as error:
        why = os.strerror(error.errno or 0)  # mostly: address already in use
        sys.exit(f"Port {given}: {why}. Try another one: make demo PORT={int(given) % 65535 + 1}")
    return int(given)


def _hosts() -> list[str]:
    """Return the addresses of localhost; a browser may use either."""
    with suppress(OSError):
        _listen("::1", 0)
        return ["127.0.0.1", "::1"]
    return ["127.0.0.1"]


def _listen(host: str, port: int) -> None:
    """Listen on the port for a moment. Raises OSError if it is not free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    socket.create_server((host, port), family=family).close()


# Prepare


def _prepare() -> None:
    """Bring texts, database, static files and example up to date."""
    with _step("Danish texts"):
        translations.compile_all()
    with _step("The portal's code"):
        django.setup()
    if settings.EMBEDDED:
        with _step("The database"):
            embedded_postgres.start(settings.VAR)
    with _step("Static files"):
        _collect_static_files(settings.VAR / "static.stamp")
    with _step("Tables"):
        call_command("migrate", verbosity=0, interactive=False)
    with _step("The example"):
        call_command("load_example", activity=True, verbosity=0)


@contextmanager
def _step(name: str) -> Iterator[None]:
    """Print the name of a step, and its seconds when it is done."""
    print(f"  {name:<20}", end="", flush=True)
    began = time.monotonic()
    try:
        yield
        print(f"{time.monotonic() - began:5.1f} s", end="")
    finally:
        print(flush=True)


def _collect_static_files(stamp: Path) -> None:
    """Collect and compress the static files, if any changed: it takes seconds."""
    paths = [store.path(path) for finder in get_finders() for path, store in finder.list([])]
    times = [(path, Path(path).stat().st_mtime_ns) for path in sorted(paths)]
    digest = hashlib.sha256(repr(times).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != digest:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(digest)


# Serve


def _serve(port: int) -> None:
    """Keep the server and the workers at work until a signal arrives."""
    signalled = _signalled()
    connections.close_all()  # each process opens its own
    processes = [Kept("The server", partial(_run_server, port)), *worker.kept()]
    try:
        with _step("Server and worker"):
            for process in processes:
                process.start(time.monotonic())
            _wait_for_answer(port, processes, signalled)
        _print_log_ins(port)
        keep(processes, signalled)
    finally:
        print("\nEnding the server and the worker. `make stop` ends the database.", flush=True)
        stop(processes)


def _signalled() -> threading.Event:
    """Return an event that Ctrl-C, SIGTERM and (except under nohup) SIGHUP set."""
    event = threading.Event()
    hang_up = [signal.SIGHUP] if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN else []
    for number in (signal.SIGINT, signal.SIGTERM, *hang_up):
        signal.signal(number, lambda *_: event.set())
    return event


def _run_server(port: int) -> None:
    os.setsid()  # gunicorn would take Ctrl-C for itself, and cut off what it answers
    sys.argv = ["gunicorn", "taskforce.wsgi:application", "--preload", "--no-control-socket"]
    sys.argv += ["--worker-class=gthread", "--workers=2", "--threads=4", "--log-level=warning"]
    binds = [f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host in _hosts()]
    sys.argv += [f"--graceful-timeout={GRACE}", *(f"--bind={bind}" for bind in binds)]
    runpy.run_module("gunicorn", run_name="__main__")


def _wait_for_answer(port: int, processes: list[Kept], signalled: threading.Event) -> None:
    """Return when the front page answers, or a signal arrives."""
    deadline = time.monotonic() + PATIENCE
    while not signalled.wait(0.05):
        _exit_if_one_ended(processes)
        if time.monotonic() > deadline:
            sys.exit(f"The server does not answer within {PATIENCE} seconds.")
        client = http.client.HTTPConnection("localhost", port, timeout=5)
        with suppress(OSError), closing(client):
            client.request("GET", "/")
            client.getresponse().read()
            return


def _exit_if_one_ended(processes: list[Kept]) -> None:
    """Exit where one does not come up: it would not the next time either."""
    for one in processes:
        if one.process and not one.process.is_alive():
            sys.exit(f"{one.name} has ended by itself, with code {one.process.exitcode}.")


def _print_log_ins(port: int) -> None:
    print(f"\nThe portal: http://localhost:{port}/\n")
    for email in LOG_INS:
        print(f"  Log in as {email}, password {PASSWORD}")
    print(f"  Mail lands in {settings.EMAIL_FILE_PATH}\n\nCtrl-C ends it.", flush=True)


if __name__ == "__main__":
    main()
