"""`manage.py migrate`: Django's own, by one at a time, and never with code that is too old."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate

from taskforce.core.acts import Refused
from taskforce.ops.alone import StillHeldError, alone
from taskforce.ops.migrated import refuse_newer_database


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        def tell() -> None:
            self.stderr.write("Another process migrates the database: waiting for it.")

        try:
            with alone("migrate", using=options["database"], waits=tell):
                refuse_newer_database(options["database"])
                super().handle(*args, **options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except StillHeldError as held:
            raise CommandError("Another process still migrates the database.") from held
