"""`manage.py doctor [--url https://…]`: a sentence for each fault of this server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from taskforce.ops.doctor.examining import examine
from taskforce.ops.doctor.proxy import look_at


class Command(BaseCommand):
    help = "Tell what is wrong with this server; ends with 1 if anything is."
    requires_system_checks: list[str] = []  # told in their place

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", help="the portal's address as visitors write it")
        parser.add_argument("--quiet", action="store_true", help="print faults only")

    def handle(self, *args: Any, url: str | None, quiet: bool, **options: Any) -> None:
        faults = 0
        with translation.override("en"):
            found = [*examine(timezone.now()), *(look_at(url) if url else ())]
            for fact in found:
                faults += not fact.is_well
                if not (quiet and fact.is_well):
                    mark = "ok   " if fact.is_well else "FAULT"
                    self.stdout.write(f"{mark} {fact.label}: {fact.said}")
        if faults:
            raise CommandError("1 fault." if faults == 1 else f"{faults} faults.")
