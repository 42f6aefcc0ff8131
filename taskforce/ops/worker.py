"""The portal's workers, kept at work: `python -m taskforce.ops.worker`.

One process sends mail and does what is due; another reads documents, so that a large one never
holds up a letter. A worker that ends, as it does when the database was away, is started again.
SIGTERM and Ctrl-C end all of them.
"""

import io
import multiprocessing.context
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from functools import partial

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import connections

from taskforce.ops import embedded_postgres

GRACE = 5  # seconds that a worker has to finish what it does
WELL = 60  # seconds at work after which a worker counts as well
LONGEST_PAUSE = 30  # seconds before a worker is started again
QUEUES = {"letters": "mail,default", "documents": "documents"}

# A worker begins with all code loaded.
_FORK = multiprocessing.get_context("fork")


@dataclass
class Worker:
    """One process that is started again whenever it ends; the pauses before that grow."""

    name: str
    work: Callable[[], None]
    pause: float = 1
    process: multiprocessing.context.ForkProcess | None = None
    started_at: float = field(default=0, init=False)
    due_at: float = field(default=0, init=False)

    def look_after(self, now: float) -> None:
        """Start it if it does not run and its pause is over."""
        if self.process is None:
            if now >= self.due_at:
                self._start(now)
        elif not self.process.is_alive():
            was_well = now - self.started_at > WELL
            self.pause = 1 if was_well else min(2 * self.pause, LONGEST_PAUSE)
            self.process, self.due_at = None, now + self.pause

    def _start(self, now: float) -> None:
        self.process, self.started_at = _FORK.Process(target=_alone, args=(self.work,)), now
        self.process.start()

    def end(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def await_end(self) -> None:
        if self.process is not None:
            self.process.join(GRACE + 2)
            self.process.kill()


def _alone(work: Callable[[], None]) -> None:
    """Do the work in a process of its own, which ends with its parent."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C comes to the parent, which ends its workers
    threading.Thread(target=_follow_parent, daemon=True).start()
    work()


def _follow_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def run(queues: str) -> None:
    """Do the jobs of some queues until the process is told to end."""
    words = ["procrastinate", "worker", f"--queues={queues}", "--concurrency=2"]
    words += [f"--shutdown-graceful-timeout={GRACE}"]
    words += ["--delete-jobs=successful"]  # a sent mail is nobody's to read again
    with redirect_stderr(io.StringIO()):  # its greeting
        execute_from_command_line(["manage.py", *words])


def supervise(workers: list[Worker], ended: threading.Event) -> None:
    """Keep the workers at work until the event is set, then end them."""
    try:
        while not ended.wait(0.2):
            for worker in workers:
                worker.look_after(time.monotonic())
    finally:
        for worker in workers:
            worker.end()
        for worker in workers:
            worker.await_end()


def main() -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    connections.close_all()  # each worker has its own
    workers = [Worker(name, partial(run, queues)) for name, queues in QUEUES.items()]
    supervise(workers, ended)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taskforce.settings")
    django.setup()
    if settings.EMBEDDED:
        embedded_postgres.start(settings.VAR)
    main()
