"""`manage.py load_example [--activity]`: the third meeting, and invented activity around it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from taskforce.example import activity as invented
from taskforce.example.loading import load


class Command(BaseCommand):
    help = "Load the third meeting. What is there already stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--activity",
            action="store_true",
            help="Add invented organisations, members and what they do; only where DEMO=1.",
        )

    def handle(self, *args: Any, activity: bool, verbosity: int, **options: Any) -> None:
        if activity:
            invented.refuse_outside_demo()
        self._tell("The third meeting", load(), verbosity)
        if activity:
            self._tell("Invented activity", invented.add(), verbosity)

    def _tell(self, what: str, loaded: bool, verbosity: int) -> None:
        if verbosity:
            done = "loaded" if loaded else "already there, nothing changed"
            self.stdout.write(f"{what}: {done}.")
