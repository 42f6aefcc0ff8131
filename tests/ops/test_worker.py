"""The workers are kept at work."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from taskforce.ops import worker
from taskforce.ops.worker import Worker


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
def supervised() -> Iterator[Callable[[Worker], None]]:
    ended, threads = threading.Event(), []

    def start(one: Worker) -> None:
        thread = threading.Thread(target=worker.supervise, args=([one], ended))
        thread.start()
        threads.append(thread)

    yield start
    ended.set()
    for thread in threads:
        thread.join()


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_worker_that_ends_is_started_again(begun: Path, supervised: Any) -> None:
    supervised(Worker("letters", lambda: note(begun), pause=0.01))

    wait_until(lambda: times(begun) >= 3)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_worker_that_is_killed_is_started_again(begun: Path, supervised: Any) -> None:
    def work() -> None:
        note(begun)
        time.sleep(60)

    one = Worker("letters", work, pause=0.01)
    supervised(one)
    wait_until(lambda: times(begun) == 1)

    os.kill(int(begun.read_text()), signal.SIGKILL)

    wait_until(lambda: times(begun) == 2)


def test_pauses_grow_and_begin_anew_after_a_while_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Worker("letters", lambda: None)

    def ended_after(seconds: float) -> float:
        one.look_after(one.due_at)
        assert one.process is not None
        one.process.join()
        one.look_after(one.started_at + seconds)
        return one.pause

    assert [ended_after(1) for _ in range(6)] == [2, 4, 8, 16, 30, 30]
    assert ended_after(61) == 1


def test_end_of_the_supervisor_ends_its_workers(begun: Path) -> None:
    def work() -> None:
        note(begun)
        time.sleep(60)

    ended = threading.Event()
    one = Worker("letters", work)
    thread = threading.Thread(target=worker.supervise, args=([one], ended))
    thread.start()
    wait_until(lambda: times(begun) == 1)

    ended.set()
    thread.join(20)

    with pytest.raises(ProcessLookupError):
        os.kill(int(begun.read_text()), 0)
