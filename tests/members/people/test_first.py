"""The first secretary is made once, by flags or by answers, after a mail has arrived."""

import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from taskforce.core.acts import Refused
from taskforce.members.models import Member, Organisation, Role, User
from taskforce.members.people import first
from taskforce.ops import alone
from tests.factories import make_member, make_organisation, make_secretary

GIVEN = {"name": "Ea Holm", "email": "Ea@Example.org", "organisation": "Sekretariatet"}


class Terminal(io.StringIO):
    """What somebody types; a line may be a function that is asked when it is read."""

    def __init__(self, *lines: Any) -> None:
        super().__init__()
        self.lines = list(lines)

    def readline(self, *_args: Any) -> str:
        if not self.lines:
            return ""
        line = self.lines.pop(0)
        return (line() if callable(line) else line) + "\n"


@pytest.fixture
def portal(db: None, settings: Any, monkeypatch: Any) -> Any:
    """Return a function that runs the command with what is typed, and returns what it says."""
    settings.OUTBOX_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    def run(*typed: Any, **options: Any) -> str:
        monkeypatch.setattr("sys.stdin", Terminal(*typed))
        said = io.StringIO()
        call_command("first_run", stdout=said, stderr=said, **options)
        return said.getvalue()

    return run


@pytest.fixture
def code(mailoutbox: list[Any]) -> Any:
    """Return a function that reads the code in the newest mail with one."""

    def read() -> str:
        return re.findall(r"^\d{6}$", mailoutbox[-1].body, re.MULTILINE)[0]

    return read


def secretaries() -> list[tuple[str, str, str]]:
    rows = Member.objects.filter(role=Role.SECRETARIAT)
    return list(rows.values_list("user__name", "user__email", "organisation__name"))


EA = [("Ea Holm", "ea@example.org", "Sekretariatet")]


def test_secretary_is_made_once_the_code_is_typed(portal: Any, code: Any, mailoutbox: list[Any]):
    said = portal(code, **GIVEN)

    assert secretaries() == EA
    assert "Ea Holm is the secretary of Sekretariatet." in said
    assert f"{settings.SITE_URL}/konto/login/code/ with a code by mail." in said
    assert [letter.to for letter in mailoutbox] == [["Ea@Example.org"], ["ea@example.org"]]
    assert not User.objects.get().has_usable_password()


def test_code_may_be_typed_with_spaces_and_after_a_slip(portal: Any, code: Any):
    said = portal("000 00x", lambda: " ".join(code()), **GIVEN)

    assert "That is not the code in the mail." in said
    assert secretaries() == EA


def test_code_that_is_never_right_changes_nothing(portal: Any):
    with pytest.raises(CommandError, match="Nothing is changed"):
        portal(*["x"] * 5, **GIVEN)

    assert not User.objects.exists()


def test_nobody_at_the_terminal_changes_nothing(portal: Any):
    with pytest.raises(CommandError, match="Nobody answers, and nothing is changed"):
        portal(**GIVEN)

    assert not User.objects.exists()


def test_what_is_missing_or_wrong_is_asked_for(portal: Any, code: Any):
    said = portal("Ea Holm", "ea@", "Sekretariatet", "ea@example.org", code)

    assert secretaries() == EA
    assert "ea@: Enter a valid email address." in said


def test_script_asks_nothing(portal: Any, mailoutbox: list[Any]):
    portal(no_wait=True, **GIVEN)

    assert secretaries() == EA
    assert [letter.to for letter in mailoutbox] == [["ea@example.org"]]  # the way in


def test_script_takes_the_environment(portal: Any, monkeypatch: Any):
    for name, value in GIVEN.items():
        monkeypatch.setenv(f"FIRST_{name.upper()}", value)

    portal(no_wait=True)

    assert secretaries() == EA


def test_script_is_told_what_is_missing(portal: Any):
    with pytest.raises(CommandError) as ended:
        portal(no_wait=True, email="ea@", name="Ea")

    assert str(ended.value) == (
        "--email: Enter a valid email address. --organisation: This field is required."
    )


def test_second_run_changes_nothing(portal: Any, mailoutbox: list[Any]):
    make_secretary()
    before = User.objects.count()

    assert portal(no_wait=True, **GIVEN) == first.THERE + "\n"

    assert (User.objects.count(), len(mailoutbox)) == (before, 0)


def test_secretary_who_has_left_is_none(portal: Any):
    gone = make_secretary()
    Member.objects.filter(pk=gone.pk).update(from_date=date(2020, 1, 1), to_date=date(2021, 1, 1))

    portal(no_wait=True, **GIVEN)

    assert EA[0] in secretaries()


def test_organisation_that_is_there_is_taken(portal: Any):
    make_organisation("Sekretariatet")

    portal(no_wait=True, **GIVEN)

    assert Organisation.objects.count() == 1


def test_member_is_no_first_secretary(portal: Any):
    there = make_member(make_organisation())

    with pytest.raises(CommandError, match="already is a member"):
        portal(no_wait=True, **GIVEN | {"email": there.user.email})


def test_mail_server_that_is_away_is_told_and_nothing_is_made(portal: Any, settings: Any):
    settings.OUTBOX_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(CommandError) as ended:
        portal("123456", **GIVEN)

    assert str(ended.value) == (
        "No mail could be sent by the server in EMAIL_URL: Connection refused."
    )
    assert not User.objects.exists()


def test_database_without_tables_is_told(portal: Any):
    (last,) = MigrationLoader(connection).graph.leaf_nodes("members")
    MigrationRecorder(connection).record_unapplied(*last)

    with pytest.raises(CommandError, match="run migrate first"):
        portal(no_wait=True, **GIVEN)


def test_act_refuses_where_there_is_one(db: None):
    make_secretary()

    with pytest.raises(Refused, match="already"):
        first.make(name="Ea", email="ea@example.org", organisation="S")


def test_two_runs_at_once_make_one(transactional_db: None, settings: Any, monkeypatch: Any):
    monkeypatch.setattr(alone, "PAUSE", 0.01)
    both = threading.Barrier(2)

    def run(number: int) -> str:
        both.wait()
        said = io.StringIO()
        try:
            given = GIVEN | {"email": f"ea{number}@example.org"}
            call_command("first_run", no_wait=True, stdout=said, **given)
        except CommandError as busy:  # the other one took its time
            said.write(f"{busy}\n")
        finally:
            connection.close()
        return said.getvalue()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(run, range(2)))

    assert len(secretaries()) == 1
    assert said[0].startswith("Ea Holm is the secretary of Sekretariatet.")
    assert said[1] in (f"{first.THERE}\n", "Somebody else runs this at the moment.\n")
