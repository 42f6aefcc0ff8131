"""Read settings from the environment, or from files that it names; a bad one stops the start.

Each value may lie in a file: `SECRET_KEY_FILE=/run/secrets/key` stands for `SECRET_KEY`, and so on.
"""

import os
import re
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo

from environs import EnvError, FileAwareEnv

from taskforce.core.acts import Refused
from taskforce.ops import embedded_postgres

env = FileAwareEnv(strip_whitespace=True)  # an editor ends a file with a newline
Value = TypeVar("Value")


def stop(sentence: str) -> NoReturn:
    sys.exit(f"The portal cannot start: {sentence}")


def read(name: str, parse: Callable[..., Value], *default: object) -> Value:
    """Return a variable as `parse` reads it, or stop with a sentence that names the variable.

    The sentence never repeats the value, which may contain a password.
    """
    try:
        return parse(name, *default)
    except (EnvError, ValueError, LookupError, Refused):
        stop(f"a value in the environment cannot be read: {name} (see docs/operations.md).")


def check_file(name: str) -> None:
    """Stop with a sentence if the file that holds a value cannot be read, or says nothing."""
    path = os.environ.get(f"{name}_FILE", "")
    if not path:
        return
    if os.environ.get(name, "").strip():
        stop(f"{name} and {name}_FILE are both set: keep one of them.")
    try:
        text = Path(path).read_text()
    except OSError as error:
        stop(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.")
    except ValueError:
        stop(f"{name}_FILE names {path}, which is not text in UTF-8.")
    if not text.strip():
        stop(f"{name}_FILE names {path}, which is empty.")


def words(name: str, default: list[str]) -> list[str]:
    """Return the comma-separated values of a variable. Raises ValueError if there are none."""
    given: list[str] = env.list(name, default)
    found = [word.strip() for word in given if word.strip()]
    if not found:
        raise ValueError(name)
    return found


def old_keys(name: str) -> list[str]:
    """Return the secret keys of before, separated by commas or on lines of their own."""
    return [key.strip() for key in re.split(r"[,\n]", env.str(name, "")) if key.strip()]


def one_of(name: str, values: tuple[str, ...]) -> str:
    """Return one of the values, the first by default. Raises ValueError for another one."""
    given: str = env.str(name, values[0])
    if given not in values:
        raise ValueError(name)
    return given


def port(name: str, default: int) -> int:
    return number(name, default, range(1, 65_536))


def number(name: str, default: int, allowed: range) -> int:
    """Return a whole number. Raises ValueError for one that is not allowed."""
    given: int = env.int(name, default)
    if given not in allowed:
        raise ValueError(name)
    return given


def zone(name: str, default: str) -> str:
    """Return the name of a time zone. Raises LookupError or ValueError if there is none such."""
    return ZoneInfo(env.str(name, default)).key


def mail_server(name: str, default: str) -> dict[str, Any]:
    """Return how to send mail. Raises ValueError for an address of no mail server."""
    found: dict[str, Any] = env.dj_email_url(name, default)
    if "EMAIL_BACKEND" not in found:
        raise ValueError(name)
    return found


def postgres(name: str, var: Path) -> dict[str, Any]:
    """Return how to reach the database: the one in the variable, or the one embedded in `var`."""
    if not env.str(name, ""):
        return dict(embedded_postgres.connection(var))
    found: dict[str, Any] = env.dj_db_url(name)
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise ValueError(name)
    return found


def kept_secret(path: Path) -> str:
    """Return the secret in the file, created the first time, so that log-ins survive a restart."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text()
