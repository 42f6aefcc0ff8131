"""`manage.py read_call FILE|ID`: print an EU topic as JSON."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser, no_translations

from calls import fetching
from calls.reader import Topic, as_json, find, read
from calls.reader.topic import BIGGEST
from taskforce.core.acts import Refused


class Command(BaseCommand):
    help = (
        "Print what a topic of the EU portal says, as JSON: from a file with the portal's JSON, or "
        "from the portal by identifier or link."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="FILE|ID")

    @no_translations
    def handle(self, *args: Any, source: str, **options: Any) -> None:
        try:
            topic = _topic(source)
        except Refused as refused:
            self._fail(refused.sentence)
        except OSError as error:
            self._fail(f"{source} cannot be read: {error.strerror or error}.")
        else:
            self.stdout.write(json.dumps(as_json(topic), ensure_ascii=False, indent=1))

    def _fail(self, sentence: str) -> NoReturn:
        """Print why in one sentence, and exit with status 1."""
        self.stderr.write(sentence)
        sys.exit(1)


def _topic(source: str) -> Topic:
    """Read a file, or fetch a topic where no such file exists."""
    path = Path(source)
    if not path.exists() and (named := find(source)) is not None and named.has_data:
        return fetching.fetch(named.identifier)
    with path.open("rb") as file:
        return read(file.read(BIGGEST + 1))
