"""Whoever asks after a commit reads what was committed: many at once, and from another process."""

import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from barriers.curation import hiding, merging
from barriers.models import Barrier
from barriers.rounds import prioritisation
from calls.models import Call
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.front.page_cache import middleware
from taskforce.news import publishing
from taskforce.news.models import NewsItem
from tests.conftest import _free_port
from tests.factories import (
    make_barrier,
    make_call,
    make_member,
    make_news,
    make_round,
    make_secretary,
)
from tests.servers import address

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

CLONE = Path(__file__).parents[3]
ROUNDS = 1_000
READERS = 8
SEARCH = "/barrierer/?q=lots"
LISTS = ("/barrierer/", "/en/barrierer/", SEARCH, "/barrierer/barrierer.csv")
FEED = "/feed/atom/?liste=barrierer"
PAGES = (*LISTS, FEED, "/nyt/", "/", "/data/barriers.json")

Facts = frozenset[tuple[str, str]]  # words at an address
NONE: Facts = frozenset()


class Story:
    """What is public changes in all ways there are, one after the other, while others read."""

    def __init__(self) -> None:
        self.stands = self.gone = NONE  # what is gone is so for good
        self.secretary = make_secretary()
        self.member = make_member()  # as whom every other reader is logged in
        self.barrier = make_barrier("Lots m0000x")
        self.others: list[Barrier] = []
        self.news: list[NewsItem] = []
        self.page = "/"  # of what changes only there
        self.faults: list[str] = []
        self.ended = threading.Event()

    def change(self, act: Callable[[], Any], *, gone: Facts = NONE, new: Facts = NONE) -> Any:
        """Change something; meanwhile nobody knows whether the old shows or the new."""
        self.stands -= gone
        done = act()
        self.gone |= gone
        self.stands |= new
        return done

    def go_on(self, turn: int) -> None:
        acts = {0: self.publish, 3: self.publish_news, 5: self.end, 8: self.take_back}
        if turn % 100 == 51:
            self.close_a_round(turn)
        elif turn % 100 == 99:
            self.let_a_deadline_pass(turn)
        else:
            acts.get(turn % 10, self.correct)(turn)

    def correct(self, turn: int) -> None:
        old, title = self.barrier.title, f"Lots m{turn:04}x"
        self.barrier.title = title
        self.change(
            lambda: Barrier.objects.filter(pk=self.barrier.pk).update(title=title),
            gone=at(PAGES, old),
            new=at(LISTS, title),
        )

    def publish(self, turn: int) -> None:
        title = f"Lots p{turn:04}x"

        def act() -> Barrier:
            made = make_barrier(title)
            record(Verb.ADDED, made, by=None)
            return made

        self.others.append(self.change(act, new=at((*LISTS, FEED), title)))

    def end(self, turn: int) -> None:
        """Hide a barrier, or merge it into the one that stays."""
        barrier, by = self.others.pop(0), self.secretary
        kept = Barrier.objects.get(pk=self.barrier.pk)
        if turn % 20 == 5:
            act = partial(hiding.hide, barrier=barrier, by=by)
            self.change(act, gone=at((*LISTS, FEED), barrier.title))
        else:  # by its title a search finds the one that is kept, and the feed may tell of it
            self.stands -= at((SEARCH, FEED), barrier.title)
            act = partial(merging.merge, double=barrier, into=kept, by=by)
            self.change(act, gone=at({*LISTS} - {SEARCH}, barrier.title))

    def publish_news(self, turn: int) -> None:
        news = make_news(f"News n{turn:04}x", published_at=None)
        act = partial(publishing.publish, item=news, by=self.secretary)
        self.news.append(self.change(act, new=at(["/nyt/"], news.title)))

    def take_back(self, turn: int) -> None:
        news = self.news.pop(0)
        act = partial(publishing.take_back, item=news, reason="Wrong.", by=self.secretary)
        self.change(act, gone=at(["/nyt/", "/"], news.title))

    def close_a_round(self, turn: int) -> None:
        voting = make_round(self.barrier, title=f"Round {turn}")
        self.page = f"/en{voting.get_absolute_url()}"
        time.sleep(0.2)  # it is read
        self.change(
            partial(prioritisation.close, voting_round=voting),
            gone=at([self.page], "Barriers to choose from"),
            new=at([self.page], "The result"),
        )

    def let_a_deadline_pass(self, turn: int) -> None:
        call = make_call(f"Call {turn}")
        passes_at = timezone.now() + timedelta(seconds=0.5)
        with transaction.atomic():
            call.deadlines.update(passes_at=passes_at)
            Call.objects.filter(pk=call.pk).update(closes_at=passes_at)
        self.page = f"/en{call.get_absolute_url()}"
        self.change(partial(time.sleep, 0.51), new=at([self.page], "Closed "))

    def read(self, number: int) -> None:
        client = Client()
        try:
            if number % 2:
                client.force_login(self.member.user)
            while not self.ended.is_set():
                self.look(client, [*PAGES, self.page][number % (len(PAGES) + 1)])
                number += 1
                time.sleep(0.1)  # lets the writer go on
        except Exception as fault:
            self.faults.append(repr(fault))
        finally:
            connections.close_all()

    def look(self, client: Client, path: str) -> None:
        stood, gone = self.stands, self.gone
        text = client.get(path).content.decode()
        stood &= self.stands
        lacks = [words for where, words in stood if where == path and words not in text]
        shows = [words for where, words in gone if where == path and words in text]
        if lacks or shows:
            self.faults.append(f"{path} lacks {lacks} and shows {shows}")


def at(paths: Iterable[str], words: str) -> Facts:
    return frozenset((path, words) for path in paths)


def test_no_reader_gets_what_was_before_a_commit():
    story = Story()
    readers = [threading.Thread(target=story.read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        for turn in range(ROUNDS):
            story.go_on(turn)
    finally:
        story.ended.set()
        for reader in readers:
            reader.join(60)

    assert story.faults == []
    assert len(story.gone) > ROUNDS
    assert middleware.store.size > 0


def test_a_reader_that_is_late_would_be_found_out(monkeypatch: pytest.MonkeyPatch):
    story = Story()
    story.go_on(1)
    Client().get(LISTS[0])
    first = middleware.stamp.read()
    monkeypatch.setattr(middleware.stamp, "read", lambda: first)
    story.go_on(2)
    story.look(Client(), LISTS[0])

    assert story.faults == ["/barrierer/ lacks ['Lots m0002x'] and shows ['Lots m0001x']"]


@pytest.fixture
def two_processes(tmp_path: Path) -> Iterator[list[str]]:
    """Serve the test's database from two processes, and return their addresses."""
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "DEBUG": "1",
        "VAR": str(tmp_path),
        "DATABASE_URL": address(connection.settings_dict),
    }
    ports = [_free_port(), _free_port()]
    running = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "taskforce.wsgi:application"),
                *(f"--bind=127.0.0.1:{port}", "--worker-class=gthread", "--no-control-socket"),
            ],
            cwd=CLONE,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        for port in ports
    ]
    served = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        for one in served:
            _await_answer(one)
        yield served
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


def test_what_is_published_shows_in_every_process_on_the_next_request(two_processes: list[str]):
    for turn in range(5):
        for portal in two_processes:
            ask(portal, "/nyt/")
        news = make_news(f"News no. {turn}", published_at=timezone.now())
        assert [news.title in ask(portal, "/nyt/")[1] for portal in two_processes] == [True] * 2

    tags = {ask(portal, "/nyt/")[0] for portal in two_processes}
    assert len(tags) == 1  # whichever process a browser asks next, it has the page already


def test_what_is_hidden_is_gone_from_every_process(two_processes: list[str]):
    barrier, by = make_barrier("Marker of lots"), make_secretary()
    call: Call = make_call("Money")
    call.barriers.add(barrier)
    paths = ("/barrierer/", "/", "/feed/atom/", call.get_absolute_url())
    for portal in two_processes:
        assert "Marker of lots" in "".join(ask(portal, path)[1] for path in paths)

    hiding.hide(barrier=barrier, by=by)

    for portal in two_processes:
        assert "Marker of lots" not in "".join(ask(portal, path)[1] for path in paths)


def ask(portal: str, path: str) -> tuple[Any, str]:
    with urllib.request.urlopen(portal + path, timeout=30) as answer:
        return answer.headers["ETag"], answer.read().decode()


def _await_answer(portal: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{portal}/om/", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"{portal} does not answer.")
