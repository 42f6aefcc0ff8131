"""`manage.py read_call FILE|ID`: what an EU topic says, as JSON."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from calls import fetching
from calls.reader import NotATopicError, Topic, as_json, find, read
from calls.reader.topic import BIGGEST


class Command(BaseCommand):
    help = (
        "Print what a topic of the EU portal says, as JSON: from a file with the portal's JSON, or "
        "from the portal by identifier or link."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="FILE|ID")

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        try:
            topic = _topic(source)
        except (NotATopicError, fetching.NotFetchedError) as error:
            self._refuse(str(error))
        except OSError as error:
            self._refuse(f"{source} cannot be read: {error.strerror or error}.")
        else:
            self.stdout.write(json.dumps(as_json(topic), ensure_ascii=False, indent=1))

    def _refuse(self, sentence: str) -> NoReturn:
        """Say why in one sentence, and end as a command that failed."""
        self.stderr.write(sentence)
        sys.exit(1)


def _topic(source: str) -> Topic:
    """Read what a file holds; what is no file may be an identifier."""
    path = Path(source)
    if not path.exists() and (named := find(source)) is not None and named.has_data:
        return fetching.fetch(named.identifier)
    with path.open("rb") as file:
        return read(file.read(BIGGEST + 1))
