"""`manage.py read_minutes FILE`: what the reader finds in a document, as JSON."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from taskforce.intake.reader import as_json, read


class Command(BaseCommand):
    help = "Print the structure of a minutes document (.docx, .odt, .pdf or text) as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        draft = read(content, file.name)
        if draft.refusal:
            self.stderr.write(draft.refusal)
        self.stdout.write(json.dumps(as_json(draft), ensure_ascii=False, indent=1))
