"""A worker that is told to end finishes its letter, or leaves it to the next one."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from taskforce.ops.processes import GRACE
from tests.ops.test_kills import Programs, await_letters, free_port

pytestmark = pytest.mark.slow  # whole programs start and end

LETTER = """
from django.core.mail import send_mail
send_mail("Words", "Words", None, ["anna@example.org"])"""


class SlowServer:
    """A mail server that thinks about a letter for a while, the first time."""

    def __init__(self) -> None:
        self.thinks = 0.0  # seconds
        self.answers = ["250 OK"]  # one for each letter; the last one for all others
        self.begun = threading.Event()
        self.taken: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's
        seconds, self.thinks = self.thinks, 0
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        self.begun.set()
        await asyncio.sleep(seconds)
        if answer.startswith("250"):
            self.taken.append(envelope.content)
        return answer


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    controller = Controller(SlowServer(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture(scope="module")
def programs(tmp_path_factory: Any, server: Any) -> Iterator[Programs]:
    found = Programs(tmp_path_factory.mktemp("stopping") / "var", server.port)
    yield found
    found.end()


def stop_while_it_sends(programs: Programs, server: SlowServer) -> None:
    """Tell the worker to end in the middle of a letter, and wait until it has."""
    server.begun.clear()
    server.taken.clear()
    programs.run("manage.py", "shell", "-v0", "-c", LETTER)
    programs.start("worker")
    assert server.begun.wait(60)
    worker = programs.running.pop("worker")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(GRACE + 10) == 0


def test_letter_under_way_is_finished(programs: Programs, server: Any):
    server.handler.thinks = 2

    stop_while_it_sends(programs, server.handler)

    assert len(server.handler.taken) == 1
    assert programs.ask("SELECT 1 FROM procrastinate_jobs WHERE queue_name = 'mail'") == []


def test_letter_that_takes_too_long_is_left_to_the_next_worker(programs: Programs, server: Any):
    server.handler.thinks, server.handler.answers = 60, ["451 Later", "250 OK"]

    stop_while_it_sends(programs, server.handler)
    programs.start("worker")
    await_letters(programs)

    assert len(server.handler.taken) == 1
