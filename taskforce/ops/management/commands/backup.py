"""`manage.py backup`: write the portal to one file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from taskforce.core.acts import Refused
from taskforce.ops import rotation
from taskforce.ops.backup import back_up, fingerprint, migration_is_due


class Command(BaseCommand):
    help = "Write database and uploaded files to one file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.VAR / "backups")
        parser.add_argument(
            "--rotate",
            action="store_true",
            help="then delete all but the newest of 7 days, 4 weeks and 6 months",
        )
        parser.add_argument(
            "--before-migration",
            action="store_true",
            help="only where the database is about to be migrated",
        )

    def handle(
        self, *args: Any, folder: Path, rotate: bool, before_migration: bool, **options: Any
    ) -> None:
        if before_migration and not migration_is_due():
            self.stdout.write("No migration is due: no backup is needed.")
            return
        now = timezone.localtime()
        try:
            self.stdout.write(f"Written: {back_up(folder, now)}")
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"The secret key is not in it; keep it elsewhere. Its fingerprint: {fingerprint()}"
        )
        if settings.S3_BUCKET:
            self.stdout.write(
                f"Uploaded files lie in {settings.S3_BUCKET} and are not in it: let the bucket keep"
                " old versions."
            )
        if rotate:
            for path in rotation.rotate(folder, now):
                self.stdout.write(f"Deleted: {path}")
