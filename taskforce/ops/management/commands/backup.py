"""`manage.py backup`: write the portal to one file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from taskforce.core.acts import Refused
from taskforce.ops.backup import back_up


class Command(BaseCommand):
    help = "Write database and uploaded files to one file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.VAR / "backups")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            self.stdout.write(f"Written: {back_up(folder, timezone.localtime())}")
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
