#!/usr/bin/env python
"""Run one of the portal's commands: `manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Run the command named on the command line; a database that is away costs one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taskforce.settings")
    # A machine with a secret key, or one that runs the demo, is not a developer's.
    if not os.environ.keys() & {"SECRET_KEY", "DEMO", "DEBUG"}:
        os.environ["DEBUG"] = "1"

    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from taskforce import settings
    from taskforce.ops import embedded_postgres

    try:
        if settings.EMBEDDED:
            embedded_postgres.start(settings.VAR)
        execute_from_command_line(sys.argv)
    except (OperationalError, embedded_postgres.EmbeddedPostgresError) as error:
        sys.exit(f"The database does not answer: {str(error).strip()}")


if __name__ == "__main__":
    main()
