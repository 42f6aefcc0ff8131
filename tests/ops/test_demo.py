"""`make demo`: the port, the steps before it serves, and what ends it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import OperationalError

from taskforce.core.acts import Refused
from taskforce.ops import demo, embedded_postgres
from taskforce.ops.processes import Kept

CLONE = Path(__file__).parents[2]


class Process:
    """A process that runs, or has ended."""

    def __init__(self, exitcode: int | None = None) -> None:
        self.exitcode = exitcode

    def is_alive(self) -> bool:
        return self.exitcode is None


def kept(name: str, exitcode: int | None = None) -> Any:
    return Kept(name, lambda: None, process=Process(exitcode))  # type: ignore[arg-type]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


# The port


def test_port_is_that_of_the_environment(free, monkeypatch):
    monkeypatch.setenv("PORT", str(free))

    assert demo._port() == free


@pytest.mark.parametrize("given", ["0", "65536", "-1", "many", "80.0"])
def test_port_refuses_what_is_no_port(given, monkeypatch):
    monkeypatch.setenv("PORT", given)

    with pytest.raises(SystemExit) as stopped:
        demo._port()

    assert stopped.value.code == f"PORT is a number from 1 to 65535, not {given}."


def test_port_refuses_one_that_is_taken(taken, monkeypatch):
    monkeypatch.setenv("PORT", str(taken))

    with pytest.raises(SystemExit) as stopped:
        demo._port()

    assert stopped.value.code == (
        f"Port {taken}: Address already in use. Try another one: make demo PORT={taken + 1}"
    )


def test_port_offered_after_the_last_one_is_the_first(monkeypatch):
    def refuse(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(demo, "_listen", refuse)
    monkeypatch.setenv("PORT", "65535")

    with pytest.raises(SystemExit) as stopped:
        demo._port()

    assert stopped.value.code == (
        "Port 65535: Permission denied. Try another one: make demo PORT=1"
    )


# Before it serves


def test_step_prints_its_name_and_its_seconds(capsys, monkeypatch):
    monkeypatch.setattr(time, "monotonic", iter([10.0, 11.25]).__next__)

    with demo._step("Tables"):
        pass

    assert capsys.readouterr().out == "  Tables                1.2 s\n"


def test_step_that_fails_ends_its_line(capsys):
    with pytest.raises(Refused), demo._step("Tables"):
        raise Refused("No.")

    assert capsys.readouterr().out == "  Tables              \n"


class Files:
    """A finder of static files in one folder, which is its own storage."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def list(self, ignored: list[str]) -> list[tuple[str, "Files"]]:
        return [(path.name, self) for path in self.folder.iterdir()]

    def path(self, name: str) -> str:
        return str(self.folder / name)


def test_static_files_are_collected_when_one_changed_only(tmp_path, monkeypatch):
    collected: list[str] = []
    files, stamp = tmp_path / "static", tmp_path / "stamp"
    files.mkdir()
    (files / "site.css").write_text("a {}")
    monkeypatch.setattr(demo, "get_finders", lambda: [Files(files)])
    monkeypatch.setattr(demo, "call_command", lambda name, **_: collected.append(name))

    demo._collect_static_files(stamp)
    demo._collect_static_files(stamp)
    assert collected == ["collectstatic"]

    os.utime(files / "site.css", (0, 0))
    demo._collect_static_files(stamp)
    assert collected == ["collectstatic"] * 2


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("Postgres is missing."), "The demo cannot start: Postgres is missing."),
        (CommandError("No example."), "The demo cannot start: No example."),
        (OperationalError("away\n"), "The demo cannot start: away"),
        (KeyboardInterrupt(), 130),
    ],
)
def test_main_exits_with_a_sentence_if_a_step_fails(error, code, free, monkeypatch):
    def fail() -> None:
        raise error

    monkeypatch.setattr(demo, "_prepare", fail)
    for name in ("DEMO", "DEBUG", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # main sets them
    monkeypatch.setenv("PORT", str(free))

    with pytest.raises(SystemExit) as stopped:
        demo.main()

    assert stopped.value.code == code


# While it serves


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


def test_waits_until_the_server_answers():
    with HTTPServer(("localhost", 0), Answer) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        demo._wait_for_answer(server.server_port, [], threading.Event())
        thread.join()


def test_does_not_wait_after_a_signal(free):
    signalled = threading.Event()
    signalled.set()

    demo._wait_for_answer(free, [], signalled)


def test_exits_when_the_server_never_answers(free, monkeypatch):
    monkeypatch.setattr(demo, "PATIENCE", 0)

    with pytest.raises(SystemExit) as stopped:
        demo._wait_for_answer(free, [], threading.Event())

    assert stopped.value.code == "The server does not answer within 0 seconds."


def test_exits_when_one_does_not_come_up():
    with pytest.raises(SystemExit) as stopped:
        demo._exit_if_one_ended([kept("The server"), kept("The worker", exitcode=3)])

    assert stopped.value.code == "The worker has ended by itself, with code 3."


def test_goes_on_while_all_live():
    demo._exit_if_one_ended([kept("The server"), kept("The worker")])


def test_prints_where_the_portal_is_and_how_to_log_in(settings, capsys):
    settings.EMAIL_FILE_PATH = "/var/mail"

    demo._print_log_ins(8123)

    assert capsys.readouterr().out == (
        "\nThe portal: http://localhost:8123/\n\n"
        "  Log in as sekretariat@eksempel.example, password taskforce-demo\n"
        "  Log in as medlem@eksempel.example, password taskforce-demo\n"
        "  Mail lands in /var/mail\n\nCtrl-C ends it.\n"
    )


# All of it


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "var"
    embedded_postgres.remove(tmp_path / "var")


def is_served(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://localhost:{port}/sundhed/") as answer:
        return bool(answer.status == 200)
    return False


def children_of(pid: int) -> set[int]:
    """Return the processes of the server and the two workers."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return {int(number) for number in text.split()}


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the children of a process")
def test_serves_the_portal_until_sigterm_and_frees_the_port(var, free):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    started = subprocess.Popen(
        [sys.executable, "-m", "taskforce.ops.demo"],
        cwd=CLONE,
        env={**kept, "VAR": str(var), "PORT": str(free)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout
    lines = iter(started.stdout.readline, "")
    assert f"The portal: http://localhost:{free}/\n" in lines
    wait_until(lambda: is_served(free))  # until the worker has told that it works

    killed = children_of(started.pid)
    for child in killed:
        os.kill(child, signal.SIGKILL)
    wait_until(lambda: len(children_of(started.pid) - killed) == 3 and is_served(free))

    started.send_signal(signal.SIGTERM)

    assert started.communicate(timeout=30)[0].endswith(
        "Ending the server and the worker. `make stop` ends the database.\n"
    )
    assert started.returncode == 0
    demo._listen("127.0.0.1", free)
