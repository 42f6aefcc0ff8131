"""The stamp changes with what is public, once a transaction, and with nothing else."""

import inspect
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import update_last_login
from django.core.mail import send_mail
from django.db import OperationalError, connection, connections, transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone
from procrastinate.contrib.django import app

from barriers.models import Barrier, PrioritisationRound, Theme
from barriers.rounds import prioritisation
from initiatives.models import Case, CaseState
from meetings.models import Minutes, MinutesEntry, RoundTableNews
from taskforce.front.page_cache import stamp
from taskforce.members.models import Member, Organisation, User
from tests.factories import (
    make_barrier,
    make_case,
    make_entry,
    make_join_request,
    make_member,
    make_minutes,
    make_round,
    make_session,
    make_support,
    make_user,
    make_voter,
)

pytestmark = pytest.mark.django_db(transaction=True)


def value() -> str:
    found = stamp.read()
    assert found
    return found.value


def read_minutes() -> None:
    make_entry(make_minutes(published=True), text="<p>Read</p>")


def publish(minutes: Minutes) -> None:
    Minutes.objects.filter(pk=minutes.pk).update(state="published", published_at=timezone.now())


CHANGES: dict[str, Callable[[], Any]] = {
    "a new barrier": make_barrier,
    "another title": lambda: Barrier.objects.update(title="Lots are small"),
    "a barrier is gone": lambda: Barrier.objects.filter(rounds=None).delete(),
    "a person's consent": lambda: Member.objects.update(name_visibility="public"),
    "a person's name": lambda: User.objects.update(name="Anne"),
    "published minutes": read_minutes,
    "minutes are published": lambda: publish(Minutes.objects.get(state="draft")),
    "a published case": make_case,
    "a case is taken back": lambda: Case.objects.filter(state="published").update(
        state="draft", published_at=None
    ),
    "an organisation's address": lambda: Organisation.objects.update(website="https://a.example"),
    "a round is counted": lambda: prioritisation.close(
        voting_round=PrioritisationRound.objects.get()
    ),
}


@pytest.fixture
def voter() -> Member:
    """Return a voter of an open round, beside one of everything that is tried here."""
    read_minutes()
    make_entry(make_minutes(), text="<p>Draft</p>")
    make_case()
    make_case(state=CaseState.DRAFT)
    make_barrier()
    voting = make_round(make_barrier(), make_barrier())
    return make_voter(voting, make_member(user=make_user("voter@example.org")))


@pytest.mark.parametrize("what", CHANGES)
def test_what_strangers_read_changes_it(what: str, voter: Member):
    before = value()
    CHANGES[what]()

    assert value() != before


def test_what_no_stranger_reads_leaves_it(voter: Member):
    voting = PrioritisationRound.objects.get()
    barriers = [*voting.barriers.all()]
    draft = MinutesEntry.objects.get(minutes__state="draft")
    case = Case.objects.get(state="draft")
    before = value()

    prioritisation.save_draft(voting_round=voting, by=voter, choices=[barriers[0].pk], version=0)
    prioritisation.cast(voting_round=voting, by=voter, choices=barriers[:1])
    make_session(voter)
    update_last_login(None, voter.user)
    User.objects.update(seen_at=timezone.now())
    send_mail("Subject", "Text", None, ["somebody@example.org"])
    make_join_request()
    draft.text = "<p>Draft, typed on</p>"
    draft.save()
    Minutes.objects.filter(pk=draft.minutes_id).update(version=7)
    case.done = "Typed on."
    case.save()
    RoundTableNews.objects.create(
        meeting=draft.minutes.meeting,
        organisation=voter.organisation,
        written_by=voter,
        text="News",
    )

    assert value() == before


def test_writing_what_stands_there_leaves_it(voter: Member):
    before = value()
    for barrier in Barrier.objects.all():
        barrier.save(update_fields=["title"])

    assert value() == before


def test_it_changes_at_commit_alone(voter: Member):
    before = value()
    with transaction.atomic():
        Barrier.objects.update(title="Lots are small")
        assert value() == before
    assert value() != before


def test_nothing_that_is_rolled_back_changes_it(voter: Member):
    before = value()
    with transaction.atomic():
        Barrier.objects.update(title="Lots are small")
        transaction.set_rollback(True)
    assert value() == before


def test_a_change_beside_one_that_is_rolled_back_counts(voter: Member):
    before = value()
    with transaction.atomic():
        with transaction.atomic():
            Barrier.objects.update(title="Lots are small")
            transaction.set_rollback(True)
        Theme.objects.update(name=Concat("name", Value("!")))
    assert value() != before


def test_an_act_notes_itself_once(voter: Member):
    with transaction.atomic(), connection.cursor() as cursor:
        for number in range(20):
            make_barrier(f"Barrier no. {number}")
        cursor.execute("SELECT count(*) FROM page_stamp_due")
        assert cursor.fetchone() == (1,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM page_stamp_due")
        assert cursor.fetchone() == (0,)


def test_a_table_that_is_emptied_changes_it(voter: Member):
    before = value()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE barriers_support")

    assert value() != before


def test_constraints_that_are_checked_early_do_not_hide_what_follows(voter: Member):
    before = value()
    with transaction.atomic(), connection.cursor() as cursor:
        Barrier.objects.update(title="Lots are small")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        Theme.objects.update(name=Concat("name", Value("!")))
    assert value() != before


def test_many_who_commit_at_once_neither_block_nor_lose_anything(voter: Member):
    """Each writes rows with foreign keys, which are checked at the same commit."""
    faults: list[Exception] = []

    def write(number: int) -> None:
        try:
            for turn in range(10):
                with transaction.atomic():
                    made = make_barrier(f"Of thread {number}, turn {turn}")
                    make_support(made, voter.organisation)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert faults == []
    assert Barrier.objects.filter(title__startswith="Of thread").count() == 40


def test_what_the_worker_does_by_the_clock_leaves_it_where_nothing_is_due(voter: Member):
    app.perform_import_paths()
    tasks = [one.task for one in app.periodic_registry.periodic_tasks.values()]
    plain = [task for task in tasks if not inspect.iscoroutinefunction(task.func)]
    for task in plain:
        task(timestamp=0)
    before = value()
    for task in plain:
        task(timestamp=0)

    assert len(plain) > 15
    assert value() == before


def test_it_is_read_though_the_database_dropped_the_connection(voter: Member):
    before = value()
    with suppress(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    assert value() == before
    assert connection.is_usable()
