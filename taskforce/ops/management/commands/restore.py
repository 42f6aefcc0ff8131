"""`manage.py restore FILE`: restore the portal from a file that `backup` wrote."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from taskforce.core.acts import Refused
from taskforce.ops.backup import restore


class Command(BaseCommand):
    help = "Replace database and uploaded files by those in a file that `backup` wrote."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            restore(file)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Restored: {file}. If it is of an older release, run `migrate` now.")
