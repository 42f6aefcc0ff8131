"""Random events, settings and worker runs: each event is told once, to those who may see it."""

import re
from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from barriers.models import Barrier, Statement
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.following import acts, digests, telling
from taskforce.following.models import Follow, Follower, How
from taskforce.following.things import named
from taskforce.following.wishes import Reader
from tests.factories import make_barrier, make_member, make_secretary, make_statement

HERE = ZoneInfo("Europe/Copenhagen")
# Each spans a change of clocks.
STARTS = (datetime(2026, 3, 10, 9, tzinfo=HERE), datetime(2026, 10, 12, 9, tzinfo=HERE))
STEPS = 60
LEVELS = ("", How.AT_ONCE, How.DAILY, How.WEEKLY)


class Story:
    """Some weeks of things that happen, read by people whose settings change."""

    def __init__(self, seed: int, time_machine: Any) -> None:
        self.random, self.clock = Random(seed), time_machine
        self.now = self.random.choice(STARTS)
        self.clock.move_to(self.now, tick=False)
        self.open, self.shy = make_barrier("Aaben-titel"), make_barrier("Sky-titel")
        self.secretary = make_secretary().user
        stranger = Follower.objects.create(email="fremmed@example.org", confirmed_at=self.now)
        steady = [make_member().user for _each in LEVELS]
        self.moody = [make_member().user, make_member().user]
        self.readers: list[Reader] = [*steady, *self.moody, self.secretary, stranger]
        for barrier in (self.open, self.shy):
            for reader, how in zip(self.readers, (*LEVELS, *LEVELS), strict=True):
                follow = acts.follow(reader=reader, **named(barrier))
                acts.set_how(follow=follow, how=How(how) if how else None)
        self.events: list[Activity] = []
        self.waiting: list[Activity] = []
        self.told: Counter[tuple[str, str]] = Counter()

    def play(self) -> None:
        digests.run(timezone.now())
        acts_of = (self.say, self.say, self.hide_or_show, self.choose, self.tell, self.run)
        for _step in range(STEPS):
            self.wait(self.random.choice((0, 1, 3, 11, 25, 70)))
            self.random.choice(acts_of)()
        self.end()

    def wait(self, hours: float) -> None:
        self.now += timedelta(hours=hours, minutes=self.random.randrange(60))
        self.clock.move_to(self.now, tick=False)

    def say(self) -> None:
        """Add a statement with a word of its own, by somebody or the portal itself."""
        barrier = self.random.choice((self.open, self.shy))
        word = f"ord{len(self.events)}ende"
        by = self.random.choice((None, self.moody[0]))
        event = record(Verb.ADDED, make_statement(barrier, word), by=by)
        self.events.append(event)
        self.waiting.append(event)

    def hide_or_show(self) -> None:
        is_hidden = Barrier.objects.get(pk=self.shy.pk).hidden_at is not None
        Barrier.objects.filter(pk=self.shy.pk).update(hidden_at=None if is_hidden else self.now)
        if not is_hidden:
            self.waiting.append(record(Verb.HIDDEN, self.shy, by=None))

    def choose(self) -> None:
        """Change a setting of somebody who does so often; none of them is "never"."""
        user = self.random.choice(self.moody)
        follow = Follow.objects.filter(user=user, target_id=self.open.pk).get()
        hour, weekday = self.random.randrange(24), self.random.randrange(7)
        until = (self.now + timedelta(days=self.random.randrange(1, 9))).date()
        self.random.choice(
            (
                lambda: acts.set_how(follow=follow, how=self.random.choice([*LEVELS[1:], None])),
                lambda: acts.set_rhythm(user=user, weekday=weekday, hour=hour),
                lambda: acts.pause(user=user, until=until),
                lambda: acts.pause(user=user, until=None),
            )
        )()

    def tell(self) -> None:
        """Do jobs that wait: late, twice, or never."""
        for event in self.random.sample(self.waiting, len(self.waiting) // 2):
            telling.tell(event)
        if self.random.random() < 0.5:
            self.waiting.clear()
        self.read()

    def run(self) -> None:
        for _again in range(self.random.choice((1, 1, 2))):
            digests.run(timezone.now())
        self.read()

    def end(self) -> None:
        """Let all pauses end, and the worker run for two weeks more."""
        Barrier.objects.update(hidden_at=None)
        for user in self.moody:
            acts.pause(user=user, until=None)
        for _each in range(15 * 3):
            self.wait(8)
            self.run()

    def read(self) -> None:
        """Open the letters: nobody reads of what is hidden from them at this moment."""
        is_hidden = Barrier.objects.filter(pk=self.shy.pk).exclude(hidden_at=None).exists()
        for letter in mail.outbox:
            text, to = f"{letter.subject}\n{letter.body}", letter.to[0]
            if is_hidden and to != self.secretary.email:
                assert "Sky-titel".lower() not in text.lower()
                assert self.shy.get_absolute_url() not in text
            for word in re.findall(r"ord\d+ende", text):
                self.told[to, word] += 1
                event = self.events[int(word[3:-4])]
                if self.barrier_of(event) == self.shy.pk and to != self.secretary.email:
                    assert not is_hidden
        mail.outbox.clear()

    def barrier_of(self, event: Activity) -> int:
        return Statement.objects.get(pk=event.target_id).barrier_id

    def check(self) -> None:
        """Nobody was told anything twice, and all that was never hidden was told to everybody."""
        assert set(self.told.values()) <= {1}
        for reader in self.readers:
            for number, event in enumerate(self.events):
                is_own = event.actor_id is not None and event.actor == reader
                if self.barrier_of(event) == self.open.pk:
                    told = self.told[reader.email, f"ord{number}ende"]
                    assert told == (0 if is_own else 1), (reader, number)


@pytest.mark.parametrize(
    "seed",
    [pytest.param(seed, marks=[] if seed < 1 else pytest.mark.slow) for seed in range(30)],
)
def test_each_event_is_told_once_to_those_who_may_see_it(seed: int, time_machine: Any, db: None):
    story = Story(seed, time_machine)

    story.play()

    story.check()
    assert sum(story.told.values()) > 20  # something was told
