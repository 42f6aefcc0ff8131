"""A bad setting stops the start with a sentence that says what to do."""

import os
import string
import subprocess
import sys
from pathlib import Path

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
        ("LOG", "xml"),
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


SECRETS = ("SECRET_KEY", "DATABASE_URL", "EMAIL_URL")


@pytest.mark.parametrize("name", SECRETS)
def test_value_may_lie_in_a_file(name: str, tmp_path: Path):
    (tmp_path / "value").write_text(PRODUCTION[name] + "\n")
    others = {key: value for key, value in PRODUCTION.items() if key != name}
    shown = "settings.SECRET_KEY, settings.DATABASES['default']['PORT'], settings.EMAIL_PORT"

    ended = load(show=shown, **others, **{f"{name}_FILE": str(tmp_path / "value")})

    assert ended.stdout.strip() == f"('{'x' * 60}', 9, 9)", ended.stderr


def test_old_keys_stand_on_lines_of_their_own(tmp_path: Path):
    (tmp_path / "old").write_text("first\n\nsecond, third\n")

    ended = load(
        show="settings.SECRET_KEY_FALLBACKS",
        **PRODUCTION,
        SECRET_KEY_FALLBACKS_FILE=str(tmp_path / "old"),
    )

    assert ended.stdout.strip() == "['first', 'second', 'third']"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "which cannot be read: No such file or directory."),
        (b" \n", "which is empty."),
        (b"\xff\xfe", "which is not text in UTF-8."),
    ],
)
def test_file_that_says_nothing_costs_a_sentence(
    content: bytes | None, sentence: str, tmp_path: Path
):
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    others = {key: value for key, value in PRODUCTION.items() if key != "SECRET_KEY"}

    ended = load(**others, SECRET_KEY_FILE=str(path))

    assert ended.stderr == f"The portal cannot start: SECRET_KEY_FILE names {path}, {sentence}\n"
    assert ended.returncode == 1


def test_value_and_file_are_not_both_given(tmp_path: Path):
    ended = load(**PRODUCTION, EMAIL_URL_FILE=str(tmp_path))

    assert ended.stderr == (
        "The portal cannot start: EMAIL_URL and EMAIL_URL_FILE are both set: keep one of them.\n"
    )


def test_uploads_lie_in_the_bucket_that_is_named(tmp_path: Path):
    (tmp_path / "hush").write_text("hush\n")
    bucket = {"S3_BUCKET": "uploads", "S3_SECRET_KEY_FILE": str(tmp_path / "hush")}
    shown = "settings.STORAGES['default']['OPTIONS']['secret_key']"

    assert load(show=shown, **PRODUCTION, **bucket).stdout.strip() == "hush"


HIDE_STORAGES = """
import importlib.util as found
known = found.find_spec
found.find_spec = lambda name, *more: None if name == "storages" else known(name, *more)
from taskforce import settings
"""


def test_bucket_without_its_packages_costs_a_sentence():
    ended = run("-c", HIDE_STORAGES, **PRODUCTION, S3_BUCKET="uploads")

    assert ended.stderr == (
        "The portal cannot start: S3_BUCKET needs more packages: "
        "pip install -r requirements-s3.txt.\n"
    )


@pytest.mark.parametrize("megabytes", ["-3", "65536", "3.5", "much"])
def test_memory_for_pages_is_a_number_of_megabytes(megabytes: str):
    ended = load(**PRODUCTION, PAGE_CACHE_MB=megabytes)

    assert "cannot be read: PAGE_CACHE_MB" in ended.stderr


@pytest.mark.parametrize("name", ["S3_ENDPOINT", "S3_REGION", "S3_ACCESS_KEY", "S3_SECRET_KEY"])
def test_half_a_bucket_is_none(name: str):
    ended = load(**PRODUCTION | {name: "hush"})

    assert ended.stderr == (
        f"The portal cannot start: {name} is set, but S3_BUCKET is not: "
        "uploads would lie on the disk.\n"
    )
