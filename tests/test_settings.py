"""A bad setting stops the start with a sentence that says what to do."""

import os
import string
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow  # each starts a program of its own

PRODUCTION = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "a.example, b.example",
    "SITE_URL": "https://a.example",
    "DATABASE_URL": "postgres://nobody@localhost:9/nothing",
    "EMAIL_URL": "smtp://localhost:9",
    "DEFAULT_FROM_EMAIL": "portal@a.example",
    "SECRETARIAT_EMAIL": "secretariat@a.example",
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def load(*, show: str = "''", **environment: str) -> subprocess.CompletedProcess[str]:
    return run("-c", f"from taskforce import settings; print(({show}))", **environment)


@pytest.mark.parametrize("name", PRODUCTION)
def test_missing_value_is_named(name: str):
    ended = load(**{key: value for key, value in PRODUCTION.items() if key != name})

    assert ended.returncode == 1
    assert f"set {name} in the environment" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "many"),
        ("DATABASE_URL", "nonsense://x"),
        ("DATABASE_URL", "postgres://user@host:port/name"),
        ("DATABASE_URL", "taskforce"),
        ("BEHIND_PROXY", "so"),
        ("EMAIL_URL", "smtp://host:port"),
        ("EMAIL_URL", "mail.example"),
        ("DEBUG", "perhaps"),
        ("DEMO", "perhaps"),
        ("TIME_ZONE", "Mars/Base"),
    ],
)
def test_unreadable_value_costs_a_sentence(name: str, value: str):
    ended = run("manage.py", "check", **PRODUCTION | {name: value})

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert ended.stderr.startswith("The portal cannot start: a value in the environment cannot")
    assert name in ended.stderr


def test_all_values_are_enough_for_production():
    shown = load(show="settings.ALLOWED_HOSTS, settings.DEBUG, settings.TIME_ZONE", **PRODUCTION)

    assert shown.stdout.strip() == "(['a.example', 'b.example'], False, 'Europe/Copenhagen')"


def test_development_needs_none(tmp_path):
    shown = load(show="settings.EMBEDDED, settings.DEBUG", DEBUG="1", VAR=str(tmp_path))

    assert shown.stdout.strip() == "(True, True)"


def test_secret_of_the_demonstration_outlives_a_restart(tmp_path):
    first, second = (
        load(show="settings.SECRET_KEY", DEMO="1", VAR=str(tmp_path)).stdout for _ in range(2)
    )

    assert first == second
    assert len(first.strip()) > 50


def test_blank_value_is_a_missing_one():
    ended = load(**PRODUCTION | {"ALLOWED_HOSTS": " "})

    assert "set ALLOWED_HOSTS in the environment" in ended.stderr


def test_nothing_of_a_secret_is_repeated():
    ended = load(**PRODUCTION | {"DATABASE_URL": "postgres://user:hush@host:port/name"})

    assert ended.returncode == 1
    assert "hush" not in ended.stderr


def test_production_is_safe_by_itself():
    key = {"SECRET_KEY": string.ascii_letters}  # Django looks at its length
    ended = run("manage.py", "check", "--deploy", "--fail-level=WARNING", **PRODUCTION | key)

    assert ended.returncode == 0, ended.stderr


def test_database_that_does_not_answer_costs_a_sentence():
    ended = run("manage.py", "migrate", **PRODUCTION)

    assert ended.returncode == 1
    assert ended.stderr.startswith("The database does not answer:")
    assert "Traceback" not in ended.stderr
