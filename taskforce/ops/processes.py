"""Processes that are kept at work: one that ends is started again."""

import logging
import multiprocessing.context
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

GRACE = 5  # seconds that a process has to finish what it does
WELL = 60  # seconds at work after which a process counts as well
LONGEST_PAUSE = 30  # seconds before a process is started again

# Forked, a process has all code loaded already.
_FORK = multiprocessing.get_context("fork")

logger = logging.getLogger(__name__)


@dataclass
class Kept:
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
                self.start(now)
        elif not self.process.is_alive():
            was_well = now - self.started_at > WELL
            self.pause = 1 if was_well else min(2 * self.pause, LONGEST_PAUSE)
            code, self.process, self.due_at = self.process.exitcode, None, now + self.pause
            logger.warning("%s ended with code %s, and is started again.", self.name, code)

    def start(self, now: float) -> None:
        self.process, self.started_at = _FORK.Process(target=_alone, args=(self.work,)), now
        self.process.start()

    def end(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def await_end(self) -> None:
        """Wait until it has ended, and kill it if it does not in time."""
        if self.process is not None:
            self.process.join(GRACE + 2)
            self.process.kill()


def _alone(work: Callable[[], None]) -> None:
    """Do the work in a process of its own, which ends with its parent."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Ctrl-C and the end of a terminal come to the parent, which ends its processes.
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    work()


def _follow_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def keep(processes: list[Kept], ended: threading.Event) -> None:
    """Keep processes at work until the event is set."""
    while not ended.wait(0.2):
        for process in processes:
            process.look_after(time.monotonic())


def stop(processes: list[Kept]) -> None:
    for process in processes:
        process.end()
    for process in processes:
        process.await_end()
