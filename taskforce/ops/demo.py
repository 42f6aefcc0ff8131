"""`make demo`: the portal with its example, run as in production. What was typed before is kept.

It runs until Ctrl-C or SIGTERM; the database runs on until `make stop`.
"""

import hashlib
import http.client
import multiprocessing.context
import os
import runpy
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import Error, connections

from taskforce.core.acts import Refused
from taskforce.ops import embedded_postgres, translations, worker

BASE = Path(__file__).resolve().parents[2]
LOG_INS = ("sekretariat@eksempel.example", "medlem@eksempel.example")
PASSWORD = "taskforce-demo"  # noqa: S105  # not secret: the demo prints it
GRACE = 5  # seconds that the server and the worker have to finish their work
PATIENCE = 60  # seconds that the server has to answer

# Forked, server and worker have all code loaded already: a later start takes half as long.
_FORK = multiprocessing.get_context("fork")
Children = list[multiprocessing.context.ForkProcess]


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
    """Run the server and the worker until a signal arrives, or one of them ends."""
    signalled = _signalled()
    connections.close_all()  # each child opens its own
    children = [
        _FORK.Process(name="server", target=_run_server, args=(port,)),
        _FORK.Process(name="worker", target=_run_workers),
    ]
    try:
        with _step("Server and worker"):
            for child in children:
                child.start()
            _wait_for_answer(port, children, signalled)
        _print_log_ins(port)
        while not signalled.wait(0.2):
            _exit_if_one_ended(children)
    finally:
        print("\nEnding the server and the worker. `make stop` ends the database.", flush=True)
        _stop(children)


def _signalled() -> threading.Event:
    """Return an event that Ctrl-C, SIGTERM and (except under nohup) SIGHUP set."""
    event = threading.Event()
    hang_up = [signal.SIGHUP] if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN else []
    for number in (signal.SIGINT, signal.SIGTERM, *hang_up):
        signal.signal(number, lambda *_: event.set())
    return event


def _leave_parent() -> None:
    """Start a new session, so Ctrl-C reaches only the parent, which then stops its children."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    """End this process if the parent is killed: otherwise the server would keep the port."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _run_server(port: int) -> None:
    _leave_parent()
    sys.argv = ["gunicorn", "taskforce.wsgi:application", "--preload", "--no-control-socket"]
    sys.argv += ["--worker-class=gthread", "--workers=2", "--threads=4", "--log-level=warning"]
    binds = [f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host in _hosts()]
    sys.argv += [f"--graceful-timeout={GRACE}", *(f"--bind={bind}" for bind in binds)]
    runpy.run_module("gunicorn", run_name="__main__")


def _run_workers() -> None:
    _leave_parent()
    worker.main()


def _wait_for_answer(port: int, children: Children, signalled: threading.Event) -> None:
    """Return when the front page answers, or a signal arrives."""
    deadline = time.monotonic() + PATIENCE
    while not signalled.wait(0.05):
        _exit_if_one_ended(children)
        if time.monotonic() > deadline:
            sys.exit(f"The server does not answer within {PATIENCE} seconds.")
        client = http.client.HTTPConnection("localhost", port, timeout=5)
        with suppress(OSError), closing(client):
            client.request("GET", "/")
            client.getresponse().read()
            return


def _exit_if_one_ended(children: Children) -> None:
    for child in children:
        if not child.is_alive():
            sys.exit(f"The {child.name} has ended by itself, with code {child.exitcode}.")


def _stop(children: Children) -> None:
    """Terminate the children, and kill those that do not end in time."""
    started = [child for child in children if child.pid]
    for child in started:
        child.terminate()
    for child in started:
        child.join(GRACE + 2)
        child.kill()


def _print_log_ins(port: int) -> None:
    print(f"\nThe portal: http://localhost:{port}/\n")
    for email in LOG_INS:
        print(f"  Log in as {email}, password {PASSWORD}")
    print(f"  Mail lands in {settings.EMAIL_FILE_PATH}\n\nCtrl-C ends it.", flush=True)


if __name__ == "__main__":
    main()
