"""What tests share: the database server, mail that arrives over SMTP, and people of each role."""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.conf import settings
from django.db import ProgrammingError
from django.test import Client, TransactionTestCase, override_settings
from procrastinate.contrib.django import app

from taskforce.core import parts
from taskforce.front.page_cache import middleware, stamp
from taskforce.members.models import Member
from taskforce.ops import embedded_postgres
from tests import databases
from tests.factories import make_member, make_organisation, make_secretary, make_session
from tests.world import World

LogIn = Callable[[Member], Client]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test as what it is: `pytest -m unit` runs those of acts and plain code alone."""
    for item in items:
        item.add_marker(_kind(set(getattr(item, "fixturenames", ()))))


def _kind(fixtures: set[str]) -> str:
    if "chromium" in fixtures:
        return "browser"
    through_the_portal = {"client", "log_in", "mailbox", "world", "transactional_db"}
    return "integration" if fixtures & through_the_portal else "unit"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    django_db_createdb: bool,
    django_db_keepdb: bool,
) -> Iterator[None]:
    """Clone a database from the template, which --create-db makes anew."""
    if settings.EMBEDDED:
        embedded_postgres.start(settings.VAR)
    with django_db_blocker.unblock():
        own = databases.enter_clone(anew=django_db_createdb)
    yield
    with django_db_blocker.unblock():
        databases.leave_clone(for_database=own, keep=django_db_keepdb)


@pytest.fixture(scope="session", autouse=True)
def _empty_fast() -> None:
    """Empty the database after a test with real commits in milliseconds, not a quarter second."""
    flush = TransactionTestCase._fixture_teardown

    def empty(case: TransactionTestCase) -> None:
        try:
            databases.empty_all()
        except ProgrammingError:  # only a superuser puts triggers aside
            flush(case)

    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(autouse=True)
def _no_kept_pages() -> None:
    """Forget the pages of the test before: it may have travelled in time, or emptied tables."""
    middleware.store.clear()
    parts.forget()
    stamp.forget()


class Letter(EmailMessage):
    """A mail that arrived."""

    def get_content(self, *args: Any, **options: Any) -> Any:
        """Return the plain text of a letter that has an HTML twin too."""
        plain = self.get_body(("plain",)) if self.is_multipart() else None
        return plain.get_content() if plain else super().get_content(*args, **options)


class Catcher(Message):
    """An SMTP server's memory of the messages that it took."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[EmailMessage] = []

    def handle_message(self, message: Any) -> None:
        self.letters.append(message_from_bytes(message.as_bytes(), Letter, policy=default))


class Mailbox:
    """What arrives when the worker has sent what lies in the outbox."""

    def __init__(self, catcher: Catcher) -> None:
        self.catcher = catcher

    @property
    def letters(self) -> list[EmailMessage]:
        """Send everything that waits, over SMTP, and return every letter that came so far."""
        # A thread of its own, since a browser's test has an event loop in this one already.
        with ThreadPoolExecutor(1) as worker:
            worker.submit(self._work).result()
        return self.catcher.letters

    def _work(self) -> None:
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
            app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.fixture
def mailbox(transactional_db: None, settings: Any) -> Iterator[Mailbox]:
    """Catch mail on a free port. The worker has a connection of its own, hence real commits."""
    settings.EMAIL_BACKEND = (
        "taskforce.core.outbox.Backend"  # pytest-django puts its own in its place
    )
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _free_port()
    controller = Controller(Catcher(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    yield Mailbox(controller.handler)
    controller.stop()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def put_away(response: Any) -> None:
    """Close an answer's file. `response.close()` would end the test's own connection with it."""
    for close in response._resource_closers:
        close()


@pytest.fixture(scope="module")
def world_of_module(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Make the world once a module, in a transaction around those of its tests."""
    uploads = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("uploads"))
    with uploads, databases.made_once(django_db_blocker, World) as made:
        yield made


@pytest.fixture
def world(world_of_module: World, db: None) -> World:
    """Return one of everything; what the test changes in the database goes back after it."""
    return world_of_module


@pytest.fixture
def member(db: None) -> Member:
    return make_member(make_organisation("Odense Kommune"))


@pytest.fixture
def secretary(db: None) -> Member:
    return make_secretary(organisation=make_organisation("Sekretariatet"))


@pytest.fixture
def log_in() -> LogIn:
    """Return a function that gives a browser in which a member is logged in."""

    def log_in(who: Member) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = make_session(who)
        return client

    return log_in


@pytest.fixture
def as_member(member: Member, log_in: LogIn) -> Client:
    return log_in(member)


@pytest.fixture
def as_secretary(secretary: Member, log_in: LogIn) -> Client:
    return log_in(secretary)
