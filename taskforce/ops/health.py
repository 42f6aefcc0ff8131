"""Whether the portal is well: for programs that watch it, for the secretariat, for `doctor`."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from taskforce.core.jobs import SILENCE, oldest_letter, worker_works
from taskforce.core.version import version
from taskforce.ops import migrated
from taskforce.ops.models import Tally, Trouble
from taskforce.ops.rotation import moment_of

LATE_LETTER = timedelta(minutes=15)
OLD_BACKUP = timedelta(hours=36)  # one is made each night
LITTLE_ROOM = 0.1  # of the disk
A_WEEK = timedelta(days=7)

Found = dict[str, bool | int | str]


def ready() -> Found:
    """Return whether the database answers and is of the same age as the code."""
    try:
        return {"database": True, "migrations": is_migrated()}
    except DatabaseError:
        return {"database": False, "migrations": False}


def check(now: datetime) -> Found:
    """Return yes or no for each part, and nothing that helps an attacker.

    `oldest_letter` is how many seconds the oldest letter has waited to be sent, 0 where none does.
    """
    found = {"version": version(), **ready()}
    if not found["database"]:
        return {**found, "worker": False}
    waits = round(oldest_letter(now).total_seconds())
    return {**found, "worker": worker_works(now), "oldest_letter": waits}


def is_well(found: Found) -> bool:
    return all(part is not False for part in found.values())


def is_migrated() -> bool:
    return not migrated.pending() and not migrated.unknown()


# In words


@dataclass(frozen=True)
class Fact:
    """One thing about the server, in a sentence, and whether it is as it should be."""

    label: str
    said: str
    is_well: bool = True


def facts(now: datetime) -> Iterator[Fact]:
    """Yield what there is to know of the running portal."""
    yield Fact(_("Version"), version())
    try:
        yield _database()
        yield (age := _migrations())
        if age.is_well:  # otherwise tables may be missing
            yield from (_worker(now), _letters(now), _failed_jobs(), _troubles(now))
    except DatabaseError:
        yield Fact(_("Database"), _("It does not answer."), is_well=False)
    yield _backup(now)
    yield _disk()


def _database() -> Fact:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), pg_database_size(current_database())"
        )
        release, size = cursor.fetchone() or ("", 0)
    said = _("Postgres %(release)s answers; the database fills %(size)s.")
    return Fact(_("Database"), said % {"release": release.split()[0], "size": filesizeformat(size)})


def _migrations() -> Fact:
    if migrated.unknown():
        said = _("The database is newer than the code: start the newer release.")
        return Fact(_("Migrations"), said, is_well=False)
    if missing := len(migrated.pending()):
        said = ngettext(
            "%(n)d migration is missing: run migrate.",
            "%(n)d migrations are missing: run migrate.",
            missing,
        )
        return Fact(_("Migrations"), said % {"n": missing}, is_well=False)
    return Fact(_("Migrations"), _("Database and code are of the same age."))


def _worker(now: datetime) -> Fact:
    last = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    if last is None:
        return Fact(_("Worker"), _("None has started: no mail is sent."), is_well=False)
    at = {"at": _at(last)}
    if now - last > SILENCE:
        return Fact(_("Worker"), _("Silent since %(at)s: no mail is sent.") % at, is_well=False)
    return Fact(_("Worker"), _("At work; last heard of %(at)s.") % at)


def _letters(now: datetime) -> Fact:
    label, waits = _("Letters"), oldest_letter(now)
    if not waits:
        return Fact(label, _("All are sent."))
    said = _("The oldest one that is not sent has waited since %(at)s.") % {"at": _at(now - waits)}
    return Fact(label, said, is_well=waits < LATE_LETTER)


def _failed_jobs() -> Fact:
    label, number = _("Jobs"), ProcrastinateJob.objects.filter(status="failed").count()
    if not number:
        return Fact(label, _("None was given up."))
    said = ngettext(
        "%(n)d was given up; the log says why.", "%(n)d were given up; the log says why.", number
    )
    return Fact(label, said % {"n": number})


def _troubles(now: datetime) -> Fact:
    since = timezone.localdate(now) - A_WEEK
    rows = Tally.objects.filter(day__gt=since).values("kind").annotate(sum=Sum("number"))
    found = {row["kind"]: row["sum"] for row in rows}
    said = _("In the last seven days: %(faults)s and %(slow)s.") % {
        "faults": _number(found, Trouble.FAULT),
        "slow": _number(found, Trouble.SLOW),
    }
    return Fact(_("Answers"), said)


def _number(found: dict[str, int], kind: Trouble) -> str:
    n = found.get(kind, 0)
    if kind == Trouble.FAULT:
        return ngettext("%(n)d fault", "%(n)d faults", n) % {"n": n}
    return ngettext("%(n)d slow answer", "%(n)d slow answers", n) % {"n": n}


def _backup(now: datetime) -> Fact:
    label, last = _("Backup"), last_backup()
    if last is None:
        return Fact(label, _("There is none."), is_well=False)
    said = _("The last one was made %(at)s.") % {"at": _at(last)}
    return Fact(label, said, is_well=now - last < OLD_BACKUP)


def last_backup() -> datetime | None:
    """Return when the newest backup in the usual folder was made; None where there is none."""
    try:
        moments = [moment_of(path) for path in (Path(settings.VAR) / "backups").iterdir()]
    except OSError:
        return None
    newest = max((moment for moment in moments if moment), default=None)
    return timezone.make_aware(newest) if newest else None


def _disk() -> Fact:
    var = Path(settings.VAR)
    # Whether the folder is there is the doctor's to say.
    disk = shutil.disk_usage(next(folder for folder in (var, *var.parents) if folder.exists()))
    said = _("%(free)s of %(all)s are free.") % {
        "free": filesizeformat(disk.free),
        "all": filesizeformat(disk.total),
    }
    return Fact(_("Disk"), said, is_well=disk.free > LITTLE_ROOM * disk.total)


def _at(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
