"""`manage.py restore FILE`: restore the portal from a file that `backup` wrote, or only try to."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.management.base import BaseCommand, CommandError, CommandParser

from taskforce.core.acts import Refused
from taskforce.ops import restoring


class Command(BaseCommand):
    help = "Replace database and uploaded files by those in a file that `backup` wrote."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--check",
            action="store_true",
            help="replace nothing: restore into a scratch database, and drop that again",
        )
        parser.add_argument(
            "--server",
            metavar="URL",
            help="with --check, another Postgres to try it on, such as one of the next release",
        )

    def handle(
        self, *args: Any, file: Path, check: bool, server: str | None, **options: Any
    ) -> None:
        if server and not check:
            raise CommandError("--server goes with --check only: nothing there is replaced.")
        try:
            if check:
                found = restoring.check(file, _server(server))
                said = f"{file} can be restored: {found.people} people, {found.files} files"
                self.stdout.write(f"{said}, of version {found.version or 'unknown'}.")
            else:
                found = restoring.restore(file)
                self.stdout.write(
                    f"Restored: {file}. If it is of an older release, run `migrate` now."
                )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not found.has_our_key:
            self.stderr.write(
                "It was made with another SECRET_KEY: links in mail sent before it, calendars that "
                "were subscribed to and log-ins hold only with that key."
            )


def _server(url: str | None) -> dict[str, Any] | None:
    if url is None:
        return None
    try:
        return {"OPTIONS": {}, **dj_database_url.parse(url)}
    except ValueError as error:
        raise Refused(
            "--server is no address such as postgres://user:password@host/name."
        ) from error
