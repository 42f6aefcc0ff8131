"""Processes are kept at work."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from taskforce.ops import processes
from taskforce.ops.processes import Kept, keep, stop


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    return tmp_path / "begun"


def note(begun: Path) -> None:
    with begun.open("a") as file:
        file.write(f"{os.getpid()}\n")


def times(begun: Path) -> int:
    return len(begun.read_text().split()) if begun.exists() else 0


def wait_until(true: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def supervised() -> Iterator[Callable[[Kept], None]]:
    ended, threads, started = threading.Event(), [], []

    def start(one: Kept) -> None:
        thread = threading.Thread(target=keep, args=([one], ended))
        thread.start()
        threads.append(thread)
        started.append(one)

    yield start
    ended.set()
    for thread in threads:
        thread.join()
    stop(started)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_worker_that_ends_is_started_again(begun: Path, supervised: Any) -> None:
    supervised(Kept("letters", lambda: note(begun), pause=0.01))

    wait_until(lambda: times(begun) >= 3)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_worker_that_is_killed_is_started_again(begun: Path, supervised: Any) -> None:
    def work() -> None:
        note(begun)
        time.sleep(60)

    one = Kept("letters", work, pause=0.01)
    supervised(one)
    wait_until(lambda: times(begun) == 1)

    os.kill(int(begun.read_text()), signal.SIGKILL)

    wait_until(lambda: times(begun) == 2)


def test_pauses_grow_and_begin_anew_after_a_while_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Kept("letters", lambda: None)

    def ended_after(seconds: float) -> float:
        one.look_after(one.due_at)
        assert one.process is not None
        one.process.join()
        one.look_after(one.started_at + seconds)
        return one.pause

    assert [ended_after(1) for _ in range(6)] == [2, 4, 8, 16, 30, 30]
    assert ended_after(61) == 1


def test_stop_ends_what_is_kept(begun: Path) -> None:
    def work() -> None:
        note(begun)
        time.sleep(60)

    one = Kept("letters", work)
    one.start(time.monotonic())
    wait_until(lambda: times(begun) == 1)

    stop([one])

    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)


def test_stop_kills_what_does_not_end_in_time(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def work() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        note(begun)
        time.sleep(60)

    monkeypatch.setattr(processes, "GRACE", -1.9)
    one = Kept("letters", work)
    one.start(time.monotonic())
    wait_until(lambda: times(begun) == 1)

    stop([one])

    assert one.process is not None
    one.process.join()
    assert one.process.exitcode == -signal.SIGKILL
