"""`manage.py score_reader FOLDER`: how well the reader reads documents whose structure is known."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from taskforce.intake.reader.score import score


class Command(BaseCommand):
    help = "Print precision, recall and F1 for documents with NAME.expected.json beside them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        counts = score(folder)
        if not counts["all"].expected:
            raise CommandError(f"{folder} holds no documents with .expected.json beside them.")
        self.stdout.write(f"{'field':15}{'precision':>10}{'recall':>10}{'F1':>10}{'facts':>8}")
        for field, count in counts.items():
            self.stdout.write(
                f"{field:15}{count.precision:10.3f}{count.recall:10.3f}{count.f1:10.3f}"
                f"{count.expected:8}"
            )
