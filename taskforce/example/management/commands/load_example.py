"""`manage.py load_example [--activity]`: load the third meeting, and invented activity."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from taskforce.core.acts import Refused
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
        try:
            if activity:
                invented.refuse_outside_demo()
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        self._run("The third meeting", load, verbosity)
        if activity:
            self._run("Invented activity", invented.add, verbosity)

    def _run(self, what: str, act: Callable[[], object], verbosity: int) -> None:
        try:
            act()
            done = "loaded"
        except Refused as refused:
            done = refused.sentence
        if verbosity:
            self.stdout.write(f"{what}: {done}.")
