"""Which backups are kept: the newest of 7 days, 4 weeks and 6 months; the others are deleted.

Days, weeks and months without a backup do not count: a portal that stood still keeps what it has.
"""

import shutil
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from taskforce.ops.backup import UNFINISHED

NAME = "taskforce-%Y-%m-%dT%H%M%S.zip"
JUST_MADE = timedelta(days=1)  # all of these are kept: some may be from before a migration
PERIODS: list[tuple[int, Callable[[datetime], Hashable]]] = [
    (7, lambda moment: moment.date()),
    (4, lambda moment: moment.isocalendar()[:2]),
    (6, lambda moment: (moment.year, moment.month)),
]


def rotate(folder: Path, now: datetime) -> list[Path]:
    """Delete the backups in `folder` that are not kept, and return them. `now` is local."""
    files = {moment: path for path in folder.iterdir() if (moment := moment_of(path))}
    kept = to_keep(files, now.replace(tzinfo=None))
    deleted = [path for moment, path in sorted(files.items()) if moment not in kept]
    for path in deleted:
        path.unlink(missing_ok=True)
    for path in folder.glob(f"{UNFINISHED}*"):  # of a backup that was killed
        if now.timestamp() - path.stat().st_mtime > JUST_MADE.total_seconds():
            shutil.rmtree(path, ignore_errors=True)
    return deleted


def to_keep(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return the moments whose backups are kept."""
    newest_first = sorted(moments, reverse=True)
    kept = {moment for moment in newest_first if now - moment < JUST_MADE}
    for number, period in PERIODS:
        newest: dict[Hashable, datetime] = {}
        for moment in newest_first:
            newest.setdefault(period(moment), moment)
        kept |= set(list(newest.values())[:number])
    return kept


def moment_of(path: Path) -> datetime | None:
    """Return when a backup was made, or None for a file that is no backup."""
    try:
        return datetime.strptime(path.name, NAME)  # local, as the name is
    except ValueError:
        return None
