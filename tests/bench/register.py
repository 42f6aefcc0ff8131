"""Fill a database of its own with a register of a given size, and count the queries of pages.

Run as `python -m tests.bench.register ROWS PATH…`; prints JSON: path to number of queries.
"""

import json
import sys

import django


def main(rows: int, paths: list[str]) -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_example", activity=True, verbosity=0)
    fill(rows)
    print(json.dumps({path: queries(path) for path in paths}))


def fill(rows: int) -> None:
    """Add barriers up to a number of rows, and fresh statistics."""
    from django.db import connection

    from barriers.models import Barrier, Theme
    from taskforce.members.models import Organisation

    theme, home = Theme.objects.first(), Organisation.objects.first()
    there = Barrier.objects.count()
    Barrier.objects.bulk_create(
        (
            Barrier(
                title=f"Barriere nummer {number}: udbud og indkøb",
                slug=f"bench-{number}",
                description="Kommuner og virksomheder har svært ved at finde hinanden.",
                theme=theme,
                raised_by=home,
            )
            for number in range(there, rows)
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def queries(path: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        sys.exit(f"{path} answers {answer.status_code}, which is nothing to measure.")
    return len(captured)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
