"""The portal's workers, kept at work: `python -m taskforce.ops.worker`.

One process sends mail and does what is due; another reads documents, so that a large one never
holds up a letter. A worker that ends, as it does when the database was away, is started again.
SIGTERM and Ctrl-C end all of them.
"""

import io
import os
import signal
import threading
from contextlib import redirect_stderr
from functools import partial

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import connections

from taskforce.ops import embedded_postgres
from taskforce.ops.processes import GRACE, Kept, keep, stop

QUEUES = {"letters": "mail,default", "documents": "documents"}


def run(queues: str) -> None:
    """Do the jobs of some queues until the process is told to end."""
    words = ["procrastinate", "worker", f"--queues={queues}", "--concurrency=2"]
    words += [f"--shutdown-graceful-timeout={GRACE}"]
    words += ["--delete-jobs=successful"]  # a sent mail is nobody's to read again
    with redirect_stderr(io.StringIO()):  # its greeting
        execute_from_command_line(["manage.py", *words])


def kept() -> list[Kept]:
    """Return the workers to keep at work, one for each group of queues."""
    return [Kept(f"The worker of {name}", partial(run, queues)) for name, queues in QUEUES.items()]


def main() -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    connections.close_all()  # each worker has its own
    workers = kept()
    try:
        keep(workers, ended)
    finally:
        stop(workers)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taskforce.settings")
    django.setup()
    if settings.EMBEDDED:
        embedded_postgres.start(settings.VAR)
    from taskforce.ops.starting import check_age  # its models need the settings

    check_age()
    main()
