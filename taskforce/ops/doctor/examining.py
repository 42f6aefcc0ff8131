"""What a server needs for the portal: settings, folders, database, clock, mail."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from smtplib import SMTPException
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.utils import timezone

from taskforce.ops.health import Fact, facts

OLDEST_POSTGRES = 15
EXTENSIONS = {"pg_trgm"}
CLOCKS_APART = timedelta(seconds=30)
BY_FILE = "filebased"


def examine(now: datetime) -> Iterator[Fact]:
    """Yield everything that can be known without a request."""
    yield from _settings()
    yield from _folders()
    yield from _postgres(now)
    yield from facts(now)
    yield _mail()


def _settings() -> Iterator[Fact]:
    kind = "development" if settings.DEBUG else "the demonstration" if settings.DEMO else ""
    if kind:
        yield Fact(
            "Settings", f"These are those of {kind}, and not safe for others.", is_well=False
        )
    for found in checks.run_checks(include_deployment_checks=True):
        if found.level >= checks.WARNING and not (kind and "security." in str(found.id)):
            yield Fact("Settings", f"{found.msg} ({found.id})".replace("\n", " "), is_well=False)
    if host_is_missing():
        said = f"The host of SITE_URL ({settings.SITE_URL}) is not in ALLOWED_HOSTS."
        yield Fact("Settings", said, is_well=False)
    if not kind and "*" in settings.ALLOWED_HOSTS:
        said = "ALLOWED_HOSTS is *: whoever asks by another host decides where links lead."
        yield Fact("Settings", said, is_well=False)
    if not kind and not settings.SITE_URL.startswith("https://"):
        yield Fact("Settings", "SITE_URL does not begin with https://.", is_well=False)
    for name in ("DEFAULT_FROM_EMAIL", "SECRETARIAT_EMAIL"):
        if "@" not in (given := getattr(settings, name)):
            yield Fact("Settings", f"{name} is no mail address: {given}", is_well=False)
    for name in ("SECRET_KEY_FILE", "DATABASE_URL_FILE", "EMAIL_URL_FILE", "S3_SECRET_KEY_FILE"):
        path = os.environ.get(name, "")
        if path and not kind and Path(path).stat().st_mode & 0o002:
            yield Fact("Settings", f"Everybody may write to {path} ({name}).", is_well=False)
    yield Fact(
        "Settings", f"The time zone is {settings.TIME_ZONE}: it is {timezone.localtime():%H.%M}."
    )


def host_is_missing() -> bool:
    """Tell whether links in mail lead to a host that the portal refuses."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    allowed = settings.ALLOWED_HOSTS
    return not any(
        name in ("*", host) or (name.startswith(".") and f".{host}".endswith(name))
        for name in allowed
    )


def _folders() -> Iterator[Fact]:
    if os.geteuid() == 0:
        said = "This runs as root: files that it writes may be closed to the portal's own user."
        yield Fact("Folders", said)
    uploads = [] if settings.S3_BUCKET else [Path(settings.MEDIA_ROOT)]
    for folder in (Path(settings.VAR), *uploads):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=folder):
                pass
        except OSError as error:
            said = f"Nothing can be written to {folder}: {error.strerror}."
            yield Fact("Folders", said, is_well=False)
        else:
            yield Fact("Folders", f"{folder} can be written to.")
    if settings.S3_BUCKET:
        yield _bucket()
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        said = f"There are no static files in {settings.STATIC_ROOT}: run collectstatic."
        yield Fact("Folders", said, is_well=False)


def _bucket() -> Fact:
    where = f"The bucket {settings.S3_BUCKET}"
    try:
        name = default_storage.save("doctor/try.txt", ContentFile(b"try"))
        default_storage.delete(name)
    except Exception as error:  # whatever the storage raises: keys, network, names
        cause = error.__cause__ or error
        return Fact("Uploads", f"{where} takes nothing: {type(cause).__name__}.", is_well=False)
    return Fact("Uploads", f"{where} can be written to; no backup of the portal's holds it.")


def _postgres(now: datetime) -> Iterator[Fact]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT clock_timestamp(), array(SELECT extname::text FROM pg_extension)"
            )
            clock, extensions = cursor.fetchone() or (now, [])
        release = connection.pg_version // 10_000  # type: ignore[attr-defined]  # Postgres alone has it
    except DatabaseError as error:
        said = str(error).strip().partition("\n")[0]
        yield Fact("Database", f"It does not answer: {said}", is_well=False)
        return
    if release < OLDEST_POSTGRES:
        said = f"Postgres {release} is too old: the portal needs {OLDEST_POSTGRES} or later."
        yield Fact("Database", said, is_well=False)
    for name in sorted(EXTENSIONS - set(extensions)):
        said = f"The extension {name} is missing: run migrate as a user who may create it."
        yield Fact("Database", said, is_well=False)
    if abs(clock - timezone.now()) > CLOCKS_APART:
        said = f"Its clock says {clock:%H.%M.%S} UTC, the portal's {timezone.now():%H.%M.%S}."
        yield Fact("Database", said, is_well=False)


def _mail() -> Fact:
    backend = settings.OUTBOX_BACKEND
    if BY_FILE in backend:
        said = f"It is written to {settings.EMAIL_FILE_PATH} and reaches nobody."
        return Fact("Mail", said, is_well=not settings.PRODUCTION)
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    server = get_connection(backend)
    try:
        server.open()
    except (OSError, SMTPException) as error:  # a wrong password, a closed port, a certificate
        why = getattr(error, "strerror", None) or type(error).__name__
        return Fact("Mail", f"The mail server {where} cannot be used: {why}.", is_well=False)
    server.close()
    return Fact(
        "Mail", f"The mail server {where} answers; mail comes from {settings.DEFAULT_FROM_EMAIL}."
    )
