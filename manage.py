#!/usr/bin/env python
"""Run one of the portal's commands: `manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Run the command named on the command line; say in one sentence if the database is away."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taskforce.settings")
    # A machine with a secret key, or one that runs the demo, is not a developer's.
    if not os.environ.keys() & {"SECRET_KEY", "SECRET_KEY_FILE", "DEMO", "DEBUG"}:
        os.environ["DEBUG"] = "1"

    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from taskforce import settings
    from taskforce.core.acts import Refused
    from taskforce.ops import embedded_postgres

    try:
        if settings.EMBEDDED:
            embedded_postgres.start(settings.VAR)
    except Refused as refusal:
        sys.exit(f"The database does not answer: {refusal}")
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        sys.exit(f"The database does not answer: {str(error).strip()}")


if __name__ == "__main__":
    main()
