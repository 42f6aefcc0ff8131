"""Everything is killed while people write: what was acknowledged is there, and its letter too."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator
from http.client import HTTPException
from itertools import cycle
from pathlib import Path
from typing import Any

import psycopg
import pytest
from aiosmtpd.controller import Controller

from taskforce.ops import embedded_postgres
from tests.conftest import Catcher

pytestmark = pytest.mark.slow  # whole programs start and are killed, for minutes

CLONE = Path(__file__).parents[2]
ROUNDS = 20
BETWEEN = 1.5  # seconds from one kill to the next
# Mail servers know no transaction: a kill between their yes and its note sends a letter again.
TWICE = 5  # letters at most; each kill of the worker or the database could send one
PATIENCE = 240  # seconds for the letters: a stalled one waits a minute, a failed one a little more
# A consortium that takes suggestions, and somebody who makes them; each is a row and a letter.
MAKE = """
import json
from django.utils import timezone
from tests.factories import *
call = make_call("Penge")
lead = make_member(make_organisation("Leder"))
room = make_open_consortium(call, lead.organisation, suggestions_by=timezone.localdate())
page = room.get_absolute_url() + "forslag/"
print(json.dumps({"page": page, "key": make_session(make_member(make_organisation("Anden")))}))
"""


class Programs:
    """Server, worker and database of a portal of its own, each of which may be killed."""

    def __init__(self, var: Path, smtp: int) -> None:
        self.var, self.port = var, free_port()
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        mail = {"EMAIL_URL": f"smtp://127.0.0.1:{smtp}"}
        self.environment = {**kept, **mail, "VAR": str(var), "DEBUG": "1"}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        embedded_postgres.start(var)
        self.run("manage.py", "migrate", "--verbosity=0")

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=CLONE,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def start(self, name: str) -> None:
        words = {
            "server": [
                *("gunicorn", "taskforce.wsgi:application", f"--bind=127.0.0.1:{self.port}"),
                *("--workers=2", "--threads=4", "--worker-class=gthread", "--no-control-socket"),
            ],
            "worker": ["taskforce.ops.worker"],
        }
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", *words[name]],
            cwd=CLONE,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self, what: str) -> None:
        """Kill a program with all its processes, or the database or a part of it."""
        if what in self.running:
            os.killpg(self.running[what].pid, signal.SIGKILL)
            self.running[what].wait()
            self.start(what)
        elif what == "postmaster":
            pid = (self.var / "postgres" / "data" / "postmaster.pid").read_text().split()[0]
            os.kill(int(pid), signal.SIGKILL)
            time.sleep(1)
            embedded_postgres.start(self.var)
        else:
            own = "pid <> pg_backend_pid() AND datname = current_database() LIMIT 1"
            for (pid,) in self.ask(f"SELECT pid FROM pg_stat_activity WHERE {own}"):
                os.kill(pid, signal.SIGKILL)
            time.sleep(1)  # Postgres begins anew when one of its processes dies

    def ask(self, sql: str) -> list[Any]:
        place = embedded_postgres.connection(self.var)
        where = {"host": place["HOST"], "port": place["PORT"], "user": place["USER"]}
        with psycopg.connect(**where, dbname=place["NAME"]) as connection:
            found = connection.execute(sql).fetchall()
        connection.close()
        return found

    def end(self) -> None:
        for program in self.running.values():
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
        embedded_postgres.remove(self.var)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class Writer(threading.Thread):
    """Somebody who sends one suggestion after another, each until it is acknowledged."""

    def __init__(self, name: str, base: str, page: str, key: str) -> None:
        super().__init__(name=name, daemon=True)
        self.page, self.key, self.base = base + page, key, base
        self.acknowledged: list[str] = []
        self.is_over = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.is_over.is_set():
            number += 1
            self._write(f"ord-{self.name}-{number}-slut")

    def _write(self, words: str) -> None:
        form: bytes | None = None
        while not self.is_over.is_set():
            try:
                form = form or self._form(words)
                if self._ask(form).status == 302:
                    self.acknowledged.append(words)
                    return
            except (OSError, ValueError, HTTPException):  # also half an answer
                pass
            time.sleep(0.2)

    def _form(self, words: str) -> bytes:
        """Open the page, and return the form with its own keys, to be sent as often as needed."""
        page = self._ask(None).read().decode()
        keys = dict(re.findall(r'name="(csrfmiddlewaretoken|engang)" value="([^"]+)"', page))
        return urllib.parse.urlencode(keys | {"text": words}).encode()

    def _ask(self, form: bytes | None) -> Any:
        headers = {"Cookie": f"sessionid={self.key}; csrftoken={'c' * 32}", "Referer": self.page}
        request = urllib.request.Request(self.page, form, headers)
        opener = urllib.request.build_opener(_Stay)
        return opener.open(request, timeout=10)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Take a redirect as the answer that it is."""

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        fp.status = code
        return fp


@pytest.fixture
def catcher() -> Iterator[Controller]:
    controller = Controller(Catcher(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def programs(tmp_path: Path, catcher: Controller) -> Iterator[Programs]:
    found = Programs(tmp_path / "var", catcher.port)
    yield found
    found.end()


def await_letters(programs: Programs) -> None:
    """Wait until no letter waits."""
    until = time.monotonic() + PATIENCE
    waiting = "SELECT 1 FROM procrastinate_jobs WHERE queue_name = 'mail' AND status <> 'succeeded'"
    while programs.ask(waiting):
        assert time.monotonic() < until, programs.ask(
            "SELECT status, attempts, count(*) FROM procrastinate_jobs"
            " WHERE queue_name = 'mail' GROUP BY 1, 2"
        )
        time.sleep(1)


def test_what_was_acknowledged_is_there_once_with_its_letter(
    programs: Programs, catcher: Controller
) -> None:
    made = json.loads(programs.run("manage.py", "shell", "-v0", "-c", MAKE).splitlines()[-1])
    for name in ("server", "worker"):
        programs.start(name)
    base = f"http://127.0.0.1:{programs.port}"
    writers = [Writer(name, base, made["page"], made["key"]) for name in "ab"]
    for writer in writers:
        writer.start()
    for _round, what in zip(range(ROUNDS), cycle(["server", "worker", "backend", "postmaster"])):
        time.sleep(BETWEEN)
        programs.kill(what)
    time.sleep(3)
    for writer in writers:
        writer.is_over.set()
        writer.join()

    acknowledged = {words for writer in writers for words in writer.acknowledged}
    assert len(acknowledged) > ROUNDS
    kept = Counter(text for (text,) in programs.ask("SELECT text FROM calls_suggestion"))
    assert acknowledged - kept.keys() == set()
    assert set(kept.values()) == {1}

    await_letters(programs)
    letters: dict[str, list[str]] = defaultdict(list)
    for letter in catcher.handler.letters:
        for words in re.findall(r"ord-\S+-slut", letter.get_content())[:1]:
            letters[words].append(letter["Message-ID"])
    assert letters.keys() == kept.keys()
    assert all(len(set(copies)) == 1 for copies in letters.values())  # a program knows a copy
    assert sum(len(copies) - 1 for copies in letters.values()) <= TWICE
