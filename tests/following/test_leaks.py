"""Who follows everything, and hears of all of it, reads no more than their pages show."""

import re
from datetime import timedelta
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from barriers.models import Barrier
from calls.models import Consortium
from initiatives.models import Case, CaseState, StepKind
from meetings.models import Minutes
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.core.models import MailChoice, RefusedAddress
from taskforce.following import digests, telling
from taskforce.following.events import told_of
from taskforce.following.kinds import NEW
from taskforce.following.models import Digest, Follow, Follower, How, Told, whose
from taskforce.following.things import followables, named
from taskforce.following.wishes import Reader
from tests.conftest import put_away
from tests.test_privacy import FOR_ALL, READS, words_in
from tests.world import World


def follow_everything(reader: Reader, how: How) -> None:
    """Follow also what is hidden: one may have begun while it was not."""
    since = timezone.now() - timedelta(days=9)
    Follow.objects.bulk_create(
        Follow(**whose(reader), **named(row), how=how, since=since)
        for model in followables()
        for row in model._base_manager.all()
    )
    for kind in NEW if not isinstance(reader, Follower) else ():
        MailChoice.objects.create(user=reader, kind=kind, how=how)


def everything_happens() -> list[Activity]:
    """Let every event that is told happen to every row."""
    at = timezone.now() - timedelta(hours=1)
    Activity.objects.all().delete()
    return [
        record(verb, row, by=None, at=at)
        for model, verb in told_of()
        for row in model._base_manager.all()
    ]


@pytest.fixture
def readers(world: World) -> dict[str, Reader]:
    """Return everybody by their role, each with an address that takes mail."""
    RefusedAddress.objects.all().delete()
    found: dict[str, Reader] = {who: seat.user for who, seat in world.visitors.items() if seat}
    stranger = Follower.objects.create(email="fremmed@example.org", confirmed_at=timezone.now())
    found["stranger"] = stranger
    return found


def read_by(reader: Reader) -> str:
    letters = [letter for letter in mail.outbox if letter.to == [reader.email]]
    return "\n".join(f"{letter.subject}\n{letter.body}" for letter in letters)


def run_digests() -> None:
    """Send the day's digest of all that happened lately."""
    now = timezone.now()
    for how, reader in product(digests.LEVELS, digests._readers()):
        bounds = {"begins_at": now - timedelta(days=9), "ends_at": now - timedelta(days=8)}
        Digest.objects.create(**whose(reader), how=how, **bounds)
    digests.run(now)


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(How.DAILY, id="digests"),
        pytest.param(How.AT_ONCE, id="letters at once", marks=pytest.mark.slow),
    ],
)
def test_followers_of_everything_read_what_their_pages_show(
    how: How, world: World, readers: dict[str, Reader], monkeypatch: Any
):
    monkeypatch.setattr(digests, "MOST", 10_000)
    monkeypatch.setattr(telling, "MOST", 10_000)
    for reader in readers.values():
        follow_everything(reader, how)
    events = everything_happens()

    if how == How.DAILY:
        run_digests()
    else:
        for event in events:
            telling.tell(event)

    for who, reader in readers.items():
        told = words_in(read_by(reader))
        assert told <= READS[who], who
        assert who == "former member" or told >= {"open-barrier", "open-case"}, who
    assert read_by(readers["former member"]) == ""
    assert "draft-barrier" in read_by(readers["secretary"])
    assert words_in(read_by(readers["stranger"])) <= FOR_ALL


@pytest.mark.slow
def test_every_link_in_a_digest_opens_for_its_reader(
    world: World, readers: dict[str, Reader], monkeypatch: Any
):
    monkeypatch.setattr(digests, "MOST", 10_000)
    for reader in readers.values():
        follow_everything(reader, How.DAILY)
    everything_happens()
    run_digests()

    for who in ("stranger", "member", "member of B", "secretary"):
        browser = world.browser(who)
        # Some things people typed have links of their own.
        links = {*re.findall(rf"{settings.SITE_URL}/\S*", read_by(readers[who]))}
        assert len(links) > 10
        for path in {urlsplit(link).path for link in links}:
            answer = browser.get(path, follow=True)
            assert answer.status_code == 200, (who, path)
            put_away(answer)


def hide_barrier(world: World) -> Any:
    Barrier.objects.filter(pk=world.barrier.pk).update(hidden_at=timezone.now())
    return world.barrier, (Verb.HIDDEN, Verb.RESOLVED, Verb.ADDED, Verb.MERGED)


def unpublish_case(world: World) -> Any:
    as_draft = {"state": CaseState.DRAFT, "published_at": None}
    Case.objects.filter(pk=world.case.pk).update(**as_draft)
    world.case.steps.create(kind=StepKind.PUBLISHED)
    return world.case, (Verb.HIDDEN, Verb.RETURNED, Verb.PUBLISHED, Verb.CORRECTED)


def hide_consortium(world: World) -> Any:
    Consortium.objects.filter(pk=world.consortium.pk).update(openness="hidden")
    return world.consortium, (Verb.ADDED, Verb.CHANGED)


def draft_minutes(world: World) -> Any:
    minutes = world.drafted.minutes
    return minutes, (Verb.PUBLISHED, Verb.CORRECTED)


@pytest.mark.parametrize("act", [hide_barrier, unpublish_case, hide_consortium, draft_minutes])
def test_what_is_hidden_before_it_is_told_names_nothing(
    act: Any, world: World, readers: dict[str, Reader], monkeypatch: Any
):
    monkeypatch.setattr(telling, "MOST", 10_000)
    for who in ("stranger", "member"):
        follow_everything(readers[who], How.AT_ONCE)
    target, verbs = act(world)
    Activity.objects.all().delete()
    mail.outbox.clear()

    for verb in verbs:
        telling.tell(record(verb, target, by=None))

    words = ["open-barrier", "open-case", "open-consortium", "draft-passage"]
    for who in ("stranger", "member"):
        text = read_by(readers[who])
        assert not any(word in text for word in words)
        if not isinstance(target, Minutes | Consortium):
            assert "kan ikke længere læses i portalen" in text
            assert target.slug not in text
        else:
            assert text == ""
        assert Told.objects.of(readers[who]).count() <= 2
