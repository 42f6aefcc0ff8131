"""A bad setting stops the start with a sentence that says what to do."""

import os
import subprocess
import sys

import pytest

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
    ("name", "value"), [("PORT", "many"), ("DATABASE_URL", "nonsense://x"), ("BEHIND_PROXY", "so")]
)
def test_unreadable_value_costs_a_sentence(name: str, value: str):
    ended = load(**PRODUCTION | {name: value})

    assert ended.returncode == 1
    assert "a value in the environment cannot be read" in ended.stderr
    assert "Traceback" not in ended.stderr


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


def test_database_that_does_not_answer_costs_a_sentence():
    ended = run("manage.py", "migrate", **PRODUCTION)

    assert ended.returncode == 1
    assert ended.stderr.startswith("The database does not answer:")
    assert "Traceback" not in ended.stderr
